"""Numbers of others keep their source and their gaps."""

from dataclasses import replace
from decimal import Decimal

import pytest

from rohnamo.core.missionfiles import mission as files
from rohnamo.core.missionfiles.codes import FigureKind, Quality
from rohnamo.figures.actions import load_series, load_sourced_figures
from rohnamo.figures.models import Observation, SourcedFigure
from rohnamo.figures.queries import figure_with_everything, series

YEARS = (
    files.Observation(
        2020, Decimal("12.5"), Quality.OFFICIAL, {"women": Decimal(5)}, "", "Office of statistics"
    ),
    files.Observation(2021, None, None, {}, "not published", ""),
)
SERIES = files.Series(
    code="left",
    title={"en": "People who left"},
    unit={"en": "thousands"},
    definition={"en": "By cards"},
    source={"en": "Office"},
    licence={"en": "Free"},
    indicator="",
    parts={"women": {"en": "Women"}},
    breaks=(2021,),
    lines=(Decimal(3),),
    observations=YEARS,
)
AREA = files.Area(
    code="health",
    order=1,
    name={"en": "Health"},
    description={},
    iom_area="02",
    confidence="",
    names=(),
    figure=files.PublicFigure(
        "700+", {"en": "people"}, {"en": "2015"}, {"en": "Khatlon"}, FigureKind.TARGET, "Report"
    ),
)


@pytest.mark.django_db
def test_given_a_series_with_a_gap_when_it_is_loaded_then_the_gap_stays_a_year_without_a_number() -> None:
    load_series([SERIES])

    left = series("left")
    assert left is not None
    assert [(year.year, year.value, year.parts) for year in left.observations.all()] == [
        (2020, Decimal("12.5"), {"women": "5"}),
        (2021, None, {}),
    ]
    assert (left.breaks, left.lines, left.source) == ([2021], ["3"], {"en": "Office"})


@pytest.mark.django_db
def test_given_a_loaded_series_when_it_is_loaded_again_then_nothing_changes() -> None:
    load_series([SERIES])

    assert load_series([SERIES]).is_news is False


@pytest.mark.django_db
def test_given_a_corrected_year_when_the_series_is_loaded_then_only_that_year_changes() -> None:
    load_series([SERIES])

    loaded = load_series([replace(SERIES, observations=(replace(YEARS[0], value=Decimal(13)), YEARS[1]))])

    assert (loaded.changed, loaded.created, loaded.removed) == (1, 0, 0)
    assert Observation.objects.get(year=2020).value == Decimal(13)


@pytest.mark.django_db
def test_given_a_target_that_others_published_when_it_is_read_then_it_is_not_taken_for_a_result() -> None:
    load_sourced_figures([files.Fact("staff", "30+", {"en": "staff"}, "Profile")], [AREA])

    figure = figure_with_everything("area.health")

    assert figure is not None
    assert (figure.nature, figure.text["en"], figure.number, figure.place, figure.source) == (
        "target",
        "700+",
        None,
        {"en": "Khatlon"},
        {"en": "Report"},
    )
    assert list(SourcedFigure.objects.values_list("key", flat=True)) == ["area.health", "staff"]


@pytest.mark.django_db
def test_given_a_series_when_it_is_read_as_a_figure_then_its_latest_known_year_stands() -> None:
    load_series([SERIES])

    figure = figure_with_everything("left")

    assert figure is not None
    assert (figure.number, figure.end and figure.end.year) == (Decimal("12.5"), 2020)
