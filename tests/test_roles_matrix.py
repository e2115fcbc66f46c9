"""Who gets which answer at every address below /work/: sixteen roles, inside and outside the project, and nobody.

Every address is taken from the URL configuration: a new one fails here until somebody has decided about it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from rohnamo.core.audit import SYSTEM
from rohnamo.intake.actions import accept, upload
from rohnamo.people.actions import judge
from rohnamo.people.models import Verdict
from rohnamo.people.tests.factories import make_user
from rohnamo.projects.models import Partner, PartnerRole, Project, ProjectPartner
from rohnamo.staff.actions import give_totp
from rohnamo.staff.models import Role, User
from rohnamo.workspace.tests.house import PERIOD, House, enter, open_the_door

R = Role
ALL = frozenset(Role)
NOBODY: frozenset[Role] = frozenset()
SEES_PROJECTS = ALL - {R.ADMINISTRATOR, R.PARTNER_REPORTER}
SEES_ALL_PROJECTS = frozenset({R.CHIEF_OF_MISSION, R.MONITORING_OFFICER, R.DATA_PROTECTION_OFFICER})
SEES_PEOPLE = SEES_PROJECTS - {R.DONOR_READER, R.COMMUNICATIONS}
JUDGES = frozenset({R.PROGRAMME_MANAGER, R.PROJECT_OFFICER, R.MONITORING_OFFICER, R.CASE_MANAGER})
SEES_OFFICIALS = frozenset(
    {
        R.PROGRAMME_MANAGER,
        R.PROJECT_OFFICER,
        R.MONITORING_OFFICER,
        R.BORDER_OFFICER,
        R.HEALTH_OFFICER,
        R.TRAINER,
    }
)
SENDS = frozenset(
    {
        R.PROGRAMME_MANAGER,
        R.PROJECT_OFFICER,
        R.FIELD_OFFICER,
        R.MONITORING_OFFICER,
        R.HEALTH_OFFICER,
        R.BORDER_OFFICER,
        R.TRAINER,
        R.PARTNER_REPORTER,
    }
)
APPROVES = frozenset({R.MONITORING_OFFICER, R.PROGRAMME_MANAGER})
LOOKS_AFTER_ACCOUNTS = frozenset({R.ADMINISTRATOR, R.CHIEF_OF_MISSION, R.DATA_PROTECTION_OFFICER})
INVITES = frozenset({R.ADMINISTRATOR, R.CHIEF_OF_MISSION})
TO_SIGN_IN = 302
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass(frozen=True)
class Page:
    """What an address answers to GET. member, outsider: roles that get `status`; all others get 404.

    superuser: what somebody with Django's is_superuser gets, a project officer who belongs to the project.
    """

    address: str
    member: frozenset[Role] = ALL
    outsider: frozenset[Role] = ALL
    status: int = 200
    anonymous: int = TO_SIGN_IN
    superuser: int = 404


@dataclass(frozen=True)
class Deed:
    """An address that takes POST only: GET is 405 for everybody. may: who is not turned away when they post."""

    address: str
    member: frozenset[Role] = NOBODY
    outsider: frozenset[Role] = NOBODY
    data: dict[str, str] = field(default_factory=dict)


def pages(scene: "Scene") -> dict[str, Page]:
    """Addresses of the workspace and of accounts, by route."""
    return {
        "work/": Page("/work/", superuser=200),
        "work/search/": Page("/work/search/", SEES_PROJECTS, SEES_PROJECTS),
        "work/projects/": Page("/work/projects/", SEES_PROJECTS, SEES_PROJECTS),
        "work/projects/<str:code>/": Page("/work/projects/EX.90/", SEES_PROJECTS, SEES_ALL_PROJECTS),
        "work/results/<str:key>/<period:period>/": Page(
            f"/work/results/EX.90.reached/{PERIOD}/", SEES_PEOPLE, SEES_ALL_PROJECTS
        ),
        "work/people/": Page("/work/people/", SEES_PEOPLE, SEES_PEOPLE),
        "work/people/<int:pk>/": Page(f"/work/people/{scene.house.amina.pk}/", SEES_PEOPLE, NOBODY),
        "work/people/pairs/": Page("/work/people/pairs/", JUDGES, JUDGES),
        "work/officials/": Page("/work/officials/", SEES_OFFICIALS, SEES_OFFICIALS),
        "work/intake/": Page("/work/intake/", SENDS, SENDS),
        "work/intake/new/": Page("/work/intake/new/", SENDS, SENDS),
        "work/intake/<int:pk>/": Page(f"/work/intake/{scene.waiting}/", SENDS - {R.PARTNER_REPORTER}, NOBODY),
        "work/intake/taken/<int:pk>/": Page(
            f"/work/intake/taken/{scene.taken}/", SENDS - {R.PARTNER_REPORTER}, NOBODY
        ),
        "work/staff/me/": Page("/work/staff/me/", superuser=200),
        "work/staff/accounts/": Page("/work/staff/accounts/", LOOKS_AFTER_ACCOUNTS, LOOKS_AFTER_ACCOUNTS),
        "work/staff/accounts/<int:pk>/": Page(
            f"/work/staff/accounts/{scene.somebody}/", LOOKS_AFTER_ACCOUNTS, LOOKS_AFTER_ACCOUNTS
        ),
        "work/staff/invite/": Page("/work/staff/invite/", INVITES, INVITES),
        "work/staff/welcome/<str:token>/": Page("/work/staff/welcome/none/", NOBODY, NOBODY, anonymous=404),
    }


def deeds(scene: "Scene") -> dict[str, Deed]:
    both = {"left": str(scene.house.amina.pk), "right": str(scene.house.shared.pk)}
    return {
        "work/projects/<str:code>/approve/<int:pk>/": Deed("/work/projects/EX.90/approve/1/"),
        "work/people/judge/": Deed("/work/people/judge/", JUDGES, data={**both, "verdict": "unsure"}),
        "work/people/withdraw/": Deed("/work/people/withdraw/", JUDGES, data=both),
        "work/intake/<int:pk>/accept/": Deed(
            f"/work/intake/{scene.waiting}/accept/", SENDS - {R.PARTNER_REPORTER}
        ),
        "work/intake/<int:pk>/discard/": Deed(
            f"/work/intake/{scene.waiting}/discard/", SENDS - {R.PARTNER_REPORTER}
        ),
        "work/intake/<int:pk>/answer/": Deed(f"/work/intake/{scene.waiting}/answer/"),
        "work/staff/accounts/<int:pk>/disable/": Deed(
            f"/work/staff/accounts/{scene.somebody}/disable/", LOOKS_AFTER_ACCOUNTS, LOOKS_AFTER_ACCOUNTS
        ),
        "work/staff/accounts/<int:pk>/enable/": Deed(
            f"/work/staff/accounts/{scene.somebody}/enable/", INVITES, INVITES
        ),
        "work/staff/accounts/<int:pk>/password-link/": Deed(
            f"/work/staff/accounts/{scene.somebody}/password-link/", INVITES, INVITES
        ),
        "work/staff/accounts/<int:pk>/ask-factor-reset/": Deed(
            f"/work/staff/accounts/{scene.somebody}/ask-factor-reset/",
            LOOKS_AFTER_ACCOUNTS,
            LOOKS_AFTER_ACCOUNTS,
        ),
        "work/staff/factor-resets/<int:pk>/confirm/": Deed("/work/staff/factor-resets/1/confirm/"),
        "work/staff/factor-resets/<int:pk>/refuse/": Deed("/work/staff/factor-resets/1/refuse/"),
        "work/staff/invitations/<int:pk>/withdraw/": Deed("/work/staff/invitations/1/withdraw/"),
    }


# Pages of one's own account are the same for every role: (signed in, not signed in). 302 leads to sign-in, or asks for
# the password again before a factor is changed; 404 are recovery codes of an account that has none.
ACCOUNT: dict[str, tuple[int, int]] = {
    "work/account/login/": (302, 200),
    "work/account/logout/": (200, 302),
    "work/account/inactive/": (200, 200),
    "work/account/reauthenticate/": (200, 302),
    "work/account/password/change/": (200, 302),
    "work/account/2fa/": (200, 302),
    "work/account/2fa/authenticate/": (302, 302),
    "work/account/2fa/reauthenticate/": (200, 302),
    "work/account/2fa/totp/activate/": (302, 302),
    "work/account/2fa/totp/deactivate/": (302, 302),
    "work/account/2fa/webauthn/": (200, 302),
    "work/account/2fa/webauthn/add/": (302, 302),
    "work/account/2fa/webauthn/login/": (302, 302),
    "work/account/2fa/webauthn/reauthenticate/": (302, 302),
    "work/account/2fa/webauthn/keys/<int:pk>/edit/": (302, 302),
    "work/account/2fa/webauthn/keys/<int:pk>/remove/": (302, 302),
    "work/account/2fa/recovery-codes/": (404, 302),
    "work/account/2fa/recovery-codes/generate/": (302, 302),
    "work/account/2fa/recovery-codes/download/": (404, 302),
}


class Scene:
    """A house with a waiting register, one taken in, and an undecided pair: something to leak at every address."""

    def __init__(self) -> None:
        self.house = House()
        officer = make_user(self.house.mine)
        self.somebody = make_user(role=R.FIELD_OFFICER).pk
        self.waiting = self._sent("waiting.csv", officer).pk
        sent = self._sent("taken.csv", officer)
        accept(sent, by=officer)
        sent.refresh_from_db()
        self.taken = sent.register_id
        judge(self.house.amina, self.house.shared, Verdict.UNSURE, by=SYSTEM)

    def user(self, role: Role, project: Project, **fields: object) -> User:
        """A member of the project; of the two outside roles the organisation takes part in it instead."""
        if role in {R.PARTNER_REPORTER, R.DONOR_READER}:
            part = PartnerRole.FUNDING if role == R.DONOR_READER else PartnerRole.IMPLEMENTING
            partner = Partner.objects.create(
                code=f"{role}-{project.code}", kind="ngo", names={"en": "Partner"}
            )
            ProjectPartner.objects.create(project=project, partner=partner, role=part)
            return make_user(role=role, partner=partner.code)
        if role == R.ADMINISTRATOR:
            return make_user(role=role)
        return make_user(project, role=role, **fields)

    def _sent(self, name: str, by: User) -> object:
        row = f"Namunaeva Amina;{date(1990, 3, 14):%d.%m.%Y};Kulob;{(name[0] == 'w' and '12') or '13'}.02.2025;consultation"
        content = f"Name;Date of birth;District;Date;Service\r\n{row}".encode()
        return upload(content, name, source=self.house.source, project=self.house.mine, by=by)


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


def refused(browser: Client, found: list[Deed]) -> set[int]:
    return {browser.post(deed.address, deed.data).status_code for deed in found}


def test_given_every_address_of_the_workspace_when_it_is_looked_up_then_somebody_has_decided_who_may(
    scene: Scene,
) -> None:
    assert sorted(routes()) == sorted([*pages(scene), *deeds(scene), *ACCOUNT])


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


def test_given_a_superuser_who_is_a_member_when_every_address_is_opened_then_no_record_is_there(
    scene: Scene,
) -> None:
    browser = enter(make_user(scene.house.mine, is_superuser=True, is_staff=True))
    decided = pages(scene)

    assert answers(browser, decided) == {route: page.superuser for route, page in decided.items()}
    work = [deed for route, deed in deeds(scene).items() if not route.startswith("work/staff/")]
    assert {browser.post(deed.address, deed.data).status_code for deed in work} == {404}
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
    seen = [browser.get(address).content.decode() for address in [*open_pages, "/work/people/?project=EX.91"]]
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
