"""The graph's answers, read off the toy table or worked out by brute force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import names, naming
from kg.builder import Builder
from kg.catalogue import Catalogue, Histories, load, save
from kg.graph import KnowledgeGraph, Years
from kg.neighbourhood import to_networkx
from kg.types import Condition, Edge, Entity, EntityId, Item, ItemId, Kind, RelationName


def where(relation: str, value: str) -> Condition:
    return Condition(RelationName(relation), value)


def found(graph: KnowledgeGraph, *all_of: Condition, **rest: object) -> list[str]:
    return list(graph.ids(graph.find(all_of, **rest)))  # type: ignore[arg-type]


def test_find_joins_conditions(toy: KnowledgeGraph) -> None:
    assert found(toy, where("director", "Ada Quill"), where("cinematographer", "Bo Lund")) == ["1", "6"]


def test_find_takes_lower_case_values(toy: KnowledgeGraph) -> None:
    assert found(toy, where("director", "ada quill")) == ["1", "2", "6"]


def test_find_leaves_out_what_is_unwanted(toy: KnowledgeGraph) -> None:
    assert found(toy, where("director", "Ada Quill"), none_of=[where("genre", "Thriller")]) == ["1"]


def test_find_of_nothing_wanted_is_everything(toy: KnowledgeGraph) -> None:
    assert found(toy) == ["1", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize("condition", [where("director", "Nobody"), where("colour", "red")])
def test_find_of_an_unknown_value_or_relation_is_nothing(toy: KnowledgeGraph, condition: Condition) -> None:
    assert found(toy, condition) == []


@pytest.mark.parametrize(
    ("years", "ids"),
    [
        (Years(1983, 1990), ["3", "4"]),
        (Years(1992, None), ["5", "6"]),
        (Years(None, 1975), ["1"]),
        (Years(2000, 1990), []),
        (Years(10**12, None), []),
    ],
)
def test_years_are_inclusive_and_open_at_none(toy: KnowledgeGraph, years: Years, ids: list[str]) -> None:
    assert found(toy, years=years) == ids


@pytest.mark.parametrize("years", [Years(0, None), Years(-5, None), Years(None, 3000)])
def test_an_item_of_unknown_year_satisfies_no_bound(
    graph_of: Callable[..., KnowledgeGraph], years: Years
) -> None:
    assert found(graph_of([Item(ItemId("a"), "A")], []), years=years) == []


def test_domains_are_kept_apart(graph_of: Callable[..., KnowledgeGraph]) -> None:
    items = [Item(ItemId("f"), "Salt Road"), Item(ItemId("b"), "Salt Road", None, "book")]
    assert found(graph_of(items, []), domain="book") == ["b"]


def test_an_unknown_domain_has_no_items(toy: KnowledgeGraph) -> None:
    assert found(toy, domain="opera") == []


def test_labels_are_counted_over_items(toy: KnowledgeGraph) -> None:
    every = toy.find([])
    by_hand = Counter(each.label for key in toy.ids(every) for each in toy.values(key, "genre"))
    assert toy.label_counts(every, "genre") == by_hand
    assert toy.label_counts(every[:0], "genre") == toy.label_counts(every, "colour") == {}


def test_values_are_sorted_by_label(graph_of: Callable[..., KnowledgeGraph]) -> None:
    facts = [("a", "actor", "Zoe"), ("a", "actor", "Abe"), ("a", "genre", "Drama")]
    graph = graph_of([Item(ItemId("a"), "A")], facts)
    assert [entity.label for entity in graph.values(ItemId("a"), "actor")] == ["Abe", "Zoe"]


def test_values_of_an_unknown_relation_are_empty(toy: KnowledgeGraph) -> None:
    assert toy.values(ItemId("1"), "colour") == []


def test_facts_are_everything_known_of_an_item(toy: KnowledgeGraph) -> None:
    labels = {name: [e.label for e in entities] for name, entities in toy.facts(ItemId("4")).items()}
    assert labels == {"cinematographer": ["Cy Marsh"], "director": ["Dov Eberhart"], "genre": ["Western"]}


def test_roles_count_items_most_first(graph_of: Callable[..., KnowledgeGraph]) -> None:
    facts = [("a", "actor", "Ada"), ("a", "writer", "Ada"), ("b", "writer", "Ada")]
    graph = graph_of([Item(ItemId("a"), "A"), Item(ItemId("b"), "B")], facts)
    assert list(graph.roles(EntityId("Ada")).items()) == [("writer", 2), ("actor", 1)]


def test_roles_of_the_last_entity_are_its_own(toy: KnowledgeGraph) -> None:
    last = toy.catalogue.entities[-1].id
    edges = [
        toy.catalogue.relations[r].name
        for _, r, e in toy.catalogue.edges
        if e == len(toy.catalogue.entities) - 1
    ]
    assert toy.roles(last) == {name: edges.count(name) for name in edges}


def test_two_entities_of_one_label_satisfy_the_same_condition(
    graph_of: Callable[..., KnowledgeGraph],
) -> None:
    facts = [("a", "composer", "John Morris", "jm1"), ("b", "composer", "John Morris", "jm2")]
    graph = graph_of([Item(ItemId("a"), "A"), Item(ItemId("b"), "B")], facts)
    assert found(graph, where("composer", "John Morris")) == ["a", "b"]


def test_a_surname_alone_is_no_label(toy: KnowledgeGraph) -> None:
    assert toy.entities_named("Quill", "director") == []


def test_an_exact_label_wins_over_one_that_merely_reads_alike(
    graph_of: Callable[..., KnowledgeGraph],
) -> None:
    facts = [("a", "genre", "Sci-Fi"), ("a", "genre", "Sci Fi")]
    graph = graph_of([Item(ItemId("a"), "A")], facts)
    assert [entity.label for entity in graph.entities_named("Sci-Fi")] == ["Sci-Fi"]


def test_entities_of_another_relation_are_not_named(toy: KnowledgeGraph) -> None:
    assert toy.entities_named("Ada Quill", "actor") == []


def test_labels_near_are_nearest_first(graph_of: Callable[..., KnowledgeGraph]) -> None:
    facts = [("a", "actor", name) for name in ("Ada Quill", "Ada Quilt", "Theo Brandt")]
    graph = graph_of([Item(ItemId("a"), "A")], facts)
    assert graph.labels_near("Ada Quil", "actor") == ["Ada Quill", "Ada Quilt"]


def test_proof_is_the_edge(toy: KnowledgeGraph) -> None:
    edge = Edge(ItemId("1"), RelationName("genre"), EntityId("genre/Drama"))
    assert toy.proof(ItemId("1"), where("genre", "Drama")) == [edge]


@pytest.mark.parametrize("item", ["2", "no such item"])
def test_what_is_not_so_has_no_proof(toy: KnowledgeGraph, item: str) -> None:
    assert toy.proof(ItemId(item), where("genre", "Drama")) == []


def test_popularity_counts_choices(toy: KnowledgeGraph) -> None:
    assert toy.popularity.tolist() == [1, 2, 0, 1, 0, 1]


def test_by_popularity_breaks_ties_by_facts_then_id(toy: KnowledgeGraph) -> None:
    assert toy.ids(toy.by_popularity(toy.find([]))) == ["2", "1", "6", "4", "3", "5"]


@pytest.mark.parametrize("first", [0, 1, 3, 6, 9])
def test_the_first_by_popularity_are_the_first_of_all(toy: KnowledgeGraph, first: int) -> None:
    every = toy.find([])
    assert toy.by_popularity(every, first).tolist() == toy.by_popularity(every).tolist()[:first]


def test_popularity_without_histories_is_zero(graph_of: Callable[..., KnowledgeGraph]) -> None:
    assert graph_of([Item(ItemId("a"), "A")], []).popularity.tolist() == [0]


def test_an_unknown_item_raises_key_error(toy: KnowledgeGraph) -> None:
    with pytest.raises(KeyError):
        toy.item(ItemId("99"))


def test_membership_is_by_id(toy: KnowledgeGraph) -> None:
    assert ("1" in toy, "99" in toy, 1 in toy) == (True, False, False)


def test_positions_skip_unknown_ids(toy: KnowledgeGraph) -> None:
    assert toy.positions([ItemId("3"), ItemId("99"), ItemId("1")]).tolist() == [2, 0]


def test_relation_counts_are_facts_and_items(toy: KnowledgeGraph) -> None:
    assert ("actor", 4, 4) in toy.catalogue.relation_counts


def test_kinds_of_relations_are_known(toy: KnowledgeGraph) -> None:
    assert (toy.relation("director").kind, toy.relation("colour").kind) == (Kind.PERSON, Kind.OTHER)


def test_to_networkx_holds_the_items_and_everything_known_of_them(toy: KnowledgeGraph) -> None:
    graph = to_networkx(toy, [ItemId("1"), ItemId("6")])
    assert set(graph.edges(keys=True)) == {
        (key, entity.id, name)
        for key in ("1", "6")
        for name, entities in toy.facts(ItemId(key)).items()
        for entity in entities
    }


def test_to_networkx_names_its_nodes(toy: KnowledgeGraph) -> None:
    graph = to_networkx(toy, [ItemId("4")])
    assert (graph.nodes["4"], graph.nodes["genre/Western"]) == (
        {"label": "Salt Road (1990)", "kind": "item"},
        {"label": "Western", "kind": "entity"},
    )


RELATIONS = ("actor", "director", "genre")
VALUES = ("Ann", "Bob", "Cid", "Dee")


@st.composite
def made(draw: st.DrawFn) -> Catalogue:
    """Draw a random catalogue of up to eight items; two entities may share a label."""
    builder = Builder()
    n = draw(st.integers(0, 8))
    for index in range(n):
        year = draw(st.sampled_from([None, 1990, 1995, 2000]))
        builder.add_item(
            Item(ItemId(str(index)), f"T{index}", year, draw(st.sampled_from(["movie", "book"])))
        )
    facts = st.tuples(
        st.integers(0, n - 1) if n else st.nothing(),
        st.sampled_from(RELATIONS),
        st.sampled_from(VALUES),
        st.integers(0, 1),
    )
    for item, name, label, twin in draw(st.lists(facts, max_size=30)) if n else ():
        builder.add_fact(ItemId(str(item)), name, Entity(EntityId(f"{label}-{twin}"), label))
    histories = Histories.pack(
        draw(st.lists(st.lists(st.integers(0, n - 1), max_size=4), max_size=4)) if n else []
    )
    return builder.finish("made", "tests", "1", histories=histories)


conditions = st.lists(st.builds(where, st.sampled_from(RELATIONS), st.sampled_from(VALUES)), max_size=3)
bounds = st.sampled_from([None, 0, 1990, 1994, 2000])


@given(made(), conditions, conditions, bounds, bounds, st.sampled_from([None, "movie", "book", "opera"]))
@settings(max_examples=150, deadline=None)
def test_find_is_brute_force_set_algebra(
    catalogue: Catalogue,
    all_of: list[Condition],
    none_of: list[Condition],
    first: int | None,
    last: int | None,
    domain: str | None,
) -> None:
    with TemporaryDirectory() as folder:
        naming.write(catalogue, Path(folder))
        graph = KnowledgeGraph(catalogue, names.load(Path(folder)))
        got = graph.find(all_of, none_of, years=Years(first, last), domain=domain)
    told = {
        (item, catalogue.relations[relation].name, catalogue.entities[entity].label)
        for item, relation, entity in catalogue.edges.tolist()
    }
    wanted = [
        position
        for position, item in enumerate(catalogue.items)
        if all((position, c.relation, c.value) in told for c in all_of)
        and not any((position, c.relation, c.value) in told for c in none_of)
        and (first is None or (item.year is not None and item.year >= first))
        and (last is None or (item.year is not None and item.year <= last))
        and (domain is None or item.domain == domain)
    ]
    assert got.tolist() == wanted


@given(made(), conditions, conditions)
@settings(max_examples=40, deadline=None)
def test_a_catalogue_answers_from_disk_as_from_memory(
    catalogue: Catalogue, all_of: list[Condition], any_of: list[Condition]
) -> None:
    with TemporaryDirectory() as place:
        folder = Path(place)
        naming.write(catalogue, folder)
        save(catalogue, folder)
        graphs = [KnowledgeGraph(each, names.load(folder)) for each in (catalogue, load(folder))]
        said = [
            (
                graph.ids(graph.by_popularity(graph.find(all_of, (), any_of))),
                [graph.facts(item.id) for item in graph.catalogue.items],
                [graph.roles(entity.id) for entity in graph.catalogue.entities],
                graph.catalogue.relation_counts,
                graph.domains,
            )
            for graph in graphs
        ]
    assert said[0] == said[1]


@given(made())
@settings(max_examples=40, deadline=None)
def test_every_edge_is_the_proof_of_its_own_condition(catalogue: Catalogue) -> None:
    with TemporaryDirectory() as folder:
        naming.write(catalogue, Path(folder))
        graph = KnowledgeGraph(catalogue, names.load(Path(folder)))
        for item, relation, entity in catalogue.edges.tolist():
            key, name = catalogue.items[item].id, catalogue.relations[relation].name
            edge = Edge(key, name, catalogue.entities[entity].id)
            assert edge in graph.proof(key, Condition(name, catalogue.entities[entity].label))


def test_found_positions_are_int32(toy: KnowledgeGraph) -> None:
    assert toy.find([]).dtype == np.int32
