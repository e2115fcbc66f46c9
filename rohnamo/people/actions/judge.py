"""Judging whether two records are one person. Every judgement stays; the newest one stands; all can be undone."""

from collections import defaultdict, deque
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rohnamo.core import audit, changes
from rohnamo.core.errors import Refused
from rohnamo.core.locks import one_at_a_time
from rohnamo.people.models import Judgement, Person, Verdict
from rohnamo.people.queries.registry import members_of


@transaction.atomic
def judge(
    one: Person, other: Person, verdict: Verdict, *, by: audit.Actor, reasons: Iterable[str] = ()
) -> Judgement:
    """Say whether two records are one person. Positive: from now on they count as one.

    Raises Refused for one record against itself; for a positive that would join a pair judged different; for a negative
    about two records that are one person through a third; for an unsure over a decision that stands.
    """
    if one.pk == other.pk:
        raise Refused(_("Record %(record)d cannot be judged against itself.") % {"record": one.pk})
    one_at_a_time("people.judge")
    left, right = sorted(Person.objects.filter(pk__in=[one.pk, other.pk]), key=lambda person: person.pk)
    if verdict is Verdict.POSITIVE:
        _refuse_contradiction(left, right)
    else:
        _refuse_silent_change(left, right, verdict)
    _supersede(left, right)
    judgement = Judgement.objects.create(
        left=left, right=right, verdict=verdict, judged_by=str(by.pk), reasons=list(reasons)
    )
    audit.record(by, "people.judge", judgement, fields=["verdict"])
    _regroup(left, right)
    return judgement


@transaction.atomic
def withdraw(one: Person, other: Person, *, by: audit.Actor) -> None:
    """Take back the standing judgement of a pair: everything is as it was before it."""
    one_at_a_time("people.judge")
    left, right = sorted((one, other), key=lambda person: person.pk)
    if not _supersede(left, right):
        raise Refused(
            _("No judgement stands about records %(left)d and %(right)d.") % _pair(left.pk, right.pk)
        )
    audit.record(by, "people.withdraw_judgement", "people.judgement", subject_id=f"{left.pk}-{right.pk}")
    _regroup(left, right)


def _supersede(left: Person, right: Person) -> int:
    return Judgement.objects.filter(left=left, right=right, superseded_at=None).update(
        superseded_at=timezone.now()
    )


def _refuse_contradiction(one: Person, other: Person) -> None:
    groups = members_of([one.root_id or one.pk, other.root_id or other.pk])
    people = [number for group in groups.values() for number in group]
    negative = Judgement.objects.filter(
        superseded_at=None, verdict=Verdict.NEGATIVE, left__in=people, right__in=people
    ).exclude(left=min(one.pk, other.pk), right=max(one.pk, other.pk))
    if found := negative.first():
        raise Refused(
            _(
                "Records %(left)d and %(right)d were judged to be different people; this would make them one. "
                "Withdraw that judgement first."
            )
            % _pair(found.left_id, found.right_id)
        )


def _refuse_silent_change(left: Person, right: Person, verdict: Verdict) -> None:
    standing = Judgement.objects.filter(left=left, right=right, superseded_at=None).first()
    is_positive = standing is not None and standing.verdict == Verdict.POSITIVE
    if is_positive and verdict is Verdict.UNSURE:
        raise Refused(
            _(
                "Records %(left)d and %(right)d were judged to be one person meanwhile. "
                "Withdraw that judgement to undo it."
            )
            % _pair(left.pk, right.pk)
        )
    if verdict is Verdict.NEGATIVE and left.root_id == right.root_id and not is_positive:
        raise Refused(
            _(
                "Records %(left)d and %(right)d are one person through a third record. "
                "Withdraw a judgement of that chain first."
            )
            % _pair(left.pk, right.pk)
        )


def _regroup(*people: Person) -> None:
    """Work out again who is one person among all records that hang together with these."""
    found = Person.objects.filter(pk__in=[person.pk for person in people])
    roots = {person.root_id or person.pk for person in found}
    numbers = [number for group in members_of(roots).values() for number in group]
    neighbours: dict[int, set[int]] = defaultdict(set)
    pairs = Judgement.objects.filter(
        superseded_at=None, verdict=Verdict.POSITIVE, left__in=numbers, right__in=numbers
    )
    for left, right in pairs.values_list("left_id", "right_id"):
        neighbours[left].add(right)
        neighbours[right].add(left)
    _set_roots(numbers, neighbours)
    changes.leave("person.judged", sorted({*numbers, *roots}))


def _set_roots(numbers: list[int], neighbours: dict[int, set[int]]) -> None:
    left_over = set(numbers)
    for start in sorted(numbers):
        if start not in left_over:
            continue
        group = _connected(start, neighbours)
        left_over -= group
        Person.objects.filter(pk__in=group).update(root=start)


def _connected(start: int, neighbours: dict[int, set[int]]) -> set[int]:
    group, queue = {start}, deque([start])
    while queue:
        for neighbour in neighbours[queue.popleft()] - group:
            group.add(neighbour)
            queue.append(neighbour)
    return group


def _pair(left: int, right: int) -> dict[str, int]:
    return {"left": left, "right": right}
