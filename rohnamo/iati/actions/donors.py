"""What a donor can read."""

from django.db import transaction

from rohnamo.core import audit
from rohnamo.iati.models import DonorWay, Way
from rohnamo.projects.models import Partner


@transaction.atomic
def choose_way(donor: Partner, way: Way, *, by: audit.Actor) -> None:
    """Say how numbers by sex, age and district are written for a donor."""
    DonorWay.objects.update_or_create(partner=donor, defaults={"way": way.value})
    audit.record(by, "iati.way", donor, fields=[way.value])
