"""Who may see, search and judge people. Rights are by record: through a project that knows the person."""

from rohnamo.people.models import Access, Person
from rohnamo.staff import rules as staff_rules
from rohnamo.staff.models import User


def may_see_person(user: User, person: Person) -> bool:
    """Through a shared Access row of the person or of anyone judged to be the same; never by being an administrator."""
    if not staff_rules.may_see_people(user):
        return False
    mine = user.memberships.values("project")
    return Access.objects.filter(person__root=person.root_id, project__in=mine).exists()


def may_search(user: User) -> bool:
    """Partner reporters, donor readers and administrators never search."""
    return staff_rules.may_search_people(user)


def may_judge(user: User, *people: Person) -> bool:
    """Who decides whether two records are one person must be allowed to see both."""
    return staff_rules.may_judge_people(user) and all(may_see_person(user, person) for person in people)
