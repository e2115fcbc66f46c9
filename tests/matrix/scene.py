"""A house with something to leak at every address: registers, an undecided pair, a framework, reports, money, support."""

from datetime import date, timedelta
from io import BytesIO

from django.utils import timezone
from docx import Document

from rohnamo.core import changes
from rohnamo.core.audit import SYSTEM
from rohnamo.core.periods import parse_period
from rohnamo.iati import actions as iati
from rohnamo.iati.models import Activity, Import
from rohnamo.iati.tests.factories import make_mission, others
from rohnamo.intake.actions import accept, upload
from rohnamo.intake.models import Upload
from rohnamo.people.actions import judge
from rohnamo.people.models import Verdict
from rohnamo.people.tests.factories import make_user
from rohnamo.projects.models import (
    Advice,
    AdviceStep,
    Alert,
    Decision,
    Partner,
    PartnerRole,
    Project,
    ProjectPartner,
)
from rohnamo.projects.tests.factories import words
from rohnamo.projects.tests.ledger import a_move, a_service_of_guards, an_assessment
from rohnamo.results.actions import donorreports as reports
from rohnamo.results.actions import set_up_tallies
from rohnamo.results.models import Indicator, Period, Result
from rohnamo.results.tests import factories as make
from rohnamo.staff.models import Role, User
from rohnamo.workspace.models import BriefingNote
from rohnamo.workspace.tests.house import PERIOD, House

NOT_TO_SAY = "a canary that is not to be said"
DISTRICT = "district:TJ-KT-kulob"
HALF = parse_period(PERIOD)


class Scene:
    """Everything of the project EX.90; EX.91 is the other one. Numbers of records are what addresses are made of."""

    def __init__(self) -> None:
        self.house = House()
        self.officer = make_user(self.house.mine)
        self.somebody = make_user(role=Role.FIELD_OFFICER).pk
        self._registers()
        judge(self.house.amina, self.house.shared, Verdict.UNSURE, by=SYSTEM)
        self._framework()
        self._reports()
        self._money_and_support()
        self._iati()
        self._notes()
        changes.work_off_all()

    def user(self, role: Role, project: Project, **fields: object) -> User:
        """A member of the project; of the two outside roles the organisation takes part in it instead."""
        if role in {Role.PARTNER_REPORTER, Role.DONOR_READER}:
            part = PartnerRole.FUNDING if role == Role.DONOR_READER else PartnerRole.IMPLEMENTING
            partner = Partner.objects.create(
                code=f"{role}-{project.code}", kind="ngo", names={"en": "Partner"}
            )
            ProjectPartner.objects.create(project=project, partner=partner, role=part)
            return make_user(role=role, partner=partner.code)
        if role == Role.ADMINISTRATOR:
            return make_user(role=role)
        return make_user(project, role=role, **fields)

    def sent(self, name: str, by: User, day: str) -> Upload:
        """A register of one row that can be taken and one that cannot."""
        content = (
            "Name;Date of birth;District;Date;Service\r\n"
            f"Namunaeva Amina;14.03.1990;Kulob;{day}.02.2025;consultation\r\n"
            "Sokhtaev Nobody;01.05.1979;Kulob;no day;consultation"
        )
        return upload(
            content.encode(), name, source=self.house.source, project=self.house.mine, by=by, key=b""
        )

    def _registers(self) -> None:
        self.waiting = self.sent("waiting.csv", self.officer, "12").pk
        taken = self.sent("taken.csv", self.officer, "13")
        accept(taken, by=self.officer)
        taken.refresh_from_db()
        self.taken = taken.register_id

    def _framework(self) -> None:
        """An indicator that is counted, its half-year approved; one that is typed, its half-years open."""
        mine = self.house.mine
        measure = {"count": "persons", "services": ["consultation"]}
        counted: Indicator = make.indicator(mine, "1.a", measure=measure)
        self.typed: Indicator = make.indicator(mine, "1.b")
        self.result = Result.objects.get(project=mine)
        set_up_tallies()
        changes.work_off_all()
        self.approved = make.approved(Period.objects.get(indicator=counted, start=HALF.start)).pk
        self.open = Period.objects.get(indicator=self.typed, start=HALF.start).pk

    def _reports(self) -> None:
        """A frozen report and the draft of the next on the same half-year; a form of the donor in Word."""
        mine = self.house.mine
        donor = Partner.objects.create(code="donor-a", kind="donor", names={"en": "Donor A"})
        # A file of all projects names for each who pays for it.
        for project in (mine, self.house.other):
            ProjectPartner.objects.create(project=project, partner=donor, role=PartnerRole.FUNDING)
        self.frozen = reports.freeze_report(reports.begin_report(mine, HALF, by=self.officer), by=SYSTEM).pk
        self.draft = reports.begin_report(mine, HALF, by=self.officer).pk
        form = BytesIO()
        Document().save(form)
        self.form = reports.keep_template(
            donor, "en", "Annex", form.getvalue(), example=mine, by=self.officer
        ).pk

    def _money_and_support(self) -> None:
        mine, today = self.house.mine, timezone.localdate()
        self.move = a_move(mine, "250.00").pk
        guards = a_service_of_guards(mine)
        self.assessment = an_assessment(
            mine, guards, decision=Decision.WAITING, decided_on=None, assessed_by=self.officer
        ).pk
        self.alert = Alert.objects.create(
            code="alert-1",
            partner=guards,
            project=mine,
            day=today - timedelta(days=1),
            raised_on=today,
            raised_by=self.officer,
            what=words("heard something"),
            source=words("a complaint"),
        ).pk
        advice = Advice.objects.create(
            code="advice-1", project=mine, asked_by=guards, subject="law", titles=words("A law")
        )
        AdviceStep.objects.create(advice=advice, order=1, step="asked", day=date(2025, 1, 1))
        self.advice = advice.pk

    def _iati(self) -> None:
        """One activity of others that is in, and a file that waits."""
        make_mission()
        by = make_user(role=Role.MONITORING_OFFICER)
        iati.accept(self._received("EX.1", by), by=by)
        self.activity = Activity.objects.get().pk
        self.file = self._received("EX.2", by).pk

    def _received(self, code: str, by: User) -> Import:
        one = iati.receive([others(code)], "others.xml", by=by)
        iati.look_through(one, by=by)
        one.refresh_from_db()
        return one

    def _notes(self) -> None:
        about, code = DISTRICT.split(":")
        self.note, self.restricted_note = (
            BriefingNote.objects.create(about=about, code=code, words=said, is_restricted=is_restricted).pk
            for said, is_restricted in (("Thank them", False), (NOT_TO_SAY, True))
        )
