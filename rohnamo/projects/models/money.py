"""Money: what was agreed, at which rate, what moved, what is still to come."""

from django.db import models
from django.utils.translation import pgettext_lazy

from rohnamo.core.fields import TextByLanguage
from rohnamo.projects.models.partner import Partner
from rohnamo.projects.models.project import Project


class MoveKind(models.TextChoices):
    """What a movement of money is. Source: IATI codelist TransactionType 2.03."""

    INCOMING_FUNDS = "1", pgettext_lazy("movement of money", "Received")
    OUTGOING_COMMITMENT = "2", pgettext_lazy("movement of money", "Promised to a partner")
    DISBURSEMENT = "3", pgettext_lazy("movement of money", "Paid to a partner")
    EXPENDITURE = "4", pgettext_lazy("movement of money", "Spent")
    INCOMING_COMMITMENT = "11", pgettext_lazy("movement of money", "Agreed with the donor")
    INCOMING_PLEDGE = "13", pgettext_lazy("movement of money", "Announced by the donor")


class Recorded(models.TextChoices):
    """Where a movement was written down: in the mission's files, which it follows, or here, where it stays."""

    FILES = "files", pgettext_lazy("where money was recorded", "The mission's files")
    HERE = "here", pgettext_lazy("where money was recorded", "Recorded here")


class Grant(models.Model):
    """An agreement with a donor about one project.

    amount: in the currency of the agreement (ISO 4217). amount_usd: its worth in US dollars at the rate of the
    day of signing; the calendar years of the project add up to it. donor_activity_id: the donor's own IATI
    identifier. The five types are the defaults of IATI activities: CollaborationType, FlowType, FinanceType,
    AidType, TiedStatus.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="grants")
    donor = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="grants")
    reference = models.CharField(max_length=60)
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    amount_usd = models.DecimalField(max_digits=14, decimal_places=2)
    signed_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    donor_activity_id = models.CharField(max_length=100, blank=True)
    collaboration_type = models.CharField(max_length=3, default="4")
    flow_type = models.CharField(max_length=3, default="10")
    finance_type = models.CharField(max_length=4, default="110")
    aid_type = models.CharField(max_length=4, default="C01")
    tied_status = models.CharField(max_length=2, default="5")

    class Meta:
        ordering = ["project", "signed_on", "reference"]
        constraints = [
            models.UniqueConstraint(fields=["project", "donor", "reference"], name="projects_grant_once")
        ]

    def __str__(self) -> str:
        return self.reference


class ExchangeRate(models.Model):
    """What one unit of a currency was worth on a day. usd_per_unit: US dollars for ONE unit of the currency."""

    currency = models.CharField(max_length=3)
    day = models.DateField()
    usd_per_unit = models.DecimalField(max_digits=18, decimal_places=9)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["currency", "day"]
        constraints = [models.UniqueConstraint(fields=["currency", "day"], name="projects_rate_once")]


class MoneyMove(models.Model):
    """One movement of money of a project, as the ledger writes it. What was recorded here is never changed.

    code: names the movement for good. grant: empty when the money belongs to no one agreement. value: in its
    currency, negative only when it takes back an earlier one (`reverses`). recorded_by, recorded_at: empty for
    what came from the mission's files.
    """

    code = models.CharField(max_length=60, unique=True)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="moves")
    grant = models.ForeignKey(Grant, null=True, blank=True, on_delete=models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=2, choices=MoveKind.choices)
    day = models.DateField()
    value = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    provider = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    descriptions = TextByLanguage()
    is_humanitarian = models.BooleanField(default=False)
    recorded = models.CharField(max_length=5, choices=Recorded.choices)
    recorded_by = models.ForeignKey(
        "staff.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True, blank=True)
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by"
    )

    class Meta:
        ordering = ["day", "code"]
        indexes = [models.Index(fields=["project", "kind", "day"], name="projects_move_kind_day")]

    def __str__(self) -> str:
        return self.code


class PlannedPayment(models.Model):
    """An instalment still to come: from the donor (provider) or to a partner (receiver). IATI planned-disbursement.

    is_revised: whether it replaces an earlier plan (IATI BudgetType 2 instead of 1).
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="planned_payments")
    grant = models.ForeignKey(
        Grant, null=True, blank=True, on_delete=models.CASCADE, related_name="planned_payments"
    )
    code = models.CharField(max_length=60, unique=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    value = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3)
    provider = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Partner, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_revised = models.BooleanField(default=False)

    class Meta:
        ordering = ["project", "starts_on", "code"]

    def __str__(self) -> str:
        return self.code
