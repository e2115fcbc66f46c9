"""The mission's list of posts."""

from collections.abc import Iterable

from django.db import transaction

from rohnamo.core import audit
from rohnamo.core.audit import SYSTEM
from rohnamo.core.missionfiles import mission
from rohnamo.staff.models import Post


@transaction.atomic
def load_posts(posts: Iterable[mission.Post]) -> int:
    """Make the posts what the mission's files say: new ones are added, changed ones changed, missing ones removed.

    Doing it twice changes nothing more. Returns how many posts there are.
    """
    rows = [
        Post(code=post.code, titles=dict(post.title), area=post.area, duty_station=post.duty_station)
        for post in posts
    ]
    Post.objects.exclude(code__in=[row.code for row in rows]).delete()
    Post.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["titles", "area", "duty_station"],
    )
    audit.record(SYSTEM, "staff.load_posts", "staff.post")
    return len(rows)
