"""Registering people: each is looked for before a new record is made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, transaction
from django.db.models import F

from rohnamo.core import audit, changes
from rohnamo.core import keys as key_folder
from rohnamo.core.locks import one_at_a_time
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
from rohnamo.people.queries.candidates import Added, Candidates, Earlier, Known, Probe, name_of, probe_keys
from rohnamo.projects.models import Project, Source

BATCH = 1_000
NO_BIRTH = Birth()
SMALL_REGISTER = 1_000
DOCUMENT_ENDING = 3
LOOK_ALIKE = str.maketrans("АВЕКМНОРСТУХІ", "ABEKMHOPCTYXI")


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
    """What became of a row. person_id: the record it was written to. resembles: the record a doubtful one is like."""

    person_id: int
    verdict: Outcome
    resembles: int | None = None
    score: float = 0.0
    reasons: tuple[LinkReason, ...] = ()


@dataclass
class _Row:
    """A row on its way. number: of the record it is written to, negative while that is not made; root: of the person."""

    new: NewPerson
    record: Record
    probe: Probe
    keys: tuple[int, ...]
    number: int = 0
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
    one_at_a_time("people.register")
    rows = _decided(people)
    _create_people(rows)
    _complete_known(rows)
    _write_details(rows, source=source, project=project)
    _write_doubts(rows, by)
    made = sum(row.outcome is not Outcome.KNOWN for row in rows)
    audit.record(by, "people.register", "people.person", fields=[f"{len(rows)} rows", f"{made} new"])
    return [_registered(row) for row in rows]


def look_up(people: Sequence[NewPerson], earlier: Earlier) -> list[Registered]:
    """What `register_many` would say of these rows. Nothing is written and nobody is kept waiting.

    earlier: rows that went before, in batches of one register; they are found too, and these rows are added to them.
    Numbers of people who are not in the register are negative.
    """
    return [_registered(row) for row in _decided(people, earlier)]


@transaction.atomic
def load_many(people: Sequence[NewPerson], *, source: Source, project: Project, by: audit.Actor) -> list[int]:
    """Make a record for each person without looking for them first: for a register that is known to hold each person
    once and nobody of ours, as example people do. Returns the numbers of the records in the order given.
    """
    rows = [_prepared(new) for new in people]
    for position, row in enumerate(rows):
        row.number = row.root = -1 - position
    _create_people(rows)
    _write_details(rows, source=source, project=project)
    audit.record(by, "people.load", "people.person", fields=[f"{len(rows)} new"])
    return [row.number for row in rows]


def _prepared(new: NewPerson) -> _Row:
    name = new.name
    phone = key_folder.keyed_hash(new.phone, purpose="phone") if new.phone else b""
    spelled = document_number(new.document)
    document = key_folder.keyed_hash(spelled, purpose="document") if spelled else b""
    record = Record(
        name=name,
        sex=new.sex,
        birth=new.birth,
        district=new.district_code,
        phones=frozenset([phone.hex()] if phone else []),
        documents=frozenset([document.hex()] if document else []),
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


def _decided(people: Sequence[NewPerson], earlier: Earlier | None = None) -> list[_Row]:
    rows = [_prepared(new) for new in people]
    candidates = Candidates([row.probe for row in rows], earlier)
    population = max(SMALL_REGISTER, Person.objects.count())
    first = earlier.next_number if earlier else -1
    for position, row in enumerate(rows):
        _decide(row, candidates, population=population, temporary=first - position)
    if earlier is not None:
        earlier.next_number = first - len(rows)
    return rows


def _decide(row: _Row, candidates: Candidates, *, population: int, temporary: int) -> None:
    known = candidates.like(row.probe)
    nearest = [_nearest(row.record, one) for one in known]
    records = [one.records[at] for one, at in zip(known, nearest, strict=True)]
    decision = best(row.record, records, population=population)
    row.outcome, row.weight = decision.verdict, decision.weight
    row.number = row.root = temporary
    if decision.index is not None:
        other = known[decision.index]
        number = other.numbers[nearest[decision.index]]
        if row.outcome is Outcome.KNOWN:
            row.number, row.root = number, other.root
        else:
            row.resembles = number
    keys: tuple[int | bytes, ...] = (*row.keys, *(digest for digest in row.digests if digest))
    candidates.add(Added(row.root, row.number, keys, row.record))


def _nearest(record: Record, known: Known) -> int:
    """Which spelling is most like the row: two spellings of one person must not tie as two candidates."""
    if len(known.records) == 1:
        return 0
    bits = [weigh(record, one).bits for one in known.records]
    return bits.index(max(bits))


def _create_people(rows: list[_Row]) -> None:
    made = {row.number: row for row in reversed(rows) if row.number < 0 and row.outcome is not Outcome.KNOWN}
    order = sorted(made, reverse=True)
    created = Person.objects.bulk_create([_person(made[number].new) for number in order], batch_size=BATCH)
    Person.objects.filter(root=None).update(root=F("pk"))
    numbers = {temporary: person.pk for temporary, person in zip(order, created, strict=True)}
    for row in rows:
        row.number = numbers.get(row.number, row.number)
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
    known = {row.number: row for row in rows if row.outcome is Outcome.KNOWN}
    changed = []
    for person in Person.objects.filter(pk__in=known):
        before = _described(person)
        _complete(person, _person(known[person.pk].new))
        if before != _described(person):
            changed.append(person)
    Person.objects.bulk_update(
        changed, ["sex", "birth_year", "birth_md", "birth_precision", "district"], batch_size=BATCH
    )
    changes.leave("person.corrected", (person.pk for person in changed))


def _complete(person: Person, fresh: Person) -> None:
    if person.sex == "u":
        person.sex = fresh.sex
    if _says_more(fresh, person):
        person.birth_year, person.birth_md = fresh.birth_year, fresh.birth_md
        person.birth_precision = fresh.birth_precision
    if person.district_id is None:
        person.district_id = fresh.district_id


def _described(person: Person) -> tuple[object, ...]:
    return (person.sex, person.birth_year, person.birth_md, person.birth_precision, person.district_id)


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
    _write_keys([(key, row.number) for row in rows for key in row.keys])
    phones = [
        Phone(person_id=row.number, project=project, number=row.new.phone, digest=row.digests[0])
        for row in rows
        if row.digests[0]
    ]
    Phone.objects.bulk_create(phones, ignore_conflicts=True, batch_size=BATCH)
    documents = [_document(row, project) for row in rows if row.digests[1]]
    Document.objects.bulk_create(documents, ignore_conflicts=True, batch_size=BATCH)
    access = {(row.number, row.new.district_id) for row in rows}
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
        person_id=row.number,
        source=source,
        project=project,
        full_name=new.full_name,
        family=new.family,
        given=new.given,
        patronymic=new.patronymic,
        script=str(script_of(new.full_name or new.given or new.family)),
        digest=key_folder.keyed_hash(name_key(row.record.name), purpose="spelling"),
    )


def _document(row: _Row, project: Project) -> Document:
    ending = document_number(row.new.document)[-DOCUMENT_ENDING:]
    return Document(person_id=row.number, project=project, digest=row.digests[1], ending=ending)


def document_number(written: str) -> str:
    """A document's number free of case, spaces and Cyrillic letters that look Latin: "а 1234567" is "A1234567"."""
    return "".join(character for character in written.upper().translate(LOOK_ALIKE) if character.isalnum())


def _consents(rows: Iterable[_Row], source: Source) -> Iterable[Consent]:
    for row in rows:
        for purpose in row.new.consents:
            if row.new.seen_on:
                yield Consent(person_id=row.number, purpose=purpose, given_on=row.new.seen_on, source=source)


def _write_doubts(rows: list[_Row], by: audit.Actor) -> None:
    doubts = [row for row in rows if row.outcome is Outcome.DOUBTFUL and row.resembles and row.weight]
    Judgement.objects.bulk_create(
        [
            Judgement(
                left_id=min(row.number, row.resembles),
                right_id=max(row.number, row.resembles),
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
        person_id=row.number,
        verdict=row.outcome,
        resembles=row.resembles,
        score=weight.score if weight else 0.0,
        reasons=weight.reasons if weight else (),
    )
