"""One line a project: what partners sent, how many people that is, and what typed totals would have said."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from rohnamo.deliveries.models import Delivery
from rohnamo.deliveries.queries import counting
from rohnamo.intake.models import Entry, Import
from rohnamo.people.models import Judgement, Verdict
from rohnamo.projects.models import Project
from rohnamo.ui import spelling


@dataclass(frozen=True)
class ProjectLine:
    """senders: who sent rows about people. rows: as sent, repeats among them; what typed totals would add up.

    people: each once, everybody doubtful for somebody new. surely: people if every undecided pair were one person.
    elsewhere: those whom another project met too. unnamed: people counted in groups, who cannot be told apart.
    """

    senders: int
    rows: int
    people: int
    surely: int
    elsewhere: int
    unnamed: int

    @property
    def doubt(self) -> int:
        """How many of `people` may be counted twice."""
        return self.people - self.surely

    @property
    def sentences(self) -> list[str]:
        """The line in the reader's language; empty while nothing was sent."""
        return _sentences(self) if self.rows or self.unnamed else []


def one_line(project: Project) -> ProjectLine:
    """What partners sent into a project and what it amounts to. Five queries, whatever was sent."""
    return lines_of([project])[project.pk]


def lines_of(projects: Iterable[Project]) -> dict[int, ProjectLine]:
    """The line of each project by its number: five queries for all of them, one where no register came in."""
    numbers = [project.pk for project in projects]
    rows = _rows_sent(numbers)
    if not any(rows.values()):
        return {number: _made(rows[number], {}, 0, 0) for number in numbers}
    lines = _lines_sent(numbers)
    sums = {one.pop("project"): one for one in _sums(lines)}
    elsewhere = _met_elsewhere(lines)
    joins = _that_may_be_one(lines)
    return {
        number: _made(rows[number], sums.get(number, {}), elsewhere.get(number, 0), joins.get(number, 0))
        for number in numbers
    }


def _made(rows: Counter[int], sums: dict[str, Any], elsewhere: int, joins: int) -> ProjectLine:
    people = sum(sums.get(kind) or 0 for kind in ("persons", "codes", "officials"))
    return ProjectLine(
        senders=sum(number > 0 for number in rows.values()),
        rows=rows.total(),
        people=people,
        surely=people - joins,
        elsewhere=elsewhere,
        unnamed=sums.get("unnamed") or 0,
    )


def _rows_sent(projects: list[int]) -> dict[int, Counter[int]]:
    """Project -> source -> rows about people."""
    found: dict[int, Counter[int]] = {project: Counter() for project in projects}
    sent = Import.objects.filter(project__in=projects, undo_since=None)
    for project, source, people_rows in sent.values_list("project", "source", "people_rows"):
        found[project][source] += people_rows
    return found


def _lines_sent(projects: list[int]) -> QuerySet[Delivery]:
    """Lines that count and that a register which stands has brought: what came in by other doors is nobody's total."""
    brought = Entry.objects.filter(delivery=OuterRef("pk"), register__undo_since=None)
    return counting().filter(Exists(brought), project__in=projects)


def _sums(lines: QuerySet[Delivery]) -> list[dict[str, Any]]:
    sums = lines.values("project").annotate(
        persons=Count("person__root", distinct=True),
        codes=Count("coded", distinct=True),
        officials=Count("official", distinct=True),
        unnamed=Sum("group_count"),
    )
    return [dict(one) for one in sums]


def _met_elsewhere(lines: QuerySet[Delivery]) -> dict[int, int]:
    others = counting().filter(person__root=OuterRef("person__root")).exclude(project=OuterRef("project"))
    met = lines.filter(Exists(others), person__isnull=False).values("project")
    return dict(met.annotate(met=Count("person__root", distinct=True)).values_list("project", "met"))


def _that_may_be_one(lines: QuerySet[Delivery]) -> dict[int, int]:
    """Project -> by how many people its number shrinks if every undecided pair within it is one person."""
    unsure = Judgement.objects.filter(superseded_at=None, verdict=Verdict.UNSURE).exclude(
        left__root=F("right__root")
    )
    pairs = list(unsure.values_list("left__root_id", "right__root_id"))
    met: dict[int, set[int | None]] = defaultdict(set)
    either = Q(person__root__in=unsure.values("left__root")) | Q(
        person__root__in=unsure.values("right__root")
    )
    for project, root in lines.filter(either).values_list("project", "person__root_id").distinct():
        met[project].add(root)
    return {
        project: joins_in([pair for pair in pairs if pair[0] in here and pair[1] in here])
        for project, here in met.items()
    }


def joins_in(pairs: Iterable[tuple[int | None, int | None]]) -> int:
    """How many joins a set of pairs makes: three that are alike are two joins, however many pairs they stand in."""
    roots: dict[int | None, int | None] = {}

    def root(one: int | None) -> int | None:
        while roots.get(one, one) != one:
            one = roots[one]
        return one

    joins = 0
    for left, right in pairs:
        one, other = root(left), root(right)
        if one != other:
            roots[one] = other
            joins += 1
    return joins


def _sentences(line: ProjectLine) -> list[str]:
    said = []
    if line.rows:
        said = [_sent(line), _amounts_to(line), _typed(line)]
    if line.unnamed:
        words = ngettext(
            "Besides, %(count)s person was counted without a name.",
            "Besides, %(count)s people were counted without names.",
            line.unnamed,
        )
        said.append(words % {"count": _number(line.unnamed)})
    return said


def _sent(line: ProjectLine) -> str:
    senders = ngettext("%(count)s partner sent", "%(count)s partners sent", line.senders)
    rows = ngettext("%(count)s row about people.", "%(count)s rows about people.", line.rows)
    return _("%(senders)s %(rows)s") % {
        "senders": senders % {"count": _number(line.senders)},
        "rows": rows % {"count": _number(line.rows)},
    }


def _amounts_to(line: ProjectLine) -> str:
    people = {"people": _number(line.people), "surely": _number(line.surely)}
    if line.doubt:
        words = _("That is %(people)s people, or %(surely)s if every pair that is not decided is one person.")
    else:
        words = ngettext("That is %(people)s person.", "That is %(people)s people.", line.people)
    said = words % people
    if not line.elsewhere:
        return said
    elsewhere = ngettext(
        "%(count)s of them is in another project too.",
        "%(count)s of them are in another project too.",
        line.elsewhere,
    )
    return f"{said} {elsewhere % {'count': _number(line.elsewhere)}}"


def _typed(line: ProjectLine) -> str:
    return _("Typed totals would have said %(rows)s.") % {"rows": _number(line.rows)}


def _number(value: int) -> str:
    return spelling.number(value, get_language() or "ru")
