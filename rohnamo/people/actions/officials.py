"""Registering officials who are trained: a register apart from the people served."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from rohnamo.core import audit
from rohnamo.core import keys as key_folder
from rohnamo.engines.linkage import Outcome
from rohnamo.engines.names import Name, compare, hashed, stored_keys
from rohnamo.people.models import Official, OfficialKey
from rohnamo.people.queries.candidates import name_of

SAME_NAME = 0.9
BATCH = 1_000


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
    registered = [_register(new) for new in officials]
    made = sum(one.verdict is not Outcome.KNOWN for one in registered)
    if made:
        audit.record(by, "people.register_officials", "people.official", fields=[f"{made} new"])
    return registered


def _register(new: NewOfficial) -> RegisteredOfficial:
    keys = sorted(set(hashed(stored_keys(new.name, None, is_year_exact=False), key_folder.match_key())))
    near = sorted(_candidates(keys, new), key=lambda found: (-found[0], found[1].pk))
    if near and near[0][1].agency.casefold() == new.agency.casefold():
        return RegisteredOfficial(near[0][1].pk, Outcome.KNOWN, near[0][0])
    official = Official.objects.create(
        full_name=new.full_name,
        family=new.family,
        given=new.given,
        patronymic=new.patronymic,
        sex=new.sex,
        agency=new.agency,
        post=new.post,
    )
    OfficialKey.objects.bulk_create([OfficialKey(key=key, official=official) for key in keys])
    verdict = Outcome.DOUBTFUL if near else Outcome.NEW
    return RegisteredOfficial(official.pk, verdict, near[0][0] if near else 0.0)


def _candidates(keys: list[int], new: NewOfficial) -> list[tuple[float, Official]]:
    shared: dict[int, Official] = defaultdict()
    for row in OfficialKey.objects.filter(key__in=keys).select_related("official"):
        shared[row.official_id] = row.official
    scored = [(compare(new.name, name_of(official)).score, official) for official in shared.values()]
    return [
        (score, official)
        for score, official in scored
        if score >= SAME_NAME and ("u" in {official.sex, new.sex} or official.sex == new.sex)
    ]
