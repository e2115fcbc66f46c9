"""Example accounts: one for each role, with a password and a second factor, for a demo home only."""

import json
import secrets
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from rohnamo.core.audit import SYSTEM
from rohnamo.core.errors import Refused
from rohnamo.core.home import home
from rohnamo.projects.actions import add_member
from rohnamo.projects.models import Project
from rohnamo.staff import actions as staff
from rohnamo.staff.models import Role, User
from rohnamo.staff.queries import totp_code

# role → (made-up name, projects, partner or donor code)
ACCOUNTS: dict[Role, tuple[str, tuple[str, ...], str]] = {
    Role.CHIEF_OF_MISSION: ("Намунаева Моҳира", ("EX.01", "EX.02", "EX.03"), ""),
    Role.PROGRAMME_MANAGER: ("Мисолов Далер", ("EX.01", "EX.02", "EX.03", "EX.04"), ""),
    Role.PROJECT_OFFICER: ("Намунаева Мунира", ("EX.01", "EX.02"), ""),
    Role.FIELD_OFFICER: ("Мисолзода Парвиз", ("EX.04", "EX.05"), ""),
    Role.MONITORING_OFFICER: ("Намунаев Зафар", ("EX.01", "EX.03"), ""),
    Role.BORDER_OFFICER: ("Мисолов Рустам", ("EX.07", "EX.08"), ""),
    Role.HEALTH_OFFICER: ("Намунаева Ситора", ("EX.03", "EX.10"), ""),
    Role.CASE_MANAGER: ("Мисолова Нигора", ("EX.05",), ""),
    Role.TRAINER: ("Намунаев Шариф", ("EX.02",), ""),
    Role.HELPLINE_OPERATOR: ("Мисолова Лола", ("EX.09",), ""),
    Role.COMMITTEE_MEMBER: ("Намунаева Робия", ("EX.06",), ""),
    Role.COMMUNICATIONS: ("Мисолов Комрон", (), ""),
    Role.DATA_PROTECTION_OFFICER: ("Намунаева Озода", (), ""),
    Role.PARTNER_REPORTER: ("Мисолова Мадина", (), "namuna-shifo"),
    Role.DONOR_READER: ("Намунаев Искандар", (), "donor-a"),
    Role.ADMINISTRATOR: ("Мисолов Умед", (), ""),
}


@dataclass(frozen=True)
class Account:
    """What a person needs to sign in to a demo home."""

    role: str
    username: str
    password: str


def marker() -> Path:
    """The file that makes a home a demo home."""
    return home() / "demo.json"


def make_accounts() -> list[Account]:
    """Make an account for each role. `keep` makes them known; until then the home is an unfinished example."""
    return [_make(role, *of_role) for role, of_role in ACCOUNTS.items()]


def keep(accounts: Iterable[Account]) -> None:
    """Write the accounts down: from now on this home is a finished example."""
    marker().touch(mode=0o600)
    marker().write_text(
        json.dumps({"accounts": [asdict(one) for one in accounts]}, ensure_ascii=False, indent=1)
    )


def kept() -> list[Account]:
    """The accounts of a finished example."""
    return [Account(**one) for one in json.loads(marker().read_text())["accounts"]]


def code_of(role: str) -> str:
    """The second-factor code of this moment. Raises Refused outside a demo home."""
    if not marker().exists():
        raise Refused("This home holds no example accounts; codes are shown in a demo home only.")
    user = User.objects.filter(username=role).first() if role in {one.value for one in ACCOUNTS} else None
    if user is None:
        raise Refused(f"No example account {role!r}. Accounts: {', '.join(role.value for role in ACCOUNTS)}.")
    return totp_code(user)


def _make(role: Role, name: str, projects: tuple[str, ...], organisation: str) -> Account:
    family, given = name.split(" ")
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    user = staff.make_account(
        role.value, role, password=password, first_name=given, last_name=family, partner=organisation
    )
    staff.give_totp(user, b32encode(secrets.token_bytes(20)).decode())
    for project in Project.objects.filter(code__in=projects):
        add_member(user, project, role=role.value, by=SYSTEM)
    return Account(role.value, role.value, password)
