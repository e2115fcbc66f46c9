"""People who live from one pot."""

from django.db import models

from rohnamo.people.models.person import Person


class Household(models.Model):
    """A household. One member's request never shows another's services."""

    district = models.ForeignKey(
        "places.Place", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    size = models.PositiveSmallIntegerField(null=True, blank=True)


class HouseholdMember(models.Model):
    """A person in a household."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members")
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="household_place")
