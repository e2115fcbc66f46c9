"""Django's handle on this room of the house."""

from django.apps import AppConfig

from rohnamo.core import personal


class PlacesConfig(AppConfig):
    name = "rohnamo.places"
    label = "places"

    def ready(self) -> None:
        personal.declare_impersonal(
            "places.place", "places.placename", "places.crossing", "places.crossingstatus"
        )
