"""Thematic areas: data with a history of names, because they were renamed twice in ten years."""

from django.db import models

from rohnamo.core.fields import TextByLanguage


class ThematicArea(models.Model):
    """One of the mission's areas of work. confidence: how sure we are of it, where its names had to be inferred."""

    code = models.CharField(max_length=40, unique=True)
    order = models.PositiveSmallIntegerField()
    names = TextByLanguage()
    summaries = TextByLanguage()
    iom_area_code = models.CharField(max_length=4, blank=True)
    confidence = models.TextField(blank=True)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.code


class AreaName(models.Model):
    """What an area was called, from when to when, by which source; the present name among them.

    names: only the languages in which the name was seen. is_exact: false where a day stands for a year or a month.
    """

    area = models.ForeignKey(ThematicArea, on_delete=models.CASCADE, related_name="all_names")
    order = models.PositiveSmallIntegerField()
    names = TextByLanguage()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    is_exact = models.BooleanField(default=True)
    source = models.TextField(blank=True)

    class Meta:
        ordering = ["area", "order"]
        constraints = [models.UniqueConstraint(fields=["area", "order"], name="projects_area_name_once")]
