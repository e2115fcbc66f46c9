"""Django's handle on this room of the house."""

from collections.abc import Collection

from django.apps import AppConfig

from rohnamo.core.personal import Holder, declare_impersonal, register


class IntakeConfig(AppConfig):
    name = "rohnamo.intake"
    label = "intake"

    def ready(self) -> None:
        register(
            Holder("intake.import", "name of the file and why it was taken back, encrypted; who took it in"),
            Holder("intake.upload", "name of the file, encrypted; sealed rows for thirty days"),
            Holder("intake.doubtfulrow", "which record made from a row resembles which other"),
            Holder(
                "intake.entry",
                "what a row said of a person: sex, birth, district, keyed hashes of name, phone, document",
                erase=_erase,
            ),
            Holder("intake.knowntitle", "titles of columns as a source writes them, encrypted"),
        )
        declare_impersonal("intake.rhythm")


def _erase(persons: Collection[int]) -> None:
    from rohnamo.intake.actions import forget_what_was_said  # noqa: PLC0415 -- models exist only after start

    forget_what_was_said(persons)
