"""What donors want by when. The days follow from agreements and rules; only that something was done is stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from rohnamo.core.languages import in_language
from rohnamo.engines.finance import due_days
from rohnamo.projects.models import Anchor, DeadlineDone, DonorRule, Grant, Project
from rohnamo.projects.queries.projects import visible_to
from rohnamo.projects.rules import Visitor

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Deadline:
    """One thing a donor wants. opens_on: not earlier than that; None where any day before will do.

    done_on: when it was done, None while it waits. is_late: it waits and its day has passed.
    """

    grant_id: int
    project: str
    agreement: str
    donor: str
    donor_name: str
    code: str
    title: str
    due_on: date
    opens_on: date | None
    done_on: date | None
    is_late: bool


def deadlines_of(project: Project, on: date, language: str | None = None) -> list[Deadline]:
    """Everything a project's donors want, done or not, in the order of days. Three queries."""
    return _deadlines(Grant.objects.filter(project=project), on, language)


def deadlines(user: Visitor, on: date, language: str | None = None) -> list[Deadline]:
    """What is not done yet in the projects that a user sees, in the order of days. Three queries."""
    grants = Grant.objects.filter(project__in=visible_to(user).values("pk"))
    return [deadline for deadline in _deadlines(grants, on, language) if deadline.done_on is None]


def deadline_keys(grants: QuerySet[Grant]) -> set[tuple[int, str, date]]:
    """Agreement, rule and day of every deadline that the agreements have."""
    return {(one.grant_id, one.code, one.due_on) for one in _deadlines(grants, date.max)}


def _deadlines(grants: QuerySet[Grant], on: date, language: str | None = None) -> list[Deadline]:
    found = list(grants.select_related("project", "donor"))
    rules = list(DonorRule.objects.filter(donor__in={grant.donor_id for grant in found}))
    marks = DeadlineDone.objects.filter(grant__in=found).values_list("grant_id", "code", "due_on", "done_on")
    done = {(grant_id, code, due_on): done_on for grant_id, code, due_on, done_on in marks}
    every = [
        deadline
        for grant in found
        for rule in _rules_of(grant, rules)
        for deadline in _by_rule(grant, rule, done, on, language)
    ]
    return sorted(every, key=lambda one: (one.due_on, one.project, one.agreement, one.code))


def _rules_of(grant: Grant, rules: Iterable[DonorRule]) -> list[DonorRule]:
    """The donor's rules, those of this very agreement instead of general ones with the same code."""
    mine = [
        rule for rule in rules if rule.donor_id == grant.donor_id and rule.reference in ("", grant.reference)
    ]
    own = {rule.code for rule in mine if rule.reference}
    return [rule for rule in mine if rule.reference or rule.code not in own]


def _by_rule(
    grant: Grant,
    rule: DonorRule,
    done: dict[tuple[int, str, date], date],
    on: date,
    language: str | None,
) -> list[Deadline]:
    # What counts from the beginning and would come after the end is the final report's business.
    before = None if rule.anchor == Anchor.END else grant.ends_on
    days = due_days(
        _boundary(grant, rule),
        rule.months,
        opens_months=rule.opens_months,
        every_months=rule.every_months,
        before=before,
    )
    made = []
    for day in days:
        done_on = done.get((grant.pk, rule.code, day.due_on))
        made.append(
            Deadline(
                grant_id=grant.pk,
                project=grant.project.code,
                agreement=grant.reference,
                donor=grant.donor.code,
                donor_name=in_language(grant.donor.names, language),
                code=rule.code,
                title=in_language(rule.titles, language),
                due_on=day.due_on,
                opens_on=day.opens_on,
                done_on=done_on,
                is_late=done_on is None and day.due_on < on,
            )
        )
    return made


def _boundary(grant: Grant, rule: DonorRule) -> date:
    if rule.anchor == Anchor.END:
        return grant.ends_on + ONE_DAY
    return grant.starts_on if rule.anchor == Anchor.START else grant.signed_on + ONE_DAY
