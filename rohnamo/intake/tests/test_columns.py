"""Columns mended by hand, and remembered."""

import pytest
from django.test import Client

from rohnamo.core.audit import SYSTEM
from rohnamo.core.errors import Refused
from rohnamo.core.home import home
from rohnamo.core.models import StoredFile
from rohnamo.deliveries.models import Delivery
from rohnamo.intake.actions import accept, mend, new_key, take_in, upload
from rohnamo.intake.actions.sealing import open_raw
from rohnamo.intake.models import KnownTitle, Upload
from rohnamo.intake.queries import open_register
from rohnamo.intake.tests.browsing import a_partner_reporter, html_of, send
from rohnamo.intake.tests.factories import REGISTER, TITLES, VISIT, csv_of, make_setting
from rohnamo.people.models import Person
from rohnamo.people.tests.factories import make_project, make_user
from rohnamo.staff.tests.door import enter

pytestmark = pytest.mark.django_db
ODD = ("№", "Кто", "Пол", "Родился", "Откуда", "Телефон", "Дата", "Вид услуги", "Согласие на звонок")
CHANGED = (*TITLES[:4], "Откуда", *TITLES[5:])


def chosen(browser: Client, address: str, **columns: str) -> object:
    return browser.post(
        f"{address}columns/", {f"column-{letter}": field for letter, field in columns.items()}
    )


def test_given_titles_nobody_knows_when_they_are_mended_by_hand_then_rows_are_read_by_them() -> None:
    source, project = make_setting()
    browser = enter(make_user(project))
    address = send(browser, csv_of(ODD, VISIT), source, project).url
    page = html_of(browser, f"{address}columns/")

    chosen(browser, address, B="full_name", E="place")
    browser.post(f"{address}accept/")

    assert ("Кто" in page, "Откуда" in page, "not recognised" in page) == (True, True, True)
    person = Person.objects.get()
    assert (person.names.get().full_name, person.district and person.district.code) == (
        VISIT[1],
        "TJ-KT-kulob",
    )


def test_given_titles_that_were_mended_once_when_the_next_register_has_them_then_it_needs_no_hand() -> None:
    source, project = make_setting()
    browser = enter(make_user(project))
    address = send(browser, csv_of(ODD, VISIT), source, project).url
    chosen(browser, address, B="full_name", E="place")
    browser.post(f"{address}accept/")

    later = (*VISIT[:6], "12.03.2025", *VISIT[7:])
    opened = open_register(csv_of(ODD, later), "march.csv", source=source, project=project)
    register = take_in(opened, source=source, project=project, by=SYSTEM).register

    assert opened.questions == ()
    assert register
    assert register.counts == {"known": 1}
    assert {one.field for one in KnownTitle.objects.all()} >= {"full_name", "place"}


def test_given_a_title_that_changed_when_a_register_comes_then_it_is_asked_before_anything_is_taken_in() -> (
    None
):
    source, project = make_setting()
    user = make_user(project)
    accept(upload(csv_of(TITLES, VISIT), "february.csv", source=source, project=project, by=user), by=user)
    browser = enter(user)
    later = (*VISIT[:6], "12.03.2025", *VISIT[7:])
    address = send(browser, csv_of(CHANGED, later), source, project).url

    preview = html_of(browser, address)
    page = html_of(browser, f"{address}columns/")
    refused = browser.post(f"{address}accept/", follow=True).content.decode()
    chosen(browser, address, E="place")
    browser.post(f"{address}accept/")

    assert "Some columns have other titles than last time." in preview
    assert ("Look at the columns" in preview, "Accept 1 row" in preview) == (True, False)
    assert "1 title is another one than last time." in page
    assert ("“Район” (District or city)" in page, '<option value="place" selected>' in page) == (True, True)
    assert "Look at them first, then accept." in refused
    assert Delivery.objects.count() == 2
    assert open_register(csv_of(CHANGED, VISIT), "x.csv", source=source, project=project).questions == ()


def test_given_a_title_that_changed_when_somebody_confirms_without_the_file_then_it_can_be_accepted() -> None:
    source, project = make_setting()
    user = make_user(project)
    accept(upload(csv_of(TITLES, VISIT), "february.csv", source=source, project=project, by=user), by=user)
    sent = upload(
        csv_of((*TITLES[:8], "Розигӣ"), VISIT), "march.csv", source=source, project=project, by=user
    )
    browser = enter(user)

    page = html_of(browser, f"/work/intake/{sent.pk}/columns/")
    chosen(browser, f"/work/intake/{sent.pk}/")

    assert "The file itself is only at hand in the browser that sent it." in page
    assert (sent.questions, Upload.objects.get(pk=sent.pk).questions) == (["I"], [])


def test_given_one_field_chosen_twice_when_columns_are_mended_then_it_is_said_and_nothing_changes() -> None:
    source, project = make_setting()
    browser = enter(make_user(project))
    address = send(browser, REGISTER, source, project).url

    html = browser.post(f"{address}columns/", {"column-C": "phone"}).content.decode()

    assert "Columns C and F cannot both hold “Phone”. Leave one out." in html


def test_given_another_browser_when_it_wants_to_mend_then_the_file_does_not_open() -> None:
    source, project = make_setting()
    user = make_user(project)
    address = send(enter(user), csv_of(ODD, VISIT), source, project).url
    waiting = Upload.objects.get()

    page = html_of(other := enter(user), f"{address}columns/")
    html = other.post(f"{address}columns/", {"column-C": "ignored"}).content.decode()

    assert "Кто" not in page, "a cell of the title row may be anything"
    assert "The file is not at hand in this browser any more." in html
    assert open_raw(waiting, new_key(), by=user) is None
    with pytest.raises(Refused):
        mend(waiting, {}, key=b"", by=user)


def test_given_a_sealed_file_when_it_is_decided_or_thirty_days_pass_then_it_is_gone() -> None:
    source, project = make_setting()
    browser = enter(make_user(project))
    addresses = [send(browser, REGISTER, source, project, name=f"{number}.csv").url for number in range(3)]
    kept = [one.raw.kept_until for one in Upload.objects.select_related("raw") if one.raw]
    sealed = b"".join(path.read_bytes() for path in (home() / "files").iterdir())

    browser.post(f"{addresses[0]}accept/")
    browser.post(f"{addresses[1]}discard/")

    assert len(set(kept)) == 1
    assert "Мисолова".encode() not in sealed
    assert [one.raw is None for one in Upload.objects.order_by("pk")] == [True, True, False]
    assert StoredFile.objects.count() == 3, "the lines of the first, both files of the third"


def test_given_others_when_they_ask_for_the_columns_then_there_are_none() -> None:
    source, project = make_setting()
    address = send(enter(make_user(project)), REGISTER, source, project).url

    for stranger in (make_user(make_project("EX.91")), a_partner_reporter(source, project)):
        assert enter(stranger).get(f"{address}columns/").status_code == 404
