"""A donor reads what was released. Counts behind it, small numbers among them, stay inside."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from rohnamo.core.periods import Period
from rohnamo.figures.models import Measure, Release
from rohnamo.projects.models import Partner, Project
from rohnamo.results.models import Indicator, Result
from rohnamo.results.queries import Line, Report, wording
from rohnamo.staff.models import Role
from rohnamo.staff.tests.door import enter
from rohnamo.workspace.queries.released import as_released, people_reached
from rohnamo.workspace.tests.house import House
from rohnamo.workspace.tests.test_views import page

HALF = Period(date(2025, 1, 1), date(2025, 6, 30))


def _release(key: str, project: Project, value: int, *, is_current: bool = True) -> None:
    measure, _made = Measure.objects.get_or_create(
        key=key, defaults={"scope": "indicator", "project": project.code, "unit": "persons"}
    )
    Release.objects.create(
        measure=measure,
        start=HALF.start,
        end=HALF.end,
        as_of=date(2025, 7, 1),
        released_by="test",
        value=value,
        verdict="published",
        is_current=is_current,
    )


def _line(project: Project, code: str, counted: int) -> Line:
    indicator = Indicator(result=Result(project=project, code="1"), code=code)
    return Line(
        indicator, f"{project.code}.{code}", "persons", None, None, None, counted, counted, is_approved=False
    )


def test_given_counts_when_an_outsider_reads_them_then_only_released_values_stand(house: House) -> None:
    _release("EX.90.a", house.mine, 40)
    _release("EX.90.a", house.mine, 38, is_current=False)
    report = Report(house.mine, HALF.start, HALF.end, (_line(house.mine, "a", 41), _line(house.mine, "b", 2)))

    seen = as_released(report)

    assert [(line.actual, line.counted) for line in seen.lines] == [(Decimal(40), None), (None, None)]


def test_given_people_reached_when_an_outsider_reads_a_list_then_the_released_number_stands(
    house: House,
) -> None:
    _release("EX.90.reached", house.mine, 1200)

    assert people_reached([house.mine, house.other]) == {house.mine.pk: Decimal(1200)}


def test_given_a_count_of_four_when_a_donor_opens_projects_then_it_is_nowhere(house: House) -> None:
    paying = Partner.objects.create(code="donor-x", kind="donor")
    house.mine.partners.create(partner=paying, role="1")
    donor = house.officer(role=Role.DONOR_READER, partner=paying.code)

    listed, one = (page(enter(donor), address) for address in ("/work/projects/", "/work/projects/EX.90/"))
    inside = page(enter(house.officer(house.mine)), "/work/projects/")

    assert 'class="is-number">4<' in inside
    assert 'class="is-number">4<' not in listed
    assert "each counted once" not in one


def test_given_an_approved_value_that_moved_when_a_donor_reads_it_then_nothing_of_the_inside_is_told(
    house: House,
) -> None:
    _release("EX.90.a", house.mine, 40)
    line = replace(
        _line(house.mine, "a", 43), is_approved=True, state="approved", typed=Decimal(7), actual=Decimal(40)
    )

    (seen,) = as_released(Report(house.mine, HALF.start, HALF.end, (line,))).lines

    assert (seen.actual, seen.typed, seen.state, seen.has_moved) == (Decimal(40), None, "", False)
    assert wording.rest(seen) == ""
