"""What results gives to figures: totals as they are today, breakdowns of periods that have ended."""

from rohnamo.results.published.following import READER
from rohnamo.results.published.publishing import publish_all, publish_mission, publish_project

__all__ = ["READER", "publish_all", "publish_mission", "publish_project"]
