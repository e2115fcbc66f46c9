"""Django's handle on this room of the house."""

from django.apps import AppConfig

from rohnamo.core.personal import Holder, register


class IntakeConfig(AppConfig):
    name = "rohnamo.intake"
    label = "intake"

    def ready(self) -> None:
        register(
            Holder("intake.import", "name of the file, encrypted; who took it in"),
            Holder("intake.upload", "name of the file, encrypted; sealed rows for thirty days"),
            Holder("intake.doubtfulrow", "which record made from a row resembles which other"),
        )
