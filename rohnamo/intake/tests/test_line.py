"""One line a project: rows as sent, people each once, and what is not decided is said."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rohnamo.core.audit import SYSTEM
from rohnamo.intake.actions import take_in, undo
from rohnamo.intake.models import Import
from rohnamo.intake.queries import one_line, open_register
from rohnamo.intake.queries.line import ProjectLine, joins_in
from rohnamo.intake.tests.factories import BARE, LATER, REGISTER, TALK, TITLES, VISIT, csv_of, make_setting
from rohnamo.people.actions import judge
from rohnamo.people.models import Person, Verdict
from rohnamo.people.tests.factories import make_project, make_source
from rohnamo.projects.models import Project, Source

pytestmark = pytest.mark.django_db


def taken(content: bytes, source: Source, project: Project) -> Import:
    opened = open_register(content, "r.csv", source=source, project=project)
    register = take_in(opened, source=source, project=project, by=SYSTEM).register
    assert register
    return register


def test_given_registers_of_two_senders_when_the_line_is_read_then_everybody_is_counted_once() -> None:
    source, project = make_setting()
    other, elsewhere = make_source("second"), make_project("EX.91")
    taken(REGISTER, source, project)
    taken(csv_of(TITLES, VISIT, TALK), other, project)
    taken(csv_of(TITLES, VISIT), make_source("third"), elsewhere)

    line = one_line(project)

    assert line == ProjectLine(senders=2, rows=4, people=3, surely=3, elsewhere=1, unnamed=2)
    assert line.sentences == [
        "2 partners sent 4 rows about people.",
        "That is 3 people. 1 of them is in another project too.",
        "Typed totals would have said 4.",
        "Besides, 2 people were counted without names.",
    ]


def test_given_a_row_that_comes_again_when_the_line_is_read_then_typed_totals_add_it_and_people_do_not() -> (
    None
):
    source, project = make_setting()
    taken(csv_of(TITLES, VISIT), source, project)
    taken(csv_of(TITLES, VISIT), source, project)

    line = one_line(project)

    assert (line.rows, line.people) == (2, 1)


def test_given_an_undecided_pair_when_the_line_is_read_then_both_numbers_are_said_until_somebody_decides() -> (
    None
):
    source, project = make_setting()
    taken(csv_of(TITLES, BARE), source, project)
    taken(csv_of(TITLES, LATER), make_source("second"), project)

    undecided = one_line(project)
    judge(*Person.objects.order_by("pk"), Verdict.POSITIVE, by=SYSTEM)

    assert (undecided.people, undecided.surely, undecided.doubt) == (2, 1, 1)
    assert undecided.sentences[1] == "That is 2 people, or 1 if every pair that is not decided is one person."
    assert (one_line(project).people, one_line(project).surely) == (1, 1)


def test_given_a_register_that_was_taken_back_when_the_line_is_read_then_it_is_not_in_it() -> None:
    source, project = make_setting()
    undo(taken(REGISTER, source, project), by=SYSTEM, reason="sent by mistake")

    line = one_line(project)

    assert line == ProjectLine(0, 0, 0, 0, 0, 0)
    assert line.sentences == []


@pytest.mark.parametrize(
    ("pairs", "joins"), [([], 0), ([(1, 2)], 1), ([(1, 2), (2, 3), (1, 3)], 2), ([(1, 2), (3, 4)], 2)]
)
def test_given_pairs_when_they_are_joined_then_three_alike_are_two_joins(
    pairs: list[tuple[int, int]], joins: int
) -> None:
    assert joins_in(pairs) == joins


def test_given_more_registers_when_the_line_is_read_then_it_asks_no_more() -> None:
    source, project = make_setting()
    taken(REGISTER, source, project)
    with CaptureQueriesContext(connection) as few:
        one_line(project)
    for number in range(4):
        taken(
            csv_of(TITLES, (*VISIT[:6], f"1{number}.03.2025", *VISIT[7:])), make_source(f"s{number}"), project
        )

    with CaptureQueriesContext(connection) as many:
        one_line(project)

    assert (len(few), len(many)) == (5, 5)
