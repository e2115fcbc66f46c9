from collections import defaultdict
from itertools import combinations

import pytest

from rohnamo.engines.linkage import Precision, Record, Verdict, weigh
from rohnamo.engines.linkage.tests.invented_register import invented_people, rendered
from rohnamo.engines.names import lookup_keys, rarity_of, stored_keys

Pairs = set[tuple[int, int]]


def _candidates(records: list[tuple[int, Record]]) -> Pairs:
    stored = defaultdict(set)
    for place, (_, record) in enumerate(records):
        for key in stored_keys(record.name, record.birth.year, is_year_exact=_is_exact(record)):
            stored[key].add(place)
    found = set()
    for place, (_, record) in enumerate(records):
        for key in lookup_keys(record.name, record.birth.year, is_year_exact=_is_exact(record)):
            found |= {(min(place, other), max(place, other)) for other in stored[key] - {place}}
    return found


def _is_exact(record: Record) -> bool:
    return record.birth.precision in {Precision.DAY, Precision.YEAR}


def _truth(records: list[tuple[int, Record]]) -> Pairs:
    places = defaultdict(list)
    for place, (person, _) in enumerate(records):
        places[person].append(place)
    return {pair for block in places.values() for pair in combinations(block, 2)}


@pytest.mark.parametrize("seed", [1, 7])
def test_given_an_invented_register_when_linked_then_precision_and_recall_hold(seed: int) -> None:
    records = rendered(invented_people(seed, families=160), seed + 1)
    rarity = rarity_of(record.name for _, record in records)
    truth, candidates = _truth(records), _candidates(records)

    weights = {(a, b): weigh(records[a][1], records[b][1], rarity=rarity) for a, b in candidates}
    same = {pair for pair, weight in weights.items() if weight.verdict is Verdict.SAME}
    doubtful = {pair for pair, weight in weights.items() if weight.verdict is Verdict.DOUBTFUL}

    assert len(truth & candidates) >= 0.98 * len(truth)
    assert len(same & truth) >= 0.98 * len(same)
    assert len(same & truth) >= 0.88 * len(truth)
    assert len(doubtful) <= 0.15 * len(truth)
