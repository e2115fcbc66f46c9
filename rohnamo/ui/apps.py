"""The furniture: what every page is built from."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "rohnamo.ui"
    label = "ui"
    verbose_name = "Furniture"
