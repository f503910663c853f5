"""The guard on numbers, dates, flags and scales: what is not proved by the stored value never leaves."""

from __future__ import annotations

from typing import Any

import pytest

from agent.answer_json import describe
from agent.guard.facts import holds
from agent.guard.proof import examine
from kg.graph import KnowledgeGraph
from kg.types import Condition, Op, RelationName
from tools.knowledge import Knowledge
from tools.proposal import Correction, Fact, Proposal
from tools.types import Order


def where(relation: str, op: Op, value: str) -> Condition:
    return Condition(RelationName(relation), value, op)


def proposal(items: str, *conditions: Condition, **rest: Any) -> Proposal:
    return Proposal(tuple(items), conditions, rest.pop("corrections", ()), "", None, **rest)


def test_an_item_whose_value_does_not_prove_the_comparison_is_left_out(cellar: Knowledge) -> None:
    answer = examine(cellar.graph, proposal("abcde", where("price", "<", "20")))
    assert [line.id for line in answer.items] == ["a", "c"]
    assert [line.proof for line in answer.items] == [(("price", "12.5"),), (("price", "18"),)]
    assert "Dogwood: not proved: price < 20" in answer.removed


def test_a_value_that_is_not_known_is_not_ruled_out_and_not_proved(cellar: Knowledge) -> None:
    ruled_out = examine(cellar.graph, proposal("abd", none_of=(where("price", ">", "20"),)))
    assert [line.id for line in ruled_out.items] == ["a", "d"]


@pytest.mark.parametrize(
    ("items", "order", "held"),
    [
        ("acb", Order("price"), True),
        ("bca", Order("price", descending=True), True),
        ("acbde", Order("price"), True),
        ("cab", Order("price"), False),
        ("dacb", Order("price"), False),
        ("acb", Order("body"), True),
        ("bca", Order("body"), False),
        ("abc", Order("colour"), False),
    ],
)
def test_an_order_is_said_only_if_items_come_so(
    cellar: Knowledge, items: str, order: Order, held: bool
) -> None:
    answer = examine(cellar.graph, proposal(items, order=(order,)))
    assert answer.order == ((order,) if held else ())


@pytest.mark.parametrize(
    ("fact", "stands"),
    [
        (Fact("a", "price", ["12.5"]), True),
        (Fact("a", "price", ["13"]), False),
        (Fact("a", "price", ["12.5"], "yes", "< 20"), True),
        (Fact("a", "price", ["12.5"], "no", "< 20"), False),
        (Fact("a", "price", ["12.5"], "no", "20"), True),
        (Fact("c", "tasted", ["2016"], "yes", ">= 2015"), True),
        (Fact("a", "organic", ["yes"], "yes", "yes"), True),
        (Fact("a", "price", ["12.5"], "no", "12.5 EUR"), False),
        (Fact("a", "organic", ["yes"], "no", "organic"), False),
        (Fact("d", "price", []), True),
        (Fact("d", "price", [], "no", "< 20"), False),
    ],
)
def test_a_fact_of_a_literal_is_compared_with_the_stored_value(
    cellar: Knowledge, fact: Fact, stands: bool
) -> None:
    answer = examine(cellar.graph, proposal("", facts=(fact,), act="inform"))
    assert [told.fact for told in answer.facts] == ([fact] if stands else [])


@pytest.mark.parametrize(("op", "proved"), [("", True), ("the ", True), ("< ", False), (">= ", False)])
def test_a_decade_is_compared_with_the_year_of_an_item(toy: KnowledgeGraph, op: str, proved: bool) -> None:
    dated = next(item for item in toy.catalogue.items if item.year)
    decade = (dated.year or 0) // 10 * 10
    assert holds(toy, dated.id, "year", f"{op}{decade}s") is proved
    assert not holds(toy, dated.id, "year", f"{op}{decade - 10}s")


@pytest.mark.parametrize(
    ("claimed", "true", "stands"),
    [("> 20", "12.5", True), ("< 20", "12.5", False), ("> 20", "13", False), ("12.5", "12.5", False)],
)
def test_a_correction_of_a_literal_is_proved(
    cellar: Knowledge, claimed: str, true: str, stands: bool
) -> None:
    wrong = Correction(["a"], "price", claimed, [true])
    answer = examine(cellar.graph, proposal("", corrections=(wrong,)))
    assert bool(answer.corrections) is stands


def test_a_condition_on_a_number_is_a_number_in_json(cellar: Knowledge) -> None:
    stated = where("price", "<", "20"), where("tasted", ">=", "2015")
    answer = describe(cellar.graph, examine(cellar.graph, proposal("ac", *stated)))
    assert answer["conditions"] == [
        {"relation": "price", "op": "<", "value": 20},
        {"relation": "tasted", "op": ">=", "value": "2015"},
    ]
