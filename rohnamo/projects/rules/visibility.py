"""Which projects exist for whom, and who may change them."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from rohnamo.projects.models import Membership, PartnerRole, Project, ProjectPartner
from rohnamo.staff import rules as staff
from rohnamo.staff.models import Role, User

Visitor = User | AnonymousUser

NO_PROJECT = Q(pk__in=[])
OUTSIDE = frozenset({Role.PARTNER_REPORTER.value, Role.DONOR_READER.value})
EDITORS = frozenset({Role.PROGRAMME_MANAGER.value, Role.PROJECT_OFFICER.value})


def visible_projects(user: Visitor) -> Q:
    """The condition that a project must meet to be seen by the user in the workspace.

    Members see their projects, mission-wide roles all. A partner reporter sees those in which their organisation
    takes part, a donor reader those it pays for, whatever memberships say. Administrators see none.
    """
    if not isinstance(user, User) or _has_no_projects(user):
        return NO_PROJECT
    if user.role == Role.PARTNER_REPORTER:
        return _of_organisation(user, list(PartnerRole))
    if user.role == Role.DONOR_READER:
        return _of_organisation(user, [PartnerRole.FUNDING])
    if staff.may_see_all_projects(user):
        return Q()
    return Q(pk__in=Membership.objects.filter(user=user).values("project"))


def may_see_project(user: Visitor, project: Project) -> bool:
    """Whether the project exists for this user in the workspace. One query."""
    return Project.objects.filter(visible_projects(user), pk=project.pk).exists()


def may_edit_project(user: Visitor, project: Project) -> bool:
    """The chief of mission, and those who manage this project: a role elsewhere gives no right here.

    Readers and reporters of other organisations never may, whatever a membership says.
    """
    if not isinstance(user, User) or user.role in OUTSIDE or not may_see_project(user, project):
        return False
    if user.role == Role.CHIEF_OF_MISSION:
        return True
    return Membership.objects.filter(user=user, project=project, role__in=EDITORS).exists()


def may_import_for(user: Visitor, project: Project) -> bool:
    """Whether the user may bring registers into this project: a role that may import, and the project seen."""
    return isinstance(user, User) and staff.may_import_registers(user) and may_see_project(user, project)


def may_be_member(user: User, project: Project) -> bool:
    """Whether a user may be given a place in a project.

    Administrators may not, because they see no record. Donors may not, because what they see follows from what
    they pay for. A partner reporter may, where their organisation takes part.
    """
    if _has_no_projects(user) or user.role == Role.DONOR_READER:
        return False
    return user.role != Role.PARTNER_REPORTER or may_see_project(user, project)


def _has_no_projects(user: User) -> bool:
    return not user.is_active or user.is_superuser or user.role == Role.ADMINISTRATOR


def _of_organisation(user: User, roles: list[PartnerRole]) -> Q:
    # An account without an organisation must not match one without a code.
    if not user.partner:
        return NO_PROJECT
    parts = ProjectPartner.objects.filter(partner__code=user.partner, role__in=[role.value for role in roles])
    return Q(pk__in=parts.values("project"))
