"""The closed lists of words that the mission's files may use."""

from enum import StrEnum


class Identity(StrEnum):
    """How much is kept of a person; see do-no-harm, "How much we know of a person is declared with the service"."""

    NAMED = "named"
    CODED = "coded"
    COUNTED = "counted"
    VAULT = "vault"


class Audience(StrEnum):
    PERSONS = "persons"
    OFFICIALS = "officials"


class PartnerKind(StrEnum):
    DONOR = "donor"
    GOVERNMENT = "government"
    CIVIL_SOCIETY = "civil_society"
    UNITED_NATIONS = "united_nations"
    EDUCATION = "education"
    HEALTH = "health"
    OWN = "own"


class PartnerRole(StrEnum):
    """Published as IATI OrganisationRole 1, 2, 3, 4."""

    FUNDING = "funding"
    ACCOUNTABLE = "accountable"
    EXTENDING = "extending"
    IMPLEMENTING = "implementing"


class ProjectStatus(StrEnum):
    """Published as IATI ActivityStatus 1, 2, 3, 4."""

    PIPELINE = "pipeline"
    IMPLEMENTATION = "implementation"
    FINALISATION = "finalisation"
    CLOSED = "closed"


class MoveKind(StrEnum):
    """Published as IATI TransactionType 13, 11, 1, 2, 3, 4."""

    ANNOUNCED = "announced"
    AGREED = "agreed"
    RECEIVED = "received"
    PROMISED = "promised"
    PAID = "paid"
    SPENT = "spent"


class Publishing(StrEnum):
    """As what the mission gives out its IATI file."""

    DRAFT = "draft"
    SECONDARY = "secondary"
    PUBLISHER = "publisher"


class Anchor(StrEnum):
    """The day from which a donor counts months."""

    SIGNED = "signed"
    START = "start"
    END = "end"


class SupportKind(StrEnum):
    TRAINING = "training"
    EQUIPMENT = "equipment"
    ADVICE = "advice"


class Decision(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"


class AdviceSubject(StrEnum):
    STRATEGY = "strategy"
    LAW = "law"
    PROCEDURE = "procedure"


class AdviceStepKind(StrEnum):
    ASKED = "asked"
    GIVEN = "given"
    ADOPTED = "adopted"
    IN_FORCE = "in_force"
    DECLINED = "declined"
    REPEALED = "repealed"


class ResultKind(StrEnum):
    OUTCOME = "outcome"
    OUTPUT = "output"


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"


class IndicatorKind(StrEnum):
    CUMULATIVE = "cumulative"
    PER_PERIOD = "per_period"


class Way(StrEnum):
    """How the actual value comes about: counted from deliveries, typed with evidence, or told in words."""

    COUNTED = "counted"
    TYPED = "typed"
    WORDS = "words"


class Counted(StrEnum):
    PERSONS = "persons"
    HOUSEHOLDS = "households"
    CONTACTS = "contacts"
    EVENTS = "events"
    QUANTITY = "quantity"


class UniqueWithin(StrEnum):
    INDICATOR = "indicator"
    PROJECT = "project"
    MISSION = "mission"


class Quality(StrEnum):
    OFFICIAL = "official"
    DERIVED = "derived"
    PART_OF_YEAR = "part_of_year"
    YEAR_INFERRED = "year_inferred"


class FigureKind(StrEnum):
    RESULT = "result"
    TARGET = "target"
    STATISTIC = "statistic"
    ESTIMATE = "estimate"


class NameKind(StrEnum):
    FORMER = "former"
    SPELLING = "spelling"
    SEAT = "seat"


class CrossingState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    PLANNED = "planned"
    UNDER_CONSTRUCTION = "under_construction"
    UNKNOWN = "unknown"


SEXES = ("f", "m", "u")
LANGUAGES = ("tg", "ru", "en", "fa-AF")
MODES = ("road", "rail", "air")
PURPOSES = ("counting", "training", "referral", "call_back", "certificate", "follow_up")
FIELDS = (
    "name", "fathers_name", "sex", "birth_year", "birth_date", "district", "phone", "document",
    "service", "day", "destination", "hours", "test_scores", "agency", "duty_post", "consent",
)  # fmt: skip
WINGS = (
    "intake", "people", "deliveries", "results", "figures", "portal", "workspace", "places", "projects",
    "labour", "remittances", "health", "borders", "helpline", "counter_trafficking", "training", "grants",
    "library", "liaison", "referrals", "iati", "collect", "api", "messages",
)  # fmt: skip
