"""Quantities that nothing here is compared by are named as a whole; other numbers are left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agent.builtin.interpret.message import Message
from agent.builtin.interpret.spans import Use, runs
from agent.builtin.lexicon.units import unit_called

Understand = Callable[[str], Message]


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("a comedy under ninety minutes", "under ninety minutes"),
        ("something good, 2 hours tops", "2 hours tops"),
        ("a western, 4 stars and above", "4 stars and above"),
        ("a novel for £5 or less, please", "£5 or less"),
        ("a book of at least 300 pages", "at least 300 pages"),
        ("no more than 10€ for a thriller", "no more than 10€"),
        ("a 90-minute comedy", "90 minute"),
        ("films that are around two hours long", "around two hours long"),
    ],
)
def test_a_quantity_is_unused_as_a_whole(understand: Understand, text: str, quantity: str) -> None:
    assert quantity in list(runs(understand(text).spans, Use.UNUSED))


@pytest.mark.parametrize(
    "text",
    [
        "at least three westerns",
        "a comedy from the last 20 years",
        "I have two hours on a train; a comedy",
    ],
)
def test_counts_years_and_stories_are_no_quantities(understand: Understand, text: str) -> None:
    assert not any(any(map(str.isdigit, said)) or "hour" in said for said in _unused(understand, text))


@pytest.mark.parametrize(
    ("text", "maker"),
    [("a film directed by a woman", "woman"), ("novels written by women", "women")],
)
def test_what_makers_are_is_unused(understand: Understand, text: str, maker: str) -> None:
    assert maker in _unused(understand, text)


def _unused(understand: Understand, text: str) -> list[str]:
    return list(runs(understand(text).spans, Use.UNUSED))


@pytest.mark.parametrize(
    ("symbol", "dimension"),
    [
        ("lb", "weight"),
        ("m", "length"),
        ("min", "duration"),
        ("s", "duration"),
        ("in", "length"),
        ("GB", "data"),
    ],
)
def test_the_symbol_of_a_catalogues_unit_measures_what_it_should(symbol: str, dimension: str) -> None:
    unit = unit_called(symbol)
    assert unit is not None
    assert unit.dimension == dimension
