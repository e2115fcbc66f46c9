"""Files of others: looked through, taken in, and the same once more."""

import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone

from rohnamo.core.audit import SYSTEM
from rohnamo.core.errors import Refused
from rohnamo.core.models import StoredFile
from rohnamo.engines import iati
from rohnamo.engines.iati import File, NotReadable, activities, canonical
from rohnamo.engines.iati.activity import Budget, Money
from rohnamo.engines.iati.tests.test_agreement import SHARED, needs_shared
from rohnamo.iati import actions
from rohnamo.iati.actions import accepting, receiving
from rohnamo.iati.models import Activity, Import, Incoming, Verdict
from rohnamo.iati.queries import looking
from rohnamo.iati.queries.exporting import of_others
from rohnamo.iati.queries.sentences import sentence
from rohnamo.iati.tests.factories import make_mission, make_project, others
from rohnamo.staff.models import Role, User

pytestmark = pytest.mark.django_db
BUDGET = Budget(date(2024, 3, 1), date(2024, 12, 31), Money(Decimal(1), "USD", date(2024, 3, 1)))


def an_officer() -> User:
    return User.objects.create_user(username="example", role=Role.MONITORING_OFFICER)


def taken(tmp_path: Path, content: bytes) -> Import:
    path = tmp_path / "file.xml"
    path.write_bytes(content)
    return actions.import_file(path, by=SYSTEM)


def test_given_a_file_when_it_is_taken_in_then_every_activity_is_kept_with_its_days_and_sums(
    tmp_path: Path,
) -> None:
    done = taken(tmp_path, others("EX.1", "EX.2"))

    one = Activity.objects.get(identifier="XE-EXAMPLE-MISSION-EX.1")
    assert done.counts == {"added": 2}
    assert (one.starts_on, one.ends_on, one.countries) == (date(2024, 3, 1), date(2027, 6, 30), ["TJ"])
    assert [(each["kind"], each["type"], each["currency"], each["value"]) for each in one.sums] == [
        ("budget", "", "USD", "180000.5"),
        ("transaction", "11", "USD", "180000.5"),
        ("transaction", "4", "USD", "180000.5"),
    ]


def test_given_the_same_file_twice_when_it_is_taken_in_then_nothing_is_written(tmp_path: Path) -> None:
    taken(tmp_path, others("EX.1", "EX.2"))
    before = list(Activity.objects.values())

    again = taken(tmp_path, others("EX.1", "EX.2").replace(b"><", b">\n<"))

    assert again.counts == {"unchanged": 2}
    assert list(Activity.objects.values()) == before


def test_given_a_newer_file_when_it_is_looked_through_then_only_what_differs_is_named(tmp_path: Path) -> None:
    taken(tmp_path, others("EX.1", "EX.2"))

    newer = others("EX.1", budgets=(BUDGET,)).replace(
        b"</iati-activities>", others("EX.3").split(b'">\n', 1)[1]
    )
    done = taken(tmp_path, newer)

    assert done.counts == {"changed": 1, "added": 1}
    assert [(one.verdict, one.changed) for one in done.incoming.order_by("number")] == [
        (Verdict.CHANGED, ["budget"]),
        (Verdict.ADDED, []),
    ]
    assert Activity.objects.count() == 3


def test_given_bad_parts_when_a_file_is_taken_in_then_good_ones_are_kept_and_bad_ones_named(
    tmp_path: Path,
) -> None:
    content = others("EX.1", "EX.2", "EX.2").replace(
        b'iso-date="2024-12-31"/>\n      <value', b'iso-date="2026-12-31"/>\n      <value', 1
    )

    done = taken(tmp_path, content)

    rows = list(done.incoming.order_by("number"))
    assert [one.verdict for one in rows] == [Verdict.ADDED, Verdict.ADDED, Verdict.REFUSED]
    assert [(each["rule"], each["key"], each["fate"]) for each in rows[0].problems] == [
        ("7.5.3", "budget-too-long", "left-out")
    ]
    assert rows[0].problems[0]["line"] > 1
    assert [(each["rule"], each["fate"]) for each in rows[2].problems] == [("1.1.2", "refused")]
    assert [each["kind"] for each in Activity.objects.first().sums] == ["transaction", "transaction"]


def test_given_a_project_of_ours_in_a_file_when_it_is_taken_in_then_it_is_shown_and_never_kept(
    tmp_path: Path,
) -> None:
    make_mission(iati_prefix="XE-EXAMPLE-MISSION")
    make_project("EX.1")

    done = taken(tmp_path, others("EX.1", "EX.2"))

    assert done.counts == {"ours": 1, "added": 1}
    assert list(Activity.objects.values_list("identifier", flat=True)) == ["XE-EXAMPLE-MISSION-EX.2"]


def test_given_a_file_that_cannot_be_read_when_it_is_taken_in_then_nothing_of_it_stays(
    tmp_path: Path,
) -> None:
    with pytest.raises(NotReadable):
        taken(tmp_path, b"<html/>")

    assert (Import.objects.count(), Activity.objects.count()) == (0, 0)


def test_given_a_file_that_breaks_off_when_it_is_taken_in_then_what_was_whole_is_kept(tmp_path: Path) -> None:
    done = taken(tmp_path, others("EX.1", "EX.2")[:-500])

    assert done.counts == {"added": 1}
    assert [(one["key"], one["fate"]) for one in done.problems] == [("not-xml", "broken")]


def test_given_a_file_sent_in_pieces_when_it_is_looked_through_then_it_is_whole_and_the_pieces_are_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(receiving, "PIECE_BYTES", 1_000)
    content = others("EX.1", "EX.2")
    one = actions.receive([content[:7_000], content[7_000:]], "a.xml", by=an_officer())
    pieces = one.pieces.count()

    actions.look_through(one, by=SYSTEM)

    assert (pieces > 10, one.pieces.count(), StoredFile.objects.count()) == (True, 0, 0)
    assert (one.counts, Activity.objects.count()) == ({"added": 2}, 0)


def test_given_a_previewed_file_when_it_is_discarded_then_nothing_of_it_stays_and_it_cannot_be_accepted() -> (
    None
):
    one = actions.receive([others("EX.1")], "a.xml", by=an_officer())
    actions.look_through(one, by=SYSTEM)

    actions.discard(one, by=SYSTEM)

    assert (Incoming.objects.count(), Activity.objects.count()) == (0, 0)
    with pytest.raises(Refused):
        actions.accept(one, by=SYSTEM)


def test_given_a_killed_acceptance_when_it_is_accepted_again_then_it_goes_on() -> None:
    one = actions.receive([others("EX.1", "EX.2")], "a.xml", by=an_officer())
    actions.look_through(one, by=SYSTEM)
    actions.begin(one, by=SYSTEM)

    actions.accept(one, by=SYSTEM)

    assert Activity.objects.count() == 2
    assert Import.objects.get().is_taken


def test_given_activities_of_others_when_they_are_written_again_then_they_are_what_was_read(
    tmp_path: Path,
) -> None:
    content = others("EX.1", "EX.2")
    taken(tmp_path, content)

    again = b"".join(of_others(Activity.objects.order_by("identifier")))

    read = [canonical(one) for one in activities(io.BytesIO(again), File())]
    assert read == [canonical(one) for one in activities(io.BytesIO(content), File())]


@needs_shared
@pytest.mark.parametrize("name", ["iom-tajikistan-2022-reconstructed.xml", "unhcr-activities-2023.xml.gz"])
def test_given_a_real_file_when_it_is_taken_in_and_written_again_then_all_of_it_is_equal(
    name: str, tmp_path: Path
) -> None:
    source = SHARED / "iati" / "real" / name
    done = actions.import_file(source, by=SYSTEM)

    again = b"".join(of_others(Activity.objects.order_by("pk")))

    with source.open("rb") as file:
        before = {iati.identifier_of(one): iati.basics(one) for one in activities(file, File())}
    after = {iati.identifier_of(one): iati.basics(one) for one in activities(io.BytesIO(again), File())}
    assert done.counts == {"added": len(before)}
    assert after == before


def test_given_an_extension_when_it_is_taken_in_and_written_again_then_it_is_still_there(
    tmp_path: Path,
) -> None:
    note = b'<u:usd xmlns:u="http://example.org/u">7</u:usd>'
    taken(tmp_path, others("EX.1").replace(b"</iati-activity>", note + b"</iati-activity>"))

    assert note in b"".join(of_others(Activity.objects.all()))


def test_given_two_who_accept_at_once_when_the_second_is_late_then_no_activity_loses_its_xml() -> None:
    one = actions.receive([others("EX.1", "EX.2")], "a.xml", by=an_officer())
    actions.look_through(one, by=SYSTEM)
    mine = accepting._begun(one, by=SYSTEM)
    actions.accept(one, by=SYSTEM)
    before = list(Activity.objects.values())

    written = accepting._write(mine, one.incoming.all(), set())
    # A later file of the same activities, of which the XML is gone.
    second = Import.objects.create(label="b.xml")
    one.incoming.update(file=second)
    accepting._write(second, second.incoming.all(), set())

    assert not written
    assert list(Activity.objects.values()) == before
    assert all(row["xml"] for row in before)


def test_given_somebody_who_was_faster_when_a_file_is_accepted_then_it_is_decided_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = actions.receive([others("EX.1", "EX.2")], "a.xml", by=an_officer())
    actions.look_through(one, by=SYSTEM)
    monkeypatch.setattr(accepting, "BATCH", 1)
    decided = datetime(2026, 11, 25, tzinfo=UTC)

    actions.accept(one, by=SYSTEM, progress=lambda each: _decide(each, decided))

    assert (Import.objects.get().decided_at, Activity.objects.count()) == (decided, 1)


def _decide(one: Import, at: datetime) -> None:
    Import.objects.filter(pk=one.pk).update(decided_at=at)


def test_given_a_file_stopped_half_way_when_it_is_looked_through_anew_then_activities_are_counted_once() -> (
    None
):
    one = actions.receive([others("EX.1", "EX.2")], "a.xml", by=an_officer())
    one.activities, one.counts = 2, {"added": 2}
    one.save()

    actions.look_through(one, by=SYSTEM)

    assert (one.activities, one.counts) == (2, {"added": 2})


def test_given_files_nobody_decided_about_when_thirty_days_are_over_then_they_are_dropped() -> None:
    officer = an_officer()
    old, begun, new = (actions.receive([others("EX.1")], name, by=officer) for name in ("a", "b", "c"))
    for one in (old, begun, new):
        actions.look_through(one, by=SYSTEM)
    actions.begin(begun, by=SYSTEM)
    Import.objects.exclude(pk=new.pk).update(sent_at=timezone.now() - timedelta(days=31))

    dropped = actions.drop_expired(by=SYSTEM)

    assert dropped == 1
    assert [one.incoming.count() for one in (old, begun, new)] == [0, 1, 1]
    assert list(Import.objects.filter(decided_at=None).order_by("pk")) == [begun, new]


def test_given_a_fault_in_a_contact_when_a_file_is_looked_through_then_what_was_written_is_not_kept() -> None:
    contact = b"<contact-info><email>e@example.org</email>Example Person<person>x</person></contact-info>"
    content = others("EX.1").replace(b"<recipient-country", contact + b"<recipient-country", 1)
    one = actions.receive([content], "a.xml", by=an_officer())

    actions.look_through(one, by=SYSTEM)

    problems = [each for row in one.incoming.all() for each in row.problems]
    below = [each["values"] for each in problems if each["where"].startswith("contact-info")]
    assert {"name": "contact-info", "value": "…"} in below
    assert "Example Person" not in str(problems)
    assert all(sentence(each) for each in problems)


def test_given_an_activity_of_faults_only_when_it_is_looked_through_then_counting_stops_with_a_sentence() -> (
    None
):
    content = others("EX.1", "EX.2").replace(b"</iati-activity>", b"<x/>" * 1_200 + b"</iati-activity>", 1)
    one = actions.receive([content], "a.xml", by=an_officer())

    actions.look_through(one, by=SYSTEM)

    first, second = one.incoming.order_by("number")
    assert (first.verdict, second.verdict, len(first.problems)) == (Verdict.REFUSED, Verdict.ADDED, 1_001)
    assert any(
        sentence(each) == "The activity has 1000 faults or more. Nothing of it is taken."
        for each in first.problems
    )


def test_given_a_file_of_faults_only_when_it_is_looked_through_then_reading_stops_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(looking, "MOST_PROBLEMS", 10)
    content = others("EX.1", "EX.2").replace(b"</iati-activity>", b"<x/>" * 12 + b"</iati-activity>")
    one = actions.receive([content], "a.xml", by=an_officer())

    actions.look_through(one, by=SYSTEM)

    assert one.activities == 1
    assert sentence(one.problems[0]).startswith("The file has more than 10 faults.")
