"""Work that a person need not wait for."""

from django_tasks import task

from rohnamo.core import changes
from rohnamo.intake import actions
from rohnamo.intake.models import Import, Upload
from rohnamo.staff.models import User


@task()
def look_through(upload_id: int, user_id: int) -> None:
    """Look at what would become of each row of a large register."""
    actions.look_through(Upload.objects.get(pk=upload_id), by=User.objects.get(pk=user_id))


@task()
def accept(upload_id: int, user_id: int) -> None:
    """Take a previewed register in, and count what it changed."""
    actions.accept(Upload.objects.get(pk=upload_id), by=User.objects.get(pk=user_id))
    changes.work_off_all()


@task()
def undo(register_id: int, user_id: int) -> None:
    """Take a register back for which that was begun, and count what it changed."""
    register = Import.objects.get(pk=register_id)
    actions.undo(register, by=User.objects.get(pk=user_id), reason=register.undo_reason)
    changes.work_off_all()


@task()
def count() -> int:
    """Let every reader work off what was changed."""
    return changes.work_off_all()
