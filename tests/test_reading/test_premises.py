"""First messages that tell a story or a feeling: looked for as they were said, nothing of them ruled out."""

from __future__ import annotations

from typing import Any

import pytest

from agent.assistant import Assistant


def answered(usher: Assistant, text: str) -> dict[str, Any]:
    return usher.ask(text).answer


def titles(answer: dict[str, Any], n: int = 10) -> set[str]:
    return {item["title"] for item in answer["items"][:n]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("someone wakes up with no memory and has to figure out who they are", {"Memento", "Dark City"}),
        ("journalist digging up a big scandal, based on what really happened", {"All the President's Men"}),
        ("hit man who wants out", {"John Wick", "In Bruges"}),
        ("guy realises his whole world is fake", {"The Truman Show", "The Matrix"}),
        ("same day happening over and over", {"Groundhog Day", "Palm Springs"}),
        ("kids on bikes, adventure, no parents around", {"The Goonies"}),
        ("robot or computer that starts having feelings", {"WALL-E", "Ex Machina"}),
        ("girl disguises herself as a boy", {"Yentl"}),
        ("greedy bankers, wall street, money money money", {"Wall Street", "The Big Short", "Margin Call"}),
        ("true crime I wont be able to put down", {"Zodiac", "In Cold Blood"}),
        ("a road trip with two people who can't stand each other at first", {"Midnight Run"}),
        ("small town where something isn't right", {"It", "'Salem's Lot"}),
    ],
)
def test_a_premise_is_looked_for(usher: Assistant, text: str, expected: set[str]) -> None:
    answer = answered(usher, text)
    assert answer["act"] == "recommend"
    assert expected <= titles(answer)


@pytest.mark.parametrize("text", ["someone wakes up with no memory", "kids on bikes, no parents around"])
def test_what_somebody_of_a_story_lacks_is_not_left_out(usher: Assistant, text: str) -> None:
    assert "Left out" not in answered(usher, text)["text"]


@pytest.mark.parametrize("text", ["that was great fun", "makes sense", "you are funny", "nice one, thanks"])
def test_a_remark_is_no_premise(usher: Assistant, text: str) -> None:
    assert answered(usher, text)["items"] == []


def test_a_phrase_with_its_own_denial_rules_nothing_out(usher: Assistant) -> None:
    assert "Left out" not in answered(usher, "movies with a twist you never see coming")["text"]


# Names that are none where they stand


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("the vietnam war, how it broke people", "country"),
        ("robot or computer that starts having feelings", "series"),
        ("ancient greece or rome retold as a story", "country"),
    ],
)
def test_places_and_words_of_a_story_are_no_condition(usher: Assistant, text: str, relation: str) -> None:
    answer = answered(usher, text)
    assert relation not in {each["relation"] for each in answer["conditions"]}
    assert set(answer["unused"]) <= {"broke"}  # that hardly any such film speaks of


def test_french_war_films_are_from_france(usher: Assistant) -> None:
    relations = {each["relation"] for each in answered(usher, "french war films")["conditions"]}
    assert relations & {"country", "language"}


def test_two_parts_of_a_sentence_are_no_misspelt_title(usher: Assistant) -> None:
    assert "The Grapes of Wrath" in titles(answered(usher, "migrants starting over in america, fiction"))


def test_where_one_reads_is_no_title(usher: Assistant) -> None:
    answer = answered(usher, "Something to read on the beach, murder but light")
    assert "On the Beach" not in answer["text"]
    assert answer["unused"] == []


def test_like_a_series_is_none_of_it(usher: Assistant) -> None:
    found = titles(answered(usher, "like harry potter but for adults"), 20)
    assert found
    assert not [title for title in found if title.startswith("Harry Potter")]


def test_a_series_that_is_asked_for_stays_a_condition(usher: Assistant) -> None:
    answer = answered(usher, "harry potter films")
    assert {"relation": "series", "op": "is", "value": "Harry Potter"} in answer["conditions"]


def test_another_country_than_one_rules_it_out(usher: Assistant) -> None:
    answer = answered(usher, "Like The Godfather, only in another country than america")
    assert [each["value"] for each in answer["none_of"]] == ["United States"]


# For whom, and kinds that only another domain has


def test_an_old_person_is_no_year(usher: Assistant) -> None:
    assert answered(usher, "an old person and a kid become friends")["conditions"] == []


def test_what_somebody_else_loves_goes_before_who_they_are(usher: Assistant) -> None:
    answer = answered(usher, "a film for my dad, he loves war history")
    assert answer["basis"] == "text"
    assert {"Glory", "The Longest Day"} <= titles(answer)


def test_for_a_small_child_what_is_for_children_comes_first(usher: Assistant) -> None:
    assert {"The Jungle Book", "Pinocchio"} <= titles(answered(usher, "what can I watch with a 5 year old"))


def test_a_kind_that_no_book_has_is_a_theme_of_books(usher: Assistant) -> None:
    answer = answered(usher, "short funny book about animals")
    assert {"Animal Farm", "Fantastic Mr Fox"} <= titles(answer)
    assert "“funny animals”" in answer["text"]


def test_an_age_without_a_preposition_says_for_whom(usher: Assistant) -> None:
    labels = {each["value"] for each in answered(usher, "bedtime reading, age seven")["any_of"]}
    assert "Children's literature" in labels


def test_on_paper_asks_for_books(usher: Assistant) -> None:
    answer = answered(usher, "sailors, whales, the old days at sea, on paper not on screen")
    assert all(item["id"].startswith("book/") for item in answer["items"])


def test_misspelt_decades_are_read(usher: Assistant) -> None:
    assert all(
        1990 <= item["year"] <= 1999 for item in answered(usher, "gangster movies from the ninties")["items"]
    )


def test_a_novel_after_what_has_just_happened_is_asked_for(usher: Assistant) -> None:
    answer = answered(usher, "I just broke up, a novel that hurts in a good way")
    assert "Norwegian Wood" in titles(answer)
