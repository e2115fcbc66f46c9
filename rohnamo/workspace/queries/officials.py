"""Trained officials of the reader's projects: a register apart from the people served."""

from typing import Any

from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rohnamo.deliveries.models import Delivery
from rohnamo.people.models import Official
from rohnamo.staff.models import User
from rohnamo.ui import words


def trained(user: User) -> QuerySet[Delivery, Any]:
    """Officials whom the user's own projects trained, the latest training first."""
    mine = user.memberships.values("project")
    met = Delivery.objects.filter(project__in=mine, official__isnull=False, reverses=None, reversed_by=None)
    return met.values("official").annotate(times=Count("pk"), last=Max("day")).order_by("-last", "official")


def columns() -> list[dict[str, Any]]:
    return [
        {"name": pgettext("of a person", "Name, as written")},
        {"name": _("Service they belong to")},
        {"name": pgettext("of an official", "Post")},
        {"name": _("Trainings"), "is_number": True},
        {"name": _("Last training")},
    ]


def rows(listed: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    officials = Official.objects.in_bulk([one["official"] for one in listed])
    return [
        [
            {"text": _name(officials[one["official"]])},
            {"text": officials[one["official"]].agency},
            {"text": officials[one["official"]].post},
            {"text": one["times"]},
            {"text": words.month(one["last"]), "is_quiet": True},
        ]
        for one in listed
    ]


def _name(official: Official) -> str:
    parts = (official.family, official.given, official.patronymic)
    return official.full_name or " ".join(filter(None, parts))
