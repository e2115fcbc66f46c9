"""The chart of the home page: money sent home as a share of the economy, people leaving below it on the same years."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from rohnamo.core.languages import in_language
from rohnamo.figures.models import Observation, Series
from rohnamo.portal.pages.frame import Context, current_language, path
from rohnamo.ui.drawing import Caption, Layout, Stem, YearValue, line_and_stems
from rohnamo.ui.templatetags.furniture import number, percent

SHARE, LEAVING = "remittances-share", "labour-migrants"
LAYOUTS: tuple[Layout, Layout] = ("phone", "wide")


def money_and_people(series: Mapping[str, Series]) -> Context | None:
    """What ui/parts/chart.html takes; None while there are not even two years of money to draw."""
    share = series.get(SHARE)
    money = years_in_a_row(share)
    if share is None or len(money) < 2:
        return None
    leaving = [one for one in _known(series.get(LEAVING)) if money[0].year <= one.year <= money[-1].year]
    phone, wide = (_drawn(money, leaving, layout) for layout in LAYOUTS)
    return {
        "title": _("What migrants send home"),
        "lead": _lead(money, has_people=bool(leaving)),
        "phone": phone,
        "wide": wide,
        "notes": _notes() if leaving else [],
        "source": _("Source: %(source)s.") % {"source": "; ".join(_sources(share, series.get(LEAVING)))},
        "how_href": path(f"figures/{SHARE}/"),
        "columns": _columns(),
        "rows": _rows(money, leaving),
        "caption": _("Money sent home and people leaving, by year"),
    }


def share_alone(series: Series) -> Context | None:
    """The drawing of a share on the page of its own series; None for other series, and where a method changed."""
    money = years_in_a_row(series)
    if series.key != SHARE or series.breaks or len(money) < 2:
        return None
    phone, wide = (_drawn(money, [], layout) for layout in LAYOUTS)
    return {"phone": phone, "wide": wide}


def years_in_a_row(series: Series | None) -> list[Observation]:
    """The last unbroken run of years with a value: a line is never drawn across a year that nobody knows."""
    run: list[Observation] = []
    for one in _known(series):
        if run and one.year != run[-1].year + 1:
            run = []
        run.append(one)
    return run


def telling_years(run: Sequence[Observation]) -> list[int]:
    """The years whose number is written: the last, the extremes of the last ten years and the ten before, the first."""
    recent, before = run[-10:], run[-20:-10]
    chosen = [run[-1], max(recent, key=_value), run[0], min(recent, key=_value)]
    if before:
        chosen.append(max(before, key=_value))
    return list(dict.fromkeys(one.year for one in chosen))


def quality_words(one: Observation) -> str:
    """How good a number is; "" for one that the authority printed."""
    words = {
        "derived": _("derived from another number"),
        "part_of_year": _("a part of the year"),
        "year_inferred": _("the year is inferred"),
    }
    return words.get(one.quality, "")


def _drawn(money: Sequence[Observation], leaving: Sequence[Observation], layout: Layout) -> str:
    first, last = money[0], money[-1]
    caption = Caption(
        f"money-{layout}",
        _("Money received from abroad, per cent of gross domestic product, %(first)s–%(last)s")
        % {"first": first.year, "last": last.year},
        _("From %(low)s in %(first)s to %(high)s in %(last)s.")
        % {
            "low": percent(_value(first)),
            "first": first.year,
            "high": percent(_value(last)),
            "last": last.year,
        },
    )
    return line_and_stems(
        [YearValue(one.year, _value(one)) for one in money],
        [Stem(one.year, _value(one) / 1000, one.quality == "official") for one in leaving],
        caption=caption,
        stems_title=_("People leaving to work abroad, thousand"),
        grid=_grid(max(map(_value, money))),
        marks=telling_years(money),
        layout=layout,
        language=current_language(),
    )


def _grid(highest: float) -> dict[float, str]:
    lines = {50.0: _("%(share)s, half of GDP") % {"share": percent(50, 0)}, 25.0: percent(25, 0)}
    return {value: words for value, words in lines.items() if value <= highest * 1.1}


def _lead(money: Sequence[Observation], *, has_people: bool) -> list[str]:
    years = {"first": money[0].year, "last": money[-1].year}
    lead = [
        _("Money received from abroad, per cent of gross domestic product (GDP), %(first)s–%(last)s.") % years
    ]
    if has_people:
        lead.append(_("Below it, on the same years: people who left to work, by migration cards."))
    return lead


def _notes() -> list[str]:
    return [
        _(
            "A filled point is official. An open point is derived, covers a part of the year, or its year is inferred."
            " A year without a point: no figure was found."
        ),
        _("Entries counted by the Russian side are something else and are not in here."),
    ]


def _sources(*series: Series | None) -> list[str]:
    return [in_language(one.source) for one in series if one]


def _columns() -> list[str]:
    return [
        _("Year"),
        _("Money sent home, per cent of GDP"),
        _("People who left"),
        _("How good the number is"),
    ]


def _rows(money: Sequence[Observation], leaving: Sequence[Observation]) -> list[list[str]]:
    people = {one.year: one for one in leaving}
    return [
        [
            str(one.year),
            number(one.value, 1),
            number(people[one.year].value, 0) if one.year in people else "–",
            (quality_words(people[one.year]) or _("official")) if one.year in people else "–",
        ]
        for one in money
    ]


def _known(series: Series | None) -> list[Observation]:
    return [one for one in series.observations.all() if one.value is not None] if series else []


def _value(one: Observation) -> float:
    return float(one.value or 0)
