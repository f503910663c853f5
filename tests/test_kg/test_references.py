"""Items of another catalogue, known and never recommended: what joins, what is proved, what is found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kg import catalogue as catalogues
from kg import names, naming
from kg.builder import Builder
from kg.catalogue import Catalogue
from kg.documents import documents
from kg.embedders import Lsa
from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.references import joined
from kg.sources import SOURCES, builtin
from kg.store import build
from kg.taste.model import Taste
from kg.text import name_key
from kg.types import Condition, Entity, EntityId, Item, ItemId, Kind, Relation, RelationName
from kg.vectors import exact_index
from tests.conftest import as_graph, toy_catalogue

ADA = Condition(RelationName("director"), "Ada Quill")


def others() -> Catalogue:
    """Four films and a book: one the toy has under another title, three it lacks."""
    builder = Builder()
    films = {
        "tram": (Item(ItemId("tram"), "The Night Tram", 1982), "Ada Quill", "Cy Marsh", "Thriller"),
        "kite": (Item(ItemId("kite"), "Red Kite", 1979), "Ada Quill", "Bo Lund", "Thriller"),
        "mast": (Item(ItemId("mast"), "The Mast", 1985), "Una Frost", "bo lund", "Sea story"),
        "moon": (Item(ItemId("moon"), "Paper Moons", 1999), "Una Frost", "Cy Marsh", "Comedy"),
    }
    for key, (item, director, cinematographer, genre) in films.items():
        builder.add_item(item, f"About {item.title}.")
        for name, label in (("director", director), ("cinematographer", cinematographer), ("genre", genre)):
            builder.add_fact(ItemId(key), name, Entity(EntityId(f"{name}/{label}"), label))
        builder.add_fact(ItemId(key), "caterer", Entity(EntityId("caterer/x"), "X"))
    builder.add_item(Item(ItemId("book"), "A Book", 1980, "book"))
    builder.add_fact(ItemId("book"), "genre", Entity(EntityId("genre/Drama"), "Drama"))
    return builder.finish("others", "tests", "1")


@pytest.fixture
def graph(tmp_path: Path) -> KnowledgeGraph:
    return as_graph(joined(toy_catalogue(), others()), tmp_path)


def ids(graph: KnowledgeGraph, *conditions: Condition) -> list[ItemId]:
    return graph.ids(graph.find(conditions).tolist())


KITE, MAST, MOON = (ItemId(f"others:{key}") for key in ("kite", "mast", "moon"))


def test_what_the_catalogue_lacks_stands_at_the_end(graph: KnowledgeGraph) -> None:
    assert graph.ids(range(6, len(graph.catalogue.items))) == [KITE, MAST, MOON]
    assert (graph.catalogue.counts["items"], graph.catalogue.counts["references"]) == (6, 3)


def test_a_reference_is_known_and_not_offered(graph: KnowledgeGraph) -> None:
    assert (KITE in graph, graph.offers(KITE), graph.offers("1"), graph.offers("none")) == (
        True,
        False,
        True,
        False,
    )


def test_nothing_that_finds_returns_a_reference(graph: KnowledgeGraph) -> None:
    year = Condition(RelationName("year"), "1970", ">=")
    assert ids(graph, ADA) == ["1", "2", "6"]
    assert len(ids(graph, year)) == len(ids(graph)) == 6
    assert graph.items_with(year).max() == graph.known("genre").max() == graph.known("year").max() == 5
    assert KITE not in {item.id for item in graph.offered}


def test_what_a_reference_has_is_proved(graph: KnowledgeGraph) -> None:
    assert graph.proved(KITE, ADA) == [("director", "Ada Quill")]
    assert graph.labels(MAST, "cinematographer") == ["Bo Lund"]


def test_who_made_only_references_proves_facts_and_is_nobody_to_ask_for(graph: KnowledgeGraph) -> None:
    una = Condition(RelationName("director"), "una frost")
    assert graph.proved(MAST, una) == [("director", "Una Frost")]
    assert not graph.names.lookup([name_key("Una Frost")])[0]
    assert not graph.entities_named("Una Frost")


def test_roles_count_what_can_be_recommended(graph: KnowledgeGraph) -> None:
    (ada,) = graph.entities_named("Ada Quill")
    assert graph.roles(ada.id) == {"director": 3}


def test_no_new_genre_and_no_new_relation_comes(graph: KnowledgeGraph) -> None:
    assert graph.labels(MAST, "genre") == []
    assert not graph.has_relation("caterer")


def test_a_title_names_the_item_that_can_be_recommended_first(graph: KnowledgeGraph) -> None:
    refs = graph.names.lookup([name_key("Paper Moons")])[0]
    assert graph.ids([ref.code for ref in refs]) == ["3", MOON]


def test_texts_and_nearness_are_of_what_can_be_recommended(graph: KnowledgeGraph) -> None:
    assert graph.catalogue.texts[KITE] == "About Red Kite."
    index = exact_index(graph, Lsa.fit(documents(graph)))
    assert KITE not in [key for key, _ in index.search("about red kite", 20)]


def test_likeness_by_facts_of_others_stays_as_it_is(graph: KnowledgeGraph) -> None:
    alone, beside = (Taste(each).content.scores(np.array([0])) for each in (toy_catalogue(), graph.catalogue))
    assert alone.tolist() == beside[:6].tolist()
    assert beside[6] > 0


def test_literals_join_where_kind_and_unit_agree(tmp_path: Path) -> None:
    def with_minutes(catalogue: Catalogue, key: str, unit: str) -> Catalogue:
        builder = Builder()
        builder.relations["length"] = Relation(RelationName("length"), Kind.NUMBER, unit)
        for item in catalogue.items:
            builder.add_item(item)
        builder.add_value(ItemId(key), "length", 90)
        return builder.finish(catalogue.name, "tests", "1")

    mine = with_minutes(toy_catalogue(), "1", "min")
    graph = as_graph(joined(mine, with_minutes(others(), "kite", "min")), tmp_path)
    long = Condition(RelationName("length"), "80", ">=")
    assert (graph.labels(KITE, "length"), ids(graph, long)) == (["90"], ["1"])
    assert graph.ids(graph.ordered(graph.find([]), "length", first=1).tolist()) == ["1"]
    other = joined(mine, with_minutes(others(), "kite", "h"))
    assert other.literals["length"].items.tolist() == [0]


def test_another_part_of_a_series_is_another_film() -> None:
    part, other = (Item(ItemId(key), f"Three Roads: {key}", 1990) for key in ("East", "West"))
    mine = replace(toy_catalogue(), items=[*toy_catalogue().items, part])
    theirs = replace(others(), items=[*others().items[:-1], other])
    assert joined(mine, theirs).items[-1].title == "Three Roads: West"


def test_a_folder_keeps_how_many_are_references_and_equal_input_gives_equal_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        catalogue = joined(toy_catalogue(), others())
        naming.write(catalogue, tmp_path / name)
        catalogues.save(catalogue, tmp_path / name)
    kept = [{f.name: f.read_bytes() for f in (tmp_path / name).iterdir()} for name in ("a", "b")]
    assert kept[0] == kept[1]
    loaded = KnowledgeGraph(catalogues.load(tmp_path / "a"), names.load(tmp_path / "a"))
    assert (loaded.catalogue.references, ids(loaded, ADA)) == (3, ["1", "2", "6"])


@pytest.mark.parametrize("wanted", [None, (), ("builtin",)])
def test_references_of_a_source_can_be_chosen(tmp_path: Path, wanted: tuple[str, ...] | None) -> None:
    source = replace(
        SOURCES["ml-1m"],
        files=lambda folder: [folder / "x"],
        read=lambda _: toy_catalogue(),
        references=("builtin",),
    )
    (tmp_path / "x").write_text("x", encoding="utf-8")
    folder = build(source, tmp_path, references=wanted)
    assert (catalogues.load(folder).references > 0) == (wanted != ())
    assert build(source, tmp_path, references=()) != build(source, tmp_path)


def test_a_catalogue_is_no_reference_of_its_own() -> None:
    with pytest.raises(UsageError, match="'builtin' cannot be its own reference"):
        build(SOURCES["builtin"], builtin.HERE, references=["builtin"])
