"""Who checks what we publish, and who takes in what others publish."""

from rohnamo.projects.rules import MAY_SEE_MONEY
from rohnamo.staff import rules as staff
from rohnamo.staff.models import User


def may_publish(user: User) -> bool:
    """Those who release figures; never an administrator, Django's is_superuser included.

    What is shown stands in figures or was published by others, so no project has to be asked for by itself.
    """
    return not user.is_superuser and staff.may_release_figures(user)


def may_fetch(user: User) -> bool:
    """Have our file: who publishes and may see money, because the file holds movements and planned payments."""
    return may_publish(user) and user.role in MAY_SEE_MONEY
