from hypothesis import given, settings
from hypothesis import strategies as st

from rohnamo.engines.names import Name, Role, compare, name_key, parse, stored_keys


def _sound(word: str) -> str:
    return Name.from_parts(given=word).parts[0].sound


def _skeleton(word: str) -> str:
    return Name.from_parts(family=word).parts[0].skeleton


def _roles(written: str) -> list[tuple[str, Role]]:
    return [(part.word, part.role) for part in parse(written).parts]


def test_given_one_name_in_four_alphabets_when_read_then_its_skeleton_is_one() -> None:
    spellings = [
        "Ҷамшед",
        "Джамшедов",
        "Жамшед",
        "Чамшедзода",
        "Jamshedzoda",
        "Djamchedi",
        "جمشید",
        "جمشیدزاده",
    ]

    assert {_skeleton(word) for word in spellings} == {"cmcd"}


def test_given_the_article_joined_apart_or_assimilated_when_read_then_it_is_one_name() -> None:
    spellings = ["Абдураҳмон", "Abdurrahman", "Abdul Rahman", "عبدالرحمان", "عبد الرحمان"]

    assert {_skeleton(word) for word in spellings} == {"abdrhmn"}


def test_given_courtesy_endings_when_read_then_the_skeleton_does_not_change() -> None:
    spellings = ["Аҳмад", "Аҳмадҷон", "Ахмаджон", "Ахмаддчон", "Ahmadjon", "Akhmaddjonov", "احمد", "احمدجان"]

    assert {_skeleton(word) for word in spellings} == {"ahmd"}


def test_given_names_that_only_look_suffixed_when_read_then_they_stay_whole() -> None:
    words = ["Шерзод", "Музаффар", "Сафар", "Озода", "Бунафша"]

    assert [_skeleton(word) for word in words] == ["crzd", "mzfr", "sfr", "azd", "bnfc"]


def test_given_old_font_letters_when_read_then_they_are_tajik_unless_the_text_is_serbian() -> None:
    assert _sound("Љамшед") == "jamSed"
    assert _sound(["Љубомир", "Ђурић"][0] + "ђ") == "lubomirj"


def test_given_latin_letters_inside_a_cyrillic_word_when_read_then_it_is_the_cyrillic_word() -> None:
    assert _sound("Kaрим") == _sound("Карим") == "karim"


def test_given_a_hard_sign_in_icao_spelling_when_read_then_it_is_silent() -> None:
    assert _sound("Masieudi") == _sound("Масъудӣ") == "masudi"


def test_given_suffixes_that_tell_when_parsed_then_roles_are_guessed_in_any_order() -> None:
    expected = {("олимов", Role.FAMILY), ("фаррух", Role.GIVEN), ("назирович", Role.FATHER)}

    assert set(_roles("Олимов Фаррух Назирович")) == expected
    assert set(_roles("Фаррух Назирович Олимов")) == expected


def test_given_no_suffix_that_tells_when_parsed_then_roles_stay_unknown() -> None:
    assert _roles("Ibraheem Nasimkhan") == [("ibraheem", Role.UNKNOWN), ("nasimkhan", Role.UNKNOWN)]


def test_given_son_of_in_words_when_parsed_then_the_father_is_known() -> None:
    for marker in ("oglu", "o'g'li", "oʻgʻli", "оглы", "уулу"):
        assert _roles(f"Aliyev Vali Hasan {marker}")[-1] == ("hasan", Role.FATHER)


def test_given_a_title_when_parsed_then_it_is_dropped_unless_it_is_all_there_is() -> None:
    assert [word for word, _ in _roles("Ҳоҷӣ Олим Назиров")] == ["олим", "назиров"]
    assert [word for word, _ in _roles("Ҳоҷӣ")] == ["ҳоҷӣ"]


def test_given_compounds_written_apart_in_a_column_when_read_then_they_are_one_part() -> None:
    name = Name.from_parts(given="گل بهار", patronymic="دوست مراد")

    assert [part.skeleton for part in name.parts] == ["glbhr", "dstmrd"]


def test_given_an_initial_when_read_then_it_is_known_as_one_and_makes_no_key() -> None:
    name = Name.from_parts("Раҳимзода", "Ситора", "Ғ.")

    assert name.parts[2].is_initial
    assert stored_keys(name, None, is_year_exact=False) == ["p:rhm.str", "n:rhm.str"]


def test_given_nothing_readable_when_parsed_then_there_are_no_parts_and_no_keys() -> None:
    for written in ("", "   ", "12345", "😀", "--", "\u200f"):
        assert parse(written).parts == ()
        assert stored_keys(parse(written), 1990, is_year_exact=True) == []


def test_given_three_hundred_letters_when_parsed_then_the_word_is_cut() -> None:
    assert len(parse("а" * 300).parts[0].word) == 60


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60), st.text(max_size=60))
def test_given_any_text_when_parsed_keyed_and_compared_then_nothing_is_raised(one: str, other: str) -> None:
    left, right = parse(one), Name.from_parts(other, one, "")

    assert 0.0 <= compare(left, right).score <= 1.0
    assert len(stored_keys(left, 1990, is_year_exact=False)) <= 15
    assert name_key(left) == name_key(parse(f" {one} "))
