"""Questions that no catalogue answers, or that ask for something else than they seem to."""

from __future__ import annotations

from typing import Any

import pytest

from agent.assistant import Assistant


def answer_to(usher: Assistant, text: str) -> dict[str, Any]:
    return dict(usher.ask(text).answer)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("who played the Joker?", "Joker"),
        ("who played the Joker in The Dark Knight?", "Joker"),
        ("Who played Hannibal Lecter?", "Hannibal Lecter"),
        ("who played Rick in Casablanca", "Rick"),
    ],
)
def test_who_plays_which_part_is_not_known(usher: Assistant, text: str, part: str) -> None:
    answer = answer_to(usher, text)
    assert (answer["items"], answer["unused"]) == ([], [part])
    assert "does not say who plays which part" in answer["text"]


def test_the_cast_is_told_where_a_part_is_asked_for(usher: Assistant) -> None:
    facts = answer_to(usher, "who played Rick in Casablanca")["facts"]
    assert [(each["title"], each["relation"]) for each in facts] == [("Casablanca", "actor")]


@pytest.mark.parametrize("text", ["who plays in Heat?", "who plays the lead in Heat?"])
def test_a_cast_is_still_told(usher: Assistant, text: str) -> None:
    answer = answer_to(usher, text)
    assert ([each["relation"] for each in answer["facts"]], answer["unused"]) == (["actor"], [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "can you tell me if finding nemo is okay for a 4 year old she gets scared easily",
            "for whom Finding Nemo",
        ),
        ("is Jaws suitable for kids?", "for whom Jaws"),
        ("Will there be another Lord of the Rings with the same cast?", "planned"),
        ("what's my favourite film?", "kept"),
    ],
)
def test_what_is_not_known_is_said(usher: Assistant, text: str, said: str) -> None:
    answer = answer_to(usher, text)
    assert answer["items"] == []
    assert said in answer["text"]


def test_a_fact_about_a_title_is_told(usher: Assistant) -> None:
    answer = answer_to(usher, "tell me a fact about the movie jaws")
    assert answer["act"] == "inform"
    assert "Steven Spielberg" in answer["text"]


def test_an_objection_to_a_claim_is_no_wish(usher: Assistant) -> None:
    claim = "My boyfriend says The Empire Strikes Back was directed by George Lucas and I say it wasn't."
    answer = answer_to(usher, f"{claim} Who's right?")
    assert (answer["items"], [each["verdict"] for each in answer["facts"]]) == ([], ["no"])


@pytest.mark.parametrize("text", ["Heat or Collateral?", "Heat vs Collateral tonight?"])
def test_of_titles_set_against_each_other_one_is_chosen(usher: Assistant, text: str) -> None:
    assert [each["title"] for each in answer_to(usher, text)["items"]] == ["Heat"]


def test_a_good_book_is_asked_for_and_no_fact(usher: Assistant) -> None:
    answer = answer_to(
        usher, "whats a good audio book for a long drive with my teenager he likes hunger games"
    )
    assert answer["items"]


def test_something_may_be_typed_short(usher: Assistant) -> None:
    assert answer_to(usher, "sth with cars")["items"] == answer_to(usher, "something with cars")["items"]


def test_the_best_of_an_ambiguous_kind_is_of_the_kind(usher: Assistant) -> None:
    answer = answer_to(usher, "best fantasy thats not tolkien")
    assert [each["value"] for each in answer["conditions"]] == ["Fantasy"]


def test_how_somebody_in_it_is_decides_nothing_and_is_said(usher: Assistant) -> None:
    assert answer_to(usher, "a cowboy movie with clint eastwood where hes old")["unused"] == ["old"]
