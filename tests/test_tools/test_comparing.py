"""Tools that compare and order: numbers, dates, flags and scales of the five bottles."""

from __future__ import annotations

import pytest

from kg.types import Condition, Op, RelationName
from tools.check import check_fact
from tools.describe import describe_item
from tools.errors import ToolError
from tools.find import find_items
from tools.knowledge import Knowledge
from tools.rank import rank_for_user
from tools.search import search_items
from tools.types import Found, Order


def where(relation: str, op: Op, value: str) -> Condition:
    return Condition(RelationName(relation), value, op)


def ids(found: Found) -> str:
    return "".join(hit.id for hit in found.items)


def test_what_is_compared_is_found_with_the_stored_value_as_evidence(cellar: Knowledge) -> None:
    found = find_items(cellar, [where("price", "<", "20")])
    assert ids(found) == "ac"
    told = [(each.item, each.relation, each.entity, each.label) for each in found.evidence]
    assert told == [("a", "price", None, "12.5"), ("c", "price", None, "18")]


def test_items_left_out_for_want_of_a_value_are_counted(cellar: Knowledge) -> None:
    assert find_items(cellar, [where("price", "<", "20")]).unknown == 2
    both = find_items(cellar, [where("price", "<", "20"), where("body", ">=", "medium")])
    assert (ids(both), both.unknown) == ("c", 2)  # Dogwood has no price, Elm neither
    assert find_items(cellar, [where("body", "is", "full")]).unknown == 0


def test_an_order_sorts_and_counts_what_has_no_value(cellar: Knowledge) -> None:
    cheapest = find_items(cellar, [], limit=2, order=[Order("price")])
    assert (ids(cheapest), cheapest.total, cheapest.unknown) == ("ac", 3, 2)
    assert ids(find_items(cellar, [], limit=5, order=[Order("price", descending=True)])) == "bca"


def test_ties_of_an_order_are_decided_by_the_next(cellar: Knowledge) -> None:
    orders = [Order("organic", descending=True), Order("price", descending=True)]
    assert ids(find_items(cellar, [], limit=5, order=orders)) == "cab"
    scale = [Order("body", descending=True), Order("tasted")]
    assert ids(find_items(cellar, [], limit=5, order=scale)) == "dbca"


def test_what_is_found_by_words_comes_in_an_order(cellar: Knowledge) -> None:
    found = search_items(cellar, "", words=["bottle"], order=[Order("price")])
    assert ids(found) == "acb"


def test_items_are_ranked_by_an_order_before_taste(cellar: Knowledge) -> None:
    ranked = rank_for_user(cellar, ["e", "b", "d", "a"], order=[Order("price")])
    assert ranked.items == ("a", "b", "e", "d")


@pytest.mark.parametrize(
    ("relation", "op", "value", "verdict"),
    [
        ("price", "<", "20", "supported"),
        ("price", ">", "12.5", "contradicted"),
        ("tasted", "<", "2016", "supported"),
        ("tasted", "is", "2016", "contradicted"),
        ("organic", "is", "yes", "supported"),
        ("organic", "is", "no", "contradicted"),
        ("body", "<=", "medium", "supported"),
    ],
)
def test_a_comparison_is_checked(cellar: Knowledge, relation: str, op: Op, value: str, verdict: str) -> None:
    assert check_fact(cellar, "a", relation, value, op).verdict == verdict


def test_a_claim_about_what_is_not_known_is_neither(cellar: Knowledge) -> None:
    checked = check_fact(cellar, "d", "price", "20", "<")
    assert (checked.verdict, checked.true_values, checked.evidence) == ("unknown", (), ())


def test_a_description_tells_literals(cellar: Knowledge) -> None:
    told = describe_item(cellar, "c")
    relations = {str(name): labels for name, labels in told.relations.items()}
    assert relations == {"price": ("18", "22"), "tasted": ("2016",), "organic": ("yes",), "body": ("medium",)}
    assert describe_item(cellar, "e").lacks == ("body", "organic", "price", "tasted")


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (where("price", "<", "cheap"), r"'cheap' is no value of price; expected a number of EUR in figures"),
        (where("tasted", "<", "June"), r"expected a date such as '2015'"),
        (where("organic", "is", "true"), r"expected 'yes' or 'no'"),
        (where("body", ">", "huge"), r"expected one of light, medium, full, from low to high"),
        (where("colour", "<", "3"), r"no relation is called 'colour'"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_what_can(
    cellar: Knowledge, condition: Condition, said: str
) -> None:
    with pytest.raises(ToolError, match=said):
        find_items(cellar, [condition])


def test_an_order_by_names_is_refused(toy_knowledge: Knowledge) -> None:
    with pytest.raises(ToolError, match="director has no order; this catalogue can be sorted by year"):
        find_items(toy_knowledge, [], limit=3, order=[Order("director")])
