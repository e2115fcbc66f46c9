"""From a row as read to a line that may be kept: what a service may not know is gone before anything is stored."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any

from django.utils import timezone

from rohnamo.core import keys
from rohnamo.core.ages import UNKNOWN_AGE, band, completed_years
from rohnamo.deliveries.models import DayPrecision
from rohnamo.engines.names import Name, name_key, parse
from rohnamo.engines.registers import (
    Birth,
    BirthPrecision,
    Context,
    Row,
    recognise_service,
    service_in_context,
)
from rohnamo.projects.models import Audience, Identity, Project, Service, Source
from rohnamo.projects.queries import agreement_in_force, service_vocabulary

PERSON, OFFICIAL, CODED, GROUP, REFUSED = "person", "official", "coded", "group", "refused"
# Width of a day in a register → how exactly the ledger says it.
PRECISIONS = {
    "day": DayPrecision.DAY,
    "month": DayPrecision.MONTH,
    "quarter": DayPrecision.QUARTER,
    "half": DayPrecision.HALF,
    "year": DayPrecision.YEAR,
    "range": DayPrecision.YEAR,
}
MIDDLE_OF_YEAR = (7, 1)


@dataclass(frozen=True)
class Why:
    """A reason, by code; params name columns and days, never what a person wrote."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One row as it may be kept. Names, phone and document are empty unless the service may know them.

    row: as the spreadsheet numbers it. kind: person, official, coded, group or refused. key: hex of sixteen bytes,
    what identifies the row at its source before the n-th occurrence is added; made without the name where no name
    may be kept.
    """

    row: int
    kind: str
    service: str = ""
    key: str = ""
    day: str = ""
    day_precision: str = ""
    district: str = ""
    sex: str = "u"
    age: str = UNKNOWN_AGE
    birth: tuple[int | None, int | None, int | None, str] = (None, None, None, "none")
    full_name: str = ""
    family: str = ""
    given: str = ""
    patronymic: str = ""
    phone: str = ""
    document: str = ""
    agency: str = ""
    post: str = ""
    count: int = 1
    may_call_back: bool = False
    hours: float | None = None
    reasons: tuple[Why, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain data, only what is set: for the sealed file between preview and acceptance."""
        plain = {name: value for name, value in asdict(self).items() if value != _DEFAULTS.get(name)}
        return plain | {"reasons": [[why.code, why.params] for why in self.reasons]}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Line":
        """The line that `as_json` made."""
        reasons = tuple(Why(code, params) for code, params in plain.get("reasons", ()))
        birth = tuple(plain.get("birth", _DEFAULTS["birth"]))
        return cls(**{**plain, "reasons": reasons, "birth": birth})


_DEFAULTS: dict[str, Any] = {one.name: one.default for one in fields(Line) if one.default is not None}


@dataclass(frozen=True)
class Setting:
    """What all rows of a register share."""

    source: Source
    project: Project
    context: Context
    services: Mapping[str, Service]
    vocabulary: Mapping[str, Sequence[str]]
    has_agreement: bool

    @property
    def default_service(self) -> str | None:
        """The service that titles or the file name name, else the project's."""
        return service_in_context(self.context, self.vocabulary) or self.project.default_service or None


def setting_of(source: Source, project: Project, context: Context) -> Setting:
    """Look up what is needed to judge rows: four queries for a register of any length."""
    return Setting(
        source=source,
        project=project,
        context=context,
        services={service.code: service for service in Service.objects.all()},
        vocabulary=service_vocabulary(),
        has_agreement=agreement_in_force(source, timezone.localdate()),
    )


def lines_of(rows: Iterable[Row], setting: Setting) -> Iterator[Line]:
    """Every row as a line, in the order of the file."""
    for row in rows:
        yield line_of(row, setting)


def line_of(row: Row, setting: Setting) -> Line:
    """One row as it may be kept, or refused with the reason."""
    reasons = [Why(str(reason.code), dict(reason.params)) for reason in row.reasons]
    if any(reason.is_fatal for reason in row.reasons):
        return Line(row.number, REFUSED, reasons=tuple(reasons))
    service, problem = _service_of(row, setting)
    if service is None:
        return Line(row.number, REFUSED, reasons=(*reasons, Why(problem)))
    day, precision = _day_of(row, setting)
    if day is None:
        return Line(row.number, REFUSED, service=service.code, reasons=(*reasons, Why("day_missing")))
    if precision is not DayPrecision.DAY:
        reasons.append(Why("day_from_period", {"precision": precision.value}))
    return _reduced(row, service, (day, precision), setting, reasons)


def numbered(lines: Iterable[Line], occurrences: Counter[str]) -> Iterator[tuple[Line, int]]:
    """Each line with its occurrence: 1 for the first with its key, 2 for the second, whatever stands between."""
    for line in lines:
        occurrences[line.key] += 1
        yield line, occurrences[line.key]


def _service_of(row: Row, setting: Setting) -> tuple[Service | None, str]:
    for text in (row.service_text, row.course_text):
        if text:
            code = recognise_service(text, setting.vocabulary)
            return _usable(code, setting)
    return _usable(setting.default_service, setting)


def _usable(code: str | None, setting: Setting) -> tuple[Service | None, str]:
    service = setting.services.get(code or "")
    if service is None:
        return None, "service_unknown"
    if service.identity == Identity.VAULT:
        return None, "service_of_the_vault"
    return service, ""


def _day_of(row: Row, setting: Setting) -> tuple[date | None, DayPrecision]:
    if row.day is not None:
        return row.day, PRECISIONS[str(row.day_precision)]
    if setting.context.period is None:
        return None, DayPrecision.YEAR
    return setting.context.period[0], PRECISIONS[str(setting.context.precision)]


def _reduced(
    row: Row, service: Service, when: tuple[date, DayPrecision], setting: Setting, reasons: list[Why]
) -> Line:
    kind = _kind_of(row, service, setting, reasons)
    day, precision = when
    common: dict[str, Any] = {
        "row": row.number,
        "kind": kind,
        "service": service.code,
        "day": day.isoformat(),
        "day_precision": precision.value,
        "district": row.place or setting.context.place or "",
        "sex": str(row.sex),
        "age": _age(row.birth, day),
        "hours": row.hours,
        "count": row.count,
    }
    identity, kept = _identity(row, kind, common)
    spelled = "\x1f".join(str(part) for part in (service.code, day, precision.value, *identity))
    key = keys.keyed_hash(spelled, purpose="register row").hex()
    return Line(**common, **kept, key=key, reasons=tuple(reasons))


def _kind_of(row: Row, service: Service, setting: Setting, reasons: list[Why]) -> str:
    if row.is_group:
        reasons.append(Why("group_counted", {"count": row.count}))
        return GROUP
    if service.identity == Identity.COUNTED:
        reasons.append(Why("name_dropped_counted"))
        return GROUP
    if not setting.has_agreement:
        reasons.append(Why("no_agreement"))
        return GROUP
    if service.identity == Identity.CODED:
        reasons.append(Why("call_back_agreed" if row.consent else "name_dropped_no_consent"))
        return CODED
    return OFFICIAL if service.audience == Audience.OFFICIALS else PERSON


def _identity(row: Row, kind: str, common: Mapping[str, Any]) -> tuple[tuple[object, ...], dict[str, Any]]:
    """(what tells this row from others at its source, what may be kept of the person).

    Where no name may be kept, none goes into the key either: rows that look alike are told apart by their number
    of occurrence only, which is enough for counting and leads back to nobody.
    """
    written: dict[str, Any] = {
        "full_name": row.full_name,
        "family": row.family,
        "given": row.given,
        "patronymic": row.patronymic,
    }
    birth = (row.birth.year, row.birth.month, row.birth.day, str(row.birth.precision))
    if kind == GROUP:
        return (common["sex"], common["age"], common["district"], row.count), {}
    if kind == CODED and not row.consent:
        return (common["sex"], row.birth.year, common["district"]), {"birth": _year_only(row.birth)}
    name = name_key(_name(row))
    if kind == CODED:
        kept = {**written, "birth": _year_only(row.birth), "phone": row.phone or "", "may_call_back": True}
        return (name, row.birth.year), kept
    if kind == OFFICIAL:
        return (name, row.agency_text, common["sex"]), {
            **written,
            "agency": row.agency_text,
            "post": row.post_text,
        }
    kept = {**written, "birth": birth, "phone": row.phone or "", "document": row.document or ""}
    return (name, birth, row.document or ""), kept


def _year_only(birth: Birth) -> tuple[int | None, None, None, str]:
    return (birth.year, None, None, "year" if birth.year else "none")


def _name(row: Row) -> Name:
    return parse(row.full_name) if row.full_name else Name.from_parts(row.family, row.given, row.patronymic)


def _age(birth: Birth, day: date) -> str:
    if birth.year is None:
        return UNKNOWN_AGE
    is_whole = birth.precision is BirthPrecision.DAY and birth.month and birth.day
    month, born = (birth.month, birth.day) if is_whole else MIDDLE_OF_YEAR
    return band(completed_years(date(birth.year, month or 7, born or 1), day))
