"""Standing wishes: what finders leave out, and what a search is given that states what was asked for."""

from __future__ import annotations

from dataclasses import replace

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
RECENT = Wish((Condition(YEAR, "1983", ">="),), "only")
NO_SEQUELS = Wish((Condition(SEQUEL, "any"),), always=True)


def found(graph: KnowledgeGraph, wishes: tuple[Wish, ...], *conditions: Condition) -> set[str]:
    known = Knowledge(graph, lambda: pytest.fail("no text is searched")).asked_by(Asker(wishes=wishes))
    return {str(hit.id) for hit in find_items(known, list(conditions), limit=10).items}


def test_what_is_unwanted_is_left_out_and_what_alone_is_wanted_is_kept(toy: KnowledgeGraph) -> None:
    assert found(toy, (NO_WESTERNS,)) == {"1", "2", "3", "5", "6"}
    assert found(toy, (RECENT,)) == {"3", "4", "5", "6"}
    assert found(toy, (NO_WESTERNS, RECENT), Condition(RelationName("director"), "Dov Eberhart")) == {"3"}


def test_of_what_less_is_wanted_nothing_is_left_out(toy: KnowledgeGraph) -> None:
    assert found(toy, (replace(NO_WESTERNS, force="less"),)) == {"1", "2", "3", "4", "5", "6"}


def test_a_search_that_states_it_is_given_what_was_asked_for_since(toy: KnowledgeGraph) -> None:
    assert not found(toy, (NO_WESTERNS,), WESTERN)
    asked = replace(NO_WESTERNS, asked=True)
    assert found(toy, (asked,), WESTERN) == {"4"}
    assert "4" not in found(toy, (asked,))


def test_what_is_not_known_is_not_against_a_wish(cellar: Knowledge) -> None:
    cheap = Wish((Condition(RelationName("price"), "15", "<="),), "only")
    assert found(cellar.graph, (cheap,)) == {"a", "d", "e"}


def test_sequels_follow_from_series_and_years(tmp_path_factory: pytest.TempPathFactory) -> None:
    builder = Builder()
    films = (("1", 1980, "movie"), ("2", 1985, "movie"), ("3", None, "movie"), ("4", 1990, "book"))
    for key, year, domain in films:
        builder.add_item(Item(ItemId(key), f"Lantern {key}", year, domain=domain), "")
        builder.add_fact(ItemId(key), "series", Entity(EntityId("series/lantern"), "Lantern"))
    graph = as_graph(builder.finish("lanterns", "tests", "1"), tmp_path_factory.mktemp("lanterns"))
    assert graph.ids(against(graph, NO_SEQUELS).tolist()) == ["2"]  # of an unknown year nothing follows
    assert not len(barred(graph, [replace(NO_SEQUELS, asked=True)], [Condition(SEQUEL, "any")]))
    assert knows_sequels(graph)


def test_a_catalogue_without_series_knows_no_sequels(toy: KnowledgeGraph) -> None:
    assert not knows_sequels(toy)
    assert not len(against(toy, NO_SEQUELS))


def test_wishes_are_plain_data() -> None:
    for wish in (NO_WESTERNS, RECENT, NO_SEQUELS, replace(RECENT, domain="movie", asked=True)):
        assert Wish.of_data(wish.as_data()) == wish
