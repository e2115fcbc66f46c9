import pytest

from rohnamo.engines.names import Name, ReasonCode, Role, compare, parse, rarity_of


def _codes(one: Name, other: Name) -> list[tuple[ReasonCode, Role]]:
    return [(reason.code, reason.role) for reason in compare(one, other).reasons]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ҷамшед Раҳмонзода", "Джамшед Рахмонов"),
        ("Ҷамшед Раҳмонзода", "Jamshed Rakhmonov"),
        ("Тоҷхон Рустамов", "Точхон Рустам"),
        ("Sherali Kabirov", "Kabir Sherali"),
        ("کریم رضایی", "Ризоӣ Карим"),
        ("موسی قاسمی", "Қосимӣ Мӯсо"),
        ("حیدری میرزا حیدر", "Haydari Mirzahaydar"),
        ("Сабоҳат Каримова", "Sabokhat Karimzoda"),
        ("Робя Усмонова", "Robiya Ousmonova"),
        ("Халтм Каримов", "Ҳалим Карим"),
        ("Манвжа Каримова", "Манижа Каримова"),
        ("Гулнора Масъудӣ", "Goulnora Masieudi"),
        ("Наталия Яковлева", "Natalia Yakovleva"),
    ],
)
def test_given_spellings_of_one_name_when_compared_then_they_may_be_one_person(one: str, other: str) -> None:
    assert compare(parse(one), parse(other)).score >= 0.8


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Карим", "Ҳалим"),
        ("Ҳасан", "Ҳусейн"),
        ("Хасан", "حسین"),
        ("Назар", "Назир"),
        ("Комил", "Камол"),
        ("Карим", "Карима"),
        ("Муҳаммад", "محمود"),
        ("Алӣ", "Валӣ"),
        ("Ҷоҳид", "Шоҳид"),
        ("Фотима", "Зуҳро"),
    ],
)
def test_given_brothers_and_sisters_when_compared_then_they_are_not_one_person(one: str, other: str) -> None:
    left, right = Name.from_parts("Олимов", one, "Назирович"), Name.from_parts("Olimov", other, "Nazirovich")

    assert compare(left, right).score <= 0.55


def test_given_a_changed_suffix_and_script_when_compared_then_each_part_says_so() -> None:
    left = Name.from_parts("Раҳмонов", "Ҷамшед", "Олимович")
    right = Name.from_parts("Rahmonzoda", "Jamshed", "Olim")

    assert _codes(left, right) == [
        (ReasonCode.SUFFIX_CHANGED, Role.FAMILY),
        (ReasonCode.SAME_NAME_OTHER_SCRIPT, Role.GIVEN),
        (ReasonCode.SUFFIX_CHANGED, Role.FATHER),
    ]


def test_given_another_given_name_when_compared_then_the_reason_names_it() -> None:
    left = Name.from_parts("Раҳмонов", "Ҷамшед", "Олимович")
    right = Name.from_parts("Раҳмонов", "Сӯҳроб", "О.")

    assert _codes(left, right) == [
        (ReasonCode.SAME_SPELLING, Role.FAMILY),
        (ReasonCode.GIVEN_NAME_DIFFERS, Role.GIVEN),
        (ReasonCode.INITIAL_ONLY, Role.FATHER),
    ]


def test_given_swapped_columns_and_no_patronymic_when_compared_then_both_are_said() -> None:
    left = Name.from_parts("Раҳмонов", "Ҷамшед", "Олимович")
    right = Name.from_parts("Ҷамшедҷон", "Раҳмонов", "")

    assert _codes(left, right) == [
        (ReasonCode.COURTESY_ENDING, Role.GIVEN),
        (ReasonCode.SAME_SPELLING, Role.GIVEN),
        (ReasonCode.ORDER_DIFFERS, Role.UNKNOWN),
        (ReasonCode.MISSING_PART, Role.FATHER),
    ]


def test_given_father_and_son_when_compared_then_the_shared_name_does_not_make_them_one() -> None:
    father = Name.from_parts("Саторов", "Назархон", "")
    son = Name.from_parts("Саторов", "Ёқуб", "Назархонович")

    assert compare(father, son).score == 0.5


def test_given_only_a_given_name_in_common_when_compared_then_the_score_stays_low() -> None:
    assert compare(parse("Фаррух"), parse("Фаррух Олимов")).score == 0.55


def test_given_two_parts_each_when_the_names_are_common_then_they_prove_less() -> None:
    crowd = [Name.from_parts("Раҳмонов", "Муҳаммад")] * 20 + [Name.from_parts("Қаҳҳоров", "Ҷовид")]
    rarity = rarity_of(crowd)

    common = compare(crowd[0], Name.from_parts("Rahmonov", "Muhammad"), rarity).score
    rare = compare(crowd[-1], Name.from_parts("Qahhorov", "Jovid"), rarity).score

    assert (common, rare) == (0.8135, 0.9205)


def test_given_nothing_to_read_when_compared_then_the_score_is_zero_without_reasons() -> None:
    assert compare(parse("😀"), parse("Фаррух")) == (0.0, (), ())


def test_given_either_order_of_arguments_when_compared_then_the_score_is_the_same() -> None:
    one, other = parse("Haydari Mirzahaydar"), parse("حیدری میرزا حیدر")

    assert compare(one, other).score == compare(other, one).score
