"""The query set that ships: valid against the built-in catalogue, its truth that of the graph."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from bench import dataset
from bench.plans.split import read_split
from bench.types import Query
from kg.graph import KnowledgeGraph
from kg.store import open_catalogue
from kg.text import name_key
from kg.types import ItemId

ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in dataset.BUILTIN.read_text(encoding="utf-8").splitlines() if line.strip()
]
STATED = [row["id"] for row in ROWS if row.get("conditions")]
HINTED = [row["id"] for row in ROWS if row.get("references")]
CLAIMED = [row["id"] for row in ROWS if row.get("claim")]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("USHER_HOME", str(tmp_path_factory.getbasetemp() / "usher-home"))
        return open_catalogue().graph


@pytest.fixture(scope="module")
def queries(graph: KnowledgeGraph) -> dict[str, Query]:
    return {query.id: query for query in dataset.read([dataset.BUILTIN], graph)}


def test_every_line_is_a_query_that_fits_the_catalogue(queries: dict[str, Query]) -> None:
    assert len(queries) == len(ROWS) > 0


@pytest.mark.parametrize("id_", STATED)
def test_the_truth_is_what_satisfies_the_conditions(
    graph: KnowledgeGraph, queries: dict[str, Query], id_: str
) -> None:
    query = queries[id_]
    found = set(graph.ids(graph.find(dataset.conditions(query), domain=query.domain)))
    assert set(query.ground_truth) == found - set(query.ignore)


@pytest.mark.parametrize("id_", STATED)
def test_there_is_something_to_find(queries: dict[str, Query], id_: str) -> None:
    assert queries[id_].ground_truth


@pytest.mark.parametrize("id_", STATED)
def test_the_conditions_are_counted(queries: dict[str, Query], id_: str) -> None:
    assert queries[id_].n_conditions == len(queries[id_].conditions)


@pytest.mark.parametrize("id_", STATED)
def test_a_value_is_written_as_in_the_catalogue(
    graph: KnowledgeGraph, queries: dict[str, Query], id_: str
) -> None:
    for condition in queries[id_].conditions:
        named = graph.entities_named(condition.value, condition.relation)
        assert condition.value in {entity.label for entity in named}


@pytest.mark.parametrize("id_", HINTED)
def test_the_items_of_a_reference_share_its_value(
    graph: KnowledgeGraph, queries: dict[str, Query], id_: str
) -> None:
    for reference in queries[id_].references:
        for item in reference.items:
            assert reference.value in {e.label for e in graph.values(ItemId(item), reference.relation)}


@pytest.mark.parametrize("id_", HINTED)
def test_the_value_of_a_reference_is_not_said(queries: dict[str, Query], id_: str) -> None:
    said = name_key(queries[id_].query)
    assert not [each.value for each in queries[id_].references if name_key(each.value) in said]


@pytest.mark.parametrize("id_", CLAIMED)
def test_a_claim_is_false(graph: KnowledgeGraph, queries: dict[str, Query], id_: str) -> None:
    claim = queries[id_].claim
    for item in claim.items:
        assert claim.claimed not in {e.label for e in graph.values(ItemId(item), claim.relation)}


@pytest.mark.parametrize("id_", CLAIMED)
def test_the_truth_of_a_claim_is_in_the_graph(
    graph: KnowledgeGraph, queries: dict[str, Query], id_: str
) -> None:
    claim = queries[id_].claim
    held = {e.label for item in claim.items for e in graph.values(ItemId(item), claim.relation)}
    assert claim.truths <= held


@pytest.mark.parametrize("id_", CLAIMED)
def test_the_false_name_is_said(queries: dict[str, Query], id_: str) -> None:
    assert name_key(queries[id_].claim.claimed) in name_key(queries[id_].query)


@pytest.mark.parametrize("kind", ["explicit", "implicit", "misinformed"])
@pytest.mark.parametrize("domain", ["movie", "book"])
def test_both_domains_have_every_type(domain: str, kind: str) -> None:
    assert Counter((row["domain"], row["type"]) for row in ROWS)[domain, kind] >= 3


def test_only_misinformed_queries_have_a_claim() -> None:
    assert {row["type"] for row in ROWS if row.get("claim")} <= {"misinformed"}


def test_no_request_is_asked_twice() -> None:
    assert len({row["query"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("kind", ["interest", "demographic"])
@pytest.mark.parametrize("domain", ["movie", "book"])
def test_both_domains_have_requests_without_conditions(graph: KnowledgeGraph, domain: str, kind: str) -> None:
    asked = dataset.read([dataset.PROFILES], graph)
    assert sum((query.domain, query.type) == (domain, kind) for query in asked) >= 5


def test_an_interest_says_how_many_users_share_it(graph: KnowledgeGraph) -> None:
    asked = [query for query in dataset.read([dataset.PROFILES], graph) if query.type == "interest"]
    half = set(read_split(dataset.PROFILES.with_name("split.json")).patterns)
    catalogue = graph.catalogue
    assert catalogue.histories is not None
    chosen = [
        [catalogue.items[at].id for at in catalogue.histories.of(place).tolist()]
        for place, user in enumerate(catalogue.users)
        if user.id in half
    ]
    for query in asked:
        truth = set(query.ground_truth)
        windows = (
            any(set(items[at : at + len(truth)]) == truth for at in range(len(items))) for items in chosen
        )
        assert sum(windows) == query.shared_by


def test_no_true_item_of_a_request_without_conditions_is_named(graph: KnowledgeGraph) -> None:
    for query in dataset.read([dataset.PROFILES], graph):
        assert not set(query.ground_truth) & {*query.history, *query.ignore}
