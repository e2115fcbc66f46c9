"""Decisions about the day, search, projects, people, officials, briefings; and about accounts."""

from tests.matrix.decisions import (
    INVITES,
    JUDGES,
    LOOKS_AFTER_ACCOUNTS,
    NOBODY,
    SAYS_NOT,
    SEES_ALL_PROJECTS,
    SEES_COUNTED,
    SEES_OFFICIALS,
    SEES_PEOPLE,
    SEES_PROJECTS,
    Deed,
    Page,
)
from tests.matrix.scene import DISTRICT, PERIOD, Scene

STAFF = "/work/staff"
# A reader of another project's page needs both: to work with people, and to see all projects.
SEES_ALL_LISTS = SEES_PEOPLE & SEES_ALL_PROJECTS


def pages(scene: Scene) -> dict[str, Page]:
    somebody = f"{STAFF}/accounts/{scene.somebody}/"
    amina = f"/work/people/{scene.house.amina.pk}/"
    briefing = f"/work/briefing/{DISTRICT}/"
    return {
        "work/": Page("/work/", superuser=200),
        "work/search/": Page("/work/search/", SEES_PROJECTS, SEES_PROJECTS),
        "work/projects/": Page("/work/projects/", SEES_PROJECTS, SEES_PROJECTS),
        "work/projects/<str:code>/": Page("/work/projects/EX.90/", SEES_PROJECTS, SEES_ALL_PROJECTS),
        "work/results/<str:key>/<period:period>/": Page(
            f"/work/results/EX.90.reached/{PERIOD}/", SEES_PEOPLE, SEES_ALL_LISTS
        ),
        "work/people/": Page("/work/people/", SEES_PEOPLE, SEES_PEOPLE),
        "work/people/<int:pk>/": Page(amina, SEES_PEOPLE, NOBODY),
        "work/people/pairs/": Page("/work/people/pairs/", JUDGES, JUDGES),
        "work/officials/": Page("/work/officials/", SEES_OFFICIALS, SEES_OFFICIALS),
        "work/briefing/": Page("/work/briefing/", SEES_COUNTED, SEES_COUNTED),
        "work/briefing/<str:about>/": Page(briefing, SEES_COUNTED, SEES_COUNTED),
        "work/briefing/<str:about>/<str:language>/": Page(f"{briefing}tg/", SEES_COUNTED, SEES_COUNTED),
        "work/briefing/<str:about>/<str:language>/ (what not to say)": Page(
            f"{briefing}tg/?restricted=1", SAYS_NOT, SAYS_NOT
        ),
        "work/staff/me/": Page(f"{STAFF}/me/", superuser=200),
        "work/staff/accounts/": Page(f"{STAFF}/accounts/", LOOKS_AFTER_ACCOUNTS, LOOKS_AFTER_ACCOUNTS),
        "work/staff/accounts/<int:pk>/": Page(somebody, LOOKS_AFTER_ACCOUNTS, LOOKS_AFTER_ACCOUNTS),
        "work/staff/invite/": Page(f"{STAFF}/invite/", INVITES, INVITES),
        "work/staff/welcome/<str:token>/": Page(f"{STAFF}/welcome/none/", NOBODY, NOBODY, anonymous=404),
    }


def deeds(scene: Scene) -> dict[str, Deed]:
    both = {"left": str(scene.house.amina.pk), "right": str(scene.house.shared.pk)}
    somebody = f"{STAFF}/accounts/{scene.somebody}"
    return {
        "work/people/judge/": Deed("/work/people/judge/", JUDGES, data={**both, "verdict": "unsure"}),
        "work/people/withdraw/": Deed("/work/people/withdraw/", JUDGES, data=both),
        "work/briefing/notes/<int:pk>/strike/": Deed(
            f"/work/briefing/notes/{scene.note}/strike/", SAYS_NOT, SAYS_NOT
        ),
        "work/briefing/notes/<int:pk>/strike/ (what not to say)": Deed(
            f"/work/briefing/notes/{scene.restricted_note}/strike/", SAYS_NOT, SAYS_NOT
        ),
        "work/staff/accounts/<int:pk>/disable/": Deed(
            f"{somebody}/disable/", LOOKS_AFTER_ACCOUNTS, LOOKS_AFTER_ACCOUNTS
        ),
        "work/staff/accounts/<int:pk>/enable/": Deed(f"{somebody}/enable/", INVITES, INVITES),
        "work/staff/accounts/<int:pk>/password-link/": Deed(f"{somebody}/password-link/", INVITES, INVITES),
        "work/staff/accounts/<int:pk>/ask-factor-reset/": Deed(
            f"{somebody}/ask-factor-reset/", LOOKS_AFTER_ACCOUNTS, LOOKS_AFTER_ACCOUNTS
        ),
        "work/staff/factor-resets/<int:pk>/confirm/": Deed(f"{STAFF}/factor-resets/1/confirm/"),
        "work/staff/factor-resets/<int:pk>/refuse/": Deed(f"{STAFF}/factor-resets/1/refuse/"),
        "work/staff/invitations/<int:pk>/withdraw/": Deed(f"{STAFF}/invitations/1/withdraw/"),
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
