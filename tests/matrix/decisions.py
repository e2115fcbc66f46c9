"""The words in which is decided: roles, groups of roles, and what an address answers to whom.

Groups are written down once more here, and not taken from rules: what should be true is held against what is.
"""

from dataclasses import dataclass, field

from rohnamo.staff.models import Role

R = Role
Roles = frozenset[Role]

ALL: Roles = frozenset(Role)
NOBODY: Roles = frozenset()
SEES_PROJECTS = ALL - {R.ADMINISTRATOR, R.PARTNER_REPORTER}
SEES_ALL_PROJECTS: Roles = frozenset({R.CHIEF_OF_MISSION, R.MONITORING_OFFICER, R.DATA_PROTECTION_OFFICER})
# Numbers as they are counted, before anything small is hidden: the mission's own people.
SEES_COUNTED = SEES_PROJECTS - {R.DONOR_READER}
SEES_PEOPLE = SEES_COUNTED - {R.COMMUNICATIONS}
JUDGES: Roles = frozenset({R.PROGRAMME_MANAGER, R.PROJECT_OFFICER, R.MONITORING_OFFICER, R.CASE_MANAGER})
SEES_OFFICIALS: Roles = frozenset(
    {
        R.PROGRAMME_MANAGER,
        R.PROJECT_OFFICER,
        R.MONITORING_OFFICER,
        R.BORDER_OFFICER,
        R.HEALTH_OFFICER,
        R.TRAINER,
    }
)
SENDS = SEES_OFFICIALS | {R.FIELD_OFFICER, R.PARTNER_REPORTER}
# A partner's reporter reads and corrects what their organisation sent, never what the mission's people sent.
TAKES_IN = SENDS - {R.PARTNER_REPORTER}
RUNS: Roles = frozenset({R.PROGRAMME_MANAGER, R.PROJECT_OFFICER})
CHIEF: Roles = frozenset({R.CHIEF_OF_MISSION})
MANAGES = RUNS | CHIEF
APPROVES: Roles = frozenset({R.MONITORING_OFFICER, R.PROGRAMME_MANAGER})
# Of a project one is no member of only those who see all projects may anything, and only by their role.
APPROVES_ANYWHERE: Roles = frozenset({R.MONITORING_OFFICER})
SEES_MONEY = SEES_ALL_PROJECTS | RUNS
SEES_SUPPORT = SEES_MONEY | {R.BORDER_OFFICER}
ADVISES = MANAGES | {R.BORDER_OFFICER}
APPROVES_SUPPORT: Roles = frozenset({R.CHIEF_OF_MISSION, R.PROGRAMME_MANAGER})
LIFTS: Roles = frozenset({R.CHIEF_OF_MISSION, R.DATA_PROTECTION_OFFICER})
PUBLISHES: Roles = frozenset({R.CHIEF_OF_MISSION, R.MONITORING_OFFICER, R.COMMUNICATIONS})
SAYS_NOT: Roles = frozenset(
    {R.CHIEF_OF_MISSION, R.PROGRAMME_MANAGER, R.COMMUNICATIONS, R.DATA_PROTECTION_OFFICER}
)
LOOKS_AFTER_ACCOUNTS: Roles = frozenset({R.ADMINISTRATOR, R.CHIEF_OF_MISSION, R.DATA_PROTECTION_OFFICER})
INVITES: Roles = frozenset({R.ADMINISTRATOR, R.CHIEF_OF_MISSION})
TO_SIGN_IN = 302


@dataclass(frozen=True)
class Page:
    """What an address answers to GET. member, outsider: roles that get `status`; all others get 404.

    superuser: what somebody with Django's is_superuser gets, a project officer who belongs to the project.
    writers, writers_outside: of those who may read, who may also post here. None: all of them, or nobody can.
    """

    address: str
    member: Roles = ALL
    outsider: Roles = ALL
    status: int = 200
    anonymous: int = TO_SIGN_IN
    superuser: int = 404
    writers: Roles | None = None
    writers_outside: Roles | None = None

    def may_write(self, role: Role, *, is_member: bool) -> bool:
        narrower = self.writers if is_member else self.writers_outside
        readers = self.member if is_member else self.outsider
        return role in (readers if narrower is None else narrower)


@dataclass(frozen=True)
class Deed:
    """An address that takes POST only: GET is 405 for everybody. may: who is not turned away when they post."""

    address: str
    member: Roles = NOBODY
    outsider: Roles = NOBODY
    data: dict[str, str] = field(default_factory=dict)


def route_of(key: str) -> str:
    """A decision is kept by its route; where one route has several, a word in brackets tells them apart."""
    return key.partition(" (")[0]
