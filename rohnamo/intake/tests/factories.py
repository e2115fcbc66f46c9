"""Small invented registers, as partners would send them."""

from collections.abc import Sequence

from rohnamo.people.tests.factories import make_place, make_project, make_service, make_source
from rohnamo.projects.models import Audience, Identity, Project, Source

Cell = str | int


def make_setting() -> tuple[Source, Project]:
    """A project with one service of every kind, three districts, and a source with an agreement."""
    make_place("TJ-KT-kulob", tg="Кӯлоб", ru="Куляб", en="Kulob")
    make_place("TJ-KT-vose", tg="Восеъ", ru="Восейский район", en="Vose")
    make_place("TJ-GB-khorugh", tg="Хоруғ", ru="Хорог", en="Khorugh")
    make_service("consultation", words=("машварат", "консультация"))
    make_service("info-session", identity=Identity.COUNTED, words=("инфосессия", "суҳбат"))
    make_service("tb-screening", identity=Identity.CODED, words=("скрининг ТБ",))
    make_service("joint-training", audience=Audience.OFFICIALS, words=("joint training",))
    make_service("shelter", identity=Identity.VAULT, words=("паноҳгоҳ",))
    return make_source("partner"), make_project("EX.90")


def csv_of(*rows: Sequence[Cell], separator: str = ";", encoding: str = "utf-8") -> bytes:
    """A register as CSV."""
    return "\r\n".join(separator.join(str(cell) for cell in row) for row in rows).encode(encoding)


TITLES = (
    "№",
    "Ф.И.О.",
    "Пол",
    "Дата рождения",
    "Район",
    "Телефон",
    "Дата",
    "Вид услуги",
    "Согласие на звонок",
)
VISIT = (
    1,
    "Намунаев Далер Каримович",
    "м",
    "14.03.1988",
    "Куляб",
    "+992918000001",
    "11.02.2025",
    "консультация",
    "",
)
TALK = (
    2,
    "Мисолова Зулфия Саидовна",
    "ж",
    "01.05.1991",
    "Восейский район",
    "918000002",
    "11.02.2025",
    "инфосессия",
    "",
)
SCREENED = (3, "Пинҳонов Рустам", "м", "1979", "Куляб", "918000003", "12.02.2025", "скрининг ТБ", "нет")
AGREED = (4, "Розизода Лола", "ж", "1990", "Хорог", "918000004", "12.02.2025", "скрининг ТБ", "да")
REGISTER = csv_of(TITLES, VISIT, TALK, SCREENED, AGREED)
BARE = ("", "Намунаев Далер", "м", "", "", "", "11.02.2025", "консультация", "")
LATER = (*BARE[:6], "12.02.2025", *BARE[7:])
NEVER_KEPT = ("Мисолова", "Зулфия", "918000002", "Пинҳонов", "918000003")
# Kept, and only under a key: no database, file, session or cache holds any of it in clear.
NEVER_IN_CLEAR = (*NEVER_KEPT, "Намунаев", "Каримович", "Розизода", "918000001", "918000004")
