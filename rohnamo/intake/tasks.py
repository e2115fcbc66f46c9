"""Work that a person need not wait for."""

from django_tasks import task

from rohnamo.core import changes
from rohnamo.intake import actions
from rohnamo.intake.models import Upload
from rohnamo.staff.models import User


@task()
def accept(upload_id: int, user_id: int) -> None:
    """Take a previewed register in, and count what it changed."""
    actions.accept(Upload.objects.get(pk=upload_id), by=User.objects.get(pk=user_id))
    changes.work_off_all()


@task()
def count() -> int:
    """Let every reader work off what was changed."""
    return changes.work_off_all()
