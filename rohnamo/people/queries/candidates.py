"""Who in the register might be the people of a batch: by keyed hashes, without reading the register through."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol, TypeVar

from django.db.models import Count

from rohnamo.core import keys as key_folder
from rohnamo.core.lists import as_one
from rohnamo.engines.linkage import Birth, Precision, Record
from rohnamo.engines.names import Name, hashed, lookup_keys, parse
from rohnamo.people.models import Document, NameKey, Person, PersonName, Phone

Key = TypeVar("Key", int, bytes)
CHUNK = 5_000
# A key that more people share than this tells nothing; blocking must not explode on "Karimov, Rahmon".
MOST_PER_KEY = 200
MOST_PER_ROW = 8
# Beside somebody who shares everything, those who share a seventh of it have never changed a verdict (a million people,
# 5 000 rows); opening and weighing them was half of the time.
LEAST_SHARE = 7
# How many shared keys a finding is worth when candidates are ranked. One person in two scripts shares up to nine keys,
# namesakes of one name two or three.
DIGEST_WORTH = 10
DAY_WORTH = 4
SEX_WORTH = 4


class Spelling(Protocol):
    """Whatever carries a name as written."""

    @property
    def full_name(self) -> str: ...
    @property
    def family(self) -> str: ...
    @property
    def given(self) -> str: ...
    @property
    def patronymic(self) -> str: ...


@dataclass(frozen=True)
class Probe:
    """What is asked of one row. Digests are keyed hashes as the register keeps them."""

    name_keys: tuple[int, ...]
    phone_digests: tuple[bytes, ...] = ()
    document_digests: tuple[bytes, ...] = ()
    sex: str = "u"
    birth_md: int | None = None
    district: str | None = None


@dataclass
class Known:
    """A person of the register (all records judged to be one) as evidence for comparison: a record a spelling.

    numbers: of the row of the register that each spelling belongs to. What comes in is written to the row that it
    resembles most, so that a judgement taken back takes nothing of one person to another.
    """

    root: int
    records: list[Record] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)


def probe_keys(name: Name, birth: Birth) -> tuple[int, ...]:
    """The keyed hashes under which a name is looked up."""
    is_exact = birth.precision in {Precision.DAY, Precision.YEAR}
    return tuple(hashed(lookup_keys(name, birth.year, is_year_exact=is_exact), key_folder.match_key()))


@dataclass(frozen=True)
class Added:
    """A row that was made findable: under which keys, as which person and record."""

    root: int
    number: int
    keys: tuple[int | bytes, ...]
    record: Record


@dataclass
class Earlier:
    """Rows of a register that were looked up before, kept in memory only. next_number: for the next new one."""

    by_key: dict[int | bytes, list[Added]] = field(default_factory=lambda: defaultdict(list))
    next_number: int = -1


@dataclass(frozen=True)
class _Glance:
    """What is read of everybody who shares a key, before names are opened: enough to see who is worth it."""

    root: int
    sex: str
    birth_md: int | None
    district: str | None


class Candidates:
    """The people who share a key, a phone or a document with any row of a batch; new ones are added as rows go by."""

    def __init__(self, probes: Sequence[Probe], earlier: Earlier | None = None) -> None:
        self._earlier = earlier
        self._by_key: dict[int | bytes, list[int]] = defaultdict(list)
        self._known: dict[int, Known] = {}
        self._glances: dict[int, _Glance] = {}
        self._look_up(probes)
        self._glance({root for roots in self._by_key.values() for root in roots})
        self._load({root for probe in probes for root in self._ranked(probe)})
        self._recall(probes)

    def like(self, probe: Probe) -> list[Known]:
        """At most eight people, those worth most comparing first."""
        return [self._known[root] for root in self._ranked(probe) if root in self._known]

    def add(self, added: Added) -> None:
        """Make a row of this batch findable by the rows that follow."""
        self._add(added)
        if self._earlier is not None:
            for key in added.keys:
                self._earlier.by_key[key].append(added)

    def _add(self, added: Added) -> None:
        root, record = added.root, added.record
        known = self._known.setdefault(root, Known(root))
        known.records.append(record)
        known.numbers.append(added.number)
        month_day = (record.birth.month or 0) * 100 + (record.birth.day or 0)
        self._glances.setdefault(root, _Glance(root, record.sex, month_day or None, record.district))
        for key in added.keys:
            if root not in self._by_key[key]:
                self._by_key[key].append(root)

    def _recall(self, probes: Sequence[Probe]) -> None:
        """Rows of earlier batches that share a key with this one."""
        if self._earlier is None:
            return
        asked: set[int | bytes] = set()
        for probe in probes:
            asked.update(probe.name_keys, probe.phone_digests, probe.document_digests)
        found = {id(added): added for key in asked for added in self._earlier.by_key.get(key, ())}
        for added in found.values():
            self._add(added)

    def _ranked(self, probe: Probe) -> list[int]:
        """Who shares the most telling keys, and agrees in what is known without opening a name."""
        shared: Counter[int] = Counter()
        for key in probe.name_keys:
            shared.update(self._by_key.get(key, ()))
        for digest in (*probe.phone_digests, *probe.document_digests):
            shared.update(dict.fromkeys(self._by_key.get(digest, ()), DIGEST_WORTH))
        worth = {root: count + self._agreement(root, probe) for root, count in shared.items()}
        first = heapq.nsmallest(MOST_PER_ROW, worth, key=lambda root: (-worth[root], root))
        return [root for root in first if worth[root] * LEAST_SHARE >= worth[first[0]]]

    def _agreement(self, root: int, probe: Probe) -> int:
        seen = self._glances.get(root)
        if seen is None:
            return 0
        same_day = probe.birth_md is not None and seen.birth_md == probe.birth_md
        other_sex = "u" not in (seen.sex, probe.sex) and seen.sex != probe.sex
        same_district = probe.district is not None and seen.district == probe.district
        return DAY_WORTH * same_day + same_district - SEX_WORTH * other_sex

    def _look_up(self, probes: Sequence[Probe]) -> None:
        self._look_up_names({key for probe in probes for key in probe.name_keys})
        phones = {digest for probe in probes for digest in probe.phone_digests}
        documents = {digest for probe in probes for digest in probe.document_digests}
        for model, digests in ((Phone, phones), (Document, documents)):
            for chunk in _chunks(digests):
                rows = model.objects.filter(digest__in=chunk).values_list("digest", "person__root_id")
                for digest, root in rows:
                    self._note(bytes(digest), root)

    def _look_up_names(self, name_keys: set[int]) -> None:
        for chunk in _chunks(name_keys):
            rows = NameKey.objects.filter(key__in=as_one(chunk))
            crowded = set(
                rows.values("key")
                .annotate(n=Count("pk"))
                .filter(n__gt=MOST_PER_KEY)
                .values_list("key", flat=True)
            )
            telling = NameKey.objects.filter(key__in=as_one(set(chunk) - crowded))
            for key, root in telling.values_list("key", "person__root_id"):
                self._note(key, root)

    def _note(self, key: int | bytes, root: int | None) -> None:
        # A record without a root is being made by somebody else at this moment.
        if root is not None:
            self._by_key[key].append(root)

    def _glance(self, roots: set[int]) -> None:
        for chunk in _chunks(roots):
            rows = Person.objects.filter(pk__in=as_one(chunk), erased_at=None)
            for row in rows.values_list("pk", "sex", "birth_md", "district__code"):
                self._glances[row[0]] = _Glance(*row)

    def _load(self, roots: set[int]) -> None:
        people = _evidence(roots)
        phones = _digests(Phone, people)
        documents = _digests(Document, people)
        for chunk in _chunks(people):
            for number, *written in (
                PersonName.objects.filter(person__in=as_one(chunk)).order_by("pk").values_list(*_WRITTEN)
            ):
                root, sex, birth, district = people[number]
                known = self._known.setdefault(root, Known(root))
                name = _read(*written)
                known.records.append(
                    Record(
                        name, sex, birth, district, phones.get(number, _NONE), documents.get(number, _NONE)
                    )
                )
                known.numbers.append(number)


# Plain rows: a batch of a thousand opens twenty thousand records, and building a model for each is most of the time.
_WRITTEN = ("person_id", "full_name", "family", "given", "patronymic")
_NONE: frozenset[str] = frozenset()


def _evidence(roots: set[int]) -> dict[int, tuple[int, str, Birth, str | None]]:
    """Record -> its person, sex, birth and district, of everybody judged to be one of these people."""
    found: dict[int, tuple[int, str, Birth, str | None]] = {}
    for chunk in _chunks(roots):
        rows = Person.objects.filter(root__in=as_one(chunk), erased_at=None)
        for number, root, sex, year, month_day, precision, district in rows.values_list(
            "pk", "root_id", "sex", "birth_year", "birth_md", "birth_precision", "district__code"
        ):
            found[number] = (root or number, sex, _birth(year, month_day, precision), district)
    return found


def _read(full_name: str, family: str, given: str, patronymic: str) -> Name:
    return parse(full_name) if full_name else Name.from_parts(family, given, patronymic)


def name_of(spelling: Spelling) -> Name:
    """The parsed name: roles are known from three columns, and guessed where they are safe from one."""
    return _read(spelling.full_name, spelling.family, spelling.given, spelling.patronymic)


def _birth(year: int | None, month_day: int | None, precision: str) -> Birth:
    if year is None:
        return Birth()
    month, day = divmod(month_day, 100) if month_day else (None, None)
    return Birth(year, month, day, Precision(precision))


def _digests(model: type[Phone] | type[Document], people: Iterable[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for chunk in _chunks(people):
        for person, digest in model.objects.filter(person__in=as_one(chunk)).values_list(
            "person_id", "digest"
        ):
            found[person].add(bytes(digest).hex())
    return {person: frozenset(digests) for person, digests in found.items()}


def _chunks(values: Iterable[Key]) -> Iterator[list[Key]]:
    iterator = iter(values)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk
