from rohnamo.engines.names import Name, hashed, lookup_keys, name_key, parse, stored_keys


def stored(written: str, year: int | None = None) -> set[str]:
    return set(stored_keys(parse(written), year, is_year_exact=True))


def asked(written: str, year: int | None = None, *, is_year_exact: bool = True) -> set[str]:
    return set(lookup_keys(parse(written), year, is_year_exact=is_year_exact))


def test_given_one_person_in_four_scripts_when_keyed_then_the_pair_with_year_is_shared() -> None:
    names = [
        Name.from_parts("Қосимов", "Мавзуна", "Раҳимовна"),
        Name.from_parts("Касимова", "Мавзуна", ""),
        Name.from_parts("Qosimzoda", "Mavzuna", ""),
        Name.from_parts("قاسمی", "موزونه", ""),
    ]

    shared = set.intersection(*(set(stored_keys(name, 1990, is_year_exact=True)) for name in names))

    assert shared == {"p:ksm.mzn", "y:ksm.mzn.1990", "t:ksm.mz.1990", "t:mzn.ks.1990"}


def test_given_parts_in_another_order_when_keyed_then_the_keys_are_the_same() -> None:
    assert stored("Олимов Фаррух", 1980) == stored("Фаррух Олимов", 1980)


def test_given_a_typing_error_at_the_end_when_keyed_then_one_key_survives() -> None:
    assert stored("Олимов Фаррух", 1980) & asked("Олимов Фаррухт", 1980) == {"t:alm.fr.1980"}


def test_given_a_known_year_when_asked_then_only_that_year_and_unknown_years_are_found() -> None:
    question = asked("Олимов Фаррух", 1980)

    found = {year: bool(stored("Олимов Фаррух", year) & question) for year in (1980, 1981, None)}

    assert found == {1980: True, 1981: False, None: True}


def test_given_an_unknown_or_estimated_year_when_asked_then_every_year_is_found() -> None:
    for question in (asked("Олимов Фаррух"), asked("Олимов Фаррух", 1980, is_year_exact=False)):
        assert all(stored("Олимов Фаррух", year) & question for year in (1980, 1985, None))


def test_given_an_estimated_year_when_stored_then_those_who_know_another_year_find_it() -> None:
    kept = set(stored_keys(parse("Олимов Фаррух"), 1980, is_year_exact=False))

    assert kept & asked("Олимов Фаррух", 1983) == {"n:alm.frh"}


def test_given_one_part_when_keyed_then_it_stands_alone() -> None:
    assert stored("Фаррух", 1980) == {"p:frh", "y:frh.1980"}


def test_given_a_secret_when_keys_are_hashed_then_they_are_signed_64_bit_and_depend_on_it() -> None:
    plain = stored("Олимов Фаррух", 1980)

    first, again, other = hashed(plain, b"one"), hashed(plain, b"one"), hashed(plain, b"two")

    assert first == again
    assert not set(first) & set(other)
    assert all(-(2**63) <= key < 2**63 for key in first)


def test_given_the_same_words_in_other_case_width_and_order_when_named_then_the_key_is_one() -> None:
    assert name_key(parse("Олимов  ФАРРУХ")) == name_key(parse("фаррух Олимов ")) == "олимов фаррух"


def test_given_another_spelling_when_named_then_the_key_differs() -> None:
    assert name_key(parse("Раҳимов Ҷовид")) != name_key(parse("Рахимов Ҷовид"))
