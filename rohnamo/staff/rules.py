"""Who may do what. Each table says which roles may; each function reads as a sentence.

A role is the only thing that counts here: Django's is_superuser, is_staff, groups and permissions give nothing.
What a role may do with one project or one person is decided by membership, on the floors above.
"""

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from rohnamo.staff.models import Role, SecondFactorReset, User

Visitor = User | AnonymousUser
Roles = frozenset[Role]

ALL_ROLES: Roles = frozenset(Role)

# Accounts. The data-protection officer may stop an account in an incident, but not bring one to life.
MAY_SEE_ACCOUNTS: Roles = frozenset({Role.ADMINISTRATOR, Role.CHIEF_OF_MISSION, Role.DATA_PROTECTION_OFFICER})
MAY_DISABLE = MAY_RESET_FACTORS = MAY_SEE_ACCOUNTS
MAY_INVITE: Roles = frozenset({Role.ADMINISTRATOR, Role.CHIEF_OF_MISSION})
MAY_ENABLE = MAY_INVITE

# Records of persons. Source: do-no-harm, rule 2. Membership of a project is needed besides.
NEVER_SEES_PEOPLE: Roles = frozenset(
    {Role.ADMINISTRATOR, Role.DONOR_READER, Role.PARTNER_REPORTER, Role.COMMUNICATIONS}
)
MAY_SEE_PEOPLE: Roles = ALL_ROLES - NEVER_SEES_PEOPLE
MAY_SEARCH_PEOPLE: Roles = MAY_SEE_PEOPLE - {Role.COMMITTEE_MEMBER}
MAY_JUDGE_PEOPLE: Roles = frozenset(
    {Role.PROGRAMME_MANAGER, Role.PROJECT_OFFICER, Role.MONITORING_OFFICER, Role.CASE_MANAGER}
)
MAY_SEE_OFFICIALS: Roles = frozenset(
    {
        Role.PROGRAMME_MANAGER,
        Role.PROJECT_OFFICER,
        Role.MONITORING_OFFICER,
        Role.BORDER_OFFICER,
        Role.HEALTH_OFFICER,
        Role.TRAINER,
    }
)
MAY_IMPORT_REGISTERS: Roles = frozenset(
    {
        Role.PROGRAMME_MANAGER,
        Role.PROJECT_OFFICER,
        Role.FIELD_OFFICER,
        Role.MONITORING_OFFICER,
        Role.HEALTH_OFFICER,
        Role.BORDER_OFFICER,
        Role.TRAINER,
        Role.PARTNER_REPORTER,
    }
)

# Results and figures.
MAY_SEE_RESULTS: Roles = ALL_ROLES - {Role.ADMINISTRATOR, Role.PARTNER_REPORTER}
MAY_APPROVE_RESULTS: Roles = frozenset({Role.MONITORING_OFFICER, Role.PROGRAMME_MANAGER})
MAY_RELEASE_FIGURES: Roles = frozenset({Role.CHIEF_OF_MISSION, Role.MONITORING_OFFICER, Role.COMMUNICATIONS})
MAY_SEE_ALL_PROJECTS: Roles = frozenset(
    {Role.CHIEF_OF_MISSION, Role.MONITORING_OFFICER, Role.DATA_PROTECTION_OFFICER}
)
MAY_SEE_AUDIT: Roles = frozenset({Role.DATA_PROTECTION_OFFICER})

# An account of these roles belongs to an organisation and is worth nothing without its code.
NEEDS_PARTNER: Roles = frozenset({Role.PARTNER_REPORTER, Role.DONOR_READER})


def may_see_accounts(user: Visitor) -> bool:
    return _has_role(user, MAY_SEE_ACCOUNTS)


def may_invite(user: Visitor) -> bool:
    return _has_role(user, MAY_INVITE)


def may_disable(user: Visitor, other: User) -> bool:
    """Nobody disables themselves: a slip would lock the house from inside."""
    return _has_role(user, MAY_DISABLE) and user.pk != other.pk


def may_enable(user: Visitor, other: User) -> bool:
    return _has_role(user, MAY_ENABLE) and user.pk != other.pk


def may_ask_factor_reset(user: Visitor, other: User) -> bool:
    return _has_role(user, MAY_RESET_FACTORS) and user.pk != other.pk


def may_confirm_factor_reset(user: Visitor, reset: SecondFactorReset) -> bool:
    """Two people, neither of them the owner; and the one who asked must still be somebody who may ask."""
    return (
        reset.is_open_at(timezone.now())
        and may_ask_factor_reset(user, reset.user)
        and may_ask_factor_reset(reset.asked_by, reset.user)
        and user.pk != reset.asked_by_id
    )


def may_refuse_factor_reset(user: Visitor, reset: SecondFactorReset) -> bool:
    """The one who asked may take the wish back, and so may everybody who could confirm it."""
    return reset.is_open_at(timezone.now()) and may_ask_factor_reset(user, reset.user)


def may_see_people(user: Visitor) -> bool:
    return _may_touch_records(user, MAY_SEE_PEOPLE)


def may_search_people(user: Visitor) -> bool:
    return _may_touch_records(user, MAY_SEARCH_PEOPLE)


def may_judge_people(user: Visitor) -> bool:
    """Say whether two records are one person."""
    return _may_touch_records(user, MAY_JUDGE_PEOPLE)


def may_see_officials(user: Visitor) -> bool:
    """See the register of trained officials, which is apart from that of the people served."""
    return _may_touch_records(user, MAY_SEE_OFFICIALS)


def may_import_registers(user: Visitor) -> bool:
    return _may_touch_records(user, MAY_IMPORT_REGISTERS)


def may_see_results(user: Visitor) -> bool:
    return _has_role(user, MAY_SEE_RESULTS)


def may_approve_results(user: Visitor) -> bool:
    return _has_role(user, MAY_APPROVE_RESULTS)


def may_release_figures(user: Visitor) -> bool:
    return _has_role(user, MAY_RELEASE_FIGURES)


def may_see_all_projects(user: Visitor) -> bool:
    """See the results of every project. Records of persons need membership all the same."""
    return _has_role(user, MAY_SEE_ALL_PROJECTS)


def may_see_audit(user: Visitor) -> bool:
    return _has_role(user, MAY_SEE_AUDIT)


def _may_touch_records(user: Visitor, roles: Roles) -> bool:
    """A superuser looks after the machine and sees no record, whatever role they hold besides."""
    return _has_role(user, roles) and not user.is_superuser


def _has_role(user: Visitor, roles: Roles) -> bool:
    return isinstance(user, User) and user.is_active and user.role in roles
