"""Django's handle on the lowest floor."""

from django.apps import AppConfig

from rohnamo.core.personal import Holder, declare_impersonal, register


class CoreConfig(AppConfig):
    name = "rohnamo.core"
    label = "core"

    def ready(self) -> None:
        register(
            Holder(
                "core.auditentry", "who did or read what: ids and names of staff, ids of records, no values"
            ),
            Holder("core.storedfile", "sealed files with personal data; content by hash in files/"),
        )
        declare_impersonal("core.change", "core.clockround")
