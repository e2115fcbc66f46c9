"""Django's handle on this room of the house."""

from django.apps import AppConfig

from rohnamo.core import personal


class DeliveriesConfig(AppConfig):
    name = "rohnamo.deliveries"
    label = "deliveries"

    def ready(self) -> None:
        personal.register(
            personal.Holder(
                "deliveries.delivery", "which service was given to whom, by number, where and when"
            )
        )
