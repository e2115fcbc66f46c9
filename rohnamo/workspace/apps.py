"""Django's handle on this room of the house."""

from django.apps import AppConfig

from rohnamo.core import personal


class WorkspaceConfig(AppConfig):
    name = "rohnamo.workspace"
    label = "workspace"

    def ready(self) -> None:
        personal.register(
            personal.Holder("workspace.briefingnote", "sentences for a meeting; they may speak of somebody")
        )
