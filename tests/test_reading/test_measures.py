"""What a phrase says of measures that are close: how highly and how often something was rated."""

from __future__ import annotations

import pytest

from agent.builtin.lexicon.units import unit_called
from agent.builtin.parse.measures import Measures, measures_of
from kg import names, naming
from kg.builder import Builder
from kg.graph import KnowledgeGraph
from kg.types import Item, ItemId


@pytest.fixture(scope="module")
def measures(tmp_path_factory: pytest.TempPathFactory) -> Measures:
    """The measures of a log: `rating` and `votes`."""
    builder = Builder()
    for key, rating, votes in (("1", 4.5, 7), ("2", 3.25, 900)):
        builder.add_item(Item(ItemId(key), f"Film {key}"))
        builder.add_value(ItemId(key), "rating", rating)
        builder.add_value(ItemId(key), "votes", votes)
    catalogue = builder.finish("log", "tests", "1")
    folder = tmp_path_factory.mktemp("log")
    naming.write(catalogue, folder)
    return measures_of(KnowledgeGraph(catalogue, names.load(folder)))


@pytest.mark.parametrize(
    ("phrase", "form", "measure"),
    [
        ("best rated", "highest", "rating"),
        ("highest rated", "highest", "rating"),
        ("highly rated", "high", "rating"),
        ("worst rated", "lowest", "rating"),
        ("most rated", "highest", "votes"),
        ("least rated", "lowest", "votes"),
        ("most votes", "highest", "votes"),
        ("most popular", "highest", "votes"),
    ],
)
def test_a_phrase_says_one_of_them(measures: Measures, phrase: str, form: str, measure: str) -> None:
    words = phrase.split()
    length, said = measures.said_at(words, 0)
    assert (length, [(each.form, [m.name for m in each.measures]) for each in said]) == (
        2,
        [(form, [measure])],
    )


@pytest.mark.parametrize(
    ("symbol", "dimension"),
    [
        ("lb", "weight"),
        ("kg", "weight"),
        ("GBP", "GBP"),
        ("min", "duration"),
        ("m", "length"),
        ("mpg", "economy"),
    ],
)
def test_a_symbol_is_the_unit_it_is_written_for(symbol: str, dimension: str) -> None:
    unit = unit_called(symbol)
    assert unit is not None
    assert unit.dimension == dimension
