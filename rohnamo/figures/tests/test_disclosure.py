"""`rohnamo disclosure protect`: a file of persons in, a table out, and a sentence for whatever is wrong with either."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rohnamo.core.errors import RohnamoError, WrongData
from rohnamo.figures.commands import disclosure


def persons(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "persons.csv"
    path.write_bytes(text.encode(encoding))
    return path


def many(*groups: tuple[str, int]) -> str:
    return "".join(f"{line}\n" * number for line, number in groups)


def protect(path: Path, attributes: str, *more: str, out: str = "table.csv") -> Result:
    return CliRunner().invoke(
        disclosure,
        ["protect", str(path), "--attributes", attributes, "--out", str(path.with_name(out)), *more],
    )


def table(path: Path, name: str = "table.csv") -> list[list[str]]:
    return list(csv.reader(path.with_name(name).read_text(encoding="utf-8").splitlines()))


def test_given_a_small_cell_when_protected_then_it_and_a_partner_are_stars_and_the_total_stands(
    tmp_path: Path,
) -> None:
    path = persons(tmp_path, "sex\n" + many(("f", 3), ("m", 40), ("u", 12)))

    answer = protect(path, "sex", "--k", "10")

    assert answer.exit_code == 0, answer.output
    assert table(path) == [["sex", "count"], ["", "55"], ["f", "*"], ["m", "40"], ["u", "*"]]


def test_given_two_attributes_when_protected_then_every_combination_and_margin_has_a_row(
    tmp_path: Path,
) -> None:
    path = persons(tmp_path, "sex;age\n" + many(("f;18", 20), ("m;18", 20), ("f;25", 20)))

    protect(path, "sex,age", "--k", "5")

    assert table(path) == [
        ["sex", "age", "count"],
        ["", "", "60"],
        ["f", "", "40"],
        ["m", "", "20"],
        ["", "18", "40"],
        ["", "25", "20"],
        ["f", "18", "20"],
        ["f", "25", "20"],
        ["m", "18", "20"],
        ["m", "25", "*"],
    ]


def test_given_empty_values_and_another_encoding_when_protected_then_they_are_unknown_and_letters_are_right(
    tmp_path: Path,
) -> None:
    path = persons(tmp_path, "ҷинс,син\n" + many(("зан,18", 9), (" ,18", 9)), "utf-16")

    answer = protect(path, "ҷинс")

    assert table(path)[1:] == [["", "18"], ["unknown", "9"], ["зан", "9"]]
    assert "9 empty values are counted as unknown." in answer.output


def test_given_fewer_persons_than_the_threshold_when_protected_then_all_are_stars(tmp_path: Path) -> None:
    path = persons(tmp_path, "sex\n" + many(("f", 2), ("m", 1)))

    protect(path, "sex", "--k", "10")

    assert table(path)[1:] == [["", "*"], ["f", "*"], ["m", "*"]]


def test_given_the_same_file_when_protected_twice_then_the_tables_are_equal(tmp_path: Path) -> None:
    path = persons(tmp_path, "a,b\n" + many(("x,1", 3), ("x,2", 30), ("y,1", 25), ("y,2", 15), ("z,1", 11)))

    protect(path, "a,b", "--k", "10")
    protect(path, "a,b", "--k", "10", out="again.csv")

    assert table(path) == table(path, "again.csv")


def test_given_amounts_when_protected_then_sums_and_means_stand_only_beside_their_count(
    tmp_path: Path,
) -> None:
    path = persons(tmp_path, "sex,usd\n" + many(("f,10", 2), ("m,20", 30), ("u,30", 20), ("v,10.5", 10)))

    protect(path, "sex", "--sum", "usd")

    assert table(path) == [
        ["sex", "count", "sum", "mean"],
        ["", "62", "1325.0", "21.37"],
        ["f", "*", "*", "*"],
        ["m", "30", "600", "20.00"],
        ["u", "20", "600", "30.00"],
        ["v", "*", "*", "*"],
    ]


def test_given_one_late_row_when_protected_beside_the_earlier_table_then_nothing_is_written(
    tmp_path: Path,
) -> None:
    path = persons(tmp_path, "sex\n" + many(("f", 20), ("m", 40)))
    protect(path, "sex")
    persons(tmp_path, "sex\n" + many(("f", 21), ("m", 40)))

    answer = protect(path, "sex", "--earlier", str(tmp_path / "table.csv"), out="second.csv")

    assert isinstance(answer.exception, RohnamoError)
    assert str(answer.exception).startswith("Nothing was written: beside the earlier table")
    assert not (tmp_path / "second.csv").exists()


@pytest.mark.parametrize(
    ("text", "attributes", "more", "sentence"),
    [
        ("", "sex", (), "persons.csv is empty."),
        ("sex\n", "sex", (), "persons.csv has no rows of persons."),
        ("sex\nf\n", "sexx", (), "persons.csv has no column sexx. Did you mean sex?"),
        ("sex\nf\n", "age", (), "persons.csv has no column age. It has sex."),
        ("sex,sex\nf,m\n", "sex", (), "persons.csv has two columns sex."),
        ("sex,age\nf\n", "sex", (), "Row 2 of persons.csv has 1 columns, the titles have 2."),
        ("sex,usd\nf,-1\n", "sex", ("--sum", "usd"), "Row 2: usd is below zero."),
        ("sex,usd\nf,x\n", "sex", ("--sum", "usd"), "Row 2: usd is not a number."),
    ],
)
def test_given_a_file_that_cannot_be_counted_when_protected_then_a_sentence_says_why(
    tmp_path: Path, text: str, attributes: str, more: tuple[str, ...], sentence: str
) -> None:
    answer = protect(persons(tmp_path, text), attributes, *more)

    assert isinstance(answer.exception, RohnamoError)
    assert str(answer.exception).startswith(sentence)


@pytest.mark.parametrize(
    ("attributes", "more"),
    [
        ("sex", ("--k", "1")),
        ("a,b,c,d", ()),
        ("sex,sex", ()),
        ("count", ()),
        ("sex,", ()),
        ("sex", ("--sum", "sex")),
    ],
)
def test_given_a_wrong_question_when_asked_then_it_is_wrong_usage(
    tmp_path: Path, attributes: str, more: tuple[str, ...]
) -> None:
    answer = protect(persons(tmp_path, "sex\nf\n"), attributes, *more)

    assert answer.exit_code == 2


def test_given_amounts_with_a_comma_before_three_digits_when_added_then_it_is_asked_what_they_mean(
    tmp_path: Path,
) -> None:
    path = persons(tmp_path, 'sex,usd\nf,"1,200"\n')

    answer = protect(path, "sex", "--sum", "usd")

    assert isinstance(answer.exception, WrongData)
    assert str(answer.exception).startswith("Row 2: usd may be thousands or a decimal")
