"""Who checks what we publish, and who takes in what others publish."""

from rohnamo.staff import rules as staff
from rohnamo.staff.models import User


def may_publish(user: User) -> bool:
    """Those who release figures; never an administrator, Django's is_superuser included.

    What is shown stands in figures or was published by others, so no project has to be asked for by itself.
    """
    return not user.is_superuser and staff.may_release_figures(user)
