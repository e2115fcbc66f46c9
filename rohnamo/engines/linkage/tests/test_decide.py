from datetime import date

from rohnamo.engines.linkage import Birth, LinkReason, Outcome, Record, best
from rohnamo.engines.names import Name

BORN = Birth.on(date(1990, 5, 17))
MADINA = Record(Name.from_parts("Олимова", "Мадина", "Назировна"), "f", BORN, "TJ01")
MANIZHA = Record(Name.from_parts("Олимова", "Манижа", "Назировна"), "f", BORN, "TJ01")
ASKED = Record(Name.from_parts("Olimova", "Madina", ""), "f", Birth.in_year(1990), "TJ01")


def test_given_a_sister_among_candidates_when_decided_then_the_right_one_is_known() -> None:
    decision = best(ASKED, [MANIZHA, MADINA])

    assert (decision.verdict, decision.index) == (Outcome.KNOWN, 1)


def test_given_only_strangers_when_decided_then_new() -> None:
    stranger = Record(Name.from_parts("Шарипов", "Ҷовид", ""), "m", Birth.in_year(1975))

    decision = best(ASKED, [stranger])

    assert (decision.verdict, decision.index, decision.weight) == (Outcome.NEW, None, None)


def test_given_no_candidates_when_decided_then_new() -> None:
    assert best(ASKED, []).verdict is Outcome.NEW


def test_given_two_candidates_alike_when_decided_then_doubtful_and_said_why() -> None:
    decision = best(ASKED, [MADINA, MADINA._replace(birth=Birth.in_year(1990))])

    assert decision.verdict is Outcome.DOUBTFUL
    assert decision.weight is not None
    assert decision.weight.reasons[-1] is LinkReason.TIED_CANDIDATES
