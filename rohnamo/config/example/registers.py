"""Example registers to send through the workspace: as partners would send them, with everything that goes wrong."""

import csv
from datetime import timedelta
from pathlib import Path
from random import Random

from django.utils import timezone

from rohnamo.config.example.people import made_up
from rohnamo.core.home import folder
from rohnamo.people.models import Person, PersonName
from rohnamo.places.models import Place

ROWS = 120
SERVICES = ("машварат", "машварат", "ёрии ҳуқуқӣ", "санҷиши манъи вуруд")
TITLES = (
    "Рақам", "Насаб", "Ном", "Номи падар", "Ҷинс", "Соли таваллуд", "Ноҳия/шаҳр", "Рақами телефон",
    "Санаи муроҷиат", "Намуди хизмат",
)  # fmt: skip


def write_registers(seed: int = 2026) -> Path:
    """Write one register of consultations in Tajik: new people, people we know, a ban check or two, and bad rows."""
    random = Random(seed)  # noqa: S311 -- example data
    path = folder("example") / f"mashvarat-{timezone.localdate().year}.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle, delimiter=";")
        writer.writerow(["Муроҷиатҳо ба Хадамоти муҳоҷират (намуна: одамон сохта шудаанд)"])
        writer.writerow([])
        writer.writerow(TITLES)
        for number in range(1, ROWS + 1):
            writer.writerow([number, *_row(number, random)])
        writer.writerow(["", "ҲАМАГӢ", "", "", "", "", "", "", "", ROWS])
    return path


def _row(number: int, random: Random) -> tuple[str, ...]:
    family, given, father, sex, year, district = _known(random) if number % 3 == 0 else _new(random)
    new_year = timezone.localdate().replace(month=1, day=1)
    day = new_year + timedelta(days=random.randint(0, (timezone.localdate() - new_year).days))
    spelled = day.strftime("%d.%m.%Y")
    if number % 40 == 0:
        spelled = "31.02.2026"
    if number % 25 == 0:
        district = "Марс"
    return (
        family,
        given,
        father,
        "З" if sex == "f" else "М",
        year,
        district,
        "",
        spelled,
        random.choice(SERVICES),
    )


def _known(random: Random) -> tuple[str, str, str, str, str, str]:
    numbers = Person.objects.exclude(district=None).values_list("pk", flat=True)[:2_000]
    person = Person.objects.select_related("district").get(pk=random.choice(list(numbers)))
    name = PersonName.objects.filter(person=person).order_by("pk")[0]
    place = person.district.names["tg"] if person.district else ""
    return name.family, name.given, name.patronymic, person.sex, str(person.birth_year or ""), place


def _new(random: Random) -> tuple[str, str, str, str, str, str]:
    person = made_up(random, list(Place.objects.filter(level=2)))
    family, given, father = person.name.written("tg")
    return family, given, father, person.name.sex, str(person.born.year), person.district.names["tg"]
