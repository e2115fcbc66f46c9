"""Django's handle on this room of the house."""

from collections.abc import Collection

from django.apps import AppConfig

from rohnamo.core import personal


class ResultsConfig(AppConfig):
    name = "rohnamo.results"
    label = "results"

    def ready(self) -> None:
        # Counted again from the register and the ledger after each change: who is erased there is gone here.
        personal.register(
            personal.Holder(
                "results.reach",
                "who was met by what in which period, by number, with sex, age band and district",
            ),
            personal.Holder(
                "results.approvedrow",
                "who was met when a number was approved, by number, with sex, age band and district",
                erase=_erase,
            ),
        )
        personal.declare_impersonal(
            "results.result",
            "results.indicator",
            "results.indicatorversion",
            "results.period",
            "results.periodtarget",
            "results.periodstep",
            "results.planstep",
            "results.framework",
            "results.approvedcell",
            "results.tally",
            "results.tallyrule",
            "results.reachedcell",
            "results.reachedtotal",
            "results.reportform",
            "results.donorreport",
            "results.wordtemplate",
        )


def _erase(persons: Collection[int]) -> None:
    from rohnamo.results.actions import forget_in_approved  # noqa: PLC0415 -- models exist only after start

    forget_in_approved(persons)
