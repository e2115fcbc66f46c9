"""Budgets, planned payments and transactions of our projects, as the ledger has them."""

from collections.abc import Iterable
from datetime import date

from rohnamo.engines.iati.activity import (
    Budget,
    Defaults,
    Document,
    Money,
    Organisation,
    PlannedDisbursement,
    Transaction,
)
from rohnamo.iati.queries.identity import USUAL_CURRENCY, organisation
from rohnamo.projects.models import Partner, PartnerRole, Project
from rohnamo.projects.models.document import ProjectDocument
from rohnamo.projects.models.money import Grant, MoneyMove, MoveKind, PlannedPayment
from rohnamo.projects.queries.money import budget_periods

ORIGINAL, REVISED = "1", "2"


def defaults(grants: Iterable[Grant]) -> Defaults:
    """The usual codes of a project: those of its first agreement."""
    first = next(iter(grants), None)
    if first is None:
        return Defaults()
    return Defaults(
        first.collaboration_type, first.flow_type, first.finance_type, first.aid_type, first.tied_status
    )


def budgets(project: Project) -> tuple[Budget, ...]:
    """One for each calendar year, cut at the days of the project, so that none is longer than a year."""
    return tuple(
        Budget(
            one.first_on,
            one.last_on,
            Money(one.value_usd, USUAL_CURRENCY, one.first_on),
            type=REVISED if one.is_revised else ORIGINAL,
            status=one.status,
        )
        for one in budget_periods(project)
    )


def planned(listed: Iterable[PlannedPayment]) -> tuple[PlannedDisbursement, ...]:
    return tuple(
        PlannedDisbursement(
            one.starts_on,
            one.ends_on,
            Money(one.value, one.currency, one.starts_on),
            type=REVISED if one.is_revised else ORIGINAL,
            provider=organisation(one.provider) if one.provider else None,
            receiver=organisation(one.receiver) if one.receiver else None,
        )
        for one in listed
    )


def transactions(project: Project, *, until: date) -> tuple[Transaction, ...]:
    """Every movement that stands. One that was taken back goes with what took it back: neither ever was.

    Where no movement was ever written down, what the project says of its agreements and years stands instead.
    """
    moves = [one for one in project.moves.all() if one.day <= until]
    if not moves:
        return tuple(one for one in _of_years(project) if one.on <= until)
    undone = {one.reverses_id for one in moves if one.reverses_id}
    return tuple(_transaction(one) for one in moves if one.pk not in undone and one.reverses_id is None)


def _of_years(project: Project) -> Iterable[Transaction]:
    """What donors agreed to pay, and what was spent in each year."""
    for one in project.partners.all():
        if one.role == PartnerRole.FUNDING and one.amount_usd:
            agreed = Money(one.amount_usd, USUAL_CURRENCY, project.starts_on)
            yield Transaction(
                MoveKind.INCOMING_COMMITMENT,
                project.starts_on,
                agreed,
                ref=one.agreement,
                provider=organisation(one.partner),
            )
    for year in project.budget_years.all():
        if year.spent_usd and year.spent_until:
            spent = Money(year.spent_usd, USUAL_CURRENCY, year.spent_until)
            yield Transaction(
                MoveKind.EXPENDITURE, year.spent_until, spent, ref=f"{project.code}-{year.year}"
            )


def documents(listed: Iterable[ProjectDocument]) -> tuple[Document, ...]:
    return tuple(
        Document(
            one.url,
            one.format,
            one.titles,
            (one.category,),
            one.descriptions,
            tuple(one.languages),
            one.published_on,
        )
        for one in listed
    )


def _transaction(one: MoneyMove) -> Transaction:
    # The donor's own activity is named where the money comes from it, so that chains can be followed.
    from_donor = one.grant.donor_activity_id if one.grant and one.provider_id == one.grant.donor_id else ""
    return Transaction(
        type=one.kind,
        on=one.day,
        money=Money(one.value, one.currency, one.day),
        ref=one.code,
        descriptions=one.descriptions,
        provider=_organisation(one.provider, from_donor),
        receiver=_organisation(one.receiver),
        is_humanitarian=one.is_humanitarian,
    )


def _organisation(partner: Partner | None, activity: str = "") -> Organisation | None:
    return organisation(partner, activity) if partner else None
