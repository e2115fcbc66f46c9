"""Django's handle on this room of the house."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "rohnamo.workspace"
    label = "workspace"
