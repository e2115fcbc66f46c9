"""Django's handle on this room of the house."""

from django.apps import AppConfig

from rohnamo.core import personal


class ProjectsConfig(AppConfig):
    name = "rohnamo.projects"
    label = "projects"

    def ready(self) -> None:
        personal.declare_impersonal(
            "projects.thematicarea",
            "projects.areaname",
            "projects.project",
            "projects.projectpartner",
            "projects.projectplace",
            "projects.budgetyear",
            "projects.partner",
            "projects.source",
            "projects.source_services",
            "projects.service",
            "projects.service_projects",
            "projects.missionprofile",
            "projects.missiontext",
            "projects.tourline",
        )
        personal.register(
            personal.Holder(
                "projects.membership", "which member of staff works on which project, in which districts"
            )
        )
