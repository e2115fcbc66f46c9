"""Work of the portal that nobody waits for."""

from django_tasks import task

from rohnamo.core.changes import Reader
from rohnamo.portal import actions

TOPICS = frozenset(
    {
        "figure.released",
        "figure.declared",
        "figure.promised",
        "figure.loaded",
        "mission.changed",
        "places.changed",
        "posts.changed",
    }
)


@task()
def rewrite_stale() -> int:
    """Write what was taken back."""
    return actions.rewrite_stale()


def _work(lines: list[tuple[str, str]]) -> None:
    if actions.take_back(lines):
        rewrite_stale.enqueue()


READER = Reader("portal", TOPICS, _work, is_prompt=True)
