"""Loading a mission's files: each part exactly, parts refused, and what leaves the files."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from rohnamo.core.ages import BAND_NAMES
from rohnamo.core.changes import Reader, readers_replaced
from rohnamo.core.errors import Refused, WrongData
from rohnamo.core.missionfiles import codes
from rohnamo.core.missionfiles import mission as files
from rohnamo.core.missionfiles import project as project_files
from rohnamo.core.missionfiles.words import Span
from rohnamo.core.models import Change
from rohnamo.places.actions import Loaded
from rohnamo.projects.actions import (
    load_areas,
    load_partners,
    load_profile,
    load_projects,
    load_services,
    load_sources,
    load_texts,
    load_tour,
)
from rohnamo.projects.models import (
    AreaName,
    BudgetYear,
    MissionProfile,
    MissionText,
    Partner,
    Project,
    ProjectPartner,
    ProjectPlace,
    Service,
    Source,
    ThematicArea,
    TourLine,
)
from rohnamo.projects.tests.factories import a_partner, a_place, a_project, a_service, an_area, words

pytestmark = pytest.mark.django_db

PROFILE = files.Profile(
    code="xx",
    name=words("Mission"),
    is_example=True,
    country="XX",
    languages=("tg", "ru", "en"),
    time_zone="Asia/Dushanbe",
    currencies=("TJS", "USD"),
    iati_prefix="XM-EXAMPLE",
    motto=words("Motto"),
    aim=words("Aim"),
    member_state_since=date(1994, 11, 29),
    member_state_source="invented",
    privileges={},
    hotline=files.Hotline(words("EXAMPLE 0000"), date(2026, 11, 20)),
    contact=files.Contact(words("0 Example Street"), "mission@example.org", words("EXAMPLE 0001")),
    small_cells=files.SmallCells(5, {}),
    age_bands=BAND_NAMES,
    facts=(files.Fact("staff", "30+", words("staff"), "invented"),),
)
HEALTH = files.Area(
    code="health",
    order=3,
    name=words("Health"),
    description=words("Screening"),
    iom_area="04",
    confidence="high",
    names=(
        files.AreaName(
            {"en": "Older"}, Span(date(2011, 1, 1), date(2014, 12, 31), is_exact=False), "a newsletter"
        ),
        files.AreaName(words("Health"), Span(None, None, is_exact=True), "present site"),
    ),
    figure=None,
)
DONOR = files.Partner("donor-a", codes.PartnerKind.DONOR, "10", words("Donor A"), is_invented=True)
PROJECT = project_files.Project(
    code="EX.01",
    area="health",
    status=codes.ProjectStatus.FINALISATION,
    title=words("Title"),
    summary=words("Summary"),
    history={},
    modelled_on=words("A real one"),
    modelled_on_source="an address",
    first_on=date(2024, 3, 1),
    last_on=date(2026, 6, 30),
    is_humanitarian=True,
    default_service="talk",
    iom_type="MA",
    places=("XX-A", "XX-B"),
    sdg_targets=("3.3",),
    compact_objectives=(15, 7),
    funding=(
        project_files.Funding(
            "donor-a",
            "A-1",
            amount_usd=Decimal(500),
            amount=Decimal(500),
            currency="USD",
            signed_on=date(2023, 12, 15),
            first_on=date(2024, 1, 1),
            last_on=date(2025, 12, 31),
        ),
    ),
    partners=(
        project_files.ProjectPartner("donor-a", codes.PartnerRole.FUNDING),
        project_files.ProjectPartner("namuna", codes.PartnerRole.IMPLEMENTING),
    ),
    budget=(
        project_files.BudgetYear(2024, Decimal(200), Decimal("150.5"), date(2024, 12, 31)),
        project_files.BudgetYear(2025, Decimal(300), None, None),
    ),
    sectors=(project_files.Sector("1", "12263", Decimal(100), words("Tuberculosis")),),
    markers=(project_files.Marker("99", "2a", ""),),
    periods=(),
    results=(),
    indicators=(),
    cascades=(
        project_files.Cascade(
            "treatment", words("Way"), (project_files.CascadeStep("talk", words("Reached")),)
        ),
    ),
)
TALK = files.Service(
    code="talk",
    area="health",
    unit="contact",
    identity=codes.Identity.COUNTED,
    audience=codes.Audience.PERSONS,
    name=words("Talk"),
    words={"tg": ("суҳбат",), "ru": ("беседа", "лекция"), "en": ("talk", "беседа")},
    projects=("EX.01",),
)
UNITS = [files.Unit("contact", words("participations"))]
CALLS = files.Source(
    code="calls",
    name=words("Calls"),
    partner="donor-a",
    project="EX.01",
    services=("talk",),
    agreement="DSA-1",
    valid=Span(date(2025, 1, 1), date(2027, 12, 31), is_exact=True),
    purposes=("counting",),
    fields=("name", "sex"),
    consent=words("I agree"),
)
SENTENCE = files.TourSentence(
    "leave",
    words("We advise"),
    words("Advice"),
    area="health",
    wing="people",
    is_built=True,
    address="help/",
    figure="",
)


def _load_what_projects_need() -> None:
    an_area("health")
    a_partner("donor-a")
    a_partner("namuna")
    a_place("XX-A", "Anor")
    a_place("XX-B", "Bogh")


def test_given_a_profile_when_loaded_then_every_part_of_it_stands() -> None:
    assert load_profile(PROFILE) == Loaded(created=1)

    profile = MissionProfile.objects.get()
    assert (profile.code, profile.names, profile.mottos, profile.aims) == (
        "xx", words("Mission"), words("Motto"), words("Aim"),
    )  # fmt: skip
    assert (profile.currencies, profile.languages, profile.country) == (
        ["TJS", "USD"],
        ["tg", "ru", "en"],
        "XX",
    )
    assert (profile.hotline, profile.hotline_tested_on) == (words("EXAMPLE 0000"), date(2026, 11, 20))
    assert (profile.contact_address, profile.contact_email) == (
        words("0 Example Street"),
        "mission@example.org",
    )
    assert profile.facts == [
        {"code": "staff", "value": "30+", "titles": words("staff"), "source": "invented"}
    ]


def test_given_a_profile_without_hotline_and_contact_when_loaded_then_they_are_empty() -> None:
    load_profile(replace(PROFILE, hotline=None, contact=None))

    profile = MissionProfile.objects.get()
    assert (profile.hotline, profile.hotline_tested_on, profile.contact_address, profile.contact_email) == (
        {}, None, {}, "",
    )  # fmt: skip


def test_given_one_mission_when_another_is_loaded_then_it_is_refused() -> None:
    load_profile(PROFILE)

    with pytest.raises(Refused):
        load_profile(replace(PROFILE, code="yy"))

    assert list(MissionProfile.objects.values_list("code", flat=True)) == ["xx"]


def test_given_other_age_bands_when_a_profile_is_loaded_then_it_is_refused() -> None:
    with pytest.raises(WrongData, match="age_bands"):
        load_profile(replace(PROFILE, age_bands=("0-17", "18+", "u")))

    assert MissionProfile.objects.count() == 0


def test_given_an_area_when_loaded_then_all_its_names_stand_with_their_days() -> None:
    assert load_areas([HEALTH]) == Loaded(created=3)

    assert list(ThematicArea.objects.values_list("code", "order", "names", "summaries", "iom_area_code")) == [
        ("health", 3, words("Health"), words("Screening"), "04")
    ]
    assert list(AreaName.objects.values_list("names", "valid_from", "valid_to", "is_exact", "source")) == [
        ({"en": "Older"}, date(2011, 1, 1), date(2014, 12, 31), False, "a newsletter"),
        (words("Health"), None, None, True, "present site"),
    ]


def test_given_a_name_that_left_the_files_when_an_area_is_loaded_then_it_is_taken_away() -> None:
    load_areas([HEALTH])

    assert load_areas([replace(HEALTH, names=HEALTH.names[:1])]) == Loaded(unchanged=2, removed=1)


def test_given_a_partner_when_loaded_then_kind_and_iati_type_stand() -> None:
    assert load_partners([DONOR]) == Loaded(created=1)

    assert list(Partner.objects.values_list("code", "names", "kind", "iati_type", "is_invented")) == [
        ("donor-a", words("Donor A"), "donor", "10", True)
    ]


def test_given_a_project_when_loaded_then_it_stands_with_partners_places_and_money() -> None:
    _load_what_projects_need()

    assert load_projects([PROJECT], is_example=True) == Loaded(created=1 + 2 + 2 + 2)

    project = Project.objects.get()
    assert (project.status, project.starts_on, project.ends_on) == ("3", date(2024, 3, 1), date(2026, 6, 30))
    assert (project.is_example, project.is_humanitarian, project.default_service) == (True, True, "talk")
    assert (project.gcm_objectives, project.sdg_targets) == ([15, 7], ["3.3"])
    assert project.markers == [{"vocabulary": "99", "code": "2a", "significance": ""}]
    assert project.sectors == [
        {"vocabulary": "1", "code": "12263", "share": "100", "names": words("Tuberculosis")}
    ]
    assert project.cascades == [
        {
            "code": "treatment",
            "titles": words("Way"),
            "steps": [{"service": "talk", "titles": words("Reached")}],
        }
    ]
    assert list(ProjectPlace.objects.values_list("place__code", flat=True)) == ["XX-A", "XX-B"]
    assert list(BudgetYear.objects.values_list("year", "planned_usd", "spent_usd", "spent_until")) == [
        (2024, Decimal(200), Decimal("150.50"), date(2024, 12, 31)),
        (2025, Decimal(300), None, None),
    ]


def test_given_a_donor_named_in_both_lists_when_loaded_then_it_is_one_donor_with_its_agreement() -> None:
    _load_what_projects_need()

    load_projects([PROJECT], is_example=True)

    assert list(ProjectPartner.objects.values_list("partner__code", "role", "agreement", "amount_usd")) == [
        ("donor-a", "1", "A-1", Decimal(500)),
        ("namuna", "4", "", None),
    ]


def test_given_places_and_partners_that_left_a_file_when_loaded_then_they_are_taken_away() -> None:
    _load_what_projects_need()
    load_projects([PROJECT], is_example=True)
    smaller = replace(PROJECT, places=("XX-A",), partners=(), budget=PROJECT.budget[:1])

    assert load_projects([smaller], is_example=True) == Loaded(unchanged=4, removed=3)


def test_given_a_project_that_left_the_files_when_others_are_loaded_then_it_stays_whole() -> None:
    _load_what_projects_need()
    load_projects([PROJECT], is_example=True)

    assert load_projects([], is_example=True) == Loaded()

    assert (Project.objects.count(), ProjectPlace.objects.count(), BudgetYear.objects.count()) == (1, 2, 2)


def test_given_a_service_when_loaded_then_words_come_once_and_projects_are_tied() -> None:
    an_area("health")
    a_project("EX.01")

    assert load_services([TALK], UNITS) == Loaded(created=2)

    service = Service.objects.get()
    assert (service.identity, service.audience, service.unit) == ("counted", "persons", "contact")
    assert service.unit_names == words("participations")
    assert service.words == ["суҳбат", "беседа", "лекция", "talk"]
    assert [project.code for project in service.projects.all()] == ["EX.01"]


def test_given_a_service_that_left_a_project_when_loaded_then_the_tie_is_gone() -> None:
    an_area("health")
    a_project("EX.01")
    load_services([TALK], UNITS)

    assert load_services([replace(TALK, projects=())], UNITS) == Loaded(unchanged=1, removed=1)


def test_given_a_source_when_loaded_then_its_agreement_and_services_stand() -> None:
    a_partner("donor-a")
    a_service("talk", a_project("EX.01"))

    assert load_sources([CALLS]) == Loaded(created=2)

    source = Source.objects.get()
    assert (source.partner.code, source.project.code, source.agreement) == ("donor-a", "EX.01", "DSA-1")
    assert (source.purposes, source.fields) == (["counting"], ["name", "sex"])
    assert source.consent_wording == words("I agree")
    assert (source.valid_from, source.valid_to) == (date(2025, 1, 1), date(2027, 12, 31))
    assert [service.code for service in source.services.all()] == ["talk"]


def test_given_a_source_of_no_project_when_loaded_then_it_has_none() -> None:
    a_partner("donor-a")

    load_sources([replace(CALLS, project="", services=())])

    assert Source.objects.get().project is None


def test_given_letters_when_loaded_then_each_language_is_a_row_and_others_are_taken_away() -> None:
    MissionText.objects.create(key="old", language="ru", text="gone")

    assert load_texts({"welcome": {"tg": "# Хуш омадед", "en": "# Welcome"}}) == Loaded(created=2, removed=1)

    assert list(MissionText.objects.values_list("key", "language", "text")) == [
        ("welcome", "en", "# Welcome"),
        ("welcome", "tg", "# Хуш омадед"),
    ]


def test_given_a_tour_when_loaded_then_lines_keep_the_order_of_the_file() -> None:
    an_area("health")
    other = replace(SENTENCE, code="return", area="", is_built=False, address="")

    assert load_tour([SENTENCE, other]) == Loaded(created=2)

    assert list(
        TourLine.objects.values_list("code", "order", "area__code", "wing", "is_built", "address")
    ) == [
        ("leave", 1, "health", "people", True, "help/"),
        ("return", 2, None, "people", False, ""),
    ]
    assert TourLine.objects.first().shows == words("Advice")


def test_given_a_part_when_loaded_twice_then_readers_are_told_once() -> None:
    with readers_replaced(Reader("test", frozenset({"mission.changed"}), lambda lines: None)):
        load_partners([DONOR])
        load_partners([DONOR])
        load_profile(PROFILE)

    assert list(Change.objects.order_by("id").values_list("key", flat=True)) == ["partners", "profile"]
