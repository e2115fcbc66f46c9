"""The wiring: who reads which changes is settled when the house is opened."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "rohnamo.config"
    label = "config"

    def ready(self) -> None:
        from rohnamo.config.clock import wire_readers  # noqa: PLC0415 -- models exist only now

        wire_readers()
