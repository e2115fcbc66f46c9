"""Registering people: each is looked for before a new record is made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, transaction
from django.db.models import F

from rohnamo.core import audit, changes
from rohnamo.core import keys as key_folder
from rohnamo.engines.linkage import Birth, LinkReason, Outcome, Precision, Record, Weight, best, weigh
from rohnamo.engines.names import Name, hashed, name_key, script_of, stored_keys
from rohnamo.people.models import (
    Access,
    Consent,
    Document,
    Judgement,
    NameKey,
    Person,
    PersonName,
    Phone,
    Verdict,
)
from rohnamo.people.queries.candidates import Candidates, Known, Probe, name_of, probe_keys
from rohnamo.projects.models import Project, Source

BATCH = 1_000
NO_BIRTH = Birth()
SMALL_REGISTER = 1_000
DOCUMENT_ENDING = 3


@dataclass(frozen=True)
class NewPerson:
    """A person as a source wrote them: in one column (full_name) or in three.

    phone: E.164. document: as written; only its hash and ending are kept.

    district_id: where they live, if known. consents: purposes agreed to on `seen_on`.
    """

    full_name: str = ""
    family: str = ""
    given: str = ""
    patronymic: str = ""
    sex: str = "u"
    birth: Birth = NO_BIRTH
    district_id: int | None = None
    district_code: str | None = None
    phone: str = ""
    document: str = ""
    consents: tuple[str, ...] = ()
    seen_on: date | None = None

    @property
    def name(self) -> Name:
        return name_of(self)


@dataclass(frozen=True)
class Registered:
    """What became of a row. verdict: new, known or doubtful. resembles: the record a doubtful one is like."""

    person_id: int
    verdict: Outcome
    resembles: int | None = None
    score: float = 0.0
    reasons: tuple[LinkReason, ...] = ()


@dataclass
class _Row:
    """A row on its way: `root` is negative while its person has no number yet."""

    new: NewPerson
    record: Record
    probe: Probe
    keys: tuple[int, ...]
    root: int = 0
    outcome: Outcome = Outcome.NEW
    resembles: int | None = None
    weight: Weight | None = None
    digests: tuple[bytes, bytes] = field(default=(b"", b""))


def register(new: NewPerson, *, source: Source, project: Project, by: audit.Actor) -> Registered:
    """Register one person; see `register_many`."""
    return register_many([new], source=source, project=project, by=by)[0]


@transaction.atomic
def register_many(
    people: Sequence[NewPerson], *, source: Source, project: Project, by: audit.Actor
) -> list[Registered]:
    """Find or make each person, keep what was written and by which source, and give the project access.

    A doubtful row becomes a record of its own with an "unsure" judgement: nothing is merged without somebody's
    decision, and nothing is lost while it waits. Rows of one call are looked for among each other too.
    """
    rows = [_prepared(new) for new in people]
    candidates = Candidates([row.probe for row in rows])
    population = max(SMALL_REGISTER, Person.objects.count())
    for position, row in enumerate(rows):
        _decide(row, candidates, population=population, temporary=-1 - position)
    _create_people(rows)
    _complete_known(rows)
    _write_details(rows, source=source, project=project)
    _write_doubts(rows, by)
    return [_registered(row) for row in rows]


@transaction.atomic
def load_many(people: Sequence[NewPerson], *, source: Source, project: Project, by: audit.Actor) -> list[int]:
    """Make a record for each person without looking for them first: for a register that is known to hold each person
    once and nobody of ours, as example people do. Returns the numbers of the records in the order given.
    """
    rows = [_prepared(new) for new in people]
    for position, row in enumerate(rows):
        row.root = -1 - position
    _create_people(rows)
    _write_details(rows, source=source, project=project)
    audit.record(by, "people.load", "people.person", fields=[f"{len(rows)} new"])
    return [row.root for row in rows]


def _prepared(new: NewPerson) -> _Row:
    name = new.name
    phone = key_folder.keyed_hash(new.phone, purpose="phone") if new.phone else b""
    spelled = "".join(new.document.upper().split())
    document = key_folder.keyed_hash(spelled, purpose="document") if spelled else b""
    record = Record(
        name=name,
        sex=new.sex,
        birth=new.birth,
        district=new.district_code,
        phones=frozenset([phone.hex()] if phone else []),
        document=document.hex() if document else None,
    )
    probe = Probe(
        name_keys=probe_keys(name, new.birth),
        phone_digests=(phone,) if phone else (),
        document_digests=(document,) if document else (),
        sex=new.sex,
        birth_md=_month_day(new.birth),
        district=new.district_code,
    )
    is_exact = new.birth.precision in {Precision.DAY, Precision.YEAR}
    stored = hashed(stored_keys(name, new.birth.year, is_year_exact=is_exact), key_folder.match_key())
    return _Row(new, record, probe, tuple(dict.fromkeys(stored)), digests=(phone, document))


def _decide(row: _Row, candidates: Candidates, *, population: int, temporary: int) -> None:
    known = candidates.like(row.probe)
    decision = best(row.record, [_nearest(row.record, one) for one in known], population=population)
    row.outcome, row.weight = decision.verdict, decision.weight
    other = known[decision.index].root if decision.index is not None else None
    if row.outcome is Outcome.KNOWN and other is not None:
        row.root = other
    else:
        row.root, row.resembles = temporary, other
    candidates.add(row.root, (*row.keys, *(digest for digest in row.digests if digest)), row.record)


def _nearest(record: Record, known: Known) -> Record:
    # Two spellings of one person must not stand against each other as two candidates: they would tie.
    if len(known.records) == 1:
        return known.records[0]
    return max(known.records, key=lambda one: weigh(record, one).bits)


def _create_people(rows: list[_Row]) -> None:
    made = {row.root: row for row in reversed(rows) if row.root < 0 and row.outcome is not Outcome.KNOWN}
    order = sorted(made, reverse=True)
    created = Person.objects.bulk_create([_person(made[root].new) for root in order], batch_size=BATCH)
    Person.objects.filter(root=None).update(root=F("pk"))
    numbers = {root: person.pk for root, person in zip(order, created, strict=True)}
    for row in rows:
        row.root = numbers.get(row.root, row.root)
        if row.resembles is not None:
            row.resembles = numbers.get(row.resembles, row.resembles)


def _person(new: NewPerson) -> Person:
    birth = new.birth
    return Person(
        sex=new.sex,
        birth_year=birth.year,
        birth_md=_month_day(birth),
        birth_precision=birth.precision.value,
        district_id=new.district_id,
    )


def _month_day(birth: Birth) -> int | None:
    return birth.month * 100 + birth.day if birth.month and birth.day else None


def _complete_known(rows: list[_Row]) -> None:
    """What the register did not know yet is filled in; what it knows is never overwritten."""
    known = {row.root: row for row in rows if row.outcome is Outcome.KNOWN}
    changed = []
    for person in Person.objects.filter(pk__in=known):
        fresh = _person(known[person.pk].new)
        before = (person.sex, person.birth_md, person.birth_year, person.district_id)
        if person.sex == "u":
            person.sex = fresh.sex
        if _says_more(fresh, person):
            person.birth_year, person.birth_md = fresh.birth_year, fresh.birth_md
            person.birth_precision = fresh.birth_precision
        if person.district_id is None:
            person.district_id = fresh.district_id
        if before != (person.sex, person.birth_md, person.birth_year, person.district_id):
            changed.append(person)
    Person.objects.bulk_update(
        changed, ["sex", "birth_year", "birth_md", "birth_precision", "district"], batch_size=BATCH
    )
    changes.leave("person.corrected", (person.pk for person in changed))


def _says_more(fresh: Person, known: Person) -> bool:
    order = [Precision.NONE, Precision.ESTIMATED, Precision.YEAR, Precision.DAY]
    better = order.index(Precision(fresh.birth_precision)) > order.index(Precision(known.birth_precision))
    return better and (known.birth_precision != Precision.YEAR or fresh.birth_year == known.birth_year)


def _write_details(rows: list[_Row], *, source: Source, project: Project) -> None:
    PersonName.objects.bulk_create(
        [_spelling(row, source, project) for row in rows if row.record.name.parts],
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    _write_keys([(key, row.root) for row in rows for key in row.keys])
    phones = [
        Phone(person_id=row.root, number=row.new.phone, digest=row.digests[0])
        for row in rows
        if row.digests[0]
    ]
    Phone.objects.bulk_create(phones, ignore_conflicts=True, batch_size=BATCH)
    documents = [_document(row) for row in rows if row.digests[1]]
    Document.objects.bulk_create(documents, ignore_conflicts=True, batch_size=BATCH)
    access = {(row.root, row.new.district_id) for row in rows}
    Access.objects.bulk_create(
        [
            Access(person_id=root, project=project, district_id=district)
            for root, district in sorted(access, key=str)
        ],
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    Consent.objects.bulk_create(list(_consents(rows, source)), ignore_conflicts=True, batch_size=BATCH)


def _write_keys(pairs: list[tuple[int, int]]) -> None:
    # A dozen rows a person: building model instances for them would be half of the time of a registration.
    table = NameKey._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (key, person_id) VALUES (%s, %s) ON CONFLICT DO NOTHING",  # noqa: S608 -- our table
            pairs,
        )


def _spelling(row: _Row, source: Source, project: Project) -> PersonName:
    new = row.new
    return PersonName(
        person_id=row.root,
        source=source,
        project=project,
        full_name=new.full_name,
        family=new.family,
        given=new.given,
        patronymic=new.patronymic,
        script=str(script_of(new.full_name or new.given or new.family)),
        digest=key_folder.keyed_hash(name_key(row.record.name), purpose="spelling"),
    )


def _document(row: _Row) -> Document:
    spelled = "".join(row.new.document.upper().split())
    return Document(person_id=row.root, digest=row.digests[1], ending=spelled[-DOCUMENT_ENDING:])


def _consents(rows: Iterable[_Row], source: Source) -> Iterable[Consent]:
    for row in rows:
        for purpose in row.new.consents:
            if row.new.seen_on:
                yield Consent(person_id=row.root, purpose=purpose, given_on=row.new.seen_on, source=source)


def _write_doubts(rows: list[_Row], by: audit.Actor) -> None:
    doubts = [row for row in rows if row.outcome is Outcome.DOUBTFUL and row.resembles and row.weight]
    Judgement.objects.bulk_create(
        [
            Judgement(
                left_id=min(row.root, row.resembles),
                right_id=max(row.root, row.resembles),
                verdict=Verdict.UNSURE,
                judged_by=str(by.pk),
                reasons=[str(code) for code in row.weight.reasons],
                score=row.weight.score,
            )
            for row in doubts
            if row.resembles and row.weight
        ],
        ignore_conflicts=True,
        batch_size=BATCH,
    )


def _registered(row: _Row) -> Registered:
    weight = row.weight
    return Registered(
        person_id=row.root,
        verdict=row.outcome,
        resembles=row.resembles,
        score=weight.score if weight else 0.0,
        reasons=weight.reasons if weight else (),
    )
