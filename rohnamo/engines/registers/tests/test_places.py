from __future__ import annotations

import pytest

from rohnamo.engines.registers import Gazetteer, GazetteerRow, Kind
from rohnamo.engines.registers.tests.sheets import GAZETTEER


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Курган-Тюбе", "bokhtar"),
        ("Қӯрғонтеппа", "bokhtar"),
        ("Qurghonteppa", "bokhtar"),
        ("ш. Душанбе", "DU"),
        ("г.Душанбе", "DU"),
        ("Vose'", "vose"),
        ("Восе", "vose"),
        ("ВОСЕЪ", "vose"),
        ("Восейский р-н", "vose"),
        ("Ҷиликӯл", "dusti"),
        ("Джиликуль", "dusti"),
        ("Чиликул", "dusti"),
        ("Кумсангир", "jayhun"),
        ("Қумсангир", "jayhun"),
        ("Khorog", "khorugh"),
        ("Худжанд", "khujand"),
        ("Hulbuk", "vose"),
        ("Пяндж", "panj"),
        ("Хатлон, н. Восеъ", "vose"),
        ("Восе (Хатлонская обл.)", "vose"),
        ("Хатлон", "KT"),
        ("Бохтар", "bokhtar"),
        ("н. Бохтар", "kushoniyon"),
        ("Бохтарский район", "kushoniyon"),
        ("ноҳияи Дӯстӣ", "dusti"),
    ],
)
def test_given_a_name_old_or_new_in_any_script_when_it_is_looked_up_then_its_code_is_found(
    text: str, code: str
) -> None:
    assert GAZETTEER.find(text) == (code, "found")


@pytest.mark.parametrize("text", ["Dusti", "Дӯстӣ", "Buston", "Бустон", "ш. Бӯстон", "Vahdat", "Ленинабад"])
def test_given_a_name_of_two_places_when_it_is_looked_up_then_neither_is_guessed(text: str) -> None:
    assert GAZETTEER.find(text) == (None, "ambiguous")


@pytest.mark.parametrize("text", ["Марс", "???", "Вос", "Хорогабад", "", "район"])
def test_given_no_place_when_it_is_looked_up_then_the_nearest_is_not_taken(text: str) -> None:
    assert GAZETTEER.find(text) == (None, "unknown")


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Joint training, 10 days, Khorugh, November 2013", "khorugh"),
        ("Семинар в г. Худжанд", "khujand"),
        ("Хатлон, Восе", "vose"),
        ("панҷ рӯз", None),
        ("Дӯстӣ", None),
        ("Хорог ва Хуҷанд", None),
    ],
)
def test_given_a_title_row_when_it_names_one_place_then_that_is_found(title: str, code: str | None) -> None:
    assert GAZETTEER.find_in_title(title) == code


def test_given_rows_without_kinds_when_a_kind_is_written_then_the_name_still_counts() -> None:
    gazetteer = Gazetteer([GazetteerRow("x", 2, ["Rasht; Gharm (until 2003)"])])

    assert [gazetteer.find(text).code for text in ("н. Рашт", "Гарм", "2003")] == ["x", "x", None]


def test_given_a_name_of_today_that_another_place_once_bore_when_it_is_read_then_the_one_of_today_is_meant() -> (
    None
):
    gazetteer = Gazetteer(
        [
            GazetteerRow("city", 2, ("Хуҷанд", "Khujand"), kind=Kind.CITY),
            GazetteerRow("beside", 2, ("Ғафуров",), kind=Kind.DISTRICT, former=("Хуҷанд",)),
            GazetteerRow("bokhtar", 2, ("Бохтар",), kind=Kind.CITY),
            GazetteerRow("kushoniyon", 2, ("Кӯшониён",), kind=Kind.DISTRICT, former=("ноҳияи Бохтар",)),
        ]
    )

    found = {text: gazetteer.find(text).code for text in ("Khujand", "Худжанд", "Бохтар", "н. Бохтар")}

    assert found == {
        "Khujand": "city", "Худжанд": "city", "Бохтар": "bokhtar", "н. Бохтар": "kushoniyon",
    }  # fmt: skip
