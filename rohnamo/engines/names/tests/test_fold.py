import pytest

from rohnamo.engines.names import Script, fold_word, normalise, script_of


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Қӯрғонтеппа", "кургонтеппа"),
        ("Кургонтеппа ", "кургонтеппа"),
        ("Vose'", "vose"),
        ("Восеъ", "восе"),
        ("Курган-Тюбе", "курган тюбе"),
        ("Ноҳия/шаҳр", "нохия шахр"),
        ("Ф.И.О.", "ф и о"),
        ("Рӯзи  таваллуд:", "рузи таваллуд"),
        ("Ёвон", "евон"),
        ("Tursunzodá", "tursunzoda"),
    ],
)
def test_given_a_title_or_place_when_folded_then_it_is_bare_words(written: str, folded: str) -> None:
    assert fold_word(written) == folded


def test_given_arabic_letter_variants_and_marks_when_normalised_then_they_are_persian_and_bare() -> None:
    assert normalise("\u200fعلي كريمـي\u064e") == "علی کریمی"
    assert normalise("خاتم\u200cالله") == "خاتم الله"


@pytest.mark.parametrize(
    ("word", "script"),
    [
        ("Ҷ", Script.CYRILLIC),
        ("Said", Script.LATIN),
        ("سعید", Script.PERSIAN),
        ("12", Script.OTHER),
        ("", Script.OTHER),
    ],
)
def test_given_a_word_when_asked_for_its_script_then_most_letters_decide(word: str, script: Script) -> None:
    assert script_of(word) is script
