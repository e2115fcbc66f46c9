"""Budgets, planned payments and transactions."""

from rohnamo.engines.iati.activity import Budget, Organisation, PlannedDisbursement, Transaction
from rohnamo.engines.iati.writing.elements import day, make, organisation, told, value
from rohnamo.engines.iati.xml import Element


def budget(one: Budget) -> Element:
    return make(
        "budget",
        {"type": one.type, "status": one.status},
        day("period-start", one.start),
        day("period-end", one.end),
        value(one.money),
    )


def planned_disbursement(one: PlannedDisbursement) -> Element:
    return make(
        "planned-disbursement",
        {"type": one.type},
        day("period-start", one.start),
        day("period-end", one.end),
        value(one.money),
        _provider(one.provider),
        _receiver(one.receiver),
    )


def transaction(one: Transaction) -> Element:
    return make(
        "transaction",
        {"ref": one.ref, "humanitarian": "1" if one.is_humanitarian else None},
        make("transaction-type", {"code": one.type}),
        day("transaction-date", one.on),
        value(one.money),
        told("description", one.descriptions),
        _provider(one.provider),
        _receiver(one.receiver),
    )


def _provider(one: Organisation | None) -> Element | None:
    return organisation("provider-org", one, {}, "provider-activity-id")


def _receiver(one: Organisation | None) -> Element | None:
    return organisation("receiver-org", one, {}, "receiver-activity-id")
