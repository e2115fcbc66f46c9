"""Projects: what is promised to a donor, where, with whom, for how much."""

from django.db import models
from django.utils.translation import pgettext_lazy

from rohnamo.core.fields import TextByLanguage
from rohnamo.projects.models.area import ThematicArea
from rohnamo.projects.models.partner import Partner


class Status(models.TextChoices):
    """IATI activity status. Source: IATI codelist ActivityStatus 2.03."""

    PIPELINE = "1", pgettext_lazy("status of a project", "Planned")
    IMPLEMENTATION = "2", pgettext_lazy("status of a project", "Under way")
    FINALISATION = "3", pgettext_lazy("status of a project", "Being completed")
    CLOSED = "4", pgettext_lazy("status of a project", "Closed")


class PartnerRole(models.TextChoices):
    """Source: IATI codelist OrganisationRole 2.03."""

    FUNDING = "1", pgettext_lazy("role of an organisation in a project", "Funding")
    ACCOUNTABLE = "2", pgettext_lazy("role of an organisation in a project", "Accountable")
    EXTENDING = "3", pgettext_lazy("role of an organisation in a project", "Passing money on")
    IMPLEMENTING = "4", pgettext_lazy("role of an organisation in a project", "Implementing")


class BudgetStatus(models.TextChoices):
    """How firm a budget is. Source: IATI codelist BudgetStatus 2.03."""

    INDICATIVE = "1", pgettext_lazy("how firm a budget is", "Indicative")
    COMMITTED = "2", pgettext_lazy("how firm a budget is", "Committed")


class Project(models.Model):
    """One project. The code never changes after the first publication.

    parent: the programme it is a part of; money stands at one level of the two only. scope: IATI ActivityScope.
    countries: [{"code", "share"}] adding to 100, or nothing for the mission's own country alone.
    other_identifiers: [{"ref", "type"}] by IATI OtherIdentifierType: A3 an earlier one of the
    activity, B1 an earlier one of the organisation.
    modelled_on: the real project that an example resembles. markers: [{"vocabulary", "code", "significance"}].
    sectors: [{"vocabulary", "code", "share", "names"}], shares of one vocabulary add to 100.
    gcm_objectives: 1 to 23 of the Global Compact for Migration. cascades: [{"code", "titles", "steps":
    [{"service", "titles"}]}], each step a part of the one before, never summed.
    """

    code = models.CharField(max_length=20, unique=True)
    area = models.ForeignKey(ThematicArea, on_delete=models.PROTECT, related_name="projects")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    status = models.CharField(max_length=1, choices=Status.choices)
    starts_on = models.DateField()
    ends_on = models.DateField()
    titles = TextByLanguage()
    summaries = TextByLanguage()
    objectives = TextByLanguage()
    target_groups = TextByLanguage()
    histories = TextByLanguage()
    modelled_on = TextByLanguage()
    modelled_on_source = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)
    is_humanitarian = models.BooleanField(default=False)
    iom_type = models.CharField(max_length=40, blank=True)
    scope = models.CharField(max_length=1, default="4")
    countries = models.JSONField(default=list)
    other_identifiers = models.JSONField(default=list)
    markers = models.JSONField(default=list)
    sectors = models.JSONField(default=list)
    sdg_targets = models.JSONField(default=list)
    gcm_objectives = models.JSONField(default=list)
    default_service = models.CharField(max_length=60, blank=True)
    cascades = models.JSONField(default=list)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class ProjectPartner(models.Model):
    """An organisation's part in a project. agreement, amount_usd: of a donor only."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="partners")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="projects")
    role = models.CharField(max_length=1, choices=PartnerRole.choices)
    agreement = models.CharField(max_length=60, blank=True)
    amount_usd = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["project", "role", "partner"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "partner", "role", "agreement"], name="projects_partner_role_once"
            ),
        ]


class ProjectPlace(models.Model):
    """Where a project works."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="places")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["project", "place"]
        constraints = [models.UniqueConstraint(fields=["project", "place"], name="projects_place_once")]


class BudgetYear(models.Model):
    """Money of one project in one calendar year, in US dollars. spent empty: not reported.

    is_revised: whether it replaces an earlier budget of the year (IATI BudgetType 2 instead of 1).
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="budget_years")
    year = models.PositiveSmallIntegerField()
    planned_usd = models.DecimalField(max_digits=14, decimal_places=2)
    spent_usd = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    spent_until = models.DateField(null=True, blank=True)
    status = models.CharField(
        max_length=1, choices=BudgetStatus.choices, default=BudgetStatus.COMMITTED.value
    )
    is_revised = models.BooleanField(default=False)

    class Meta:
        ordering = ["project", "year"]
        constraints = [models.UniqueConstraint(fields=["project", "year"], name="projects_budget_once")]
