"""What people give: a file, and how a donor wants numbers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rohnamo.core.languages import in_language
from rohnamo.iati.models import Way
from rohnamo.iati.queries import profiles


class FileForm(forms.Form):
    """An IATI file."""

    file = forms.FileField(
        label=_("IATI file"),
        help_text=_("Activities as XML, version 2.01 to 2.03; packed with gzip too. Up to 200 MB."),
        widget=forms.FileInput(attrs={"accept": ".xml,.gz,application/xml,text/xml,application/gzip"}),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )


class WayForm(forms.Form):
    """What one donor can read."""

    donor = forms.ChoiceField(label=_("Donor"))
    way = forms.ChoiceField(label=_("How numbers are written"), choices=Way.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        donors = [(one.code, in_language(one.names) or one.code) for one in profiles.donors()]
        donor: Any = self.fields["donor"]
        donor.choices = donors
