"""What is told in passing says nothing of items, and what is asked beside it is answered."""

from __future__ import annotations

import pytest

from agent.assistant import Assistant


@pytest.mark.parametrize(
    "text",
    [
        "I loved When Harry Met Sally. Then I watch something from the last five years and feel nothing. "
        "Something like it please",
        "I watch films in bits of forty minutes on my break. 12 Angry Men was perfect. What is like it?",
        "We tried one of those newer scares after that, no dread. What else is there like Alien?",
    ],
)
def test_times_and_lengths_told_of_are_no_conditions(usher: Assistant, text: str) -> None:
    answer = usher.ask(text).answer
    assert answer["items"]
    assert answer["conditions"] == []


def test_a_good_book_is_asked_for_beside_what_was_liked(usher: Assistant) -> None:
    answer = usher.ask("what's a good science fiction book if I liked Dune and hated Foundation").answer
    assert ("genre", "Science fiction") in {(c["relation"], c["value"]) for c in answer["conditions"]}
    assert not {"Dune", "Foundation"} & {item["title"] for item in answer["items"]}


def test_what_somebody_wrote_is_what_they_wrote_most_of(usher: Assistant) -> None:
    answer = usher.ask("what else did Kazuo Ishiguro write").answer
    assert [c["relation"] for c in answer["conditions"]] == ["author"]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("haha you're funny for a machine", "acknowledge"),
        ("which film will win best picture next year", "decline"),
    ],
)
def test_what_asks_for_no_items_gets_none(usher: Assistant, text: str, act: str) -> None:
    answer = usher.ask(text).answer
    assert (answer["act"], answer["items"]) == (act, [])


def test_a_number_or_so_counts(usher: Assistant) -> None:
    assert len(usher.ask("a short list of Polish films please, five or so").answer["items"]) == 5


def test_who_is_told_of_a_watched_title_is_not_asked_for(usher: Assistant) -> None:
    text = "I rewatched Heat, Pacino and De Niro at the diner. Which other Michael Mann film should I see?"
    answer = usher.ask(text).answer
    assert {c["value"] for c in answer["conditions"]} == {"Michael Mann"}


def test_a_kind_behind_but_is_asked_for(usher: Assistant) -> None:
    answer = usher.ask("like Heat but funny").answer
    assert [c["value"] for c in answer["conditions"]] == ["Comedy"]
