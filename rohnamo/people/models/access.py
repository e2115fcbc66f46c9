"""Who may see a person, and what the person agreed to."""

from django.db import models

from rohnamo.people.models.person import Person


class Access(models.Model):
    """A project that knows a person, in a district. A person is visible through a shared row, and not otherwise."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="access")
    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="+")
    district = models.ForeignKey(
        "places.Place", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name_plural = "access"
        constraints = [
            models.UniqueConstraint(fields=["person", "project", "district"], name="people_access_once"),
            # SQLite holds two empty districts for different, so the pair without a district has its own rule.
            models.UniqueConstraint(
                fields=["person", "project"],
                condition=models.Q(district=None),
                name="people_access_nowhere_once",
            ),
        ]
        indexes = [models.Index(fields=["project", "person"], name="people_access_project")]


class Purpose(models.TextChoices):
    """What a person can agree to."""

    SERVICE = "service"
    CALL_BACK = "call_back"
    SHARE = "share"


class Consent(models.Model):
    """A yes for one purpose, in a language, on a day, until it is withdrawn."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    language = models.CharField(max_length=8, blank=True)
    given_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    source = models.ForeignKey(
        "projects.Source", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "purpose", "given_on"], name="people_consent_once"),
        ]
