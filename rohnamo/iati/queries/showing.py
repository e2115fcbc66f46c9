"""Files, activities and findings as pages show them."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, localcontext
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from rohnamo.core.languages import in_language
from rohnamo.iati.models import Activity, Import, Incoming, Verdict
from rohnamo.iati.queries.checking import Checked
from rohnamo.iati.queries.imports import State
from rohnamo.iati.queries.looking import problem_of
from rohnamo.iati.queries.profiles import Profile
from rohnamo.iati.queries.sentences import fate, sentence, severity
from rohnamo.projects.models import Status
from rohnamo.projects.models.money import MoveKind
from rohnamo.ui import spelling
from rohnamo.ui.drawing import Share, shares_bar
from rohnamo.ui.words import day

Cells = list[dict[str, Any]]
MOST_PROBLEMS = 500
MOST_DIGITS = 60
# How the furniture dresses our verdicts.
KINDS = {
    Verdict.ADDED.value: "new",
    Verdict.CHANGED.value: "doubtful",
    Verdict.UNCHANGED.value: "known",
    Verdict.OURS.value: "counted",
    Verdict.REFUSED.value: "refused",
}


def verdict(name: str) -> str:
    return {
        Verdict.ADDED.value: pgettext("an activity", "added"),
        Verdict.CHANGED.value: pgettext("an activity", "changed"),
        Verdict.UNCHANGED.value: pgettext("an activity", "unchanged"),
        Verdict.OURS.value: pgettext("an activity", "our own"),
    }.get(name, pgettext("an activity", "not taken"))


def tally(counts: Mapping[str, int], href: str) -> dict[str, Any]:
    """What tally.html takes. href: the page whose ?verdict= shows the activities of a verdict."""
    texts = {
        Verdict.ADDED.value: _("not known here so far"),
        Verdict.CHANGED.value: _("known, and different from what we have"),
        Verdict.UNCHANGED.value: _("the same as what we have"),
        Verdict.OURS.value: _("shown only: our projects are never overwritten"),
        Verdict.REFUSED.value: _("cannot be taken, see why"),
    }
    return {
        "bar": shares_bar([Share(KINDS[name], counts.get(name, 0)) for name in texts]),
        "shares": [
            {
                "kind": KINDS[name],
                "number": counts.get(name, 0),
                "word": verdict(name),
                "text": text,
                "href": f"{href}?verdict={name}" if counts.get(name) else "",
            }
            for name, text in texts.items()
        ],
    }


def file_columns() -> list[dict[str, Any]]:
    return [
        {"name": pgettext("of an import", "File")},
        {"name": pgettext("of an import", "State")},
        {"name": _("Activities"), "is_number": True},
        {"name": _("Day")},
    ]


def file_rows(listed: Sequence[Import], states: Mapping[int, State]) -> list[Cells]:
    return [
        [
            {"text": one.label, "href": reverse("iati:file", args=[one.pk])},
            {"kind": _kind_of(states[one.pk]), "word": state(states[one.pk])},
            {"text": one.activities},
            {"text": day(timezone.localdate(one.sent_at)), "is_quiet": True},
        ]
        for one in listed
    ]


def state(name: State) -> str:
    return {
        State.LOOKING: pgettext("a file", "is being looked through"),
        State.STOPPED: pgettext("a file", "stopped half-way"),
        State.UNREADABLE: pgettext("a file", "cannot be read"),
        State.RUNNING: pgettext("a file", "is being taken in"),
        State.FAILED: pgettext("a file", "stopped half-way"),
        State.TAKEN: pgettext("a file", "taken in"),
        State.DISCARDED: pgettext("a file", "cancelled"),
    }.get(name, pgettext("a file", "waits to be accepted"))


def incoming_columns() -> list[dict[str, Any]]:
    return [
        {"name": pgettext("an activity", "Identifier")},
        {"name": _("Title")},
        {"name": pgettext("an activity", "Verdict")},
        {"name": _("What changed")},
        {"name": _("Line"), "is_number": True},
        {"name": pgettext("findings", "Problems"), "is_number": True},
    ]


def incoming_rows(listed: Iterable[Incoming]) -> list[Cells]:
    return [
        [
            {"text": one.identifier or "—"},
            {"text": in_language(one.titles)},
            {"kind": KINDS[one.verdict], "word": verdict(one.verdict)},
            {"text": ", ".join(map(_part, one.changed)), "is_quiet": True},
            {"text": one.line},
            {"text": len(one.problems)},
        ]
        for one in listed
    ]


def problem_columns(*, with_fate: bool) -> list[dict[str, Any]]:
    columns: list[dict[str, Any]] = [
        {"name": _("Line"), "is_number": True},
        {"name": _("Rule")},
        {"name": pgettext("of a finding", "How bad")},
        {"name": pgettext("of a finding", "Where")},
        {"name": _("What is wrong")},
    ]
    return [*columns, {"name": _("What became of it")}] if with_fate else columns


def problem_rows(problems: Iterable[Mapping[str, Any]], *, with_fate: bool) -> list[Cells]:
    rows = []
    for one in problems:
        cells: Cells = [
            {"text": one["line"] or ""},
            {"text": one["rule"]},
            {
                "kind": "late" if one["severity"] != "warning" else "doubtful",
                "word": severity(one["severity"]),
            },
            {"text": one["where"], "is_quiet": True},
            {"text": sentence(one)},
        ]
        rows.append([*cells, {"text": fate(one)}] if with_fate else cells)
    return rows


def problems_of(listed: Iterable[Incoming]) -> list[dict[str, Any]]:
    """Groups of problems by activity, for a page: no more than anybody reads."""
    groups: list[dict[str, Any]] = []
    left = MOST_PROBLEMS
    for one in listed:
        if left <= 0:
            break
        shown = one.problems[:left]
        left -= len(shown)
        groups.append(
            {
                "title": one.identifier or _("Activity %(number)s of the file") % {"number": one.number},
                "rows": problem_rows(shown, with_fate=True),
            }
        )
    return groups


def checked_groups(listed: Iterable[Checked]) -> list[dict[str, Any]]:
    """Our projects with something to mend, each with what is wrong and where it is mended."""
    return [
        {
            "code": one.code,
            "title": in_language(one.titles),
            "href": reverse("workspace:project", args=[one.code]),
            "identifier": one.identifier,
            "rows": problem_rows(map(problem_of, one.findings), with_fate=False),
            "silent": ", ".join(one.silent),
        }
        for one in listed
        if one.findings or one.silent
    ]


def profile_rows(
    listed: Iterable[Profile], names: Mapping[str, Mapping[str, str]], *, may_fetch: bool
) -> list[dict[str, Any]]:
    """may_fetch: whether the reader may have the files themselves."""
    return [
        {
            "name": one.name,
            "title": in_language(names.get(one.donor)) if one.donor else _("All projects"),
            "words": str(one.way.label),
            "href": reverse("iati:export", args=[one.name]) if may_fetch else "",
            "check_href": f"{reverse('iati:check')}?profile={one.name}",
        }
        for one in listed
    ]


def activity_columns() -> list[dict[str, Any]]:
    return [
        {"name": pgettext("an activity", "Identifier")},
        {"name": _("Title")},
        {"name": _("Published by")},
        {"name": _("Countries")},
        {"name": pgettext("an activity", "State")},
        {"name": pgettext("of an activity", "Days")},
    ]


def activity_rows(listed: Iterable[Activity]) -> list[Cells]:
    return [
        [
            {"text": one.identifier, "href": reverse("iati:activity", args=[one.pk])},
            {"text": in_language(one.titles)},
            {"text": in_language(one.reporting_names) or one.reporting_ref},
            {"text": ", ".join(one.countries), "is_quiet": True},
            {"text": status(one.status)},
            {"text": _span(one), "is_quiet": True},
        ]
        for one in listed
    ]


def status(code: str) -> str:
    return str(Status(code).label) if code in Status.values else code


def sum_columns() -> list[dict[str, Any]]:
    return [
        {"name": pgettext("money", "Kind")},
        {"name": _("Currency")},
        {"name": pgettext("money", "Amount"), "is_number": True},
        {"name": _("How many"), "is_number": True},
    ]


def sum_rows(one: Activity) -> list[Cells]:
    kinds = {
        "budget": pgettext("money", "Budgets"),
        "planned-disbursement": pgettext("money", "Planned payments"),
        "transaction": pgettext("money", "Transactions"),
    }
    return [
        [
            {"text": move(each["type"]) or kinds[each["kind"]]},
            {"text": each["currency"]},
            {"text": money(each["value"])},
            {"text": each["count"]},
        ]
        for each in one.sums
    ]


def move(code: str) -> str:
    """What a transaction is, by its IATI type; "" for what is none."""
    return str(MoveKind(code).label) if code in MoveKind.values else code


def money(value: str) -> str:
    """An amount in the reader's spelling, with its cents where it has any."""
    amount = Decimal(value)
    if amount.adjusted() > MOST_DIGITS:
        return value
    # The usual 28 digits are too few for what others write, and counting with more than those fails.
    with localcontext(prec=MOST_DIGITS + 4):
        places = 2 if amount % 1 else 0
        return spelling.number(amount, get_language() or "ru", places=places)


def _part(name: str) -> str:
    return pgettext("of an activity", "attributes") if name == "@" else name


def _kind_of(name: State) -> str:
    if name in {State.UNREADABLE, State.STOPPED, State.FAILED}:
        return "late"
    return "done" if name is State.TAKEN else "waiting"


def _span(one: Activity) -> str:
    days = [day(each) for each in (one.starts_on, one.ends_on) if each]
    return " – ".join(days)
