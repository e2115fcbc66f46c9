"""Money of the mission's files: agreements, rates, movements, instalments, and what donors want by when."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.db.models import ProtectedError

from rohnamo.core.errors import WrongData
from rohnamo.core.missionfiles import Mission, codes
from rohnamo.core.missionfiles import money as files
from rohnamo.core.missionfiles.project import Project as ProjectFile
from rohnamo.places.actions import Loaded, bring_in_line
from rohnamo.projects import queries
from rohnamo.projects.actions.money_checks import check_money
from rohnamo.projects.actions.news import leave_news
from rohnamo.projects.models import (
    Anchor,
    DeadlineDone,
    DonorRule,
    ExchangeRate,
    Grant,
    MoneyMove,
    MoveKind,
    Partner,
    PlannedPayment,
    Project,
    Recorded,
)

CENT = Decimal("0.01")
KIND = {
    codes.MoveKind.ANNOUNCED: MoveKind.INCOMING_PLEDGE,
    codes.MoveKind.AGREED: MoveKind.INCOMING_COMMITMENT,
    codes.MoveKind.RECEIVED: MoveKind.INCOMING_FUNDS,
    codes.MoveKind.PROMISED: MoveKind.OUTGOING_COMMITMENT,
    codes.MoveKind.PAID: MoveKind.DISBURSEMENT,
    codes.MoveKind.SPENT: MoveKind.EXPENDITURE,
}
Ids = dict[str, int]
Grants = dict[tuple[str, str], int]
TYPES = ("collaboration_type", "flow_type", "finance_type", "aid_type", "tied_status")


@transaction.atomic
def load_money(mission: Mission) -> Loaded:
    """Everything about money that the files say. Load partners and projects first.

    Movements of the files follow the files; those that were recorded here stay. Raises WrongData, with file and
    line, where sums or rates do not agree, and where the files drop what money recorded here points at.
    """
    loaded = _load_rates(mission.rates)
    check_money(mission)
    partners = dict(Partner.objects.values_list("code", "pk"))
    ids = dict(Project.objects.values_list("code", "pk"))
    loaded += _load_grants(mission.projects, ids, partners)
    grants: Grants = {
        (project, reference): pk
        for project, reference, pk in Grant.objects.values_list("project__code", "reference", "pk")
    }
    loaded += _load_moves(mission.moves, ids, partners, grants)
    loaded += _load_payments(mission.payments, ids, partners, grants)
    loaded += _drop_grants(mission.projects)
    loaded += _load_rules(mission.donor_rules, partners)
    loaded += _load_done(mission.deadlines_done, grants)
    return leave_news("money", loaded)


def _load_rates(rates: Iterable[files.Rate]) -> Loaded:
    """Rates that the files do not name stay: they were recorded here."""
    rows = [
        ExchangeRate(
            currency=rate.currency,
            day=rate.day,
            usd_per_unit=rate.usd_per_unit.quantize(Decimal("0.000000001")),
            source=rate.source,
        )
        for rate in rates
    ]
    return bring_in_line(ExchangeRate.objects.all(), rows, key=["currency", "day"])


def _load_grants(projects: Iterable[ProjectFile], ids: Ids, partners: Ids) -> Loaded:
    rows = [
        Grant(
            project_id=ids[project.code],
            donor_id=partners[funding.donor],
            reference=funding.agreement,
            currency=funding.currency,
            amount=funding.amount.quantize(CENT),
            amount_usd=funding.amount_usd.quantize(CENT),
            signed_on=funding.signed_on,
            starts_on=funding.first_on,
            ends_on=funding.last_on,
            donor_activity_id=funding.donor_activity,
            **{name: getattr(funding, name) for name in TYPES if getattr(funding, name)},
        )
        for project in projects
        for funding in project.funding
    ]
    return bring_in_line(Grant.objects.all(), rows, key=["project_id", "donor_id", "reference"])


def _drop_grants(projects: Iterable[ProjectFile]) -> Loaded:
    """Agreements that the files of their projects no longer name, after the movements that belonged to them."""
    projects = list(projects)
    named = {
        (project.code, funding.donor, funding.agreement)
        for project in projects
        for funding in project.funding
    }
    stored = Grant.objects.filter(project__code__in=[project.code for project in projects])
    gone = [
        pk
        for *at, pk in stored.values_list("project__code", "donor__code", "reference", "pk")
        if tuple(at) not in named
    ]
    try:
        Grant.objects.filter(pk__in=gone).delete()
    except ProtectedError as error:
        kept = ", ".join(sorted({str(move) for move in error.protected_objects}))
        raise WrongData(
            f"An agreement is gone from projects/, but money recorded here belongs to it ({kept}). Put it back."
        ) from None
    return Loaded(removed=len(gone))


def _load_moves(moves: Iterable[files.Move], ids: Ids, partners: Ids, grants: Grants) -> Loaded:
    """First those that reverse nothing, then the reversals: a row can point only at one that is there."""
    moves = list(moves)
    _refuse_to_touch_reversed(moves)
    stored = MoneyMove.objects.filter(recorded=Recorded.FILES.value)
    reversals = stored.exclude(reverses=None)
    gone, _ = reversals.exclude(code__in=[move.code for move in moves if move.reverses]).delete()
    plain = [_move(move, ids, partners, grants, None) for move in moves if not move.reverses]
    loaded = bring_in_line(stored.filter(reverses=None), plain, key=["code"], may_remove=True)
    known = dict(stored.values_list("code", "pk"))
    back = [_move(move, ids, partners, grants, known[move.reverses]) for move in moves if move.reverses]
    return Loaded(removed=gone) + loaded + bring_in_line(reversals.all(), back, key=["code"])


def _refuse_to_touch_reversed(moves: list[files.Move]) -> None:
    values = {move.code: move.value for move in moves}
    taken_back = MoneyMove.objects.filter(
        recorded=Recorded.HERE.value, reverses__recorded=Recorded.FILES.value
    )
    for code, value in taken_back.values_list("reverses__code", "value"):
        if values.get(code) != -value:
            raise WrongData(
                f"moves.csv: {code} was taken back by a movement recorded here, so it must stay as it was."
            )


def _move(move: files.Move, ids: Ids, partners: Ids, grants: Grants, reverses_id: int | None) -> MoneyMove:
    return MoneyMove(
        code=move.code,
        project_id=ids[move.project],
        grant_id=grants.get((move.project, move.agreement)),
        kind=KIND[move.kind].value,
        day=move.day,
        value=move.value.quantize(CENT),
        currency=move.currency,
        provider_id=partners.get(move.provider),
        receiver_id=partners.get(move.receiver),
        descriptions=dict(move.description),
        is_humanitarian=move.is_humanitarian,
        recorded=Recorded.FILES.value,
        reverses_id=reverses_id,
    )


def _load_payments(payments: Iterable[files.Payment], ids: Ids, partners: Ids, grants: Grants) -> Loaded:
    rows = [
        PlannedPayment(
            code=payment.code,
            project_id=ids[payment.project],
            grant_id=grants.get((payment.project, payment.agreement)),
            starts_on=payment.first_on,
            ends_on=payment.last_on,
            value=payment.value.quantize(CENT),
            currency=payment.currency,
            provider_id=partners.get(payment.provider),
            receiver_id=partners.get(payment.receiver),
            is_revised=payment.is_revised,
        )
        for payment in payments
    ]
    return bring_in_line(PlannedPayment.objects.all(), rows, key=["code"], may_remove=True)


def _load_rules(rules: Iterable[files.DonorRule], partners: Ids) -> Loaded:
    rows = [
        DonorRule(
            donor_id=partners[rule.donor],
            reference=rule.agreement,
            code=rule.code,
            titles=dict(rule.title),
            anchor=Anchor(rule.anchor.value).value,
            months=rule.months,
            opens_months=rule.opens_months,
            every_months=rule.every_months,
        )
        for rule in rules
    ]
    key = ["donor_id", "reference", "code"]
    return bring_in_line(DonorRule.objects.all(), rows, key=key, may_remove=True)


def _load_done(done: Iterable[files.Done], grants: Grants) -> Loaded:
    """What the files say was done. What somebody marked here stays, and what the files no longer say is taken away."""
    done = list(done)
    grant_ids = {grants[one.project, one.agreement] for one in done}
    known = queries.deadline_keys(Grant.objects.filter(pk__in=grant_ids))
    rows = []
    marked_here = set(DeadlineDone.objects.exclude(marked_by=None).values_list("grant_id", "code", "due_on"))
    for one in done:
        at = (grants[one.project, one.agreement], one.code, one.due_on)
        if at not in known:
            raise WrongData(
                f"deadlines-done.csv, line {one.line}: {one.agreement} has no deadline {one.code} on {one.due_on}."
            )
        if at not in marked_here:
            rows.append(DeadlineDone(grant_id=at[0], code=one.code, due_on=one.due_on, done_on=one.done_on))
    stored = DeadlineDone.objects.filter(marked_by=None)
    return bring_in_line(stored, rows, key=["grant_id", "code", "due_on"], may_remove=True)
