"""Who may open which page of the staff door. Rights on records stand with the records; here they are put together.

Everywhere: an administrator, Django's is_superuser included, sees no record, whatever role and memberships say.
"""

from rohnamo.people import rules as people
from rohnamo.people.models import Person
from rohnamo.projects import rules as projects
from rohnamo.projects.models import Project
from rohnamo.results import rules as results
from rohnamo.results.models import Tally
from rohnamo.staff import rules as staff
from rohnamo.staff.models import Role, User
from rohnamo.workspace.models import BriefingNote


def has_records(user: User) -> bool:
    """Whether anything of the mission's work is there for this account at all."""
    return user.is_active and not user.is_superuser and user.role != Role.ADMINISTRATOR


def may_see_projects(user: User) -> bool:
    """Partner reporters send registers and see no results, so no project either."""
    return has_records(user) and staff.may_see_results(user)


def may_see_project(user: User, project: Project) -> bool:
    return has_records(user) and results.may_see_results(user, project)


def may_see_counted(user: User) -> bool:
    """Whether numbers are shown as they are counted. A donor reads what was released, small numbers hidden."""
    return has_records(user) and user.role != Role.DONOR_READER


def may_see_people(user: User) -> bool:
    return has_records(user) and staff.may_see_people(user)


def may_search(user: User) -> bool:
    """Projects or people: whoever sees neither has nothing to search."""
    return may_see_projects(user)


def may_search_people(user: User) -> bool:
    return has_records(user) and people.may_search(user)


def may_see_person(user: User, person: Person) -> bool:
    return has_records(user) and people.may_see_person(user, person)


def may_judge(user: User, *persons: Person) -> bool:
    return has_records(user) and people.may_judge(user, *persons)


def may_judge_people(user: User) -> bool:
    return has_records(user) and staff.may_judge_people(user)


def may_see_officials(user: User) -> bool:
    return has_records(user) and staff.may_see_officials(user)


def may_see_registers(user: User) -> bool:
    return has_records(user) and staff.may_import_registers(user)


def may_see_list(user: User, tally: Tally) -> bool:
    """Whether the list behind a number opens. What stands in it is decided for each row.

    A number of an area or of the mission is made of many projects: only those who see all of them see it counted.
    """
    if not may_see_people(user):
        return False
    project = project_of(tally)
    return projects.may_see_project(user, project) if project else staff.may_see_all_projects(user)


def project_of(tally: Tally) -> Project | None:
    """The project whose number it is; None for a number of an area or of the mission."""
    return tally.indicator.result.project if tally.indicator else tally.project


def may_be_briefed(user: User) -> bool:
    """Everybody of the mission who sees projects; not the readers of other organisations."""
    return may_see_projects(user) and may_see_counted(user)


def may_read_restricted(user: User) -> bool:
    """What not to say is for those who speak for the mission and for those who answer for a project."""
    return may_be_briefed(user) and user.role in {
        Role.CHIEF_OF_MISSION,
        Role.PROGRAMME_MANAGER,
        Role.COMMUNICATIONS,
        Role.DATA_PROTECTION_OFFICER,
    }


def may_strike(user: User, note: BriefingNote) -> bool:
    """Whoever wrote a sentence, and those who may read all of them."""
    return may_read_restricted(user) or (
        may_be_briefed(user) and not note.is_restricted and note.written_by == str(user.pk)
    )
