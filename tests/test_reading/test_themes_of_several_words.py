"""Themes of several words are not cut down to one of them; moods beside them order what they find."""

from __future__ import annotations

from typing import Any

import pytest

from agent.assistant import Assistant


def shown(usher: Assistant, text: str, count: int = 7) -> tuple[dict[str, Any], list[str]]:
    answer = usher.ask(text).answer
    return answer, [item["title"] for item in answer["items"]][:count]


def test_a_phrase_that_nothing_of_a_kind_speaks_of_is_not_dropped(usher: Assistant) -> None:
    answer, titles = shown(usher, "cartoon where penguins work at the stock exchange")
    assert "stock exchange" in answer["unused"]
    assert len(titles) <= 3


def test_a_single_room_is_no_number_of_items(usher: Assistant) -> None:
    _, titles = shown(usher, "films set in a single room")
    assert "12 Angry Men" in titles
    assert len(titles) > 3


def test_what_somebody_could_do_with_it_is_no_statement(usher: Assistant) -> None:
    answer, titles = shown(usher, "a big family saga I can read")
    assert answer["act"] == "recommend"
    assert "Buddenbrooks" in titles


def test_a_story_set_in_what_it_is_not_about_is_looked_for(usher: Assistant) -> None:
    answer, _ = shown(usher, "movies set at christmas that aren't about christmas")
    assert answer["basis"] == "text"
    assert all("hristmas" in usher.graph.catalogue.texts[item["id"]] for item in answer["items"][:5])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i want a film with a massive twist at the end", {"The Prestige", "The Usual Suspects"}),
        ("movies about artificial intelligence taking over", {"The Matrix", "2001: A Space Odyssey"}),
        ("films about journalists chasing a story", {"All the President's Men", "The Post"}),
        ("spy story that is slow and realistic", {"Tinker Tailor Soldier Spy", "Bridge of Spies"}),
        ("movies about going back to high school", {"Peggy Sue Got Married", "21 Jump Street"}),
    ],
)
def test_all_that_was_said_decides(usher: Assistant, text: str, expected: set[str]) -> None:
    assert expected <= set(shown(usher, text)[1])


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("something to make me laugh after an awful week", {"Parasite", "Forrest Gump"}),
        ("a funny book", {"Maus"}),
        ("a family film with animals, no animal dies please", {"Bambi", "The Lion King"}),
    ],
)
def test_what_is_of_the_kind_and_not_so_is_not_shown_first(
    usher: Assistant, text: str, others: set[str]
) -> None:
    assert not others & set(shown(usher, text)[1])


def test_words_are_named_once(usher: Assistant) -> None:
    assert "“funny”, “funny”" not in shown(usher, "a funny book")[0]["note"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("film about a dad and his son on a road trip", {"Nebraska", "Onward"}),
        ("gangster films set in new york", {"Goodfellas", "American Gangster"}),
        ("books about growing up poor", {"Shuggie Bain", "Pather Panchali"}),
        ("a novel with a narrator you can't trust", {"Gone Girl"}),
        ("a detective novel set in a cold place", {"The Snowman", "Faceless Killers"}),
        ("movies about greedy bankers", {"Margin Call", "The Big Short"}),
        ("something trippy that'll mess with my head", {"Paprika", "Mulholland Drive"}),
        ("like Pride and Prejudice but modern", {"Bridget Jones's Diary", "Clueless"}),
        ("like Mad Max but a book", {"The Hunger Games"}),
        ("a fast paced thriller", {"Die Hard 2", "Under Siege"}),
        ("thriller set in one house", {"Panic Room", "Misery"}),
        ("book about a detective who drinks too much", {"The Snowman", "The Long Goodbye"}),
    ],
)
def test_no_part_of_it_is_dropped(usher: Assistant, text: str, expected: set[str]) -> None:
    assert expected <= set(shown(usher, text)[1])


def test_what_there_should_be_more_than_is_not_looked_for(usher: Assistant) -> None:
    _, titles = shown(usher, "sci fi that's thoughtful, not just explosions")
    assert {"Solaris", "Stalker"} <= set(titles)
    assert "Face/Off" not in titles


def test_winning_is_no_wine(usher: Assistant) -> None:
    _, titles = shown(usher, "films about underdogs winning against the odds")
    assert {"Sideways", "Red Sorghum"}.isdisjoint(titles)


def test_a_dog_that_does_not_die_is_no_dog_that_dies(usher: Assistant) -> None:
    _, titles = shown(usher, "movie with a dog that doesn't die")
    assert {"Old Yeller", "John Wick"}.isdisjoint(titles)
    assert "Isle of Dogs" in titles
