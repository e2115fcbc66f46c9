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
            "projects.grant",
            "projects.exchangerate",
            "projects.plannedpayment",
            "projects.projectdocument",
            "projects.donorrule",
            "projects.advice",
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
            ),
            personal.Holder("projects.moneymove", "which member of staff recorded a movement of money"),
            personal.Holder(
                "projects.deadlinedone", "which member of staff did what a donor wanted by a day"
            ),
            personal.Holder(
                "projects.advicestep", "which member of staff recorded or struck a step of advice"
            ),
            personal.Holder(
                "projects.riskassessment",
                "which members of staff assessed and decided; risks of a service, in sealed words",
            ),
            personal.Holder(
                "projects.alert",
                "which members of staff raised and lifted; what was heard of a service, in sealed words",
            ),
            personal.Holder("projects.support", "which member of staff approved support to a service"),
        )
