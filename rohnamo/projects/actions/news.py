"""What a loading tells the floors above: that a part of the mission is another one than before."""

from rohnamo.core import changes
from rohnamo.places.actions import Loaded

TOPIC = "mission.changed"


def leave_news(part: str, loaded: Loaded) -> Loaded:
    """Leave the line ("mission.changed", part) if anything is new, and hand the counts on."""
    if loaded.is_news:
        changes.leave(TOPIC, [part])
    return loaded
