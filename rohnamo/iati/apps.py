"""Django's handle on this room of the house."""

from django.apps import AppConfig

from rohnamo.core.personal import Holder, declare_impersonal, register


class IatiConfig(AppConfig):
    name = "rohnamo.iati"
    label = "iati"

    def ready(self) -> None:
        register(
            Holder("iati.activity", "contact persons, as others published them"),
            Holder(
                "iati.incoming", "contact persons, as others published them, until the file is decided about"
            ),
            Holder("iati.import", "name of the file; who sent it"),
        )
        declare_impersonal("iati.piece", "iati.donorway")
