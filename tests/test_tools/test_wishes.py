"""Standing wishes: what every finder leaves out, and what a request that states the opposite is given."""

from __future__ import annotations

import pytest

from kg.builder import Builder
from kg.graph import KnowledgeGraph
from kg.types import YEAR, Condition, Entity, EntityId, Item, ItemId, RelationName
from tests.conftest import as_graph
from tools.find import find_items
from tools.knowledge import Asker, Knowledge
from tools.wishes import SEQUEL, Wish, against, barred, knows_sequels

GENRE = RelationName("genre")
WESTERN = Condition(GENRE, "Western")
NO_WESTERNS = Wish((WESTERN,))
RECENT = Wish((Condition(YEAR, "1983", ">="),), unwanted=False)
NO_SEQUELS = Wish((Condition(SEQUEL, "any"),), always=True)


def found(graph: KnowledgeGraph, wishes: tuple[Wish, ...], *conditions: Condition) -> set[str]:
    known = Knowledge(graph, lambda: pytest.fail("no text is searched")).asked_by(Asker(wishes=wishes))
    return {str(hit.id) for hit in find_items(known, list(conditions), limit=10).items}


def test_what_is_unwanted_is_left_out_and_what_alone_is_wanted_is_kept(toy: KnowledgeGraph) -> None:
    assert found(toy, (NO_WESTERNS,)) == {"1", "2", "3", "5", "6"}
    assert found(toy, (RECENT,)) == {"3", "4", "5", "6"}
    assert found(toy, (NO_WESTERNS, RECENT), Condition(RelationName("director"), "Dov Eberhart")) == {"3"}


def test_a_request_that_states_what_a_wish_is_about_counts(toy: KnowledgeGraph) -> None:
    assert found(toy, (NO_WESTERNS,), WESTERN) == {"4"}
    assert found(toy, (RECENT,), Condition(YEAR, "1980", "<=")) == {"1"}
    assert not found(toy, (RECENT,), Condition(RelationName("actor"), "Mara Vance"))


def test_sequels_follow_from_series_and_years(tmp_path_factory: pytest.TempPathFactory) -> None:
    builder = Builder()
    for key, year, domain in (
        ("1", 1980, "movie"),
        ("2", 1985, "movie"),
        ("3", None, "movie"),
        ("4", 1990, "book"),
    ):
        builder.add_item(Item(ItemId(key), f"Lantern {key}", year, domain=domain), "")
        builder.add_fact(ItemId(key), "series", Entity(EntityId("series/lantern"), "Lantern"))
    graph = as_graph(builder.finish("lanterns", "tests", "1"), tmp_path_factory.mktemp("lanterns"))
    assert graph.ids(against(graph, NO_SEQUELS).tolist()) == [
        "2"
    ]  # of a year that is not known nothing follows
    series = Condition(RelationName("series"), "Lantern")
    assert not len(barred(graph, [NO_SEQUELS], [series]))
    assert knows_sequels(graph)


def test_a_catalogue_without_series_knows_no_sequels(toy: KnowledgeGraph) -> None:
    assert not knows_sequels(toy)
    assert not len(against(toy, NO_SEQUELS))


def test_wishes_are_plain_data() -> None:
    for wish in (NO_WESTERNS, RECENT, NO_SEQUELS):
        assert Wish.of_data(wish.as_data()) == wish
