"""What every page of registers shares: what it is about, and where one is."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import pgettext

from rohnamo.intake.models import Import, Upload
from rohnamo.intake.queries import uploads
from rohnamo.staff import door
from rohnamo.staff.door import reader


def found_upload(request: HttpRequest, pk: int) -> Upload:
    """A register that was sent, when the reader may see it."""
    visible = uploads.uploads_visible_to(reader(request))
    return get_object_or_404(visible.select_related("source", "project", "stored", "register"), pk=pk)


def found_register(request: HttpRequest, pk: int) -> Import:
    """A register that was taken in, when the reader may see it."""
    visible = uploads.imports_visible_to(reader(request))
    found: Import = get_object_or_404(visible.select_related("source", "project", "upload__stored"), pk=pk)
    return found


def title_of_list() -> str:
    return pgettext("page", "Registers")


def trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """The way here from the list; see `door.trail`."""
    return door.trail((reverse("intake:registers"), title_of_list()), *steps)
