"""Django's handle on this room of the house."""

from django.apps import AppConfig

from rohnamo.core import personal


class FiguresConfig(AppConfig):
    name = "rohnamo.figures"
    label = "figures"

    def ready(self) -> None:
        # Small counts are hidden before they are stored, so that no row tells of a single person.
        personal.declare_impersonal(
            "figures.measure",
            "figures.target",
            "figures.release",
            "figures.withheld",
            "figures.cell",
            "figures.series",
            "figures.observation",
            "figures.sourcedfigure",
        )
