"""Who works here."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

# An invitation or a wish nobody answered in a week was for somebody who does not need it any more.
INVITATION_LAPSES_AFTER = timedelta(days=7)
RESET_LAPSES_AFTER = timedelta(days=7)


class Role(models.TextChoices):
    """What a user is to the mission. Source: the mission's list of posts and partners."""

    CHIEF_OF_MISSION = "chief_of_mission", _("Chief of mission")
    PROGRAMME_MANAGER = "programme_manager", _("Programme manager")
    PROJECT_OFFICER = "project_officer", _("Project officer")
    FIELD_OFFICER = "field_officer", _("Field officer")
    MONITORING_OFFICER = "monitoring_officer", _("Monitoring officer")
    BORDER_OFFICER = "border_officer", _("Border officer")
    HEALTH_OFFICER = "health_officer", _("Health officer")
    CASE_MANAGER = "case_manager", _("Case manager")
    TRAINER = "trainer", _("Trainer")
    HELPLINE_OPERATOR = "helpline_operator", _("Helpline operator")
    COMMITTEE_MEMBER = "committee_member", _("Committee member")
    COMMUNICATIONS = "communications", _("Communications officer")
    DATA_PROTECTION_OFFICER = "data_protection_officer", _("Data-protection officer")
    PARTNER_REPORTER = "partner_reporter", _("Partner reporter")
    DONOR_READER = "donor_reader", _("Donor reader")
    ADMINISTRATOR = "administrator", _("Administrator")


class User(AbstractUser):
    """An account. The role says what kind of work; memberships say in which projects.

    partner: code of the organisation that a partner reporter or a donor reader belongs to. session_round: raised
    to end every open session of the account at once; a session holds the round it began in. language: empty until
    its owner chose one; the workspace then speaks the language of the sign-in page.
    Django's is_superuser and is_staff give nothing here.
    """

    role = models.CharField(max_length=40, choices=Role.choices)
    language = models.CharField(max_length=2, blank=True, default="")
    partner = models.CharField(max_length=40, blank=True)
    post = models.CharField(max_length=40, blank=True)
    session_round = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django compares this with the open session at every request: a new password or a new round ends it.
        value = f"{self.session_round}|{self.password}"
        return salted_hmac("rohnamo.staff.session", value, secret=secret, algorithm="sha256").hexdigest()


class Post(models.Model):
    """A post of the mission, filled or not: what "staff" counts."""

    code = models.CharField(max_length=40, unique=True)
    titles = models.JSONField(default=dict)
    area = models.CharField(max_length=40, blank=True)
    duty_station = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class Invitation(models.Model):
    """A link that lets one person make one account, once. The link itself is not stored, only its hash.

    email: where the link was sent; emptied when it is used or withdrawn. renews: the account that gets a new
    password by this link instead. invited_by: empty when it was made on the machine itself.
    """

    email = models.EmailField(blank=True)
    role = models.CharField(max_length=40, choices=Role.choices)
    partner = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, default="ru")
    token_hash = models.CharField(max_length=64, unique=True)
    renews = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="renewals")
    invited_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations_sent"
    )
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitations_accepted"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-invited_at"]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class SecondFactorReset(models.Model):
    """A wish to remove somebody's second factor: one asks, another confirms, neither is the user."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="factor_resets")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=300)
    confirmed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"second factor reset {self.pk}"

    def is_open_at(self, moment: datetime) -> bool:
        """Whether it waits for the second person still. An unanswered wish lapses after RESET_LAPSES_AFTER."""
        is_answered = self.confirmed_at is not None or self.refused_at is not None
        return not is_answered and self.asked_at > moment - RESET_LAPSES_AFTER
