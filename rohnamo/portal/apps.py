"""Django's handle on this room of the house."""

from django.apps import AppConfig

from rohnamo.core import pages


class PortalConfig(AppConfig):
    name = "rohnamo.portal"
    label = "portal"

    def ready(self) -> None:
        from rohnamo.portal.pages import all_pages  # noqa: PLC0415 -- models exist only now

        pages.announce("portal", all_pages)
