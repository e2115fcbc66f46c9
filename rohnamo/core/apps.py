"""Django's handle on the lowest floor."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "rohnamo.core"
    label = "core"
