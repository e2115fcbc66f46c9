"""rates.csv, moves.csv, payments.csv, documents.csv, donor-rules.toml."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from .codes import LANGUAGES, Anchor, MoveKind
from .funding_files import USD, read_currency
from .money import Document, Done, DonorRule, Move, Payment, Rate
from .project import Funding, Project
from .rows import Row

FROM_DONOR = frozenset({MoveKind.ANNOUNCED, MoveKind.AGREED, MoveKind.RECEIVED})
TO_PARTNER = frozenset({MoveKind.PROMISED, MoveKind.PAID})
# IATI DocumentCategory, the ones that speak of an activity.
CATEGORIES = tuple(f"A{number:02d}" for number in range(1, 13))


def read_rate(row: Row) -> Rate:
    rate = Rate(
        currency=read_currency(row),
        day=row.day("day"),
        usd_per_unit=row.number("usd_per_unit"),
        source=row.text("source"),
    )
    row.once("rate of a currency and day", f"{rate.currency} {rate.day}", key="day")
    if rate.currency == USD:
        row.wrong("currency", "another currency than the dollar, which is always one", USD)
    if rate.usd_per_unit <= 0:
        row.wrong("usd_per_unit", "a number above zero", rate.usd_per_unit)
    return rate


def read_move(row: Row) -> Move:
    project = row.reference("project", "project")
    move = Move(
        code=row.own_code("move"),
        project=project,
        agreement=row.reference("agreement", f"agreement of {project}", default=""),
        kind=row.choice("kind", MoveKind),
        day=row.day("day"),
        value=row.number("value"),
        currency=read_currency(row),
        provider=row.reference("provider", "partner", default=""),
        receiver=row.reference("receiver", "partner", default=""),
        reverses=row.reference("reverses", "move", default=""),
        is_humanitarian=row.flag("is_humanitarian", default=False),
        description=row.words("description", needed=False),
        line=row.line(),
    )
    _check_value(row, move)
    _check_parties(row, move)
    return move


def read_payment(row: Row) -> Payment:
    project = row.reference("project", "project")
    payment = Payment(
        code=row.own_code("payment"),
        project=project,
        agreement=row.reference("agreement", f"agreement of {project}", default=""),
        first_on=row.day("first_on"),
        last_on=row.day("last_on"),
        value=row.number("value", least=0),
        currency=read_currency(row),
        provider=row.reference("provider", "partner", default=""),
        receiver=row.reference("receiver", "partner", default=""),
        is_revised=row.flag("is_revised", default=False),
    )
    if payment.first_on > payment.last_on:
        row.wrong("last_on", f"a day not before {payment.first_on}", payment.last_on)
    if not payment.provider and not payment.receiver:
        row.wrong("provider", "who pays or who is paid", "neither")
    return payment


def read_document(row: Row) -> Document:
    document = Document(
        code=row.own_code("document"),
        project=row.reference("project", "project"),
        url=row.text("url"),
        format=row.text("format"),
        category=row.one_of("category", CATEGORIES),
        title=row.words("title"),
        description=row.words("description", needed=False),
        languages=row.codes("languages", LANGUAGES),
        published_on=row.day_or_none("published_on"),
    )
    if not document.url.startswith(("https://", "http://")):
        row.wrong("url", "an address that begins with https://", document.url)
    return document


def read_donor_rule(row: Row) -> DonorRule:
    rule = DonorRule(
        donor=row.reference("donor", "partner"),
        agreement=row.text("agreement", default=""),
        code=row.text("code"),
        title=row.words("title"),
        anchor=row.choice("from", Anchor),
        months=_months(row, "months"),
        opens_months=_months(row, "opens_months") if row.has("opens_months") else None,
        every_months=row.whole_or_none("every_months"),
    )
    row.once("rule of a donor", f"{rule.donor} {rule.agreement} {rule.code}", key="code")
    if rule.every_months is not None and (rule.every_months < 1 or rule.anchor is Anchor.END):
        row.wrong("every_months", "months from 1, counted from the start or the signing", rule.every_months)
    if rule.opens_months is not None and rule.opens_months >= rule.months:
        row.wrong("opens_months", f"fewer months than {rule.months}", rule.opens_months)
    return rule


def read_done(row: Row) -> Done:
    project = row.reference("project", "project")
    done = Done(
        project=project,
        agreement=row.reference("agreement", f"agreement of {project}"),
        code=row.text("code"),
        due_on=row.day("due_on"),
        done_on=row.day("done_on"),
        line=row.line(),
    )
    row.once("deadline", f"{done.project} {done.agreement} {done.code} {done.due_on}", key="due_on")
    return done


def check_agreed(rows: Iterable[Row], moves: Iterable[Move], projects: Iterable[Project]) -> None:
    """What was agreed by its movements is the amount of the agreement, in its currency, where there are any."""
    agreements = {(one.code, funding.agreement): funding for one in projects for funding in one.funding}
    found: dict[tuple[str, str], list[tuple[Row, Move]]] = defaultdict(list)
    for row, move in zip(rows, moves, strict=True):
        if move.kind is MoveKind.AGREED and (move.project, move.agreement) in agreements:
            found[move.project, move.agreement].append((row, move))
    for at, pairs in found.items():
        _check_agreement(agreements[at], pairs)


def check_reversals(rows: Iterable[Row], moves: Iterable[Move]) -> None:
    """A movement that takes back another is the same one with the sign turned, once, and not before it."""
    moves = tuple(moves)
    known: Mapping[str, Move] = {move.code: move for move in moves}
    for row, move in zip(rows, moves, strict=True):
        first = known.get(move.reverses)
        if first is None:
            continue
        row.once("reversal of a movement", move.reverses, key="reverses")
        if (move.value, _nature(move)) != (-first.value, _nature(first)) or move.day < first.day:
            expected = f"{first.kind} of {-first.value} {first.currency}, from {first.day}"
            row.wrong("reverses", expected, f"{move.kind} of {move.value} {move.currency}, {move.day}")


def check_one_level(rows: Iterable[Row], projects: Iterable[Project], moves: Iterable[Move]) -> None:
    """A part of a programme: the programme is no part itself, and money stands in one of the two only."""
    projects = tuple(projects)
    moved = {move.project for move in moves}
    with_money = moved | {one.code for one in projects if one.funding or one.budget}
    parents = {one.code: one.parent for one in projects if one.parent}
    for row, project in zip(rows, projects, strict=True):
        if project.parent and (project.parent in parents or project.parent == project.code):
            row.wrong("parent", "a project that is no part of another", project.parent)
        if {project.parent, project.code} <= with_money:
            row.wrong("parent", "money in the programme or in its parts, not in both", project.parent)


def _check_agreement(funding: Funding, pairs: list[tuple[Row, Move]]) -> None:
    last, _ = pairs[-1]
    for row, move in pairs:
        if move.currency != funding.currency:
            row.wrong("currency", f"the currency of the agreement, {funding.currency}", move.currency)
    agreed = sum((move.value for _, move in pairs), Decimal(0))
    if agreed != funding.amount:
        last.wrong("value", f"movements that add up to the agreement, {funding.amount}", agreed)


def _check_value(row: Row, move: Move) -> None:
    if (move.value < 0) != bool(move.reverses) or move.value == 0:
        row.wrong("value", "above zero, or below it and the movement that it reverses", move.value)
    if move.value != move.value.quantize(Decimal("0.01")):
        row.wrong("value", "whole cents", move.value)


def _check_parties(row: Row, move: Move) -> None:
    if move.kind in FROM_DONOR and not move.provider:
        row.wrong("provider", f"who gives, because kind is {move.kind}", "nothing")
    if move.kind in TO_PARTNER and not move.receiver:
        row.wrong("receiver", f"who gets it, because kind is {move.kind}", "nothing")


def _nature(move: Move) -> tuple[object, ...]:
    return move.project, move.agreement, move.kind, move.currency, move.provider, move.receiver


def _months(row: Row, key: str) -> int:
    """Months may be below zero: one before the end is -1."""
    value = row.number(key)
    if value != value.to_integral_value():
        row.wrong(key, "a whole number of months", value)
    return int(value)
