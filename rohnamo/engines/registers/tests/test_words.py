from __future__ import annotations

import pytest

from rohnamo.engines.registers import recognise_service
from rohnamo.engines.registers.words import consent_of, is_total, sex_of

VOCABULARY = {
    "outreach": ["инфосессия", "информационная сессия", "information session"],
    "tb": ["скрининг ТБ", "TB screening"],
    "referral": ["направление", "referral"],
    "advice": ["машварат", "консультация"],
    "legal": ["ёрии ҳуқуқӣ", "юридическая помощь"],
    "ban": ["санҷиши манъи вуруд", "ban check"],
    "check": ["санҷиш"],
    "pdo_ru": ["PDO Russia"],
    "pdo_kz": ["PDO Kazakhstan"],
    "welding": ["Welding basics"],
}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("инфосессия", "outreach"),
        ("Журнал информационных сессий", "outreach"),
        ("скрининг ТБ", "tb"),
        ("Скрининга на ТБ", None),
        ("НАПРАВЛЕНИЕ", "referral"),
        ("машварат", "advice"),
        ("ерии хукуки", "legal"),
        ("санҷиши манъи вуруд", "ban"),
        ("санчиши манъи вуруд", "ban"),
        ("PDO Russia", "pdo_ru"),
        ("pdo kazakhstan", "pdo_kz"),
        ("Welding basics", "welding"),
        ("инфосессия, направление", None),
        ("PDO", None),
        ("", None),
        ("что-то ещё", None),
    ],
)
def test_given_words_for_a_service_when_just_one_is_meant_then_its_code_is_found(
    text: str, code: str | None
) -> None:
    assert recognise_service(text, VOCABULARY) == code


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        *[(text, "f") for text in ("ж", "Ж", "жен", "жен.", "З", "зан", "F", "Female", "женский", "زن")],
        *[(text, "m") for text in ("м", "М", "муж", "мард", "M", "male", "Мужской", "مرد")],
        *[(text, None) for text in ("1", "2", "?", "мж", "")],
    ],
)
def test_given_a_word_for_sex_in_any_language_when_it_is_read_then_only_known_words_count(
    text: str, sex: str | None
) -> None:
    assert sex_of(text) == sex


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *[(text, True) for text in ("да", "Да", "ҳа", "yes", "Y", "+", "✓", "true", "розӣ")],
        *[(text, False) for text in ("нет", "не", "no", "N", "-", "", "0")],
        *[(text, None) for text in ("может быть", "да?нет", "потом")],
    ],
)
def test_given_an_answer_when_consent_is_read_then_only_a_clear_yes_is_one(
    text: str, answer: bool | None
) -> None:
    assert consent_of(text) is answer


@pytest.mark.parametrize(
    "text", ["ИТОГО", "Итого: 431", "Ҳамагӣ", "Ҷамъ", "Total", "Всего человек", "Grand total"]
)
def test_given_a_word_for_a_sum_when_it_opens_a_cell_then_it_is_a_total(text: str) -> None:
    assert is_total(text)
