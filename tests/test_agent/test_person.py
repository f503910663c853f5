"""What a person is remembered by: choices, preferences in weights and in words, why an item is for them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.assistant import Assistant
from agent.interests import (
    BATCH,
    CHOSEN,
    DECAY,
    DISLIKED,
    LIKED,
    OVERLAP,
    Choice,
    Interests,
    Weight,
    Weights,
    batches,
    merged,
)
from agent.perception import describe, perceive
from agent.person import Person, Profile, chosen, forgotten, with_history
from kg import names, naming
from kg.builder import Builder
from kg.catalogue import Catalogue
from kg.graph import KnowledgeGraph
from kg.types import Entity, EntityId, Item, ItemId

NOBODY = Person("nobody")
GLASS, TRAM, MOONS, SALT, GLASS_2, ORCHARD = (ItemId(str(n)) for n in range(1, 7))


def ids(*keys: str) -> list[ItemId]:
    return [ItemId(key) for key in keys]


def as_graph(catalogue: Catalogue, folder: Path) -> KnowledgeGraph:
    naming.write(catalogue, folder)
    return KnowledgeGraph(catalogue, names.load(folder))


def labels_of(graph: KnowledgeGraph, item: ItemId) -> set[str]:
    return {entity.label for entities in graph.facts(item).values() for entity in entities}


def weight(weights: Weights, relation: str, label: str) -> float:
    return next((w.weight for w in weights if (w.relation, w.label) == (relation, label)), 0.0)


@pytest.fixture
def many(tmp_path: Path) -> KnowledgeGraph:
    """12,000 films: 1,000 westerns by Ann Oak, 1,000 comedies, and others; every second one from Nowhere."""
    builder = Builder()
    for n in range(12_000):
        key = ItemId(f"f{n}")
        kinds = (("Western", 1955, "Ann Oak"), ("Comedy", 1985, f"Director {n}"))
        genre, year, director = kinds[n // 1_000] if n < 2_000 else (f"Kind {n % 9}", 2005, f"Director {n}")
        builder.add_item(Item(key, f"Film {n}", year))
        for relation, label in (("genre", genre), ("director", director), ("country", "Nowhere")):
            if relation != "country" or n % 2:
                builder.add_fact(key, relation, Entity(EntityId(f"{relation}/{label}"), label))
    return as_graph(builder.finish("many", "tests", "1"), tmp_path)


# Choices


def test_what_is_liked_was_seen(toy: KnowledgeGraph) -> None:
    assert chosen(NOBODY, toy, likes=[TRAM]).seen == (TRAM,)


def test_what_is_disliked_was_seen(toy: KnowledgeGraph) -> None:
    assert chosen(NOBODY, toy, dislikes=[TRAM]).seen == (TRAM,)


def test_choices_are_in_the_order_they_were_made(toy: KnowledgeGraph) -> None:
    person = chosen(chosen(chosen(NOBODY, toy, seen=[SALT]), toy, likes=[TRAM]), toy, dislikes=[GLASS])
    assert person.seen == (SALT, TRAM, GLASS)


def test_a_new_opinion_replaces_the_old_one(toy: KnowledgeGraph) -> None:
    person = chosen(chosen(NOBODY, toy, likes=[TRAM]), toy, dislikes=[TRAM])
    assert (person.likes, person.dislikes) == ((), (TRAM,))


def test_a_new_opinion_is_the_latest_choice(toy: KnowledgeGraph) -> None:
    assert chosen(chosen(NOBODY, toy, seen=[TRAM, SALT]), toy, likes=[TRAM]).seen == (SALT, TRAM)


def test_to_have_seen_what_was_liked_leaves_the_opinion(toy: KnowledgeGraph) -> None:
    person = chosen(NOBODY, toy, likes=[TRAM])
    assert chosen(person, toy, seen=[TRAM]) == person


def test_seen_and_disliked_are_excluded(toy: KnowledgeGraph) -> None:
    person = chosen(NOBODY, toy, likes=[TRAM], dislikes=[SALT], seen=[GLASS])
    assert person.excluded == {TRAM, SALT, GLASS}


def test_what_is_forgotten_was_never_chosen(toy: KnowledgeGraph) -> None:
    person = chosen(NOBODY, toy, likes=[TRAM], dislikes=[SALT], seen=[GLASS])
    assert forgotten(person, [TRAM, SALT, GLASS], toy) == NOBODY


def test_a_repeat_in_a_history_counts_where_it_is_last(toy: KnowledgeGraph) -> None:
    assert with_history("u", [TRAM, SALT, TRAM], toy).seen == (SALT, TRAM)


def test_choices_one_by_one_are_the_same_as_at_once(usher: Assistant) -> None:
    items = [item.id for item in usher.graph.catalogue.items[:25]]
    person = NOBODY
    for item in items:
        person = chosen(person, usher.graph, likes=[item])
    assert person == chosen(NOBODY, usher.graph, likes=items)


def test_an_opinion_says_nothing_of_gender_age_or_occupation(usher: Assistant) -> None:
    items = [item.id for item in usher.graph.catalogue.items]
    assert chosen(NOBODY, usher.graph, likes=items).profile == Profile()


def test_the_history_of_a_user_says_nothing_of_gender_age_or_occupation(usher: Assistant) -> None:
    histories = usher.graph.catalogue.histories
    assert histories is not None
    assert with_history("u", usher.graph.ids(histories.of(0)), usher.graph).profile == Profile()


# Batches and weights


@given(st.integers(0, 200))
def test_every_choice_is_in_a_batch(count: int) -> None:
    listed = [Choice(ItemId(str(n)), LIKED) for n in range(count)]
    assert {c for batch in batches(listed) for c in batch} == set(listed)


@given(st.integers(BATCH + 1, 200))
def test_neighbouring_batches_overlap(count: int) -> None:
    found = batches([Choice(ItemId(str(n)), LIKED) for n in range(count)])
    assert all(a[-OVERLAP:] == b[:OVERLAP] for a, b in pairwise(found))


@given(st.integers(1, 200))
def test_the_latest_batch_ends_with_the_latest_choice(count: int) -> None:
    listed = [Choice(ItemId(str(n)), LIKED) for n in range(count)]
    assert batches(listed)[-1][-1] == listed[-1]


def test_the_first_batch_is_the_long_term_preference(toy: KnowledgeGraph) -> None:
    person = chosen(NOBODY, toy, likes=[TRAM, SALT])
    assert person.long_term == person.short_term != ()


def test_a_merge_keeps_a_share_of_the_long_term() -> None:
    assert merged((Weight("genre", "Drama", 1.0),), ()) == (Weight("genre", "Drama", DECAY),)


def test_a_merge_adds_a_share_of_the_short_term() -> None:
    both = merged((Weight("genre", "Drama", 0.5),), (Weight("genre", "Drama", 1.0),))
    assert both == (Weight("genre", "Drama", pytest.approx(DECAY * 0.5 + (1 - DECAY))),)


def test_the_latest_batch_moves_the_short_term_more_than_the_long(many: KnowledgeGraph) -> None:
    person = with_history("u", ids(*(f"f{n}" for n in (*range(50), *range(1_000, 1_010)))), many)
    assert weight(person.short_term, "genre", "Comedy") > weight(person.long_term, "genre", "Comedy") > 0


def test_the_rarer_of_two_shared_facts_weighs_more(toy: KnowledgeGraph) -> None:
    person = chosen(NOBODY, toy, likes=[GLASS, TRAM])  # Ada Quill directs three of six, Mara Vance is in two
    assert weight(person.short_term, "actor", "Mara Vance") > weight(
        person.short_term, "director", "Ada Quill"
    )


def test_what_was_disliked_weighs_less_than_nothing(toy: KnowledgeGraph) -> None:
    assert weight(chosen(NOBODY, toy, dislikes=[SALT]).short_term, "genre", "Western") < 0


def test_what_was_liked_weighs_more_than_what_was_only_seen(toy: KnowledgeGraph) -> None:
    choices = [Choice(SALT, LIKED), Choice(MOONS, CHOSEN)]
    interest = Interests(toy).interest(choices)
    assert weight(interest, "genre", "Western") > weight(interest, "genre", "Comedy") > 0


def test_as_much_liked_as_disliked_weighs_nothing(toy: KnowledgeGraph) -> None:
    interest = Interests(toy).interest([Choice(MOONS, LIKED), Choice(SALT, DISLIKED)])
    assert weight(interest, "director", "Dov Eberhart") == 0


def test_a_decade_is_a_feature(toy: KnowledgeGraph) -> None:
    assert weight(chosen(NOBODY, toy, likes=[TRAM, MOONS]).short_term, "decade", "1980s") > 0


def test_a_word_counts_if_two_descriptions_have_it(toy: KnowledgeGraph) -> None:
    person = chosen(NOBODY, toy, likes=[GLASS, GLASS_2])  # "lighthouse" is in both
    assert weight(person.short_term, "word", "lighthouse") > 0


def test_a_word_of_one_description_says_nothing(toy: KnowledgeGraph) -> None:
    person = chosen(NOBODY, toy, likes=[GLASS, SALT])
    assert not [w for w in person.short_term if w.relation == "word"]


def test_an_item_that_left_the_catalogue_says_nothing(toy: KnowledgeGraph) -> None:
    with_gone = chosen(NOBODY, toy, likes=[ItemId("gone"), TRAM])
    assert with_gone.short_term == chosen(NOBODY, toy, likes=[TRAM]).short_term


def test_ten_thousand_choices_have_a_preference(many: KnowledgeGraph) -> None:
    person = with_history("u", ids(*(f"f{n}" for n in reversed(range(1_000, 11_000)))), many)
    assert describe(person, many).startswith("Lately: comedy films from the 1980s; for long: ")


def test_ten_thousand_choices_are_all_remembered(many: KnowledgeGraph) -> None:
    assert len(with_history("u", ids(*(f"f{n}" for n in range(10_000))), many).excluded) == 10_000


# In words


def test_nobody_has_no_description(toy: KnowledgeGraph) -> None:
    assert describe(NOBODY, toy) == ""


def test_one_choice_is_described_by_its_title(toy: KnowledgeGraph) -> None:
    assert describe(chosen(NOBODY, toy, likes=[TRAM]), toy) == "So far: Night Tram."


def test_choices_that_left_the_catalogue_have_no_description(toy: KnowledgeGraph) -> None:
    person = chosen(NOBODY, toy, likes=[ItemId("gone")], dislikes=[ItemId("gone, too")])
    assert describe(person, toy) == ""


def test_a_catalogue_may_have_relations_called_decade_and_word(tmp_path: Path) -> None:
    builder = Builder()
    for n in range(6):
        builder.add_item(Item(ItemId(str(n)), f"Film {n}", 1970 + n), "a lighthouse")
        builder.add_fact(ItemId(str(n)), "decade", Entity(EntityId(f"d/{n % 3}"), f"Decade {n % 3}"))
        builder.add_fact(ItemId(str(n)), "word", Entity(EntityId(f"w/{n % 3}"), f"Word {n % 3}"))
    graph = as_graph(builder.finish("odd", "tests", "1"), tmp_path)
    person = chosen(NOBODY, graph, likes=ids("0", "3"))
    assert {w.label for w in person.short_term} == {"Decade 0", "Word 0"}


def test_what_two_choices_share_is_said(toy: KnowledgeGraph) -> None:
    assert describe(chosen(NOBODY, toy, likes=[TRAM, ORCHARD]), toy) == (
        "So far: thriller films directed by Ada Quill."
    )


def test_a_change_of_taste_is_said(many: KnowledgeGraph) -> None:
    person = with_history("u", ids(*(f"f{n}" for n in (*range(50), *range(1_000, 1_010)))), many)
    assert describe(person, many) == (
        "Lately: comedy films from the 1980s; for long: western films from the 1950s directed by Ann Oak,"
        " and comedy films from the 1980s."
    )


def test_what_is_said_together_is_true_together(usher: Assistant) -> None:
    person = with_history("u", ids("movie/jaws-1975", "movie/e-t-the-extra-terrestrial-1982"), usher.graph)
    assert describe(person, usher.graph) == "So far: films directed by Steven Spielberg."


def test_somebody_who_dislikes_everything_is_described_by_that_alone(toy: KnowledgeGraph) -> None:
    person = chosen(NOBODY, toy, dislikes=[item.id for item in toy.catalogue.items])
    assert describe(person, toy).startswith("Not for you: ")


def test_somebody_who_dislikes_everything_seeks_nothing(toy: KnowledgeGraph) -> None:
    person = chosen(NOBODY, toy, dislikes=[item.id for item in toy.catalogue.items])
    assert all(w.weight < 0 for w in (*person.short_term, *person.long_term))


@pytest.mark.parametrize("user", range(40))
def test_every_sample_person_has_a_description(usher: Assistant, user: int) -> None:
    histories = usher.graph.catalogue.histories
    assert histories is not None
    person = with_history("u", usher.graph.ids(histories.of(user)), usher.graph)
    assert describe(person, usher.graph).startswith("Lately: ")


# Why an item


def test_a_shared_director_is_a_reason(toy: KnowledgeGraph) -> None:
    person = chosen(NOBODY, toy, likes=[TRAM])
    assert perceive(person, ORCHARD, toy) == (
        "You liked Night Tram, directed by Ada Quill, who directed this too."
    )


def test_two_liked_items_are_both_named(toy: KnowledgeGraph) -> None:
    person = chosen(NOBODY, toy, likes=[GLASS, TRAM])
    assert perceive(person, ORCHARD, toy) == (
        "You liked The Glass Harbour and Night Tram, both directed by Ada Quill, who directed this too."
    )


def test_what_was_only_seen_was_chosen(toy: KnowledgeGraph) -> None:
    person = chosen(NOBODY, toy, seen=[MOONS])
    assert perceive(person, SALT, toy).startswith("You chose Paper Moons, directed by Dov Eberhart")


def test_a_liked_item_goes_before_one_that_was_seen(toy: KnowledgeGraph) -> None:
    person = chosen(NOBODY, toy, likes=[TRAM], seen=[GLASS])
    assert perceive(person, ORCHARD, toy).startswith("You liked Night Tram")


def test_an_actor_is_in_it(toy: KnowledgeGraph) -> None:
    person = chosen(NOBODY, toy, likes=[MOONS], dislikes=[GLASS, GLASS_2])
    assert perceive(person, ORCHARD, toy) == ("You liked Paper Moons, with Theo Brandt, who is in this too.")


def test_a_genre_that_two_share_is_a_reason(usher: Assistant) -> None:
    person = chosen(NOBODY, usher.graph, likes=ids("movie/alien-1979", "movie/psycho-1960"))
    assert "both of the genre Horror, as this is." in perceive(
        person, ItemId("movie/rosemarys-baby-1968"), usher.graph
    )


def test_a_single_shared_genre_is_no_reason(many: KnowledgeGraph) -> None:
    person = chosen(NOBODY, many, likes=ids("f1001"))
    assert perceive(person, ItemId("f1003"), many) == ""


def test_a_namesake_is_no_reason(tmp_path: Path) -> None:
    builder = Builder()
    for key, who in (("a", "p/1"), ("b", "p/2"), ("c", "p/3"), ("d", "p/4")):
        builder.add_item(Item(ItemId(key), f"Film {key}"))
        label = "Sam Idle" if key in "ab" else who
        builder.add_fact(ItemId(key), "director", Entity(EntityId(who), label))
    graph = as_graph(builder.finish("namesakes", "tests", "1"), tmp_path)
    assert perceive(chosen(NOBODY, graph, likes=ids("a")), ItemId("b"), graph) == ""


def test_nobody_has_no_reason(toy: KnowledgeGraph) -> None:
    assert perceive(NOBODY, TRAM, toy) == ""


def test_a_disliked_item_has_no_reason(toy: KnowledgeGraph) -> None:
    assert perceive(chosen(NOBODY, toy, likes=[TRAM], dislikes=[ORCHARD]), ORCHARD, toy) == ""


def test_an_unknown_item_has_no_reason(toy: KnowledgeGraph) -> None:
    assert perceive(chosen(NOBODY, toy, likes=[TRAM]), ItemId("gone"), toy) == ""


def test_an_item_is_no_reason_for_itself(toy: KnowledgeGraph) -> None:
    assert perceive(chosen(NOBODY, toy, likes=[SALT]), SALT, toy) == ""


def test_a_director_disliked_as_often_as_liked_is_no_reason(toy: KnowledgeGraph) -> None:
    person = chosen(NOBODY, toy, likes=[TRAM], dislikes=[GLASS])
    assert "Ada Quill" not in perceive(person, ORCHARD, toy)


def test_somebody_who_dislikes_everything_gets_no_reason(usher: Assistant) -> None:
    items = [item.id for item in usher.graph.catalogue.items]
    person = chosen(NOBODY, usher.graph, dislikes=items[:-20])
    assert {perceive(person, item, usher.graph) for item in items} == {""}


def test_a_fact_that_half_of_the_catalogue_has_is_no_reason(many: KnowledgeGraph) -> None:
    person = chosen(NOBODY, many, likes=ids("f3001", "f3011"))
    assert perceive(person, ItemId("f3021"), many) == ""


def test_of_many_choices_the_latest_are_named(usher: Assistant) -> None:
    graph = usher.graph
    films = [item.id for item in graph.catalogue.items if "Alfred Hitchcock" in labels_of(graph, item.id)]
    person = chosen(NOBODY, graph, likes=films[:-1])
    reason = perceive(person, films[-1], graph)
    assert f"{graph.item(films[-2]).title}, " in reason or " more, all " in reason


def test_every_reason_is_a_fact_of_the_graph(usher: Assistant) -> None:
    graph = usher.graph
    person = with_history("u", ids("movie/jaws-1975"), graph)
    reasons = {item.id: perceive(person, item.id, graph) for item in graph.catalogue.items}
    shared = labels_of(graph, ItemId("movie/jaws-1975"))
    told = {
        key: [label for label in labels_of(graph, key) & shared if label in reason]
        for key, reason in reasons.items()
        if reason
    }
    assert (len(told) > 10, all(told.values())) == (True, True)
