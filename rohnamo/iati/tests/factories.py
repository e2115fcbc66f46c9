"""A small invented mission with a project, its money and its published figures; files of others."""

from datetime import UTC, date, datetime
from decimal import Decimal

from rohnamo.engines.iati.activity import Activity
from rohnamo.engines.iati.tests.factories import an_activity, file_of
from rohnamo.figures.models import Cell, Measure, Release, Target
from rohnamo.places.models import Level, Place
from rohnamo.projects.models import (
    BudgetYear,
    MissionProfile,
    Partner,
    PartnerRole,
    Project,
    ProjectPartner,
    ProjectPlace,
    ThematicArea,
)

NOW = datetime(2026, 11, 25, 6, tzinfo=UTC)
KULOB = "TJ-KT-kulob"
FIRST, SECOND = (date(2024, 7, 1), date(2024, 12, 31)), (date(2026, 7, 1), date(2026, 12, 31))


def make_mission(**changes: object) -> MissionProfile:
    usual = {
        "code": "namuna",
        "names": {"tg": "Миссияи намунавӣ", "en": "Example mission"},
        "country": "TJ",
        "iati_prefix": "XM-EXAMPLE",
        "contact_email": "mission@example.org",
    }
    return MissionProfile.objects.create(**{**usual, **changes})


def make_project(code: str = "EX.90", donor: str = "donor-a") -> Project:
    """A whole project: donor, place, budget of a year, money spent, one indicator with two periods."""
    area, _is_new = ThematicArea.objects.get_or_create(
        code="health", defaults={"order": 1, "names": {"en": "Health"}, "iom_area_code": "02"}
    )
    project = Project.objects.create(
        code=code,
        area=area,
        status="2",
        starts_on=date(2024, 3, 1),
        ends_on=date(2027, 6, 30),
        titles={"tg": "Сил: ташхис", "ru": "Туберкулёз", "en": "Tuberculosis"},
        summaries={"en": "Testing close to home."},
        modelled_on={"en": "An invented project."},
        is_example=True,
        sdg_targets=["3.3", "3.8"],
        gcm_objectives=[15],
        sectors=[
            {"vocabulary": "1", "code": "12263", "share": 100, "names": {}},
            {"vocabulary": "99", "code": "MA", "share": 100, "names": {"en": "Health of migrants"}},
        ],
        markers=[{"vocabulary": "99", "code": "1"}, {"vocabulary": "1", "code": "1", "significance": "1"}],
    )
    partner, _is_new = Partner.objects.get_or_create(
        code=donor, defaults={"kind": "donor", "iati_type": "10", "names": {"en": donor}}
    )
    ProjectPartner.objects.create(
        project=project,
        partner=partner,
        role=PartnerRole.FUNDING,
        agreement=f"{code}-A",
        amount_usd=Decimal("800000.50"),
    )
    ProjectPlace.objects.create(project=project, place=make_place())
    BudgetYear.objects.create(
        project=project,
        year=2024,
        planned_usd=Decimal(180000),
        spent_usd=Decimal("172000.25"),
        spent_until=date(2024, 12, 31),
    )
    publish(project)
    return project


def make_place() -> Place:
    return Place.objects.get_or_create(
        code=KULOB,
        defaults={
            "level": Level.DISTRICT,
            "names": {"tg": "Кӯлоб", "en": "Kulob"},
            "latitude": 37.91,
            "longitude": 69.78,
        },
    )[0]


def publish(project: Project) -> Measure:
    """97 people in a period that is over: 60 women, the men hidden; 30 so far in the one that is not."""
    measure = Measure.objects.create(
        key=f"{project.code}.1.1.a",
        scope="indicator",
        project=project.code,
        titles={"en": "Were asked about symptoms"},
        unit="persons",
        definitions={"en": "Everybody once."},
        group="1.1",
        group_kind="output",
        group_titles={"en": "Talks"},
        order=1,
    )
    for start, end in (FIRST, SECOND):
        Target.objects.create(measure=measure, start=start, end=end, baseline=0, target=100)
    ended = _release(measure, FIRST, 97, "partly")
    _release(measure, SECOND, 30, "open")
    cells = [("f", "", "", 60), ("m", "", "", None), ("", "", KULOB, 50), ("f", "18-24", "", 20)]
    Cell.objects.bulk_create(
        Cell(release=ended, sex=sex, age=age, district=district, count=count)
        for sex, age, district, count in cells
    )
    return measure


def _release(measure: Measure, days: tuple[date, date], value: int, verdict: str) -> Release:
    return Release.objects.create(
        measure=measure,
        start=days[0],
        end=days[1],
        as_of=date(2026, 11, 24),
        value=value,
        verdict=verdict,
        inputs="0" * 64,
    )


def others(*codes: str, **changes: object) -> bytes:
    """A file of somebody else."""
    return file_of(*(_other(code, **changes) for code in codes))


def _other(code: str, **changes: object) -> Activity:
    return an_activity(code, **changes)
