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
from rohnamo.projects.queries.books import SPENT
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


def planned(project: Project, *, donor: str = "") -> tuple[PlannedDisbursement, ...]:
    """Instalments still to come. donor: as in `transactions`."""
    return tuple(
        PlannedDisbursement(
            one.starts_on,
            one.ends_on,
            Money(one.value, one.currency, one.starts_on),
            type=REVISED if one.is_revised else ORIGINAL,
            provider=_organisation(one.provider),
            receiver=_organisation(one.receiver),
        )
        for one in project.planned_payments.all()
        if _is_of(one, project, donor)
    )


def transactions(project: Project, *, until: date, donor: str = "") -> tuple[Transaction, ...]:
    """Every movement that stands. One that was taken back goes with what took it back: neither ever was.

    What the project says of its agreements and years stands where no movement of that kind was written down: an
    agreement without any agreed money, a year without any spending. donor: code of an organisation whose money alone
    is asked for; "" for all.
    """
    moves = _standing(one for one in project.moves.all() if one.day <= until)
    without = [one for one in _of_project(project, moves, donor) if one.on <= until]
    return (*without, *(_transaction(one) for one in moves if _is_of(one, project, donor)))


def _standing(moves: Iterable[MoneyMove]) -> list[MoneyMove]:
    listed = list(moves)
    undone = {one.reverses_id for one in listed if one.reverses_id}
    return [one for one in listed if one.pk not in undone and one.reverses_id is None]


def _is_of(one: MoneyMove | PlannedPayment, project: Project, donor: str) -> bool:
    """Whether money is a donor's: of its agreement, or from or to itself, and in no way another donor's."""
    if not donor:
        return True
    named = {
        partner.code for partner in (one.provider, one.receiver, one.grant and one.grant.donor) if partner
    }
    return donor in named and not named & (_paying(project) - {donor})


def _paying(project: Project) -> set[str]:
    """Codes of those who pay for a project."""
    of_agreements = {one.donor.code for one in project.grants.all()}
    return of_agreements | {
        one.partner.code for one in project.partners.all() if one.role == PartnerRole.FUNDING
    }


def _of_project(project: Project, moves: list[MoneyMove], donor: str) -> Iterable[Transaction]:
    """What donors agreed to pay, and what was spent in each year, where no movement says so."""
    if not any(one.kind == MoveKind.INCOMING_COMMITMENT for one in moves):
        yield from _agreed(project, donor)
    # What was spent in a year is everybody's money together: a donor's only where nobody else pays.
    if not donor or _paying(project) == {donor}:
        yield from _spent(project, {one.day.year for one in moves if one.kind in SPENT})


def _agreed(project: Project, donor: str) -> Iterable[Transaction]:
    for one in project.partners.all():
        if one.role == PartnerRole.FUNDING and one.amount_usd and donor in {"", one.partner.code}:
            agreed = Money(one.amount_usd, USUAL_CURRENCY, project.starts_on)
            yield Transaction(
                MoveKind.INCOMING_COMMITMENT,
                project.starts_on,
                agreed,
                ref=one.agreement,
                provider=organisation(one.partner),
            )


def _spent(project: Project, years: set[int]) -> Iterable[Transaction]:
    """years: those of which spending was written down by itself."""
    for year in project.budget_years.all():
        if year.spent_usd and year.spent_until and year.year not in years:
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
