"""A small invented mission with released figures."""

from collections.abc import Mapping
from datetime import date

from rohnamo.core.audit import SYSTEM
from rohnamo.core.periods import Period
from rohnamo.engines.disclosure import Cell
from rohnamo.figures.actions import Counted, Declaration, Promise, declare_measure, publish, set_targets
from rohnamo.figures.models import Measure, Observation, Release, Series, SourcedFigure, Unit
from rohnamo.places.models import Level, Place
from rohnamo.projects.models import (
    BudgetYear,
    MissionProfile,
    MissionText,
    Project,
    ProjectPlace,
    Service,
    ThematicArea,
    TourLine,
)
from rohnamo.staff.models import Post

LAST_YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
THIS_YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
SECOND_HALF = Period(date(2026, 7, 1), date(2026, 12, 31))
LETTER = """# Welcome

Dear friends,

Every year many people leave to work abroad, and what they send home feeds families and builds houses.

- We give advice.
- We teach a trade.

Yours sincerely,
Chief of Mission

*This is an example.*
"""


def words(english: str) -> dict[str, str]:
    """A text in three languages that tells them apart."""
    return {"tg": f"{english} тҷ", "ru": f"{english} ру", "en": english}


def a_profile(**fields: object) -> MissionProfile:
    plain = {
        "code": "small",
        "names": words("Small Mission"),
        "mottos": words("Safe journeys"),
        "aims": words("We help people who go abroad."),
        "hotline": words("EXAMPLE 0000"),
        "hotline_tested_on": date(2026, 11, 1),
        "contact_email": "mission@example.org",
        "country": "TJ",
        "member_state_since": date(1994, 11, 29),
        "is_example": True,
        "facts": [{"code": "staff", "value": "30+", "titles": words("staff"), "source": "old page"}],
    }
    return MissionProfile.objects.create(**{**plain, **fields})


def an_area(code: str, english: str, order: int) -> ThematicArea:
    return ThematicArea.objects.create(
        code=code, order=order, names=words(english), summaries=words(f"About {english}")
    )


def a_district(code: str, english: str, region: Place, lat: float, lon: float) -> Place:
    return Place.objects.create(
        code=code, level=Level.DISTRICT, parent=region, names=words(english), latitude=lat, longitude=lon,
        point_basis="geonames",
    )  # fmt: skip


def a_project(code: str, area: ThematicArea, **fields: object) -> Project:
    plain = {
        "status": "2",
        "starts_on": date(2024, 3, 1),
        "ends_on": date(2027, 6, 30),
        "titles": words(f"Project {code}"),
        "summaries": words(f"What {code} does"),
        "modelled_on": words("Modelled on real work"),
        "modelled_on_source": "a newsletter",
        "is_example": True,
    }
    return Project.objects.create(code=code, area=area, **{**plain, **fields})


def a_measure(key: str, scope: str, unit: Unit = Unit.PERSONS, **fields: object) -> Measure:
    plain = {
        "titles": words(f"Title of {key}"),
        "definitions": words(f"Meaning of {key}"),
        "is_example": True,
    }
    return declare_measure(Declaration(key=key, scope=scope, unit=unit, **{**plain, **fields}))  # type: ignore[arg-type]


def released(
    measure: Measure,
    value: int,
    period: Period = THIS_YEAR,
    *,
    as_of: date = date(2026, 11, 20),
    cells: Mapping[Cell, int] | None = None,
) -> Release | None:
    counted = Counted(period, value, cells or {}, words("Own records"), "first contact, 1")
    return publish(measure, counted, as_of=as_of, by=SYSTEM)


def a_mission() -> None:
    """What every page has something to say of."""
    a_profile()
    labour, health = an_area("labour", "Labour migration", 1), an_area("health", "Migration health", 2)
    region = Place.objects.create(code="TJ-KT", level=Level.REGION, names=words("Khatlon"))
    districts = [
        a_district("TJ-KT-kulob", "Kulob", region, 37.91, 69.78),
        a_district("TJ-KT-vose", "Vose", region, 37.80, 69.64),
        a_district("TJ-KT-bokhtar", "Bokhtar", region, 37.83, 68.78),
        a_district("TJ-KT-dusti", "Dusti", region, 37.35, 68.66),
    ]
    first = a_project("EX.01", labour)
    second = a_project("EX.03", health, cascades=[_cascade()])
    for project in (first, second):
        ProjectPlace.objects.create(project=project, place=districts[0])
        BudgetYear.objects.create(project=project, year=2026, planned_usd=240_000, spent_usd=191_000)
    _service("consultation", labour, "Advice before departure", "named", first)
    _service("court-help", labour, "Help in court", "vault", first)
    for number in range(34):
        Post.objects.create(code=f"P-{number:02}")
    MissionText.objects.create(key="welcome", language="en", text=LETTER)
    _numbers()
    _series("remittances-share", {2021: 32.69, 2022: 49.9, 2023: 37.84})
    _series("labour-migrants", {2021: None, 2022: 776_000, 2023: 652_014})
    SourcedFigure.objects.create(
        key="area.labour", area="labour", value_text={"en": "652 014"}, what=words("people left"),
        when=words("2023"), kind="statistic", source="official figure via press",
    )  # fmt: skip
    _tour()


def _numbers() -> None:
    reached = a_measure("mission.reached", "mission")
    cells = {"TJ-KT-kulob": 1240, "TJ-KT-vose": 610, "TJ-KT-bokhtar": 31, "TJ-KT-dusti": 3}
    by_district = {Cell.of(district=code): count for code, count in cells.items()}
    by_sex = {Cell.of(sex="f"): 884, Cell.of(sex="m"): 1000}
    released(reached, 1884, LAST_YEAR, as_of=date(2026, 1, 5), cells=by_district | by_sex)
    released(reached, 18_240)
    released(a_measure("mission.delivered", "mission", Unit.CONTACTS), 41_382)
    released(a_measure("area.health.reached", "area", area="health"), 777)
    outcome = {"group": "1", "group_kind": "outcome", "group_titles": words("Treated earlier"), "order": 1}
    output = {"group": "1.1", "group_kind": "output", "group_titles": words("Talks held"), "order": 2}
    treated = a_measure(
        "EX.03.1.a", "indicator", area="health", project="EX.03", is_cumulative=True, **outcome
    )
    set_targets(treated, [Promise(SECOND_HALF.start, SECOND_HALF.end, baseline=0, target=70)])  # type: ignore[arg-type]
    released(treated, 61, SECOND_HALF)
    a_measure("EX.03.1.1.a", "indicator", area="health", project="EX.03", **output)


def _series(key: str, years: Mapping[int, float | None]) -> None:
    series = Series.objects.create(key=key, titles=words(key), source=words("World Bank"))
    for year, value in years.items():
        Observation.objects.create(series=series, year=year, value=value, quality="official" if value else "")


def _service(code: str, area: ThematicArea, english: str, identity: str, project: Project) -> None:
    service = Service.objects.create(code=code, area=area, names=words(english), identity=identity)
    service.projects.add(project)


def _cascade() -> dict[str, object]:
    steps = [
        {"service": "talk", "titles": words("Talked to")},
        {"service": "test", "titles": words("Tested")},
    ]
    return {"code": "treatment", "titles": words("The way to treatment"), "steps": steps}


def _tour() -> None:
    lines = [
        ("whole", "projects", True, "/projects/", "active-projects"),
        ("once", "people", True, "/figures/people-reached/", "people-reached"),
        ("library", "library", True, "/library/", ""),
        ("skills", "training", False, "", "ex-03-1-a"),
    ]
    for order, (code, wing, is_built, address, figure) in enumerate(lines, start=1):
        TourLine.objects.create(
            code=code, order=order, sentences=words(f"We do {code}"), shows=words(f"Wing {code}"), wing=wing,
            is_built=is_built, address=address, figure=figure,
        )  # fmt: skip
