"""What a reader is told of a row: a register is no way to look people up by a list of names."""

import re

import pytest

from rohnamo.core.audit import SYSTEM
from rohnamo.intake.actions import accept, take_in, upload
from rohnamo.intake.models import DoubtfulRow, Import, Upload
from rohnamo.intake.queries import open_register
from rohnamo.intake.queries.beside import comparison
from rohnamo.intake.queries.lines import Line
from rohnamo.intake.queries.uploads import Looked, Told, looked_at
from rohnamo.intake.tests.browsing import a_partner_reporter, html_of, send
from rohnamo.intake.tests.factories import BARE, LATER, REGISTER, TITLES, VISIT, csv_of, make_setting
from rohnamo.people.models import Person, PersonName, Phone
from rohnamo.people.tests.factories import make_project, make_user
from rohnamo.projects.models import Project, Source
from rohnamo.staff.models import Role, User
from rohnamo.staff.tests.door import enter

pytestmark = pytest.mark.django_db
AGAIN = (*VISIT[:6], "20.03.2025", *VISIT[7:])
STRANGER = (5, "Ноёфтаев Баҳодур Саидович", "м", "02.09.1971", "Куляб", "", "20.03.2025", "консультация", "")
WORDS_OF_LIKENESS = ("same name", "same date of birth", "same phone number", "resembles", "known", "doubtful")


def known_to(project: Project, source: Source, *rows: tuple[object, ...]) -> None:
    opened = open_register(csv_of(TITLES, *rows), "before.csv", source=source, project=project)
    take_in(opened, source=source, project=project, by=SYSTEM)


def told(waiting: Upload, by: User) -> list[tuple[str, list[str], bool]]:
    """Of each row: the verdict, the reasons, and whether a record is named."""
    return [
        (one.verdict.value, [why.code for why in one.reasons], one.resembles is not None)
        for one in looked_at(waiting, by=by)
    ]


def numbers_of(html: str) -> dict[str, str]:
    """The numbers of the bar, by their words."""
    found = re.findall(
        r'<li><b class="number">([^<]*)</b>.*?</svg><span>([^<]*)</span>',
        html.split('<div class="tally">')[1],
    )
    return {word: number for number, word in found}


def test_given_somebody_only_another_project_knows_when_they_stand_in_a_register_then_they_look_like_a_stranger() -> (
    None
):
    source, project = make_setting()
    known_to(make_project("EX.91"), source, VISIT, BARE)
    user = make_user(project)
    waiting = upload(csv_of(TITLES, AGAIN, LATER, STRANGER), "r.csv", source=source, project=project, by=user)

    html = html_of(enter(user), f"/work/intake/{waiting.pk}/")

    assert Person.objects.count() == 2, "there is somebody to find"
    assert told(waiting, user) == [("person", [], False)] * 3
    assert numbers_of(html) == {"people": "3", "known": "0", "doubtful": "0", "counted without a name": "0", "refused": "0"}  # fmt: skip
    rows = html.split("<tbody>")[1]
    assert [word for word in WORDS_OF_LIKENESS if word in rows] == []
    assert ("Ноёфтаев" in rows, "data-key" in html) == (True, False)


def test_given_each_name_twice_in_a_register_when_it_is_looked_through_then_the_second_tells_nothing_of_the_first() -> (
    None
):
    source, project = make_setting()
    known_to(make_project("EX.91"), source, VISIT)
    user = make_user(project)
    twice = [(*row[:6], day, *row[7:]) for row in (VISIT, STRANGER) for day in ("20.03.2025", "21.03.2025")]
    waiting = upload(csv_of(TITLES, *twice), "r.csv", source=source, project=project, by=user)

    assert told(waiting, user) == [("person", [], False)] * 4


def test_given_somebody_of_ones_own_project_when_they_stand_in_a_register_then_they_are_known_with_reasons() -> (
    None
):
    source, project = make_setting()
    known_to(project, source, VISIT)
    user, other = make_user(project), make_user(make_project("EX.91"))
    waiting = upload(csv_of(TITLES, AGAIN, STRANGER), "r.csv", source=source, project=project, by=user)

    (verdict, reasons, _names), stranger = told(waiting, user)

    assert (verdict, "same_name" in reasons, stranger) == ("known", True, ("person", [], False))
    assert [verdict for verdict, *_rest in told(waiting, other)] == ["person", "person"]


@pytest.mark.parametrize(("row", "verdict"), [(AGAIN, "known"), (LATER, "doubtful")])
def test_given_a_register_that_was_taken_in_when_it_is_opened_then_it_does_not_say_who_was_known_before(
    row: tuple[object, ...], verdict: str
) -> None:
    source, project = make_setting()
    known_to(make_project("EX.91"), source, VISIT)
    user = make_user(project)
    waiting = upload(csv_of(TITLES, row, STRANGER), "r.csv", source=source, project=project, by=user)

    taken = accept(waiting, by=user)
    html = html_of(enter(user), f"/work/intake/taken/{Import.objects.latest('pk').pk}/")

    assert dict(taken.counts) == {verdict: 1, "new": 1}
    assert DoubtfulRow.objects.filter(register=taken.register).count() == (verdict == "doubtful")
    assert numbers_of(html) == {"people": "2", "counted without a name": "0", "refused": "0"}
    assert "Doubtful rows" not in html


def test_given_a_partners_reporter_when_they_look_at_a_register_then_all_that_is_taken_in_is_one_number() -> (
    None
):
    source, project = make_setting()
    reporter = a_partner_reporter(source, project)
    known_to(project, source, VISIT)
    browser = enter(reporter)
    wrong = (9, "Намунаев Фаррух", "м", "2062", "Куляб", "", "11.02.2025", "консультация", "")
    content = csv_of(TITLES, AGAIN, STRANGER, VISIT, wrong)
    address = send(browser, content, source, project).url

    before = html_of(browser, address)
    browser.post(f"{address}accept/")
    after = html_of(browser, browser.get(address).url)

    assert numbers_of(before) == {"taken in": "2", "refused": "1", "repeated": "1"}
    assert numbers_of(after) == {"taken in": "2", "refused": "1", "repeated": "1"}
    assert "The year of birth lies in the future." in before
    assert [word for word in ("Намунаев", "Ноёфтаев", "same name", ">known<") if word in before + after] == []


def test_given_a_row_without_a_name_when_it_is_looked_through_then_what_was_dropped_is_said() -> None:
    source, project = make_setting()
    user = make_user(project)
    waiting = upload(REGISTER, "r.csv", source=source, project=project, by=user)

    assert told(waiting, user) == [
        ("person", [], False),
        ("counted", ["name_dropped_counted"], False),
        ("coded", ["name_dropped_no_consent"], False),
        ("coded", ["call_back_agreed"], False),
    ]


def test_given_a_record_two_projects_know_when_a_row_stands_beside_it_then_only_what_was_written_for_ones_own_is_shown() -> (
    None
):
    source, project = make_setting()
    other = make_project("EX.91")
    known_to(project, source, (*BARE[:3], "14.03.1988", "", "+992918000051", *BARE[6:]))
    person = Person.objects.get()
    PersonName.objects.filter(person=person).update(family="", given="", full_name="Намунаев Далер")
    foreign = {"person": person, "source": source, "project": other, "digest": b"foreign"}
    PersonName.objects.create(full_name="Дигаров Намунаи", script="cyrillic", **foreign)
    Phone.objects.create(person=person, project=other, number="+992918000077", digest=b"foreign")
    user = make_user(project)
    waiting = upload(csv_of(TITLES, LATER), "r.csv", source=source, project=project, by=user)

    html = html_of(enter(user), f"/work/intake/{waiting.pk}/")

    assert html.count('data-key="') == 3, "the record stands beside the row"
    assert ("ends in 51" in html, "ends in 77" in html, "Дигаров" in html) == (True, False, False)
    assert ("1988" in html, "14 March" in html, "14.03" in html) == (True, False, False)


@pytest.mark.parametrize(
    ("birth", "left", "kind", "word"),
    [
        ((1988, 3, 14, "day"), "1988", "agrees", "same date of birth"),
        ((1988, 3, 15, "day"), "1988", "differs", "same year, another day"),
        ((1988, None, None, "year"), "1988", "agrees", "same year, day not known"),
        ((1989, 3, 14, "day"), "1989", "differs", "different"),
        ((None, None, None, "none"), "", "", ""),
    ],
)
def test_given_a_birth_beside_another_when_they_are_compared_then_the_day_is_weighed_and_never_shown(
    birth: tuple[int | None, int | None, int | None, str], left: str, kind: str, word: str
) -> None:
    source, project = make_setting()
    known_to(project, source, VISIT)
    row = Looked(
        Line(2, "person", full_name="Намунаев Далер", birth=birth),
        Told.DOUBTFUL,
        (),
        resembles=Person.objects.get().pk,
    )

    beside = comparison(row, by=make_user(project), action="", may_answer=False)

    assert beside is not None
    assert [one for one in beside["rows"] if one["name"] == "Year of birth"] == [
        {"name": "Year of birth", "left": left, "right": "1988", "kind": kind, "word": word}
    ]


def test_given_a_reader_of_all_projects_when_they_are_no_member_then_they_are_told_nothing_of_people() -> (
    None
):
    source, project = make_setting()
    known_to(project, source, VISIT)
    monitor = make_user(role=Role.MONITORING_OFFICER)
    waiting = upload(csv_of(TITLES, AGAIN), "r.csv", source=source, project=project, by=monitor)

    assert told(waiting, monitor) == [("person", [], False)]
