"""Words of titles and descriptions: plurals, and items found by the words they have, on the toy catalogue."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kg.graph import KnowledgeGraph
from kg.stems import singular, stem
from kg.types import Condition, RelationName
from tools.errors import ToolError
from tools.knowledge import Knowledge
from tools.search import search_items
from tools.types import Found

THRILLER = Condition(RelationName("genre"), "Thriller")


@pytest.mark.parametrize(
    ("word", "one"),
    [
        ("trains", "train"),
        ("spies", "spy"),
        ("wolves", "wolf"),
        ("witches", "witch"),
        ("boxes", "box"),
        ("glasses", "glass"),
        ("glass", "glass"),
        ("circus", "circus"),
        ("crisis", "crisis"),
        ("gas", "gas"),
        ("ties", "tie"),
        ("slaves", "slave"),
        ("detectives", "detective"),
        ("wives", "wife"),
        ("elves", "elf"),
        ("thieves", "thief"),
        ("olives", "olive"),
        ("moon", "moon"),
    ],
)
def test_a_plural_loses_its_ending_and_nothing_else_does(word: str, one: str) -> None:
    assert singular(word) == one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("fishermen", "fisherman"),
        ("women", "woman"),
        ("children", "child"),
        ("mice", "mouse"),
        ("zombies", "zombie"),
        ("detectives", "detective"),
        ("funnier", "funny"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("rape", "rap"), ("popes", "pop"), ("wine", "win")])
def test_words_of_another_meaning_have_another_stem(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    "words",
    ["Étoiles étoile", "cooking cooks Cook cook's", "funny funnier funniest", "dancers dancing dance danced"],
)
def test_the_forms_of_a_word_have_one_stem(words: str) -> None:
    assert len({stem(word) for word in words.split()}) == 1


@pytest.mark.parametrize(
    ("word", "positions"),
    [("lighthouse", {0, 4}), ("Lighthouses", {0, 4}), ("tram", {1}), ("glass", {0, 4}), ("zebra", set())],
)
def test_an_item_has_the_words_of_its_title_and_of_its_description(
    toy_knowledge: Knowledge, word: str, positions: set[int]
) -> None:
    assert set(toy_knowledge.texts.postings(stem(word))[0].tolist()) == positions


def test_titles_alone_tell_nothing(toy: KnowledgeGraph) -> None:
    bare = KnowledgeGraph(replace(toy.catalogue, texts={}), toy.names)
    assert having(Knowledge(bare, lambda: pytest.fail("opened")), "tram").items == ()


# search_items with words


def having(knowledge: Knowledge, *words: str, **rest: Any) -> Found:
    return search_items(knowledge, "", words=list(words), **rest)


def ids(found: Found) -> list[str]:
    return [hit.id for hit in found.items]


def test_only_items_that_have_the_word_are_found_the_most_popular_first(toy_knowledge: Knowledge) -> None:
    assert ids(having(toy_knowledge, "a")) == ["2", "1", "6", "4"]


def test_all_words_must_be_of_one_item(toy_knowledge: Knowledge) -> None:
    assert ids(having(toy_knowledge, "lighthouse", "dark")) == ["5"]


def test_a_word_that_nothing_has_is_missing_and_the_others_count(toy_knowledge: Knowledge) -> None:
    found = having(toy_knowledge, "zebra", "tram")
    assert (ids(found), found.missing) == (["2"], ("zebra",))


def test_of_words_that_no_item_has_together_the_rarer_counts(toy_knowledge: Knowledge) -> None:
    found = having(toy_knowledge, "lighthouse", "tram")
    assert (ids(found), found.missing) == (["2"], ("lighthouse",))


def test_where_nothing_has_any_of_the_words_nothing_is_found(toy_knowledge: Knowledge) -> None:
    found = having(toy_knowledge, "zebra", "gnu")
    assert (ids(found), found.total, found.missing) == ([], 0, ("zebra", "gnu"))


def test_words_do_not_lift_conditions(toy_knowledge: Knowledge) -> None:
    found = having(toy_knowledge, "a", conditions=[THRILLER])
    assert ([*ids(found)], {each.item for each in found.evidence}) == (["2", "6"], {"2", "6"})


def test_a_word_of_items_that_conditions_rule_out_is_missing(toy_knowledge: Knowledge) -> None:
    found = having(toy_knowledge, "caravan", "tram", conditions=[THRILLER])
    assert (ids(found), found.missing) == (["2"], ("caravan",))


def test_k_cuts_what_has_the_words_and_not_the_total(toy_knowledge: Knowledge) -> None:
    found = having(toy_knowledge, "a", k=1)
    assert (ids(found), found.total) == (["2"], 4)


def test_neither_text_nor_words_is_refused(toy_knowledge: Knowledge) -> None:
    with pytest.raises(ToolError, match="text is empty"):
        having(toy_knowledge)


def test_words_open_no_text_index(toy: KnowledgeGraph) -> None:
    closed = Knowledge(toy, lambda: pytest.fail("opened"))
    assert ids(having(closed, "tram")) == ["2"]


# Coverage


def test_words_of_one_text_are_covered(toy_knowledge: Knowledge) -> None:
    found = search_items(toy_knowledge, "recommend me films about a lighthouse that counts ships")
    assert (found.coverage, found.unheard, found.missing) == (1.0, (), ())


def test_words_that_no_text_has_are_named_and_lower_the_coverage(toy_knowledge: Knowledge) -> None:
    found = search_items(toy_knowledge, "movies about a lighthouse and Zebras")
    assert (found.unheard, found.missing) == (("Zebras",), ("Zebras",))
    assert 0 < (found.coverage or 0) < 0.5


def test_coverage_is_that_of_one_text_and_not_of_all(toy_knowledge: Knowledge) -> None:
    found = search_items(toy_knowledge, "tram lighthouse")
    assert 0 < (found.coverage or 1) < 1
    assert found.unheard == ()


def test_one_of_several_words_covers_the_others(toy_knowledge: Knowledge) -> None:
    assert having(toy_knowledge, "railway|tram").coverage == 1.0


def test_forms_of_a_word_in_two_parts_are_one(toy_knowledge: Knowledge) -> None:
    assert search_items(toy_knowledge, "a tram and trams or a lighthouse").coverage == 1.0
