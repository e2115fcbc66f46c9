"""Who may see, search and judge people. Rights are by record: through a project that knows the person."""

from django.db.models import Q, QuerySet

from rohnamo.people.models import Access, Person
from rohnamo.staff import rules as staff_rules
from rohnamo.staff.models import User


def access_of(user: User) -> QuerySet[Access]:
    """The rows through which a user sees people: of their projects, in the districts of each membership."""
    if not staff_rules.may_see_people(user):
        return Access.objects.none()
    mine = Q(pk__in=[])
    for membership in user.memberships.all():
        of_project = Q(project=membership.project_id)
        if membership.districts:
            of_project &= Q(district__code__in=membership.districts)
        mine |= of_project
    return Access.objects.filter(mine)


def may_see_person(user: User, person: Person) -> bool:
    """Through a row of the person or of anyone judged to be the same; never by being an administrator."""
    return access_of(user).filter(person__root=person.root_id).exists()


def may_search(user: User) -> bool:
    """Partner reporters, donor readers and administrators never search."""
    return staff_rules.may_search_people(user)


def may_judge(user: User, *people: Person) -> bool:
    """Who decides whether two records are one person must be allowed to see both."""
    return staff_rules.may_judge_people(user) and all(may_see_person(user, person) for person in people)
