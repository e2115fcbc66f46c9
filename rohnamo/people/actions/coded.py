"""Registering people of coded services: a code, and a name only for those who agreed to be called back."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from rohnamo.core import audit
from rohnamo.core import keys as key_folder
from rohnamo.core.locks import one_at_a_time
from rohnamo.engines.names import parse, stored_keys
from rohnamo.people.models import CallBack, CodedPerson
from rohnamo.projects.models import Project

# No 0 O 1 I L: codes are read out on the telephone and written by hand.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8
KEPT_AFTER_CLOSING = timedelta(days=365)


@dataclass(frozen=True)
class NewCoded:
    """A row of a coded service. name, phone: given only when the row carries a consent to be called back."""

    sex: str = "u"
    birth_year: int | None = None
    district_id: int | None = None
    name: str = ""
    phone: str = ""
    consented_on: date | None = None


@transaction.atomic
def register_coded(rows: Sequence[NewCoded], *, project: Project, by: audit.Actor) -> list[CodedPerson]:
    """Give each row its code. Somebody who agreed to be called back keeps the same code from register to register;
    of anybody else nothing is kept by which they could be found again, so their code is new each time.
    """
    one_at_a_time("people.register_coded")
    coded = [_known(row, project) or _make(row, project) for row in rows]
    audit.record(by, "people.register_coded", "people.codedperson", fields=[f"{len(rows)} rows"])
    return coded


def may_keep_name(row: NewCoded) -> bool:
    """Only with a written yes."""
    return row.consented_on is not None and bool(row.name)


def _known(row: NewCoded, project: Project) -> CodedPerson | None:
    """Somebody with the same name, sex and birth year, and the same phone where both gave one.

    A name alone, without year and phone, is not enough: two strangers must not end under one code.
    """
    if not may_keep_name(row):
        return None
    alike = CallBack.objects.filter(digest=_digest(row), coded__project=project).select_related("coded")
    for one in alike.order_by("pk"):
        both_phones = bool(one.phone and row.phone)
        if (both_phones and one.phone == row.phone) or (not both_phones and row.birth_year is not None):
            return one.coded
    return None


def _make(row: NewCoded, project: Project) -> CodedPerson:
    coded = CodedPerson.objects.create(
        code="".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)),
        project=project,
        sex=row.sex,
        birth_year=row.birth_year,
        district_id=row.district_id,
    )
    if may_keep_name(row) and row.consented_on:
        CallBack.objects.create(
            coded=coded, name=row.name, phone=row.phone, digest=_digest(row), consented_on=row.consented_on
        )
    return coded


def _digest(row: NewCoded) -> bytes:
    """The same for the same name in any script, sex and birth year. Its purpose is another than that of the keys of the
    register of persons, so the two registers do not meet by comparing hashes; whoever holds the keys could join them.
    """
    skeletons = ",".join(sorted(stored_keys(parse(row.name), row.birth_year, is_year_exact=True)))
    return key_folder.keyed_hash(f"{skeletons}|{row.sex}|{row.birth_year}", purpose="callback")


@transaction.atomic
def erase_expired_call_backs(*, by: audit.Actor) -> int:
    """Remove names and phones twelve months after the case of a code was closed, or after its last service where
    nobody closed it. Returns how many.
    """
    last_day = Greatest(Max("coded__deliveries__day"), "consented_on")
    expired = CallBack.objects.annotate(
        ended_on=Coalesce("coded__closed_on", last_day, "consented_on")
    ).filter(ended_on__lte=timezone.localdate() - KEPT_AFTER_CLOSING)
    number = len(numbers := list(expired.values_list("pk", flat=True)))
    if number:
        CallBack.objects.filter(pk__in=numbers).delete()
        audit.record(by, "people.erase_call_backs", "people.callback", fields=[f"{number} erased"])
    return number
