"""Made-up people: who they are before any register wrote them down, and who comes to which kind of work."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from rohnamo.config.example.names import ExampleName, drawn
from rohnamo.engines.linkage import Birth, Precision
from rohnamo.people.actions import NewPerson
from rohnamo.places.models import Place

PHONE, BIRTH_DATE = "phone", "birth_date"
EVERYTHING = frozenset({PHONE, BIRTH_DATE})
DAYS_OF_A_YEAR = 365
SOME_DAY = date(2025, 7, 1)


@dataclass(frozen=True)
class Profile:
    """Who comes. ages: (youngest, oldest, weight), in completed years. women: their share."""

    women: float
    ages: tuple[tuple[int, int, int], ...]


# Most who leave are men of working age.
TRAVELLERS = Profile(0.38, ((16, 17, 1), (18, 24, 26), (25, 34, 34), (35, 49, 28), (50, 64, 10), (65, 72, 1)))


@dataclass(frozen=True)
class ExamplePerson:
    """A made-up person before any register wrote them down."""

    name: ExampleName
    born: date
    district: Place
    phone: str
    knows_day: bool

    def written(self, spelling: str, fields: Collection[str] = EVERYTHING) -> NewPerson:
        """As a register in one of the four spellings writes them. fields: what its source may ask for."""
        family, given, father = self.name.written(spelling)
        if self.knows_day and BIRTH_DATE in fields:
            birth = Birth(self.born.year, self.born.month, self.born.day, Precision.DAY)
        else:
            birth = Birth(self.born.year, None, None, Precision.YEAR)
        return NewPerson(
            family=family,
            given=given,
            patronymic=father,
            sex=self.name.sex,
            birth=birth,
            district_id=self.district.pk,
            district_code=self.district.code,
            phone=self.phone if PHONE in fields else "",
        )


def made_up(
    random: Random, districts: Sequence[Place], profile: Profile = TRAVELLERS, on: date = SOME_DAY
) -> ExamplePerson:
    """A person by chance, who fits the profile on a day."""
    sex = sex_of(random, profile)
    youngest, oldest, _weight = random.choices(profile.ages, weights=[one[2] for one in profile.ages])[0]
    age = random.randint(youngest, oldest)
    return ExamplePerson(
        name=drawn(random, sex),
        born=_years_before(on, age) - timedelta(days=random.randrange(DAYS_OF_A_YEAR)),
        district=random.choice(districts),
        # 992 000 is no network: no real subscriber can have these numbers.
        phone=f"+992000{random.randrange(1_000_000):06d}" if random.random() < 0.7 else "",
        knows_day=random.random() < 0.8,
    )


def sex_of(random: Random, profile: Profile) -> str:
    return "f" if random.random() < profile.women else "m"


def _years_before(day: date, years: int) -> date:
    # 29 February has its birthday on the 28th here.
    return day.replace(year=day.year - years, day=min(day.day, 28))
