"""Work that a person need not wait for."""

from django_tasks import task

from rohnamo.iati import actions
from rohnamo.iati.models import Import
from rohnamo.staff.models import User


@task()
def look_through(import_id: int, user_id: int) -> None:
    """Give every activity of a large file its verdict."""
    actions.look_through(Import.objects.get(pk=import_id), by=User.objects.get(pk=user_id))


@task()
def accept(import_id: int, user_id: int) -> None:
    """Take a previewed file in."""
    actions.accept(Import.objects.get(pk=import_id), by=User.objects.get(pk=user_id))
