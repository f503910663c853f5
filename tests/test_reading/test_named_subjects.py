"""Subjects of several words on the built-in catalogue: few are told as few, mentions as mentions."""

from __future__ import annotations

import pytest

from agent.assistant import Assistant


def titles(usher: Assistant, text: str) -> list[str]:
    return [item["title"] for item in usher.ask(text).answer["items"]]


def test_few_are_told_as_few(usher: Assistant) -> None:
    answer = usher.ask("a movie where someone is stuck in a time loop").answer
    found = [item["title"] for item in answer["items"]]
    known = {"Groundhog Day", "Palm Springs", "Edge of Tomorrow", "Run Lola Run", "Doctor Strange"}
    assert known == set(found)
    assert "Only 5 here are described by" in answer["note"]


def test_a_mention_is_told_as_one(usher: Assistant) -> None:
    answer = usher.ask("films about kite flying").answer
    assert "Nothing here is about “kite flying”; these come nearest" in answer["note"]
    assert len(answer["items"]) <= 3
    assert answer["unused"] == ["kite flying"]


def test_a_kind_inside_a_subject_is_no_condition(usher: Assistant) -> None:
    answer = usher.ask("found family").answer
    assert answer["conditions"] == []
    assert "Matilda" in titles(usher, "found family")


@pytest.mark.parametrize("text", ["family films", "a love story", "family dramas"])
def test_a_kind_by_itself_is_one(usher: Assistant, text: str) -> None:
    assert usher.ask(text).answer["conditions"]


@pytest.mark.parametrize(
    ("text", "expected", "never"),
    [
        ("films set at a summer camp", "The Parent Trap", "Life Is Beautiful"),
        ("books about surviving a plague", "The Plague", "Tintin in Tibet"),
        ("something set in Paris in the twenties", "Midnight in Paris", "The Tenant"),
        ("books about time travel", "Kindred", "The Great Railway Bazaar"),
        ("one night in the city", "After Hours", "Before Midnight"),
    ],
)
def test_what_is_said_together_stands_together(
    usher: Assistant, text: str, expected: str, never: str
) -> None:
    found = titles(usher, text)
    assert expected in found
    assert never not in found


def test_what_is_not_wanted_is_left_out_in_other_words(usher: Assistant) -> None:
    assert not {"The Silence of the Lambs", "Scream"} & set(titles(usher, "something scary but not gory"))


def test_the_short_name_of_a_series_before_films_is_a_subject(usher: Assistant) -> None:
    assert {"Thirst", "Blade"} <= set(titles(usher, "vampire films"))
    assert usher.ask("vampire chronicles books").answer["conditions"][0]["relation"] == "series"


def test_a_title_joined_to_a_subject_is_one(usher: Assistant) -> None:
    answer = usher.ask("movies about the stock market and greed").answer
    assert answer["basis"] == "text"
    assert {"Wall Street", "Margin Call"} <= {item["title"] for item in answer["items"]}


def test_a_town_that_begins_a_title_is_where_a_story_is(usher: Assistant) -> None:
    answer = usher.ask("novels about immigrants in New York").answer
    assert "Brooklyn" in {item["title"] for item in answer["items"]}
    assert answer["basis"] == "text"


@pytest.mark.parametrize(
    ("text", "expected", "never"),
    [
        ("gangster movies", "Scarface", "The Silence of the Lambs"),
        ("detective novels", "The Maltese Falcon", "Watchmen"),
        ("psychological thrillers with an unreliable narrator", "Memento", "Rebecca"),
        ("body swap comedies", "Freaky Friday", "Toy Story"),
        ("funny fantasy books", "Small Gods", "A Game of Thrones"),
    ],
)
def test_of_a_kind_only_what_is_about_the_subject(
    usher: Assistant, text: str, expected: str, never: str
) -> None:
    answer = usher.ask(text).answer
    assert answer["conditions"]
    found = {item["title"] for item in answer["items"]}
    assert expected in found
    assert never not in found


def test_a_kind_that_is_not_wanted_is_no_subject(usher: Assistant) -> None:
    assert usher.ask("no gangster films please, a comedy").answer["none_of"]


def test_a_time_behind_a_place_that_opens_a_message_is_of_the_story(usher: Assistant) -> None:
    assert usher.ask("Paris in the twenties, artists and cafes").answer["conditions"] == []
    assert usher.ask("crime films in Italy in the 60s").answer["conditions"][-1]["value"] == 1969


def test_what_there_should_be_less_of_beside_a_number_is_no_silence(usher: Assistant) -> None:
    answer = usher.ask("something like Titanic but shorter and less sad").answer
    assert "Left out what speaks of “sad”" in answer["note"]
    assert answer["conditions"]


def test_less_may_be_asked_for_after_what_was_liked(usher: Assistant) -> None:
    answer = usher.ask("I liked Titanic, got something shorter and less sad?").answer
    assert "Left out what speaks of “sad”" in answer["note"]
    assert "sad" not in answer["unused"]


def test_of_things_in_a_list_what_has_more_of_them_comes_first(usher: Assistant) -> None:
    answer = usher.ask("movies about the stock market and greed").answer
    assert answer["items"][0]["title"] in ("Wall Street", "The Wolf of Wall Street")
