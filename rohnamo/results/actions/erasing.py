"""Somebody is erased: their rows under approved numbers stay counted, and nothing leads to them any more."""

from collections.abc import Collection

from django.db import transaction

from rohnamo.results.models import ApprovedRow, PeriodStep, StepKind, SubjectKind
from rohnamo.results.queries.approved import ERASED


@transaction.atomic
def forget_in_approved(persons: Collection[int]) -> None:
    """Take the numbers of these persons out of all approved rows: an erased row is counted as before, and leads nowhere.

    Of a household's row nothing is one member's. The sums stay: what was approved does not move.
    """
    # Every approval is named, because rows are found by approval and subject; by subject alone it would be a long way.
    subjects = [SubjectKind.PERSON.subject(person) for person in persons]
    approvals = PeriodStep.objects.filter(kind=StepKind.APPROVED).values("pk")
    rows = ApprovedRow.objects.filter(approval__in=approvals, subject__in=subjects)
    rows.update(subject=ERASED, first_contact=ERASED)
