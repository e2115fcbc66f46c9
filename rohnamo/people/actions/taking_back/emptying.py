"""Emptying records whom nobody else has touched: their number is all that stays."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from rohnamo.core import audit, personal
from rohnamo.core.locks import one_at_a_time
from rohnamo.people.actions.judge import withdraw
from rohnamo.people.models import (
    Access,
    CallBack,
    CodedPerson,
    Document,
    Judgement,
    NameKey,
    Official,
    OfficialKey,
    Person,
    PersonName,
    Phone,
    Precision,
    Sex,
    Verdict,
)


def lock_register() -> None:
    """Wait until nobody registers or judges anybody, and keep them waiting until the transaction ends."""
    for what in ("people.register", "people.judge", "people.register_officials", "people.register_coded"):
        one_at_a_time(what)


@transaction.atomic
def empty_persons(records: Collection[int], *, by: audit.Actor, reason: str) -> None:
    """Keep of these records nothing but their number, here and wherever else something is kept of them."""
    if not records:
        return
    _withdraw_judgements(records, by)
    for model in (PersonName, NameKey, Phone, Document, Access):
        model._default_manager.filter(person__in=records).delete()
    Person.objects.filter(pk__in=records).update(
        sex=Sex.UNKNOWN,
        birth_year=None,
        birth_md=None,
        birth_precision=Precision.NONE,
        district=None,
        erased_at=timezone.now(),
    )
    personal.erase(records)
    _note(by, "people.person", records, reason)


@transaction.atomic
def empty_officials(officials: Collection[int], *, by: audit.Actor, reason: str) -> None:
    """Keep of these officials nothing but their number."""
    if not officials:
        return
    OfficialKey.objects.filter(official__in=officials).delete()
    for official in Official.objects.filter(pk__in=officials):
        official.full_name = official.family = official.given = official.patronymic = ""
        official.agency = official.post = ""
        official.sex = Sex.UNKNOWN
        official.save()
    _note(by, "people.official", officials, reason)


@transaction.atomic
def empty_coded(coded: Collection[int], *, by: audit.Actor, reason: str) -> None:
    """Keep of these codes nothing but the code."""
    if not coded:
        return
    CallBack.objects.filter(coded__in=coded).delete()
    CodedPerson.objects.filter(pk__in=coded).update(sex=Sex.UNKNOWN, birth_year=None, district=None)
    _note(by, "people.codedperson", coded, reason)


def _withdraw_judgements(records: Collection[int], by: audit.Actor) -> None:
    of_these = Q(left__in=records) | Q(right__in=records)
    standing = Judgement.objects.filter(of_these, superseded_at=None)
    for judgement in standing.exclude(verdict=Verdict.UNSURE).select_related("left", "right"):
        withdraw(judgement.left, judgement.right, by=by)
    standing.update(superseded_at=timezone.now())


def _note(by: audit.Actor, subject: str, records: Collection[int], reason: str) -> None:
    audit.record_many(by, "people.take_back", subject, sorted(records), fields=["emptied"], reason=reason)
