"""A small invented mission with something that could leak: two projects, two sources, a person each, and one shared."""

from collections.abc import Sequence
from datetime import date

from rohnamo.core import changes
from rohnamo.core.audit import SYSTEM
from rohnamo.deliveries.actions import Draft, Group, record_many, source_key
from rohnamo.engines.linkage import Birth, Precision
from rohnamo.people.actions import (
    NewCoded,
    NewOfficial,
    NewPerson,
    register,
    register_coded,
    register_officials,
)
from rohnamo.people.models import Person
from rohnamo.people.tests.factories import make_place, make_project, make_service, make_user
from rohnamo.projects.models import Audience, Identity, Project, Source
from rohnamo.results.actions import set_up_tallies
from rohnamo.staff.models import Role, User

PERIOD = "2025-H1"


class House:
    """mine, other: projects. amina is known to mine, behruz to other; shared to both, spelled by each in its own way."""

    def __init__(self) -> None:
        self.kulob = make_place("TJ-KT-kulob", en="Kulob")
        self.mine, self.other = make_project("EX.90"), make_project("EX.91")
        self.source, self.foreign = self._source("mine", self.mine), self._source("other", self.other)
        self.service = make_service("consultation")
        self.training = make_service("joint-training", audience=Audience.OFFICIALS)
        self.screening = make_service("tb-screening", identity=Identity.CODED)
        self.amina = self.met(
            self.mine, self.source, "Namunaeva", "Amina", "Karimovna", born=date(1990, 3, 14)
        )
        self.behruz = self.met(
            self.other, self.foreign, "Misolov", "Behruz", "Saidovich", born=date(1979, 5, 1)
        )
        self.shared = self.met(self.mine, self.source, "Pinhonzoda", "Firuza", "Daler", born=date(2001, 7, 7))
        again = self.met(self.other, self.foreign, "Пинҳонзода", "Фирӯза", "Далер", born=date(2001, 7, 7))
        assert again == self.shared
        self._others()
        set_up_tallies()
        changes.work_off_all()

    def officer(self, *projects: Project, role: str = Role.PROJECT_OFFICER, **fields: object) -> User:
        return make_user(*projects, role=Role(role), **fields)

    def met(
        self,
        project: Project,
        source: Source,
        family: str,
        given: str,
        father: str,
        *,
        born: date,
        day: date = date(2025, 2, 11),
    ) -> Person:
        """Register somebody and write down one consultation."""
        birth = Birth(born.year, born.month, born.day, Precision.DAY)
        new = NewPerson(
            family=family, given=given, patronymic=father, sex="f", birth=birth, district_id=self.kulob.pk
        )
        person = register(new, source=source, project=project, by=SYSTEM).person_id
        self.record(project, source, [{"person_id": person}], day=day)
        return Person.objects.get(pk=person)

    def record(
        self,
        project: Project,
        source: Source,
        subjects: Sequence[dict[str, object]],
        *,
        day: date,
        service: object = None,
    ) -> None:
        drafts = [
            Draft(
                service=service or self.service,
                project=project,
                source_key=source_key(source, (project.code, day, repr(subject))),
                day=day,
                district_id=self.kulob.pk,
                **subject,
            )
            for subject in subjects
        ]
        record_many(drafts, source=source, by=SYSTEM)

    def _source(self, code: str, project: Project) -> Source:
        return Source.objects.create(
            code=code, project=project, names={"en": f"Source {code}"}, agreement="EX-DSA",
            valid_from=date(2020, 1, 1), valid_to=date(2040, 1, 1),
        )  # fmt: skip

    def _others(self) -> None:
        day = date(2025, 3, 3)
        (code,) = register_coded([NewCoded(sex="m", birth_year=1985)], project=self.mine, by=SYSTEM)
        (official,) = register_officials(
            [NewOfficial(full_name="Rasmiev Guard", agency="Customs")], by=SYSTEM
        )
        self.record(self.mine, self.source, [{"coded_id": code.pk}], day=day, service=self.screening)
        self.record(
            self.mine, self.source, [{"official_id": official.official_id}], day=day, service=self.training
        )
        self.record(self.mine, self.source, [{"group": Group(7, "f", "25-34")}], day=day)
