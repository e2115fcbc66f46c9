"""What pages of the workspace share beside the door."""

from django.utils.translation import pgettext


def title_of_list(name: str) -> str:
    """Titles of lists by the name of their address."""
    return {
        "projects": pgettext("page", "Projects"),
        "people": pgettext("page", "People"),
        "officials": pgettext("page", "Officials"),
    }[name]
