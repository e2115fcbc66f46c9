"""From a row as read to a line that may be kept: what a service may not know is gone before anything is stored."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from functools import cached_property
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
    ReasonCode,
    Row,
    recognise_service,
    service_in_context,
)
from rohnamo.people.actions import document_number
from rohnamo.projects.models import Audience, Identity, Project, Service, Source
from rohnamo.projects.queries import agreement_in_force, service_vocabulary, services_of

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
# Reason: the service of the row is none of the project's own.
ELSEWHERE = "service_elsewhere"
LONGEST_TEXT = 120


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
    # Codes of what the project offers; empty where nobody said, and then any service is its own.
    own_services: frozenset[str] = frozenset()
    # A register of a hundred thousand rows holds a handful of services: each text is looked up once.
    recognised: dict[str, str | None] = field(default_factory=dict)

    def service_called(self, text: str) -> str | None:
        """The code of the service that a text names; none when it is not known."""
        if text not in self.recognised:
            self.recognised[text] = recognise_service(text, self.vocabulary)
        return self.recognised[text]

    @cached_property
    def default_service(self) -> str | None:
        """The service that titles or the file name name, else the project's."""
        return service_in_context(self.context, self.vocabulary) or self.project.default_service or None


def setting_of(source: Source, project: Project, context: Context) -> Setting:
    """Look up what is needed to judge rows: five queries for a register of any length."""
    return Setting(
        source=source,
        project=project,
        context=context,
        services={service.code: service for service in Service.objects.all()},
        vocabulary=service_vocabulary(),
        has_agreement=agreement_in_force(source, timezone.localdate()),
        own_services=frozenset(services_of(project).values_list("code", flat=True)),
    )


def lines_of(rows: Iterable[Row], setting: Setting) -> Iterator[Line]:
    """Every row as a line, in the order of the file."""
    for row in rows:
        yield line_of(row, setting)


def line_of(row: Row, setting: Setting) -> Line:
    """One row as it may be kept, or refused with the reason."""
    reasons = [Why(str(reason.code), dict(reason.params)) for reason in row.reasons]
    service, problem = _service_of(row, setting)
    # Somebody without a name can still be counted, where only counts are kept.
    needs_no_name = service is not None and service.identity == Identity.COUNTED
    fatal = [reason.code for reason in row.reasons if reason.is_fatal]
    if fatal and not (needs_no_name and fatal == [ReasonCode.NAME_MISSING]):
        return Line(row.number, REFUSED, reasons=tuple(reasons))
    reasons = [why for why in reasons if why.code != ReasonCode.NAME_MISSING]
    if service is None:
        return Line(row.number, REFUSED, reasons=(*reasons, Why(problem)))
    day, precision = _day_of(row, setting)
    if day is None:
        return Line(row.number, REFUSED, service=service.code, reasons=(*reasons, Why("day_missing")))
    if _is_undated(row, setting.context):
        reasons.append(_from_period(setting.context))
    elif precision is not DayPrecision.DAY:
        reasons.append(Why("day_is_wide", {"precision": precision.value}))
    if setting.own_services and service.code not in setting.own_services:
        reasons.append(Why(ELSEWHERE))
    return _reduced(row, service, (day, precision), setting, reasons)


def numbered(lines: Iterable[Line], occurrences: Counter[str]) -> Iterator[tuple[Line, int]]:
    """Each line with its occurrence: 1 for the first with its key, 2 for the second, whatever stands between."""
    for line in lines:
        occurrences[line.key] += 1
        yield line, occurrences[line.key]


def _is_undated(row: Row, context: Context) -> bool:
    """Whether the row counts on the first day of the period around it. A period of one day is as good as a day."""
    if context.period is None or PRECISIONS[str(context.precision)] is DayPrecision.DAY:
        return False
    return row.day is None or (row.day, row.day_precision) == (context.period[0], context.precision)


def _from_period(context: Context) -> Why:
    """That the row has no day of its own, and which period it was given."""
    first, last = (day.isoformat() for day in context.period) if context.period else ("", "")
    return Why("day_from_period", {"first": first, "last": last})


def _service_of(row: Row, setting: Setting) -> tuple[Service | None, str]:
    for text in (row.service_text, row.course_text):
        if text:
            return _usable(setting.service_called(text), setting)
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
    kept = _kept(row, kind, setting, reasons)
    parts = _identity(row, common, service, precision)
    key = keys.keyed_hash("\x1f".join(parts), purpose="register row", ring="rows").hex()
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


def _identity(row: Row, common: Mapping[str, Any], service: Service, precision: DayPrecision) -> list[str]:
    """What tells this row from others of its source, whatever may be kept of it (decision 0005).

    The name as written is in it even where no name is kept: only a keyed hash of all parts together leaves this
    function. Without it two talks of one day would be taken for one, and a row whose consent or agreement changed
    would count twice.
    """
    name = name_key(_name(row))
    if row.is_group or not name:
        told_apart: tuple[object, ...] = (
            common["sex"],
            common["age"],
            common["district"],
            row.agency_text,
            row.count,
        )
    else:
        born = (row.birth.year, row.birth.month, row.birth.day)
        told_apart = (name, *born, document_number(row.document or ""), row.agency_text)
    return [str(part) for part in (service.code, common["day"], precision.value, *told_apart)]


def _kept(row: Row, kind: str, setting: Setting, reasons: list[Why]) -> dict[str, Any]:
    """What may be kept of the person, by the kind of the row and the fields that the agreement names."""
    if kind == GROUP:
        return {}
    written: dict[str, Any] = {
        "full_name": row.full_name,
        "family": row.family,
        "given": row.given,
        "patronymic": row.patronymic,
    }
    if kind == CODED:
        if not row.consent:
            return {"birth": _year_only(row.birth)}
        kept = {**written, "birth": _year_only(row.birth), "phone": row.phone or "", "may_call_back": True}
        return _agreed(kept, setting, reasons)
    if kind == OFFICIAL:
        return {**written, "agency": _cut(row.agency_text, reasons), "post": _cut(row.post_text, reasons)}
    birth = (row.birth.year, row.birth.month, row.birth.day, str(row.birth.precision))
    kept = {**written, "birth": birth, "phone": row.phone or "", "document": row.document or ""}
    return _agreed(kept, setting, reasons)


def _agreed(kept: dict[str, Any], setting: Setting, reasons: list[Why]) -> dict[str, Any]:
    """Leave out what the data agreement does not name. An agreement without a list names everything."""
    fields = setting.source.fields
    if not fields:
        return kept
    left_out = [name for name in ("phone", "document") if kept.get(name) and name not in fields]
    year, month, _day, _precision = kept["birth"]
    if month and "birth_date" not in fields:
        left_out.append("birth")
        kept["birth"] = (year, None, None, "year")
    for name in left_out:
        if name != "birth":
            kept[name] = ""
    if left_out:
        reasons.append(Why("field_not_agreed", {"fields": left_out}))
    return kept


def _cut(text: str, reasons: list[Why]) -> str:
    if len(text) > LONGEST_TEXT:
        reasons.append(Why("text_cut"))
    return text[:LONGEST_TEXT]


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
