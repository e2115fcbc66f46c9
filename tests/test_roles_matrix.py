"""Who gets which answer at every address below /work/: sixteen roles, inside and outside the project, and nobody.

Every address is taken from the URL configuration: a new one fails here until somebody has decided about it.
"""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pypdf import PdfReader

from rohnamo.intake.actions import upload
from rohnamo.people.tests.factories import make_user
from rohnamo.staff.actions import give_totp
from rohnamo.staff.models import Role
from rohnamo.staff.tests.door import enter, open_the_door
from tests.matrix import pages_projects, pages_registers, pages_results, pages_work
from tests.matrix.decisions import SAYS_NOT, Deed, Page, route_of
from tests.matrix.pages_work import ACCOUNT
from tests.matrix.scene import DISTRICT, NOT_TO_SAY, PERIOD, Scene

R = Role
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ROOMS = (pages_work, pages_projects, pages_results, pages_registers)
POST_IS_REFUSED = {404, 405}


def pages(scene: Scene) -> dict[str, Page]:
    """Addresses that can be opened, by route."""
    return {route: page for room in ROOMS for route, page in room.pages(scene).items()}


def deeds(scene: Scene) -> dict[str, Deed]:
    """Addresses that only take something, by route."""
    return {route: deed for room in ROOMS for route, deed in room.deeds(scene).items()}


@pytest.fixture
def scene(db: None, settings: LazySettings) -> Scene:
    open_the_door(settings)
    return Scene()


def routes() -> Iterator[str]:
    """Every route below work/, as the URL configuration writes it."""

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
        for one in patterns:
            route = before + str(one.pattern)
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, route)
            else:
                yield route

    return (route for route in walk(get_resolver().url_patterns, "") if route.startswith("work/"))


def answers(browser: Client, found: dict[str, Page]) -> dict[str, int]:
    return {route: browser.get(page.address).status_code for route, page in found.items()}


def written(browser: Client, found: dict[str, Page], role: Role, *, is_member: bool) -> dict[str, int]:
    """Pages that take something from a role that may not write there, with what they answer."""
    not_for_them = {
        route: browser.post(page.address).status_code
        for route, page in found.items()
        if not page.may_write(role, is_member=is_member)
    }
    return {route: status for route, status in not_for_them.items() if status not in POST_IS_REFUSED}


def turned_away(browser: Client, found: list[Deed]) -> list[str]:
    """Addresses that answer "no such thing" to a role that may. Whatever the deed does is taken back at once."""
    gone = []
    for deed in found:
        with transaction.atomic():
            if browser.post(deed.address, deed.data).status_code == 404:
                gone.append(deed.address)
            transaction.set_rollback(True)
    return gone


def refused(browser: Client, found: list[Deed]) -> set[int]:
    return {browser.post(deed.address, deed.data).status_code for deed in found}


def test_given_every_address_of_the_workspace_when_it_is_looked_up_then_somebody_has_decided_who_may(
    scene: Scene,
) -> None:
    decided = {route_of(key) for key in (*pages(scene), *deeds(scene), *ACCOUNT)}

    assert sorted(routes()) == sorted(decided)


@pytest.mark.parametrize("role", Role, ids=str)
def test_given_a_role_inside_and_outside_the_project_when_every_address_is_asked_then_each_answers_as_decided(
    scene: Scene, role: Role
) -> None:
    member, outsider = (enter(scene.user(role, project)) for project in (scene.house.mine, scene.house.other))
    decided, done = pages(scene), deeds(scene)

    assert answers(member, decided) == {
        route: page.status if role in page.member else 404 for route, page in decided.items()
    }
    assert answers(outsider, decided) == {
        route: page.status if role in page.outsider else 404 for route, page in decided.items()
    }
    assert {member.get(deed.address).status_code for deed in done.values()} == {405}
    assert refused(member, [deed for deed in done.values() if role not in deed.member]) <= {404}
    assert refused(outsider, [deed for deed in done.values() if role not in deed.outsider]) <= {404}
    assert written(member, decided, role, is_member=True) == {}
    assert written(outsider, decided, role, is_member=False) == {}
    assert turned_away(member, [deed for deed in done.values() if role in deed.member]) == []
    assert turned_away(outsider, [deed for deed in done.values() if role in deed.outsider]) == []


def test_given_a_superuser_who_is_a_member_when_every_address_is_opened_then_no_record_is_there(
    scene: Scene,
) -> None:
    browser = enter(make_user(scene.house.mine, is_superuser=True, is_staff=True))
    decided = pages(scene)

    assert answers(browser, decided) == {route: page.superuser for route, page in decided.items()}
    work = [deed for route, deed in deeds(scene).items() if not route.startswith("work/staff/")]
    assert {browser.post(deed.address, deed.data).status_code for deed in work} == {404}
    closed = [page.address for page in decided.values() if page.superuser == 404]
    assert {browser.post(address).status_code for address in closed} <= POST_IS_REFUSED
    assert "Namunaeva" not in browser.get("/work/").content.decode()


def test_given_nobody_signed_in_when_every_address_is_opened_then_all_lead_to_sign_in(scene: Scene) -> None:
    decided = pages(scene)

    assert answers(Client(), decided) == {route: page.anonymous for route, page in decided.items()}
    assert {Client().post(deed.address, deed.data).status_code for deed in deeds(scene).values()} == {302}


def test_given_ones_own_account_when_its_pages_are_opened_then_each_answers_as_decided(scene: Scene) -> None:
    addresses = {route: "/" + route.replace("<int:pk>", "1") for route in ACCOUNT}
    user = scene.user(R.PROJECT_OFFICER, scene.house.mine)
    give_totp(user, SECRET)
    signed_in, nobody = enter(user), Client()

    found = {
        route: (signed_in.get(address).status_code, nobody.get(address).status_code)
        for route, address in addresses.items()
    }

    assert found == ACCOUNT


def test_given_an_officer_of_another_project_when_all_is_opened_then_neither_name_nor_number_nor_list_is_seen(
    scene: Scene,
) -> None:
    browser = enter(scene.user(R.PROJECT_OFFICER, scene.house.other))
    amina = scene.house.amina
    open_pages = [page.address for page in pages(scene).values()]
    seen = [_words(browser.get(address)) for address in [*open_pages, "/work/people/?project=EX.91"]]
    seen += [
        browser.post("/work/search/", {"q": asked}).content.decode()
        for asked in ("Namunaeva Amina", "Намунаева Амина")
    ]
    text = "\n".join(
        one.replace("Namunaeva Amina", "", 1) if 'value="Namunaeva Amina"' in one else one for one in seen
    )

    assert [
        one
        for one in ("Karimovna", f"/work/people/{amina.pk}/", "EX.90", "waiting.csv", "taken.csv", "Rasmiev")
        if one in text
    ] == []
    assert "Misolov" in text, "their own person is there to be seen"
    assert [
        browser.get(f"/work/results/{key}/{PERIOD}/").status_code
        for key in ("EX.90.reached", "mission.reached", "no.such")
    ] == [404, 404, 404]


def test_given_an_officer_of_another_project_when_they_send_a_list_of_names_then_it_tells_nothing_of_anybody(
    scene: Scene,
) -> None:
    user = scene.user(R.PROJECT_OFFICER, scene.house.other)
    sent = [
        upload(
            f"Name;Date of birth;District;Date;Service\r\n{name};14.03.1990;Kulob;01.03.2025;consultation".encode(),
            "names.csv", source=scene.house.foreign, project=scene.house.other, by=user,
        )
        for name in ("Namunaeva Amina", "Nobodyeva Never")
    ]  # fmt: skip
    browser = enter(user)

    known, stranger = (browser.get(f"/work/intake/{one.pk}/").content.decode() for one in sent)

    assert "Namunaeva Amina" in known
    assert _without(known, sent[0].pk, "Namunaeva Amina") == _without(stranger, sent[1].pk, "Nobodyeva Never")


def _words(answer: HttpResponse) -> str:
    """What can be read in a page or on a printed one."""
    if answer["Content-Type"] == "application/pdf":
        text = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
        return re.sub(r"\s+", " ", text)
    return answer.content.decode()


def _without(html: str, number: int, name: str) -> str:
    """A page without what tells one register from another on purpose: its number and the name that was sent."""
    plain = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", html)
    return plain.replace(f"/work/intake/{number}/", "").replace(name, "")


def test_given_a_donor_when_their_project_is_opened_then_figures_are_there_and_no_list_and_no_person(
    scene: Scene,
) -> None:
    browser = enter(scene.user(R.DONOR_READER, scene.house.mine))
    html = browser.get("/work/projects/EX.90/").content.decode()

    assert "Results" in html
    assert [one for one in ("/work/results/", "/work/people/", "Namunaeva") if one in html] == []


def test_given_sentences_that_are_not_to_be_said_when_each_role_opens_the_briefing_then_only_few_read_them(
    scene: Scene,
) -> None:
    address = f"/work/briefing/{DISTRICT}/"
    browsers = {role: enter(scene.user(role, scene.house.mine)) for role in Role}
    asked = browsers[R.PROGRAMME_MANAGER].get(f"{address}en/?restricted=1")

    pages_seen = {role: _words(browser.get(address)) for role, browser in browsers.items()}
    papers = {role: _words(browser.get(f"{address}en/")) for role, browser in browsers.items()}

    assert {role for role, html in pages_seen.items() if NOT_TO_SAY in html} == SAYS_NOT
    assert [role for role, paper in papers.items() if NOT_TO_SAY in paper] == []
    assert NOT_TO_SAY in _words(asked)


def test_given_the_officer_who_took_a_register_in_when_it_is_to_be_taken_back_then_they_may_and_a_colleague_not(
    scene: Scene,
) -> None:
    address = f"/work/intake/taken/{scene.taken}/undo/"

    found = [enter(one).get(address).status_code for one in (scene.officer, make_user(scene.house.mine))]

    assert found == [200, 404]


def test_given_a_partners_own_register_when_its_reporter_opens_it_then_columns_are_theirs_and_no_decision_for_others(
    scene: Scene,
) -> None:
    reporter = scene.user(R.PARTNER_REPORTER, scene.house.mine)
    address = f"/work/intake/{scene.sent('ours.csv', reporter, '20').pk}/"
    another = enter(scene.user(R.PARTNER_REPORTER, scene.house.other))

    own = {rest: enter(reporter).get(f"{address}{rest}").status_code for rest in ("", "columns/", "return/")}
    foreign = {rest: another.get(f"{address}{rest}").status_code for rest in own}

    assert own == {"": 200, "columns/": 200, "return/": 404}
    assert foreign == {"": 404, "columns/": 404, "return/": 404}
    assert "Namunaeva" not in enter(reporter).get(address).content.decode()


def test_given_two_donors_of_a_project_when_one_looks_for_the_form_of_the_other_then_it_is_not_there(
    scene: Scene,
) -> None:
    second = scene.user(R.DONOR_READER, scene.house.mine)
    browser = enter(second)
    report = f"/work/projects/EX.90/reports/{scene.frozen}/"

    page, form = browser.get(report), browser.get(f"{report}form/{scene.form}/")

    assert page.status_code == 200
    assert "Annex" not in page.content.decode()
    assert form.status_code == 404


def test_given_a_register_that_came_in_when_its_project_is_opened_then_one_line_says_what_it_amounts_to(
    scene: Scene,
) -> None:
    browser = enter(make_user(scene.house.mine, scene.house.other))

    mine, other = (browser.get(f"/work/projects/{code}/").content.decode() for code in ("EX.90", "EX.91"))

    assert "1 partner sent 1 row about people" in mine
    assert ("sent" in other, "each counted once" in other) == (False, True)
