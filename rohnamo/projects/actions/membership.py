"""Who works on which project. Every change is written down and told to the floors above."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from rohnamo.core import audit, changes
from rohnamo.core.errors import Refused, WrongData
from rohnamo.places.models import Place
from rohnamo.projects import rules
from rohnamo.projects.models import Membership, Project
from rohnamo.staff.models import Role, User

TOPIC = "membership.changed"


@transaction.atomic
def add_member(
    user: User, project: Project, *, role: str, districts: Iterable[str] = (), by: audit.Actor
) -> Membership:
    """Give a user a place in a project, or change the role and districts of the one they have.

    role: one of staff's roles. districts: codes of places; none means all districts of the project.
    Raises Refused for an account that may work on no project, WrongData for an unknown role or place. Doing the
    same twice changes nothing. Leaves ("membership.changed", "<number of the user>:<code of the project>").
    """
    if not rules.may_be_member(user, project):
        raise Refused(
            _("Account %(number)s cannot be a member of project %(project)s: the kind of account forbids it.")
            % {"number": user.pk, "project": project.code}
        )
    wanted = {"role": _known_role(role), "districts": _known_places(districts)}
    member = Membership.objects.select_for_update().filter(user=user, project=project).first()
    if member is None:
        member = Membership.objects.create(user=user, project=project, **wanted)
        _write_down(member, "projects.add_member", fields=wanted, by=by)
    elif fields := [name for name, value in wanted.items() if getattr(member, name) != value]:
        for name in fields:
            setattr(member, name, wanted[name])
        member.save(update_fields=fields)
        _write_down(member, "projects.change_member", fields=fields, by=by)
    return member


@transaction.atomic
def remove_member(user: User, project: Project, *, by: audit.Actor) -> bool:
    """Take a user out of a project. Returns whether they were in it. Leaves the same line as `add_member`."""
    member = Membership.objects.select_for_update().filter(user=user, project=project).first()
    if member is None:
        return False
    _write_down(member, "projects.remove_member", fields=(), by=by)
    member.delete()
    return True


def _known_role(role: str) -> str:
    if role not in Role.values:
        raise WrongData(_("There is no such role. Roles: %(roles)s.") % {"roles": ", ".join(Role.values)})
    return str(role)


def _known_places(districts: Iterable[str]) -> list[str]:
    asked = sorted(set(districts))
    known = set(Place.objects.filter(code__in=asked).values_list("code", flat=True))
    if unknown := [code for code in asked if code not in known]:
        raise WrongData(
            _("No place has the code %(codes)s. Choose places from the list.") % {"codes": ", ".join(unknown)}
        )
    return asked


def _write_down(member: Membership, verb: str, *, fields: Iterable[str], by: audit.Actor) -> None:
    key = f"{member.user_id}:{member.project.code}"
    audit.record(
        by, verb, member, fields=fields, reason=f"user {member.user_id}, project {member.project.code}"
    )
    changes.leave(TOPIC, [key])
