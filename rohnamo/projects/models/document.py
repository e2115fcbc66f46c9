"""Documents of a project that anybody may read."""

from django.db import models

from rohnamo.core.fields import TextByLanguage
from rohnamo.projects.models.project import Project


class ProjectDocument(models.Model):
    """A public document: where it lies, what it is. IATI document-link.

    url: where anybody can fetch it. format: media type ("application/pdf"). category: IATI DocumentCategory
    (A02 objectives, A05 budget, A07 evaluation, A08 results, A09 memorandum, A11 contract, A12 web page).
    languages: of the text itself, as codes. published_on: the day it bears.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="documents")
    code = models.CharField(max_length=60, unique=True)
    url = models.URLField(max_length=500)
    format = models.CharField(max_length=100)
    category = models.CharField(max_length=3)
    titles = TextByLanguage()
    descriptions = TextByLanguage()
    languages = models.JSONField(default=list)
    published_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["project", "category", "code"]

    def __str__(self) -> str:
        return self.code
