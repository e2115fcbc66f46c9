"""Pages of the staff door: what each shows, to whom, and that nothing of other projects stands in it."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from rohnamo.core.audit import SYSTEM
from rohnamo.core.errors import Refused
from rohnamo.core.models import AuditEntry
from rohnamo.deliveries.models import Delivery
from rohnamo.people.actions import judge
from rohnamo.people.models import Document, Judgement, Person, Phone, Verdict
from rohnamo.staff.models import Role
from rohnamo.staff.tests.door import enter
from rohnamo.workspace.queries.pairs import comparison
from rohnamo.workspace.tests.house import PERIOD, House

MOST_QUERIES = 15
MOST_BYTES = 90_000
REACHED = f"/work/results/EX.90.reached/{PERIOD}/"


def page(browser: Client, address: str, **data: str) -> str:
    answer = browser.post(address, data) if data else browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def rows_of(html: str) -> int:
    """How many rows the list of a page has."""
    body = html.split('<table class="rows')[1].split("<tbody>")[1] if '<table class="rows' in html else ""
    return body.split("</tbody>")[0].count("<tr>")


def total_of(html: str) -> str:
    return re.search(r'class="totals"><li><b class="number">([^<]*)', html)[1]


def test_given_a_list_behind_a_figure_when_a_member_opens_it_then_it_is_as_long_as_the_figure(
    house: House,
) -> None:
    html = page(enter(house.officer(house.mine)), REACHED)

    assert (total_of(html), rows_of(html)) == ("4", 4)
    assert "Namunaeva Amina" in html
    assert "Rasmiev" in html


def test_given_a_breakdown_cell_when_it_is_opened_then_its_list_is_as_long_as_the_cell(house: House) -> None:
    browser = enter(house.officer(house.mine))
    cells = re.findall(
        rf'href="({REACHED}\?[^"]+)">(?:[^<]*?)(\d+)</a>', page(browser, REACHED).replace("&amp;", "&")
    )

    found = {
        address: (number, total_of(page(browser, address)), rows_of(page(browser, address)))
        for address, number in cells
    }

    assert len(found) >= 6
    assert {address: (number, int(number)) for address, (number, *_rest) in found.items()} == {
        address: (total, rows) for address, (_number, total, rows) in found.items()
    }


def test_given_contacts_with_a_group_when_a_part_is_opened_then_the_rows_add_up_to_it(house: House) -> None:
    html = page(enter(house.officer(house.mine)), f"/work/results/EX.90.delivered/{PERIOD}/?sex=f&age=25-34")

    assert total_of(html) == "8"
    assert "group of 7 without names" in html
    assert rows_of(html) == 2


def test_given_a_figure_of_a_project_one_does_not_belong_to_when_the_whole_is_asked_then_it_says_how_much_is_hidden(
    house: House,
) -> None:
    monitor = house.officer(house.other, role=Role.MONITORING_OFFICER)

    html = page(enter(monitor), REACHED)

    assert total_of(html) == "4"
    assert "4 of this number are in projects you do not belong to and are not listed." in html
    assert "Namunaeva" not in html


def test_given_a_person_two_projects_know_when_each_looks_then_each_sees_its_own_spelling_only(
    house: House,
) -> None:
    address = f"/work/people/{house.shared.pk}/"

    ours = page(enter(house.officer(house.mine)), address)
    theirs = page(enter(house.officer(house.other)), address)

    assert ("Pinhonzoda" in ours, "Пинҳонзода" in ours) == (True, False)
    assert ("Pinhonzoda" in theirs, "Пинҳонзода" in theirs) == (False, True)
    assert ("EX.91" in ours, "EX.90" in theirs) == (False, False)


def test_given_a_name_only_a_foreign_source_wrote_when_it_is_searched_then_it_does_not_lead_to_the_person(
    house: House,
) -> None:
    Person.objects.get(pk=house.shared.pk).names.filter(source=house.foreign).update(
        family="Дигарова", given="Номзода"
    )

    html = page(enter(house.officer(house.mine)), "/work/search/", q="Дигарова Номзода")

    assert "Pinhonzoda" not in html


def test_given_a_name_in_another_script_when_it_is_searched_then_the_person_is_found_without_a_project(
    house: House,
) -> None:
    html = page(enter(house.officer(house.mine)), "/work/search/", q="Намунаева Амина")

    assert "Namunaeva Amina" in html
    found = html.split("<tbody>")[1]
    assert ("consultation" in found, "EX.90" in found, "February 2025" in found) == (False, False, True)
    entry = AuditEntry.objects.get(verb="people.find")
    assert (entry.fields, entry.subject_id, entry.reason) == (["1 found"], "", "")


def test_given_one_word_when_it_is_searched_then_nobody_is_found_and_the_page_says_what_to_write(
    house: House,
) -> None:
    html = page(enter(house.officer(house.mine)), "/work/search/", q="Namunaeva")

    assert "write two words of the name" in html
    assert "Namunaeva Amina" not in html


def test_given_a_project_code_when_it_is_searched_then_it_leads_to_the_project(house: House) -> None:
    answer = enter(house.officer(house.mine)).post("/work/search/", {"q": "ex.90"})

    assert (answer.status_code, answer.url) == (302, "/work/projects/EX.90/")


def test_given_a_search_in_an_address_when_it_is_opened_then_nothing_is_searched(house: House) -> None:
    html = page(enter(house.officer(house.mine)), "/work/search/?q=Namunaeva+Amina")

    assert "Namunaeva" not in html


def test_given_every_page_when_its_bar_is_read_then_the_search_is_posted(house: House) -> None:
    html = page(enter(house.officer(house.mine)), "/work/")

    assert '<form class="find" action="/work/search/" method="post" role="search">' in html


def test_given_a_record_two_projects_know_when_it_is_opened_then_the_day_of_birth_and_what_others_wrote_stay_away(
    house: House,
) -> None:
    for project, number, ending in (
        (house.mine, "+992918000051", "A51"),
        (house.other, "+992918000077", "B77"),
    ):
        common = {"person": house.shared, "project": project, "digest": ending.encode()}
        Phone.objects.create(number=number, **common)
        Document.objects.create(ending=ending, **common)

    html = page(enter(house.officer(house.mine)), f"/work/people/{house.shared.pk}/")

    facts = re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)", html)
    assert dict(facts) == {
        "Father&#x27;s name": "Daler",
        "Sex": "female",
        "Year of birth": "2001",
        "District": "Kulob",
        "Phone": "ends in 51",
        "Document": "ends in A51",
    }
    assert [word for word in ("7 July", "07.07", "B77", "ends in 77") if word in html] == []


@pytest.mark.parametrize(
    ("born", "kind", "word"),
    [
        (date(1990, 3, 14), "agrees", "same date of birth"),
        (date(1990, 4, 1), "differs", "same year, another day"),
        (date(1991, 3, 14), "differs", "different"),
    ],
)
def test_given_a_pair_when_its_births_are_compared_then_the_days_are_weighed_and_never_shown(
    house: House, born: date, kind: str, word: str
) -> None:
    twin = house.met(house.mine, house.source, "Vohidova", "Zarrina", "Karim", born=born)
    pair = judge(house.amina, twin, Verdict.UNSURE, by=SYSTEM)

    with translation.override("en"):
        rows = comparison(pair, by=house.officer(house.mine), action="")["rows"]

    assert [one for one in rows if one["name"] == "Year of birth"] == [
        {"name": "Year of birth", "left": "1990", "right": str(born.year), "kind": kind, "word": word}
    ]


def test_given_phones_of_a_pair_when_one_was_given_to_another_project_then_it_is_neither_shown_nor_compared(
    house: House,
) -> None:
    for project, person in ((house.mine, house.amina), (house.other, house.shared)):
        Phone.objects.create(person=person, project=project, number="+992918000051", digest=b"one number")
    pair = judge(house.amina, house.shared, Verdict.UNSURE, by=SYSTEM)

    with translation.override("en"):
        ours = comparison(pair, by=house.officer(house.mine), action="")["rows"]
        both = comparison(pair, by=house.officer(house.mine, house.other), action="")["rows"]

    found = [
        (one["left"], one["right"], one["kind"])
        for rows in (ours, both)
        for one in rows
        if one["name"] == "Phone"
    ]
    assert found == [("ends in 51", "", ""), ("ends in 51", "ends in 51", "agrees")]


def test_given_a_decision_that_may_not_be_when_it_is_posted_then_the_page_says_why(house: House) -> None:
    twin = house.met(house.mine, house.source, "Vohidova", "Zarrina", "Karim", born=date(1990, 4, 1))
    judge(house.amina, house.shared, Verdict.NEGATIVE, by=SYSTEM)
    judge(house.amina, twin, Verdict.POSITIVE, by=SYSTEM)
    browser = enter(house.officer(house.mine))
    pair = {"left": str(twin.pk), "right": str(house.shared.pk)}

    answer = browser.post("/work/people/judge/", {**pair, "verdict": "positive"}, follow=True)
    none = browser.post("/work/people/judge/", {**pair, "verdict": "none"})

    with pytest.raises(Refused) as refused:
        judge(twin, house.shared, Verdict.POSITIVE, by=SYSTEM)
    with translation.override("en"):
        words = [str(one) for one in answer.context["messages"]]
    assert len(words) == 1
    assert (str(house.shared.pk) in str(refused.value), str(house.shared.pk) in words[0]) == (True, True)
    assert none.status_code == 404


def test_given_a_record_when_it_is_opened_then_the_opening_is_written_down(house: House) -> None:
    officer = house.officer(house.mine)

    page(enter(officer), f"/work/people/{house.amina.pk}/")

    entry = AuditEntry.objects.get(verb="people.read")
    assert (entry.actor_id, entry.subject_id) == (str(officer.pk), str(house.amina.pk))


def test_given_two_records_when_they_are_judged_and_taken_back_then_all_is_as_before(house: House) -> None:
    twin = house.met(house.mine, house.source, "Namunaeva", "Omina", "Karim", born=date(1990, 4, 1))
    judge(house.amina, twin, Verdict.UNSURE, by=SYSTEM)
    browser = enter(house.officer(house.mine))
    both = {"left": str(house.amina.pk), "right": str(twin.pk), "back": "pairs"}

    html = page(browser, "/work/people/pairs/")
    browser.post("/work/people/judge/", {**both, "verdict": "positive"})
    merged = Person.objects.get(pk=twin.pk).root_id
    moved = browser.get(f"/work/people/{twin.pk}/")
    record = page(browser, f"/work/people/{house.amina.pk}/")
    browser.post("/work/people/withdraw/", both)

    assert html.count('data-key="') == 3
    assert (merged, moved.url) == (house.amina.pk, f"/work/people/{house.amina.pk}/")
    assert "were judged to be one person" in record
    assert Person.objects.get(pk=twin.pk).root_id == twin.pk
    assert Judgement.objects.get(superseded_at=None).verdict == Verdict.UNSURE


def test_given_a_pair_of_which_one_is_foreign_when_it_is_judged_then_it_is_not_there(house: House) -> None:
    judge(house.amina, house.behruz, Verdict.UNSURE, by=SYSTEM)
    browser = enter(house.officer(house.mine))
    both = {"left": str(house.amina.pk), "right": str(house.behruz.pk), "verdict": "positive"}

    answer = browser.post("/work/people/judge/", both)

    assert answer.status_code == 404
    assert "Misolov" not in page(browser, "/work/people/pairs/")
    assert Person.objects.get(pk=house.behruz.pk).root_id == house.behruz.pk


def test_given_a_postponed_pair_when_the_next_is_asked_for_then_the_other_one_comes_first(
    house: House,
) -> None:
    twins = [
        house.met(house.mine, house.source, "Namunaeva", name, "Karim", born=date(1990, 4, 1))
        for name in ("Lola", "Zarina")
    ]
    for twin in twins:
        judge(house.amina, twin, Verdict.UNSURE, by=SYSTEM)
    browser = enter(house.officer(house.mine))

    browser.post(
        "/work/people/judge/",
        {"left": str(house.amina.pk), "right": str(twins[0].pk), "verdict": "unsure", "back": "pairs"},
    )

    assert "Zarina" in page(browser, "/work/people/pairs/")


def test_given_people_when_they_are_listed_then_the_latest_contact_stands_first(house: House) -> None:
    house.met(
        house.mine, house.source, "Aliev", "Anvar", "Anvarovich", born=date(1970, 1, 2), day=date(2024, 1, 5)
    )

    html = page(enter(house.officer(house.mine)), "/work/people/")

    assert re.findall(r'is-first"><a href="[^"]+">([^<]+)', html) == [
        "Pinhonzoda Firuza",
        "Namunaeva Amina",
        "Aliev Anvar",
    ]


def test_given_officials_when_they_are_listed_then_only_those_of_own_projects_are_there(house: House) -> None:
    ours = page(enter(house.officer(house.mine)), "/work/officials/")
    theirs = page(enter(house.officer(house.other)), "/work/officials/")

    assert ("Rasmiev Guard" in ours, "Rasmiev" in theirs) == (True, False)


@pytest.mark.parametrize("address", ["/work/", "/work/projects/", "/work/projects/EX.90/", "/work/people/", REACHED, "/work/officials/", "/work/search/", "/work/people/pairs/"])  # fmt: skip
def test_given_many_rows_when_a_page_is_opened_then_it_is_light_and_its_queries_do_not_grow(
    house: House, address: str
) -> None:
    browser = enter(house.officer(house.mine))
    few = _queries(browser, address)
    for number in range(60):
        house.met(
            house.mine,
            house.source,
            f"Namunaev{'abcdefgh'[number % 8]}",
            f"Guljahon{number}",
            "Karim",
            born=date(1950 + number % 50, 1 + number % 12, 3),
        )
    twins = list(Person.objects.exclude(pk__in=[house.amina.pk, house.behruz.pk]).order_by("pk")[:8])
    for twin in twins:
        judge(house.amina, twin, Verdict.UNSURE, by=SYSTEM)

    many = _queries(browser, address)

    assert many <= max(few, MOST_QUERIES)
    assert few <= MOST_QUERIES
    assert len(browser.get(address).content) < MOST_BYTES


def test_given_a_record_with_a_long_story_when_it_is_opened_then_its_queries_are_few(house: House) -> None:
    browser, address = enter(house.officer(house.mine)), f"/work/people/{house.amina.pk}/"
    for number in range(60):
        house.record(
            house.mine,
            house.source,
            [{"person_id": house.amina.pk}],
            day=date(2025, 1 + number % 6, 1 + number // 6),
        )

    html = page(browser, address)

    assert Delivery.objects.filter(person=house.amina).count() == 61
    assert "Rows 1–50 of 61" in html
    assert _queries(browser, address) <= MOST_QUERIES + 5


def _queries(browser: Client, address: str) -> int:
    """Queries of the page itself, without those by which Django knows who asks."""
    with CaptureQueriesContext(
        connection,
    ) as caught:
        browser.get(address)
    return len(
        [
            one
            for one in caught.captured_queries
            if "django_session" not in one["sql"] and "SAVEPOINT" not in one["sql"]
        ]
    )
