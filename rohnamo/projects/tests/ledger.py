"""The plainest agreement, movement, rate, assessment."""

from datetime import date
from decimal import Decimal

from rohnamo.projects.models import (
    BudgetYear,
    ExchangeRate,
    Grant,
    MoneyMove,
    MoveKind,
    Partner,
    PartnerRole,
    Project,
    Recorded,
    RiskAssessment,
)
from rohnamo.projects.tests.factories import a_partner, words


def a_grant(project: Project, amount: str = "1000.00", **fields: object) -> Grant:
    plain: dict[str, object] = {
        "donor": a_partner("donor-a"),
        "reference": "A-1",
        "currency": "USD",
        "amount": Decimal(amount),
        "amount_usd": Decimal(amount),
        "signed_on": date(2023, 12, 1),
        "starts_on": date(2024, 1, 1),
        "ends_on": date(2025, 12, 31),
    }
    return Grant.objects.create(project=project, **{**plain, **fields})


def a_move(project: Project, value: str, day: date = date(2024, 6, 30), **fields: object) -> MoneyMove:
    plain: dict[str, object] = {
        "code": f"{project.code}-{MoneyMove.objects.count() + 1}",
        "kind": MoveKind.EXPENDITURE.value,
        "currency": "USD",
        "recorded": Recorded.HERE.value,
    }
    return MoneyMove.objects.create(project=project, value=Decimal(value), day=day, **{**plain, **fields})


def a_rate(currency: str, day: date, usd_per_unit: str) -> ExchangeRate:
    return ExchangeRate.objects.create(
        currency=currency, day=day, usd_per_unit=Decimal(usd_per_unit), source="invented"
    )


def a_year(project: Project, year: int, planned: str, spent: str = "") -> BudgetYear:
    return BudgetYear.objects.create(
        project=project,
        year=year,
        planned_usd=Decimal(planned),
        spent_usd=Decimal(spent) if spent else None,
        spent_until=date(year, 12, 31) if spent else None,
    )


def a_service_of_guards(project: Project, code: str = "guards") -> Partner:
    """A security service that takes part in a project."""
    partner = a_partner(code, project, PartnerRole.IMPLEMENTING)
    partner.is_security_service = True
    partner.save()
    return partner


def an_assessment(project: Project, partner: Partner, **fields: object) -> RiskAssessment:
    """Approved, for training and equipment, for the whole of 2024."""
    plain: dict[str, object] = {
        "code": f"risk-{RiskAssessment.objects.count() + 1}",
        "supports": ["training", "equipment"],
        "forces": words("posts"),
        "risks": words("rough treatment"),
        "measures": words("a visit"),
        "mechanism": words("open reports"),
        "valid_from": date(2024, 1, 1),
        "valid_to": date(2024, 12, 31),
        "assessed_on": date(2023, 12, 1),
        "decision": "approved",
        "decided_on": date(2023, 12, 5),
    }
    return RiskAssessment.objects.create(project=project, partner=partner, **{**plain, **fields})
