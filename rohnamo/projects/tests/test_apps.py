"""Every model of projects is known to the registry of personal data; those that name who did something hold some."""

from django.apps import apps

from rohnamo.core import personal


def test_given_the_models_of_projects_when_the_registry_is_asked_then_each_is_decided_about() -> None:
    models = apps.get_app_config("projects").get_models(include_auto_created=True)
    labels = {model._meta.label_lower for model in models}

    assert [label for label in sorted(labels) if not personal.is_known(label)] == []
    assert labels & {holder.where for holder in personal.holders()} == {
        "projects.advicestep",
        "projects.alert",
        "projects.deadlinedone",
        "projects.membership",
        "projects.moneymove",
        "projects.riskassessment",
        "projects.support",
    }
