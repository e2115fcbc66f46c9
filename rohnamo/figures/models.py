"""What we say in public, and everything one must know to trust it."""

from django.db import models

from rohnamo.core.fields import TextByLanguage


class Unit(models.TextChoices):
    """What a figure counts. value: a share, a median or another number that is reported; its names say of what."""

    PERSONS = "persons"
    HOUSEHOLDS = "households"
    CONTACTS = "contacts"
    EVENTS = "events"
    QUANTITY = "quantity"
    PERCENT = "percent"
    USD = "usd"
    VALUE = "value"


class Measure(models.Model):
    """Something that is measured again and again under one definition.

    key: stable name, as in "mission.reached", "EX.03.reached", "EX.03.I2". scope: mission, area, project, indicator or
    cascade (one step of it). group, group_kind, group_titles: code, kind ("outcome" or "output") and titles of the
    result that an indicator belongs to; blank for all else. order: its place in the framework, from 1; 0 for all else.
    """

    key = models.CharField(max_length=80, unique=True)
    scope = models.CharField(max_length=20)
    area = models.CharField(max_length=40, blank=True)
    project = models.CharField(max_length=40, blank=True)
    titles = TextByLanguage()
    unit = models.CharField(max_length=20, choices=Unit.choices)
    unit_names = TextByLanguage()
    definitions = TextByLanguage()
    is_cumulative = models.BooleanField(default=False)
    is_rising_good = models.BooleanField(default=True)
    is_example = models.BooleanField(default=False)
    group = models.CharField(max_length=20, blank=True)
    group_kind = models.CharField(max_length=10, blank=True)
    group_titles = TextByLanguage()
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class Target(models.Model):
    """What was promised: never a result."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="targets")
    start = models.DateField()
    end = models.DateField()
    baseline = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["measure", "start"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "start", "end"], name="figures_target_once")
        ]


class Verdict(models.TextChoices):
    """What became of a release's breakdown. Source: engines.disclosure; open is ours."""

    OPEN = "open"
    PUBLISHED = "published"
    PARTLY = "partly"
    TOTAL_ONLY = "total_only"
    KEPT_EARLIER = "kept_earlier"


class Release(models.Model):
    """One publication of one measure for one period. Kept for ever; the newest one stands.

    verdict: open (period not closed, total only), or what the disclosure engine decided.
    inputs: SHA-256 of the counted cells it was made from.
    cells_of: the earlier release whose breakdown stands, when a new one would unmask somebody.
    least: the threshold below which cells were hidden. method: how it was counted; hiding: how it was hidden, with the
    version of the engine; both blank where nothing was. approved_by: who said that it may be public; blank: whoever
    released it. evidence: what the checker found, for reviewers and never for a page, because how many cells are hidden
    for their own smallness helps to tell which.
    """

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="releases")
    start = models.DateField()
    end = models.DateField()
    as_of = models.DateField()
    released_at = models.DateTimeField(auto_now_add=True)
    released_by = models.CharField(max_length=200)
    value = models.DecimalField(max_digits=16, decimal_places=2)
    source = TextByLanguage()
    inputs = models.CharField(max_length=64)
    method = models.CharField(max_length=80, blank=True)
    hiding = models.CharField(max_length=80, blank=True, default="")
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    evidence = models.JSONField(default=dict, blank=True)
    approved_by = models.CharField(max_length=200, blank=True, default="")
    cells_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    least = models.PositiveSmallIntegerField(default=5)
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["measure", "start", "-released_at"]
        indexes = [models.Index(fields=["measure", "is_current", "start"], name="figures_release_current")]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "start", "end"],
                condition=models.Q(is_current=True),
                name="figures_one_current_release",
            ),
        ]


class Withheld(models.Model):
    """A period whose number of people is so small that it is not told. What was told of earlier ones is not the latest."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="withheld")
    start = models.DateField()
    end = models.DateField()
    as_of = models.DateField()

    class Meta:
        ordering = ["measure", "start"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "start", "end"], name="figures_withheld_once")
        ]


class Cell(models.Model):
    """One number of a breakdown. Blank attribute: all; "u": unknown. count empty: hidden. Nobody: no cell."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="cells")
    sex = models.CharField(max_length=1, blank=True)
    age = models.CharField(max_length=8, blank=True)
    district = models.CharField(max_length=40, blank=True)
    count = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["id"]


class Series(models.Model):
    """A reference series that others publish: population, money sent home, people leaving.

    parts: what a year's value is made of, code → titles. breaks: first years after a change of method; no line is
    drawn across. lines: values at which a chart draws a line, as text.
    """

    key = models.CharField(max_length=60, unique=True)
    titles = TextByLanguage()
    unit_names = TextByLanguage()
    definitions = TextByLanguage()
    source = TextByLanguage()
    licence = TextByLanguage()
    parts = models.JSONField(default=dict)
    breaks = models.JSONField(default=list)
    lines = models.JSONField(default=list)

    class Meta:
        ordering = ["key"]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.key


class Observation(models.Model):
    """One year of a series. value empty: no figure was found, and none is drawn.

    quality: official, derived, part_of_year, year_inferred; empty without a value. parts: code → value as text.
    """

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="observations")
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    quality = models.CharField(max_length=20, blank=True, default="official")
    parts = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    source = models.TextField(blank=True)

    class Meta:
        ordering = ["series", "year"]
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="figures_observation_once")]


class SourcedFigure(models.Model):
    """A single public figure of the mission's history, with its source: target, result, statistic or estimate."""

    key = models.CharField(max_length=80, unique=True)
    area = models.CharField(max_length=40, blank=True)
    value_text = TextByLanguage()
    what = TextByLanguage()
    when = TextByLanguage()
    where = TextByLanguage()
    kind = models.CharField(max_length=20)
    source = models.TextField()

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key
