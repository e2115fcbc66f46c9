"""Registering officials who are trained: a register apart from the people served."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from rohnamo.core import audit
from rohnamo.core import keys as key_folder
from rohnamo.core.locks import one_at_a_time
from rohnamo.engines.linkage import Outcome
from rohnamo.engines.names import Name, compare, hashed, stored_keys
from rohnamo.people.models import Official, OfficialKey
from rohnamo.people.queries.candidates import name_of

SAME_NAME = 0.9


@dataclass(frozen=True)
class NewOfficial:
    """An official as a register wrote them. agency: the service they belong to; post: where they serve."""

    full_name: str = ""
    family: str = ""
    given: str = ""
    patronymic: str = ""
    sex: str = "u"
    agency: str = ""
    post: str = ""

    @property
    def name(self) -> Name:
        return name_of(self)


@dataclass(frozen=True)
class RegisteredOfficial:
    """What became of a row: new, known, or doubtful (same name in another agency: kept apart)."""

    official_id: int
    verdict: Outcome
    score: float = 0.0


@transaction.atomic
def register_officials(officials: Sequence[NewOfficial], *, by: audit.Actor) -> list[RegisteredOfficial]:
    """Find or make each official. Known: the same name in any script, sex and agency.

    Registers of trainings carry no birth dates, so the agency stands in for them; the same name in another agency
    may be a transfer or a namesake, and is left as a second record.
    """
    one_at_a_time("people.register_officials")
    registered = [_register(new) for new in officials]
    made = sum(one.verdict is not Outcome.KNOWN for one in registered)
    if made:
        audit.record(by, "people.register_officials", "people.official", fields=[f"{made} new"])
    return registered


def look_up_official(new: NewOfficial) -> Outcome:
    """What `register_officials` would say of a row. Nothing is written."""
    return _judged(new, _candidates(_keys(new), new))


def _register(new: NewOfficial) -> RegisteredOfficial:
    near = _candidates(_keys(new), new)
    verdict = _judged(new, near)
    if verdict is Outcome.KNOWN:
        return RegisteredOfficial(near[0][1].pk, verdict, near[0][0])
    official = Official.objects.create(
        full_name=new.full_name,
        family=new.family,
        given=new.given,
        patronymic=new.patronymic,
        sex=new.sex,
        agency=new.agency,
        post=new.post,
    )
    OfficialKey.objects.bulk_create([OfficialKey(key=key, official=official) for key in _keys(new)])
    return RegisteredOfficial(official.pk, verdict, near[0][0] if near else 0.0)


def _keys(new: NewOfficial) -> list[int]:
    plain = stored_keys(new.name, None, is_year_exact=False)
    return sorted(set(hashed(plain, key_folder.match_key())))


def _judged(new: NewOfficial, near: list[tuple[float, Official]]) -> Outcome:
    if not near:
        return Outcome.NEW
    is_same = near[0][1].agency.casefold() == new.agency.casefold()
    return Outcome.KNOWN if is_same else Outcome.DOUBTFUL


def _candidates(keys: list[int], new: NewOfficial) -> list[tuple[float, Official]]:
    shared: dict[int, Official] = {}
    for row in OfficialKey.objects.filter(key__in=keys).select_related("official"):
        shared[row.official_id] = row.official
    scored = [(compare(new.name, name_of(official)).score, official) for official in shared.values()]
    near = [
        (score, official)
        for score, official in scored
        if score >= SAME_NAME and ("u" in {official.sex, new.sex} or official.sex == new.sex)
    ]
    agency = new.agency.casefold()
    # Of several with the same name the one in the same agency first, then the nearest, then the oldest.
    return sorted(near, key=lambda one: (one[1].agency.casefold() != agency, -one[0], one[1].pk))
