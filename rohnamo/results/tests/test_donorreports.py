"""Reports to donors: one content in three files, frozen for ever, and nothing small in them."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from docx import Document
from pypdf import PdfReader

from rohnamo.core.audit import SYSTEM
from rohnamo.core.errors import Refused, WrongData
from rohnamo.core.missionfiles import report_files as files
from rohnamo.core.periods import parse_period
from rohnamo.people.tests.factories import make_user
from rohnamo.projects.models import BudgetYear, Partner, Project, Service
from rohnamo.results import commands
from rohnamo.results.actions import donorreports as actions
from rohnamo.results.actions import load_report_forms, recount_all, set_up_tallies
from rohnamo.results.models import DonorReport, WordTemplate
from rohnamo.results.queries import donorreports as queries
from rohnamo.results.tests import factories as make
from rohnamo.staff.models import Role
from rohnamo.staff.tests.door import enter, open_the_door
from rohnamo.ui.papers import UnknownFields
from rohnamo.ui.spelling import number

pytestmark = pytest.mark.django_db
HALF = parse_period("2025-H1")
MEASURE = {"count": "persons", "services": ["advice"], "filter": {}, "unique_within": "indicator"}


@pytest.fixture(autouse=True)
def door(settings: LazySettings) -> Iterator[None]:
    open_the_door(settings)
    with translation.override("en"):
        yield


def _project(people: int, code: str = "EX.50") -> Project:
    """A project with one indicator, a target of 1 234 567, and so many people advised in the half-year."""
    project = make.project(code)
    service = make.service(f"advice-{code}")
    measure = {**MEASURE, "services": [service.code]}
    make.indicator(project, measure=measure, targets=(10, 20, 1_234_567, 40))
    for _one in range(people):
        make.delivery(project, service, date(2025, 2, 3), person=make.person(sex="f"))
    BudgetYear.objects.create(project=project, year=2025, planned_usd=98_765)
    set_up_tallies()
    recount_all()
    return project


def _one_more(project: Project) -> None:
    service = Service.objects.get(code=f"advice-{project.code}")
    make.delivery(project, service, date(2025, 3, 4), person=make.person())
    recount_all()


def _indicator(data: object) -> dict[str, object]:
    return data["projects"][0]["results"][0]["indicators"][0]  # type: ignore[index]


@pytest.mark.parametrize("language", ["tg", "ru", "en"])
def test_given_a_report_when_it_is_written_as_three_files_then_all_hold_the_same_numbers(
    language: str,
) -> None:
    report = actions.begin_report(_project(7), HALF, by=SYSTEM)

    pdf = "".join(
        page.extract_text() for page in PdfReader(BytesIO(queries.file_of(report, "pdf", language))).pages
    )
    word = Document(BytesIO(queries.file_of(report, "docx", language))).tables[0].rows[2].cells
    book = openpyxl.load_workbook(BytesIO(queries.file_of(report, "xlsx", language)))
    sheet = book.worksheets[1]

    assert [sheet.cell(5, column).value for column in (4, 5, 6)] == [0, 1_234_567, 7]
    assert [cell.text for cell in word[3:6]] == ["0", number(1_234_567, language), "7"]
    squeezed = "".join(pdf.split())
    assert "".join(number(1_234_567, language).split()) in squeezed
    assert "".join(number(98_765, language).split()) in squeezed


def test_given_a_frozen_report_when_the_ledger_changes_then_it_is_made_again_from_the_same_data() -> None:
    project = _project(7)
    frozen = actions.freeze_report(actions.begin_report(project, HALF, by=SYSTEM), by=SYSTEM)

    _one_more(project)

    again = DonorReport.objects.get(pk=frozen.pk)
    assert _indicator(queries.data_of(again))["actual"] == "7"
    assert queries.fingerprint(queries.data_of(again)) == frozen.fingerprint
    following = actions.begin_report(project, HALF, by=SYSTEM)
    assert (following.number, _indicator(queries.data_of(following))["actual"]) == (2, "8")


def test_given_a_draft_when_it_is_begun_again_then_it_is_the_same_draft() -> None:
    project = _project(0)

    first, second = (actions.begin_report(project, HALF, by=SYSTEM).pk for _time in range(2))

    assert first == second


def test_given_a_frozen_report_when_somebody_writes_freezes_or_discards_it_then_it_is_refused() -> None:
    frozen = actions.freeze_report(actions.begin_report(_project(0), HALF, by=SYSTEM), by=SYSTEM)

    for change in (
        lambda: actions.write_report(frozen, {"done": {"en": "x"}}, by=SYSTEM),
        lambda: actions.freeze_report(frozen, by=SYSTEM),
        lambda: actions.discard_report(frozen, by=SYSTEM),
    ):
        with pytest.raises(Refused, match="was frozen"):
            change()


def test_given_a_period_that_runs_when_a_report_is_frozen_then_it_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    report = actions.begin_report(_project(0), HALF, by=SYSTEM)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2025, 6, 30))

    with pytest.raises(Refused, match="has not ended"):
        actions.freeze_report(report, by=SYSTEM)


def test_given_a_handful_of_people_when_a_report_is_written_then_their_number_does_not_leave() -> None:
    data = queries.contents([_project(4)], HALF, as_of=date(2026, 1, 1))

    assert [_indicator(data)[name] for name in ("actual", "is_hidden")] == [None, True]
    assert queries.paper_of(data, language="en").blocks[0].rows[1][5].value == "*"  # type: ignore[union-attr]


def test_given_a_share_of_few_when_a_report_is_written_then_it_does_not_leave() -> None:
    project, service = make.project("EX.50"), make.service()
    share = {"way": "percent", "numerator": MEASURE | {"filter": {"sex": "f"}}, "denominator": MEASURE}
    make.indicator(project, measure=share, is_cumulative=False)
    for sex in "fm":
        make.delivery(project, service, date(2025, 2, 1), person=make.person(sex=sex))
    set_up_tallies()
    recount_all()

    data = queries.contents([project], HALF, as_of=date(2026, 1, 1))

    assert [_indicator(data)[name] for name in ("actual", "is_hidden")] == [None, True]


def test_given_more_projects_when_their_report_is_read_then_it_takes_no_more_queries() -> None:
    projects = [_project(1, f"EX.6{place}") for place in range(4)]

    counts = []
    for asked in (projects[:1], projects):
        with CaptureQueriesContext(connection) as seen:
            queries.contents(asked, HALF, as_of=date(2026, 1, 1))
        counts.append(len(seen))

    assert counts[0] == counts[1]


def _template(*lines: str) -> bytes:
    file = Document()
    for line in lines:
        file.add_paragraph(line)
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()


def _donor(project: Project) -> Partner:
    donor = Partner.objects.create(code="donor-x", kind="donor", names={"en": "Donor X"})
    project.partners.create(partner=donor, role="1", agreement="X-1")
    return donor


def test_given_a_donors_form_when_it_is_filled_then_it_says_what_the_report_says() -> None:
    project = _project(7)
    template = actions.keep_template(
        _donor(project),
        "ru",
        "Half-year",
        _template(
            "{{ project.donor }} {{ project.agreement }}",
            "{%p for x in indicators %}",
            "{{ x.actual }} / {{ x.target }}",
            "{%p endfor %}",
        ),
        example=project,
        by=SYSTEM,
    )
    report = actions.begin_report(project, HALF, by=SYSTEM)

    lines = [line.text for line in Document(BytesIO(queries.filled(report, template))).paragraphs]

    assert lines == ["Donor X X-1", f"7 / {number(1_234_567, 'ru')}"]


def test_given_a_form_that_asks_for_what_we_do_not_have_when_it_is_sent_then_the_nearest_field_is_named() -> (
    None
):
    project = _project(0)

    with pytest.raises(UnknownFields, match=r"indicators\.actuel \(indicators\.actual\?\)"):
        actions.keep_template(
            _donor(project),
            "en",
            "x",
            _template("{%p for x in indicators %}", "{{ x.actuel }}", "{%p endfor %}"),
            example=project,
            by=SYSTEM,
        )


def test_given_an_officer_when_a_report_is_begun_answered_and_read_then_it_takes_no_script() -> None:
    project = _project(7)
    browser = enter(make_user(project, role=Role.PROGRAMME_MANAGER))
    address = f"/work/projects/{project.code}/reports/"

    page = browser.post(address, {"period": "2025-H1"}, follow=True).redirect_chain[-1][0]
    browser.post(f"{page}?language=tg", {"done": "Ба мардум кӯмак расид."})
    pdf = browser.get(f"{page}file/pdf/tg/")
    browser.post(f"{page}freeze/")

    text = "".join(part.extract_text() for part in PdfReader(BytesIO(pdf.content)).pages)
    assert "Ба мардум кӯмак расид." in text
    assert pdf["Content-Disposition"] == 'attachment; filename="EX.50-2025-H1-1-tg.pdf"'
    assert DonorReport.objects.get().frozen_at is not None


def test_given_a_draft_when_others_ask_for_it_then_there_is_no_such_page() -> None:
    project = _project(7)
    donor = _donor(project)
    draft = actions.begin_report(project, HALF, by=SYSTEM)
    address = f"/work/projects/{project.code}/reports/{draft.pk}/"
    others = (
        make_user(make.project("EX.51")),
        make_user(role=Role.DONOR_READER, partner=donor.code),
        make_user(role=Role.PARTNER_REPORTER, partner=donor.code),
        make_user(project, role=Role.ADMINISTRATOR),
    )

    for path in ("", "file/pdf/en/"):
        assert [enter(user).get(address + path).status_code for user in others] == [404] * 4
    assert enter(make_user(project)).post(f"{address}freeze/").status_code == 404
    actions.freeze_report(draft, by=SYSTEM)
    assert [enter(user).get(address).status_code for user in others] == [404, 200, 404, 404]


def test_given_a_wrong_form_when_it_is_sent_then_the_page_says_which_field() -> None:
    project = _project(0)
    _donor(project)
    browser = enter(make_user(project, role=Role.PROGRAMME_MANAGER))
    file = SimpleUploadedFile("form.docx", _template("{{ project.titel }}"))
    donor = Partner.objects.get(code="donor-x")

    page = browser.post(
        f"/work/projects/{project.code}/reports/forms/",
        {"name": "x", "language": "en", "donor": donor.pk, "file": file},
    ).content.decode()

    assert "project.titel (project.title?)" in page


def test_given_the_command_when_a_report_is_asked_for_then_the_file_is_there(tmp_path: Path) -> None:
    _project(7)
    out = tmp_path / "r.xlsx"

    answer = CliRunner().invoke(commands.group, ["report", "EX.50", "--period", "2025-H1", "--out", str(out)])

    assert (answer.exit_code, "not frozen" in answer.output) == (0, True)
    assert openpyxl.load_workbook(out).worksheets[1].cell(5, 6).value == 7


@pytest.mark.parametrize(
    ("code", "name", "says"),
    [("EX.50", "r.txt", "is a .xlsx, .docx or .pdf file"), ("EX.99", "r.pdf", "There is no project EX.99")],
)
def test_given_a_wrong_wish_when_a_report_is_asked_for_then_it_is_said(
    code: str, name: str, says: str, tmp_path: Path
) -> None:
    make.project("EX.50")
    answer = CliRunner().invoke(
        commands.group, ["report", code, "--period", "2025-H1", "--out", str(tmp_path / name)]
    )

    assert isinstance(answer.exception, WrongData)
    assert says in str(answer.exception)
    assert list(tmp_path.iterdir()) == []


def _form(donor: str = "", *, code: str = "usual", title: str = "What was done") -> files.ReportForm:
    question = files.Question("done", {"en": title}, 2)
    return files.ReportForm(code, donor, {"en": code}, (question,), ("results", "narrative"))


def test_given_forms_in_the_missions_files_when_they_are_loaded_twice_then_nothing_changes_the_second_time() -> (
    None
):
    project = _project(0)
    _donor(project)

    first, second = (
        load_report_forms([_form(), _form("donor-x", code="x", title="Progress")]).is_news
        for _time in range(2)
    )

    form = queries.form_of(project)
    assert (first, second) == (True, False)
    assert ([question.titles["en"] for question in form.questions], form.sections) == (
        ["Progress"],
        ["results", "narrative"],
    )


def test_given_a_frozen_report_when_the_form_changes_then_it_keeps_the_one_it_was_written_in() -> None:
    project = _project(0)
    load_report_forms([_form(title="Old question")])
    draft = actions.begin_report(project, HALF, by=SYSTEM)
    actions.write_report(draft, {"done": {"en": "Answer"}}, by=SYSTEM)
    frozen = actions.freeze_report(draft, by=SYSTEM)

    load_report_forms([_form(title="New question")])

    assert queries.narrative_of(frozen, "en") == [("Old question", "Answer")]


def test_given_an_answer_longer_than_the_donor_takes_when_it_is_saved_then_it_is_said() -> None:
    project = _project(0)
    load_report_forms([_form()])
    draft = actions.begin_report(project, HALF, by=SYSTEM)
    browser = enter(make_user(project, role=Role.PROGRAMME_MANAGER))

    page = browser.post(
        f"/work/projects/{project.code}/reports/{draft.pk}/", {"done": "one two three"}
    ).content.decode()

    assert "The donor takes 2 words; these are 3." in page
    assert DonorReport.objects.get().answers == {}


def test_given_a_form_of_a_name_that_is_taken_when_another_is_sent_then_the_standing_one_stays() -> None:
    project = _project(0)
    donor = _donor(project)

    def keep(*lines: str) -> int:
        return actions.keep_template(
            donor, "en", "Half-year", _template(*lines), example=project, by=SYSTEM
        ).pk

    first, again = keep("{{ title }}"), keep("{{ title }}")

    with pytest.raises(Refused, match="another name"):
        keep("{{ period }}")
    assert (first, WordTemplate.objects.count()) == (again, 1)
