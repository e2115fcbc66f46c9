"""Taking registers in: the right verdict for each row, once, and nothing kept that may not be."""

import json
from datetime import date
from pathlib import Path

import pytest

from rohnamo.core.audit import SYSTEM
from rohnamo.core.errors import Refused
from rohnamo.core.home import home
from rohnamo.deliveries.models import Delivery
from rohnamo.intake.actions import RowReport, accept, discard, preview, take_in, upload
from rohnamo.intake.models import DoubtfulRow, Import, RowVerdict, Upload
from rohnamo.intake.queries import open_register
from rohnamo.intake.tests.factories import (
    AGREED,
    NEVER_IN_CLEAR,
    NEVER_KEPT,
    REGISTER,
    SCREENED,
    TALK,
    TITLES,
    VISIT,
    csv_of,
    make_setting,
)
from rohnamo.intake.tests.traces import found_in, whole_database
from rohnamo.people.models import CallBack, CodedPerson, Official, Person
from rohnamo.people.tests.factories import make_source, make_user
from rohnamo.projects.models import Project, Source

pytestmark = pytest.mark.django_db


def taken(
    content: bytes, source: Source, project: Project, *, filename: str = "register.csv"
) -> list[RowReport]:
    reports: list[RowReport] = []
    opened = open_register(content, filename, source=source, project=project)
    take_in(opened, source=source, project=project, by=SYSTEM, report=reports.append)
    return reports


def verdicts(reports: list[RowReport]) -> list[tuple[int, str]]:
    return [(one.row, str(one.verdict)) for one in reports]


def codes(reports: list[RowReport]) -> dict[int, list[str]]:
    return {one.row: [why.code for why in one.reasons] for one in reports}


def test_given_a_register_when_it_is_taken_in_then_each_row_is_kept_as_its_service_allows() -> None:
    source, project = make_setting()

    reports = taken(REGISTER, source, project)

    assert verdicts(reports) == [(2, "new"), (3, "counted"), (4, "coded"), (5, "coded")]
    assert (Person.objects.count(), CodedPerson.objects.count(), Delivery.objects.count()) == (1, 2, 4)
    assert [one.name for one in CallBack.objects.all()] == ["Розизода Лола"]
    talk = Delivery.objects.get(group_count=1)
    assert (talk.group_sex, talk.group_age, talk.district.code) == ("f", "25-34", "TJ-KT-vose")


def test_given_a_register_when_it_comes_again_then_every_row_is_a_repeat_of_the_same_person() -> None:
    source, project = make_setting()
    first = taken(REGISTER, source, project)

    again = taken(REGISTER, source, project)

    assert {verdict for _row, verdict in verdicts(again)} == {"repeat"}
    assert [one.person for one in again] == [first[0].person, None, None, None]
    assert Delivery.objects.count() == 4
    assert CodedPerson.objects.count() == 2


def test_given_a_register_when_it_comes_re_sorted_and_longer_then_only_what_is_new_is_added() -> None:
    source, project = make_setting()
    taken(REGISTER, source, project)
    another = (9, "Намунаева Ситора", "ж", "02.02.1999", "Куляб", "", "13.02.2025", "консультация", "")

    reports = taken(csv_of(TITLES, AGREED, SCREENED, another, TALK, TALK, VISIT), source, project)

    assert verdicts(reports) == [
        (2, "repeat"), (3, "repeat"), (4, "new"), (5, "repeat"), (6, "counted"), (7, "repeat"),
    ]  # fmt: skip


def test_given_a_register_with_names_we_may_not_keep_when_it_is_in_then_they_are_nowhere_in_the_home() -> (
    None
):
    source, project = make_setting()
    user = make_user(project)
    waiting = upload(REGISTER, "register.csv", source=source, project=project, by=user)
    accept(waiting, by=user)

    lines = open_register(REGISTER, "r.csv", source=source, project=project).lines
    stored = json.dumps([one.as_json() for one in lines], ensure_ascii=False)
    rows = repr(
        [list(model.objects.values()) for model in (Delivery, Import, Upload, DoubtfulRow, CodedPerson)]
    )
    on_disk = b"".join(path.read_bytes() for path in Path(home()).rglob("*") if path.is_file())

    assert "Намунаев" in stored
    assert [secret for secret in NEVER_KEPT if secret in stored or secret in rows] == []
    assert found_in(on_disk, NEVER_IN_CLEAR) == []
    assert found_in(whole_database(), NEVER_IN_CLEAR) == []


def test_given_a_source_without_agreement_when_it_sends_names_then_only_counts_go_in() -> None:
    _source, project = make_setting()

    reports = taken(REGISTER, make_source("no-agreement", has_agreement=False), project)

    assert {verdict for _row, verdict in verdicts(reports)} == {"counted"}
    assert codes(reports)[2] == ["no_agreement"]
    assert (Person.objects.count(), CodedPerson.objects.count(), Delivery.objects.count()) == (0, 0, 4)


def test_given_a_service_of_the_vault_or_an_unknown_one_when_it_comes_then_the_row_is_refused() -> None:
    source, project = make_setting()
    rows = [(*VISIT[:7], service, "") for service in ("паноҳгоҳ", "чизи номаълум")]

    reports = taken(csv_of(TITLES, *rows), source, project)

    assert verdicts(reports) == [(2, "refused"), (3, "refused")]
    assert codes(reports) == {2: ["service_of_the_vault"], 3: ["service_unknown"]}
    assert Delivery.objects.count() == 0


def test_given_officials_and_a_group_when_they_are_taken_in_then_they_are_a_register_apart_and_a_count() -> (
    None
):
    source, project = make_setting()
    titles = ("Name", "Service", "Sex", "Number")
    content = csv_of(
        ("Joint training of border services, Khorugh, November 2013", "", "", ""),
        titles,
        ("Farrukh Namunaev", "Customs", "M", 1),
        ("Afghan side, officers", "Border police", "M", 9),
    )

    reports = taken(content, source, project)

    assert verdicts(reports) == [(3, "new"), (4, "counted")]
    assert (Official.objects.count(), Person.objects.count()) == (1, 0)
    group = Delivery.objects.get(group_count=9)
    assert (group.day, group.day_precision, group.district.code) == (
        date(2013, 11, 1),
        "month",
        "TJ-GB-khorugh",
    )


def test_given_a_row_without_a_day_when_the_file_name_has_a_year_then_it_is_dated_to_the_year() -> None:
    source, project = make_setting()
    content = csv_of(("Ф.И.О.", "Пол", "Вид услуги"), ("Намунаев Далер", "м", "консультация"))

    reports = taken(content, source, project, filename="visits-2025.csv")

    delivery = Delivery.objects.get()
    assert (delivery.day, delivery.day_precision) == (date(2025, 1, 1), "year")
    assert codes(reports)[2] == ["day_from_period"]


def test_given_a_row_whose_day_nobody_knows_when_it_comes_then_it_is_refused_in_words() -> None:
    source, project = make_setting()
    content = csv_of(("Ф.И.О.", "Пол", "Вид услуги"), ("Намунаев Далер", "м", "консультация"))

    reports = taken(content, source, project, filename="visits.csv")

    assert (verdicts(reports), codes(reports)) == ([(2, "refused")], {2: ["day_missing"]})


def test_given_a_dry_run_when_it_ends_then_nothing_is_there_and_the_verdicts_are_those_of_the_real_run() -> (
    None
):
    source, project = make_setting()
    looked_at: list[RowReport] = []
    content = csv_of(TITLES, VISIT, TALK, (*VISIT[:6], "20.03.2025", "консультация", ""), SCREENED)

    preview(
        open_register(content, "r.csv", source=source, project=project),
        source=source, project=project, by=SYSTEM, report=looked_at.append,
    )  # fmt: skip

    assert (Person.objects.count(), Delivery.objects.count(), Import.objects.count()) == (0, 0, 0)
    assert verdicts(looked_at) == [(2, "new"), (3, "counted"), (4, "known"), (5, "coded")]
    assert [one.person for one in looked_at] == [None, None, None, None]
    assert verdicts(taken(content, source, project)) == verdicts(looked_at)


def test_given_an_import_that_dies_half_way_when_it_is_run_again_then_nothing_is_lost_or_doubled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source, project = make_setting()
    monkeypatch.setattr("rohnamo.intake.actions.taking.BATCH", 2)

    class Killed(Exception):
        pass

    def die(rows: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        take_in(
            open_register(REGISTER, "r.csv", source=source, project=project),
            source=source, project=project, by=SYSTEM, progress=die,
        )  # fmt: skip
    after_death = Delivery.objects.count()
    reports = taken(REGISTER, source, project)

    assert after_death == 2
    assert verdicts(reports) == [(2, "repeat"), (3, "repeat"), (4, "coded"), (5, "coded")]
    assert Delivery.objects.count() == 4


def test_given_a_doubtful_row_when_it_is_taken_in_then_it_waits_beside_the_record_it_resembles() -> None:
    source, project = make_setting()
    bare = ("", "Намунаев Далер", "м", "", "", "", "11.02.2025", "консультация", "")
    later = (*bare[:6], "12.02.2025", *bare[7:])

    reports = taken(csv_of(TITLES, bare, later), source, project)

    assert [one.verdict for one in reports] == [RowVerdict.NEW, RowVerdict.DOUBTFUL]
    row = DoubtfulRow.objects.get()
    assert (row.row, row.person_id, row.other_id) == (3, reports[1].person, reports[0].person)


def test_given_an_upload_when_it_was_accepted_then_it_cannot_be_accepted_or_discarded_again() -> None:
    source, project = make_setting()
    user = make_user(project)
    waiting = upload(REGISTER, "r.csv", source=source, project=project, by=user)
    accept(waiting, by=user)

    for action in (accept, discard):
        with pytest.raises(Refused):
            action(waiting, by=user)

    assert Delivery.objects.count() == 4


def test_given_two_talks_of_one_day_in_two_files_when_both_come_then_everybody_is_counted() -> None:
    source, project = make_setting()
    other = (2, "Дигарзода Малика", *TALK[2:])
    taken(csv_of(TITLES, TALK), source, project)

    reports = taken(csv_of(TITLES, other), source, project)

    assert verdicts(reports) == [(2, "counted")]
    assert Delivery.objects.count() == 2


def test_given_a_row_whose_consent_changed_when_it_comes_again_then_it_is_not_counted_twice() -> None:
    source, project = make_setting()
    taken(csv_of(TITLES, SCREENED), source, project)

    reports = taken(csv_of(TITLES, (*SCREENED[:8], "да")), source, project)

    assert verdicts(reports) == [(2, "repeat")]
    assert CallBack.objects.count() == 0


def test_given_an_agreement_that_names_fields_when_more_is_sent_then_the_rest_is_left_out() -> None:
    from rohnamo.people.models import Phone

    source, project = make_setting()
    source.fields = ["name", "birth_year"]
    source.save()

    reports = taken(csv_of(TITLES, VISIT), source, project)

    person = Person.objects.get()
    assert (person.birth_year, person.birth_md, Phone.objects.count()) == (1988, None, 0)
    assert codes(reports)[2] == ["field_not_agreed"]


def test_given_a_preview_when_it_runs_then_it_writes_nothing_and_numbers_nobody(
    django_assert_max_num_queries,
) -> None:
    source, project = make_setting()
    looked_at: list[RowReport] = []
    opened = open_register(REGISTER, "r.csv", source=source, project=project)

    with django_assert_max_num_queries(25) as captured:
        preview(opened, source=source, project=project, by=SYSTEM, report=looked_at.append)

    assert [query["sql"] for query in captured if not query["sql"].startswith("SELECT")] == []
    assert [one.person for one in looked_at] == [None] * 4
