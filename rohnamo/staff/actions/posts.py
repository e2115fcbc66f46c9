"""The mission's list of posts."""

import json
from collections.abc import Iterable

from django.db import transaction

from rohnamo.core import audit, changes
from rohnamo.core.audit import SYSTEM
from rohnamo.core.missionfiles import mission
from rohnamo.staff.models import Post

TOPIC = "posts.changed"
_COLUMNS = ("titles", "area", "duty_station")


@transaction.atomic
def load_posts(posts: Iterable[mission.Post]) -> int:
    """Make the posts what the mission's files say: new ones are added, changed ones changed, missing ones removed.

    Doing it twice changes nothing more. Returns how many posts there are. Leaves the codes of all that came, went or
    changed in `core.changes`.
    """
    rows = [
        Post(code=post.code, titles=dict(post.title), area=post.area, duty_station=post.duty_station)
        for post in posts
    ]
    before = _standing()
    Post.objects.exclude(code__in=[row.code for row in rows]).delete()
    Post.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=_COLUMNS,
    )
    after = _standing()
    changes.leave(TOPIC, sorted(dict(before.items() ^ after.items())))
    audit.record(SYSTEM, "staff.load_posts", "staff.post")
    return len(rows)


def _standing() -> dict[str, str]:
    """Code → all else that is known of a post, as text that can be compared."""
    return {code: json.dumps(rest) for code, *rest in Post.objects.values_list("code", *_COLUMNS)}
