"""Every model of places is known to the registry of personal data."""

from django.apps import apps

from rohnamo.core import personal


def test_given_the_models_of_places_when_the_registry_is_asked_then_each_is_known_as_impersonal() -> None:
    labels = {model._meta.label_lower for model in apps.get_app_config("places").get_models()}

    assert labels == {"places.place", "places.placename", "places.crossing", "places.crossingstatus"}
    assert all(personal.is_known(label) for label in labels)
    assert not labels & {holder.where for holder in personal.holders()}
