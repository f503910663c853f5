"""Numbers, dates, flags and scales: compared, ordered, proved, kept on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import catalogue as catalogues
from kg import names, naming
from kg.builder import Builder
from kg.graph import KnowledgeGraph
from kg.literals import Literals
from kg.types import Condition, ItemId, Kind, Op, RelationName
from kg.values import interval, shown
from tests.conftest import bottles

OPS: tuple[Op, ...] = ("is", ">=", "<=", ">", "<")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("bottles")
    naming.write(bottles(), folder)
    catalogues.save(bottles(), folder)
    return KnowledgeGraph(catalogues.load(folder, verify=True), names.load(folder))


def condition(relation: str, op: Op, value: str) -> Condition:
    return Condition(RelationName(relation), value, op)


def found(graph: KnowledgeGraph, *conditions: Condition) -> str:
    return "".join(graph.ids(graph.find(conditions).tolist()))


@pytest.mark.parametrize(
    ("relation", "op", "value", "items"),
    [
        ("price", "<", "20", "ac"),
        ("price", "<=", "12.5", "a"),
        ("price", "<", "12.5", ""),
        ("price", ">", "20", "bc"),
        ("price", ">=", "40.0", "b"),
        ("price", "is", "22", "c"),
        ("price", "is", "soon", ""),
        ("tasted", "is", "2015", "ab"),
        ("tasted", "is", "2015-06", "ab"),
        ("tasted", "is", "2015-06-14", "b"),
        ("tasted", ">=", "2015", "abc"),
        ("tasted", ">", "2015", "c"),
        ("tasted", "<=", "2015", "abd"),
        ("tasted", "<", "2015-06-20", "bd"),
        ("tasted", "<=", "2016-07", "abd"),
        ("organic", "is", "yes", "ac"),
        ("organic", "is", "no", "b"),
        ("body", ">=", "medium", "bcd"),
        ("body", "<", "Medium", "a"),
        ("body", "<", "huge", ""),
        ("colour", "<", "3", ""),
    ],
)
def test_what_is_compared_holds_where_it_is_proved(
    graph: KnowledgeGraph, relation: str, op: Op, value: str, items: str
) -> None:
    wanted = condition(relation, op, value)
    assert found(graph, wanted) == items
    assert "".join(item for item in "abcde" if graph.proved(ItemId(item), wanted)) == items


def test_a_range_is_two_conditions(graph: KnowledgeGraph) -> None:
    assert found(graph, condition("price", ">=", "15"), condition("price", "<=", "45")) == "bc"


def test_a_comparison_may_be_ruled_out(graph: KnowledgeGraph) -> None:
    ruled_out = graph.find([condition("organic", "is", "yes")], [condition("price", ">", "20")])
    assert graph.ids(ruled_out.tolist()) == ["a"]


def test_the_stored_value_is_the_proof(graph: KnowledgeGraph) -> None:
    assert graph.proved(ItemId("c"), condition("price", "<", "20")) == [("price", "18")]
    assert graph.proved(ItemId("b"), condition("body", ">", "light")) == [("body", "full")]
    assert graph.proved(ItemId("nobody"), condition("price", "<", "20")) == []


def test_what_has_no_value_is_neither_true_nor_false(graph: KnowledgeGraph) -> None:
    for relation in ("price", "tasted", "organic"):
        held = [found(graph, condition(relation, op, "2015")) for op in ("<", ">=")]
        assert not {"d", "e"} & set("".join(held)) or relation == "tasted"
    assert graph.ids(graph.known("price").tolist()) == ["a", "b", "c"]
    assert graph.ids(graph.known("body").tolist()) == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("relation", "descending", "items"),
    [
        ("price", False, "acb"),
        ("price", True, "bca"),
        ("tasted", False, "dabc"),
        ("body", False, "acbd"),
        ("body", True, "bdca"),
    ],
)
def test_an_order_leaves_out_what_has_no_value(
    graph: KnowledgeGraph, relation: str, descending: bool, items: str
) -> None:
    everything = np.arange(5, dtype=np.int32)
    ordered = graph.ordered(everything, relation, descending=descending)
    assert "".join(graph.ids(ordered.tolist())) == items


def test_what_has_no_order_is_refused(graph: KnowledgeGraph) -> None:
    with pytest.raises(ValueError, match="has no order"):
        graph.ordered(np.arange(5, dtype=np.int32), "director")


def test_values_are_shown_as_they_are_read(graph: KnowledgeGraph) -> None:
    assert graph.labels(ItemId("a"), "price") == ["12.5"]
    assert graph.labels(ItemId("c"), "price") == ["18", "22"]
    assert graph.labels(ItemId("a"), "tasted") == ["2015-06"]
    assert graph.labels(ItemId("c"), "tasted") == ["2016"]
    assert graph.labels(ItemId("b"), "organic") == ["no"]
    assert graph.labels(ItemId("e"), "price") == []


def test_a_catalogue_counts_its_literals(graph: KnowledgeGraph) -> None:
    assert graph.catalogue.counts["literals"] == 4 + 4 + 3
    assert ("price", 4, 3) in graph.catalogue.relation_counts


def test_units_and_scales_come_back_from_disk(graph: KnowledgeGraph) -> None:
    assert graph.relation("price").unit == "EUR"
    assert graph.relation("body").scale == ("light", "medium", "full")


def test_a_value_of_another_kind_is_an_error_of_the_source() -> None:
    builder = Builder()
    with pytest.raises(ValueError, match="whose kind is person"):
        builder.add_value(ItemId("a"), "director", 3)


@pytest.mark.parametrize("text", ["nan", "inf", "1_000", "", "3 euros", "1e999"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert interval(Kind.NUMBER, text) is None


@pytest.mark.parametrize("text", ["2015-13", "2015-06-41", "June 2015", "20150601"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert interval(Kind.DATE, text) is None


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(-9, 9)), max_size=60), st.integers(0, 50))
def test_the_first_of_an_order_are_its_beginning(facts: Sequence[tuple[int, int]], first: int) -> None:
    literals = Literals.of(Kind.NUMBER, [i for i, _ in facts], [v for _, v in facts])
    ranks = np.arange(41, dtype=np.int32)[::-1]
    everything = np.arange(41, dtype=np.int32)
    for descending in (False, True):
        whole = literals.ordered(everything, ranks, descending=descending)
        ends = {i: (max if descending else min)(v for j, v in facts if j == i) for i, _ in facts}
        keyed = sorted((-end if descending else end, -item) for item, end in ends.items())
        assert whole.tolist() == [-item for _, item in keyed]
        begun = literals.ordered(everything, ranks, descending=descending, first=first)
        assert begun.tolist() == whole[:first].tolist()


@given(st.lists(st.integers(0, 30), min_size=400, max_size=400), st.integers(1, 90), st.booleans())
def test_the_first_of_many_are_their_beginning(values: list[int], first: int, few: bool) -> None:
    literals = Literals.of(Kind.NUMBER, range(len(values)), values)
    ranks = np.arange(len(values), dtype=np.int32)[::-1]
    some = np.arange(0, len(values), 3 if few else 1, dtype=np.int32)
    for descending in (False, True):
        whole = literals.ordered(some, ranks, descending=descending)
        begun = literals.ordered(some, ranks, descending=descending, first=first)
        assert begun.tolist() == whole[:first].tolist()


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(-9, 9)), max_size=60), st.integers(-10, 10))
def test_sorted_and_scanned_ranges_agree(facts: Sequence[tuple[int, int]], bound: int) -> None:
    scanned = Literals.of(Kind.NUMBER, [i for i, _ in facts], [v for _, v in facts])
    order = np.argsort(scanned.values, kind="stable").astype(np.int32)
    ranked = Literals(Kind.NUMBER, scanned.items, scanned.values, order)
    for op in OPS:
        naive = sorted({i for i, v in facts if _compare(op, v, bound)})
        assert scanned.where(op, str(bound)).tolist() == naive
        assert ranked.where(op, str(bound)).tolist() == naive
        some = np.arange(0, 41, 3, dtype=np.int32)
        assert ranked.among(some, op, str(bound)).tolist() == [i for i in naive if i % 3 == 0]


def _compare(op: Op, value: float, bound: float) -> bool:
    return {
        "is": value == bound,
        ">=": value >= bound,
        "<=": value <= bound,
        ">": value > bound,
        "<": value < bound,
    }[op]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_is_found_by_what_is_shown(value: float) -> None:
    literals = Literals.of(Kind.NUMBER, [0], [value])
    assert literals.where("is", shown(Kind.NUMBER, value)).tolist() == [0]


def test_equal_catalogues_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        catalogues.save(bottles(), tmp_path / name)
    for path in (tmp_path / "one").glob("literal-*"):
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
