"""'Like X but Y' on the built-in catalogue: what is shown is much like X and more Y than X, or it is said."""

from __future__ import annotations

from typing import Any

import pytest

from agent.assistant import Assistant


def shown(usher: Assistant, text: str) -> tuple[dict[str, Any], list[str]]:
    answer = usher.ask(text).answer
    return answer, [item["title"] for item in answer["items"]]


def kinds(usher: Assistant, answer: dict[str, Any], count: int) -> list[set[str]]:
    return [set(usher.graph.labels(item["id"], "genre")) for item in answer["items"][:count]]


def test_a_mood_that_a_kind_proves_holds_and_what_is_shown_stays_like_the_title(usher: Assistant) -> None:
    answer, titles = shown(usher, "something like The Godfather but funny")
    stated = [(each["relation"], each["value"]) for each in answer["conditions"]]
    assert (stated, titles[0]) == ([("genre", "Comedy")], "Analyze This")
    assert all("Comedy" in each for each in kinds(usher, answer, 7))
    assert sum("Crime" in each for each in kinds(usher, answer, 7)) >= 5


def test_less_of_a_kind_rules_none_of_it_out(usher: Assistant) -> None:
    answer, titles = shown(usher, "a movie like The Shining but less scary")
    assert answer["none_of"] == []
    assert "less of “scary”" in answer["note"]
    assert sum("Horror" in each for each in kinds(usher, answer, 7)) >= 5
    assert "The Exorcist" not in titles[:7]


def test_a_kind_that_the_title_has_is_ruled_out_and_the_rest_of_it_is_kept(usher: Assistant) -> None:
    answer, titles = shown(usher, "like Titanic but without the love story")
    assert {"A Night to Remember", "The Poseidon Adventure"} == set(titles[:2])
    assert not any("Romance" in each for each in kinds(usher, answer, 10))


def test_what_tags_say_is_dark_is_darker_whatever_its_kinds(usher: Assistant) -> None:
    _, titles = shown(usher, "like Groundhog Day but darker")
    assert titles[0] == "Edge of Tomorrow"


def test_where_nothing_is_like_both_it_is_said_and_three_are_shown(usher: Assistant) -> None:
    answer, titles = shown(usher, "like Pride and Prejudice but with vampires")
    assert "Nothing here is much like Pride and Prejudice with more of “vampires”" in answer["note"]
    assert len(titles) == 3


@pytest.mark.parametrize(
    ("text", "series"),
    [
        ("books like The Lord of the Rings", "The Lord of the Rings"),
        ("books like The Lord of the Rings but shorter", "The Lord of the Rings"),
        ("books similar to The Chronicles of Narnia", "The Chronicles of Narnia"),
    ],
)
def test_what_is_like_a_series_is_none_of_it(usher: Assistant, text: str, series: str) -> None:
    answer, titles = shown(usher, text)
    assert titles
    assert not any(series in usher.graph.labels(item["id"], "series") for item in answer["items"])


def test_what_is_shorter_than_a_series_is_compared_with_a_stored_value(usher: Assistant) -> None:
    answer, _ = shown(usher, "books like The Lord of the Rings but shorter")
    assert [each["relation"] for each in answer["conditions"]] == ["pages"]


def test_what_nothing_tells_of_is_no_wish(usher: Assistant) -> None:
    answer, titles = shown(usher, "a movie like Inception but better written")
    assert {word for said in answer["unused"] for word in said.split()} == {"better", "written"}
    assert len(titles) > 3


def test_a_series_that_somebody_would_like_is_wanted_itself(usher: Assistant) -> None:
    answer, _ = shown(usher, "I'd like the Discworld series")
    assert {"relation": "series", "op": "is", "value": "Discworld"} in answer["conditions"]


def test_too_much_that_is_refused_leaves_out_what_speaks_of_it_and_turns_no_order(usher: Assistant) -> None:
    turn = usher.ask("something like Ghostbusters, nothing too serious")
    (call,) = (step.arguments for step in turn.steps if step.tool == "similar_items")
    assert call.get("less", "") == ""
    assert "serious" in turn.answer["note"]
    turned = usher.ask("something like Ghostbusters but not too scary")
    assert [s.arguments["less"] for s in turned.steps if s.tool == "similar_items"] == ["scary"]
