"""Subjects of several words on the built-in catalogue: few are told as few, mentions as mentions."""

from __future__ import annotations

import pytest

from agent.assistant import Assistant


def titles(usher: Assistant, text: str) -> list[str]:
    return [item["title"] for item in usher.ask(text).answer["items"]]


def test_few_are_told_as_few(usher: Assistant) -> None:
    answer = usher.ask("a movie where someone is stuck in a time loop").answer
    found = [item["title"] for item in answer["items"]]
    assert {"Groundhog Day", "Palm Springs", "Edge of Tomorrow"} == set(found)
    assert "Only 3 here are described by" in answer["note"]


def test_a_mention_is_told_as_one(usher: Assistant) -> None:
    answer = usher.ask("books about running").answer
    assert "Nothing here is about “running”" in answer["note"]
    assert len(answer["items"]) <= 3
    assert answer["unused"] == ["running"]


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
