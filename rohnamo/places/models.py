"""Places and what they were called when."""

from django.db import models
from django.utils.translation import pgettext_lazy

from rohnamo.core.fields import TextByLanguage


class Level(models.IntegerChoices):
    """Administrative level. Source: facts of the mission, 5 first-level and 68 second-level units."""

    COUNTRY = 0, pgettext_lazy("level of a place", "Country")
    REGION = 1, pgettext_lazy("level of a place", "Region")
    DISTRICT = 2, pgettext_lazy("level of a place", "District or city")


class Place(models.Model):
    """An administrative unit of the mission's country.

    code: ours (ISO 3166-2 and a slug), never changes. pcode: empty until the official list can be had.
    The point is the seat of the unit, not its centre. russian_basis: where the Russian name is attested; a
    "standard-unverified" one is not printed on official paper unchecked. outside_id: its id in the list it was
    taken from. small_cell_below: fewer people than this are never shown for this place.
    """

    code = models.CharField(max_length=40, unique=True)
    pcode = models.CharField(max_length=20, blank=True)
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    kind = models.CharField(max_length=60, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    names = TextByLanguage()
    russian_basis = models.CharField(max_length=40, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    point_basis = models.CharField(max_length=120, blank=True)
    outside_id = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    small_cell_below = models.PositiveSmallIntegerField(default=5)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class SpellingKind(models.TextChoices):
    """A name of former times, another way to write the present one, or the chief town when it is named otherwise."""

    FORMER = "former", pgettext_lazy("name of a place", "Former name")
    SPELLING = "spelling", pgettext_lazy("name of a place", "Other spelling")
    SEAT = "seat", pgettext_lazy("name of a place", "Chief town")


class PlaceName(models.Model):
    """A former name of a place, another spelling, or its chief town. Empty days mean: not known.

    A chief town may bear the name of another place, so that its bare name in a register means neither for certain.
    is_exact: false where a day stands for a year or a month that alone is known. order: the usual one first.
    """

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="spellings")
    language = models.CharField(max_length=8)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=SpellingKind.choices)
    order = models.PositiveSmallIntegerField(default=0)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    is_exact = models.BooleanField(default=True)
    basis = models.TextField(blank=True)

    class Meta:
        ordering = ["place", "order"]
        constraints = [
            models.UniqueConstraint(fields=["place", "language", "name"], name="places_spelling_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Crossing(models.Model):
    """A border crossing point of the mission's country.

    neighbour: ISO 3166-1 code of the country on the other side, empty for an airport. place: where it lies.
    is_exact_point: false where only the nearest town is known; such a point is never drawn.
    """

    code = models.CharField(max_length=20, unique=True)
    names = TextByLanguage()
    name_basis = models.CharField(max_length=120, blank=True)
    neighbour = models.CharField(max_length=60, blank=True)
    mode = models.CharField(max_length=20)
    opposite_side = models.CharField(max_length=120, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="crossings")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    is_exact_point = models.BooleanField(default=False)
    point_basis = models.CharField(max_length=120, blank=True)
    source = models.TextField(blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class CrossingState(models.TextChoices):
    """What was said of a crossing."""

    OPEN = "open", pgettext_lazy("state of a border crossing", "Open")
    CLOSED = "closed", pgettext_lazy("state of a border crossing", "Closed")
    PLANNED = "planned", pgettext_lazy("state of a border crossing", "Planned")
    UNDER_CONSTRUCTION = (
        "under_construction",
        pgettext_lazy("state of a border crossing", "Under construction"),
    )
    UNKNOWN = "unknown", pgettext_lazy("state of a border crossing", "Not known")


class CrossingStatus(models.Model):
    """What was reported of a crossing. A history, because it changes quickly.

    reported_year: when somebody last said so; nothing is known of the years after it. Empty days mean: not known.
    """

    crossing = models.ForeignKey(Crossing, on_delete=models.CASCADE, related_name="statuses")
    order = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=CrossingState.choices)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    is_exact = models.BooleanField(default=True)
    reported_year = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)
    source = models.TextField(blank=True)

    class Meta:
        ordering = ["crossing", "order"]
        constraints = [
            models.UniqueConstraint(fields=["crossing", "order"], name="places_status_once"),
        ]
