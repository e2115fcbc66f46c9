"""Movements of money and rates recorded here. A movement is never changed: a mistake is taken back by another one."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rohnamo.core import audit, changes
from rohnamo.core.errors import Refused, WrongData
from rohnamo.engines.finance import RateMissing
from rohnamo.projects import queries, rules
from rohnamo.projects.models import ExchangeRate, Grant, MoneyMove, MoveKind, Partner, Project, Recorded
from rohnamo.staff.models import User

TOPIC = "money.changed"
FROM_DONOR = frozenset({MoveKind.INCOMING_PLEDGE, MoveKind.INCOMING_COMMITMENT, MoveKind.INCOMING_FUNDS})
TO_PARTNER = frozenset({MoveKind.OUTGOING_COMMITMENT, MoveKind.DISBURSEMENT})
CENT = Decimal("0.01")


@transaction.atomic
def record_move(
    project: Project,
    *,
    kind: MoveKind,
    day: date,
    value: Decimal,
    currency: str,
    by: User,
    grant: Grant | None = None,
    partner: Partner | None = None,
    descriptions: Mapping[str, str] | None = None,
    code: str = "",
) -> MoneyMove:
    """Write down a movement of money. The same code twice is one movement: a form sent again does no harm.

    partner: who is paid or promised; where the money comes from a donor, the donor of the grant is meant. Raises
    Refused for whoever may not record money, and WrongData for a day to come, an amount that is not above zero, an
    agreement of another project, money at the wrong level of a programme, and a day without a rate.
    """
    if not rules.may_record_money(by, project):
        raise Refused(_("Project %(project)s is not yours to record money in.") % {"project": project.code})
    if code and (known := MoneyMove.objects.filter(code=code, project=project).first()):
        return known
    _check_move(project, day, value, currency, grant)
    provider = grant.donor if grant and kind in FROM_DONOR else None
    if kind in FROM_DONOR and provider is None:
        raise WrongData(_("Choose the agreement under which the donor gives the money."))
    if kind in TO_PARTNER and partner is None:
        raise WrongData(_("Choose the partner who gets the money."))
    move = MoneyMove.objects.create(
        code=code or queries.new_code(project),
        project=project,
        grant=grant,
        kind=kind.value,
        day=day,
        value=value,
        currency=currency,
        provider=provider,
        receiver=partner if kind not in FROM_DONOR else None,
        descriptions=dict(descriptions or {}),
        is_humanitarian=project.is_humanitarian,
        recorded=Recorded.HERE.value,
        recorded_by=by,
        recorded_at=timezone.now(),
    )
    _write_down(move, "projects.record_move", by=by)
    return move


@transaction.atomic
def reverse_move(move: MoneyMove, *, day: date, reason: str, by: User) -> MoneyMove:
    """Take a movement back by its opposite, of that day. Raises Refused where that was done, WrongData for the day."""
    if not rules.may_record_money(by, move.project):
        raise Refused(_("Movement %(code)s is not yours to take back.") % {"code": move.code})
    move = MoneyMove.objects.select_for_update().get(pk=move.pk)
    if move.reverses_id or MoneyMove.objects.filter(reverses=move).exists():
        raise Refused(_("Movement %(code)s was taken back already.") % {"code": move.code})
    if not move.day <= day <= timezone.localdate():
        raise WrongData(_("Choose a day from that of the movement until today."))
    if not reason.strip():
        raise WrongData(_("Say why the movement is taken back."))
    back = MoneyMove.objects.create(
        code=f"{move.code}-back",
        project=move.project,
        grant=move.grant,
        kind=move.kind,
        day=day,
        value=-move.value,
        currency=move.currency,
        provider=move.provider,
        receiver=move.receiver,
        descriptions=move.descriptions,
        is_humanitarian=move.is_humanitarian,
        recorded=Recorded.HERE.value,
        recorded_by=by,
        recorded_at=timezone.now(),
        reverses=move,
    )
    _write_down(back, "projects.reverse_move", by=by, reason=reason)
    return back


@transaction.atomic
def record_rate(
    currency: str, day: date, usd_per_unit: Decimal, *, source: str, by: audit.Actor
) -> ExchangeRate:
    """Write down what one unit of a currency was worth in US dollars. Raises Refused if that day has another rate.

    The caller has checked that `by` records money in some project.
    """
    if usd_per_unit <= 0 or currency == "USD" or not source.strip():
        raise WrongData(_("A rate is above zero, of another currency than the dollar, and has a source."))
    rate, is_new = ExchangeRate.objects.get_or_create(
        currency=currency, day=day, defaults={"usd_per_unit": usd_per_unit, "source": source}
    )
    if not is_new and rate.usd_per_unit != usd_per_unit:
        raise Refused(
            _("%(currency)s has a rate on %(day)s already, and amounts were reckoned by it.")
            % {"currency": currency, "day": day.isoformat()}
        )
    if is_new:
        audit.record(by, "projects.record_rate", rate)
        changes.leave(TOPIC, [""])
    return rate


def _check_move(project: Project, day: date, value: Decimal, currency: str, grant: Grant | None) -> None:
    if day > timezone.localdate():
        raise WrongData(_("Money that has not moved yet is no movement. Choose a day until today."))
    if value <= 0 or value != value.quantize(CENT):
        raise WrongData(_("Give an amount above zero, in whole cents."))
    if grant and grant.project_id != project.pk:
        raise WrongData(_("Choose an agreement of this project."))
    _check_level(project)
    try:
        queries.rates().usd_per_unit(currency, day)
    except RateMissing as missing:
        raise WrongData(_rate_missing(missing)) from None


def _rate_missing(missing: RateMissing) -> str:
    words = {"currency": missing.currency, "day": missing.day.isoformat()}
    if missing.last_on is None:
        return _("No rate of %(currency)s is known on %(day)s or before. Record the rate first.") % words
    words["last"] = missing.last_on.isoformat()
    return (
        _("The last rate of %(currency)s before %(day)s is of %(last)s: too old. Record the rate first.")
        % words
    )


def _check_level(project: Project) -> None:
    """Money stands in a programme or in its parts, never in both."""
    parts = Project.objects.filter(parent=project)
    family = [*parts.values_list("pk", flat=True), *([project.parent_id] if project.parent_id else [])]
    others = MoneyMove.objects.filter(project__in=family).exists()
    if others or Grant.objects.filter(project__in=family).exists():
        raise WrongData(
            _("The money of this programme stands at another level. Record it there, so that it counts once.")
        )


def _write_down(move: MoneyMove, verb: str, *, by: User, reason: str = "") -> None:
    audit.record(by, verb, move, reason=reason)
    changes.leave(TOPIC, [move.project.code])
