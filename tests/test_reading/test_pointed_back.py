"""What words of a wish point back at: a subject told of before it, where a title is from, a family."""

from __future__ import annotations

from typing import Any

import pytest

from agent.assistant import Assistant
from agent.conversation import Conversation


def values(answer: dict[str, Any], part: str = "conditions") -> set[tuple[str, str]]:
    return {(each["relation"], str(each["value"])) for each in answer[part]}


def test_about_that_is_what_was_told_before(usher: Assistant) -> None:
    answer = usher.ask("my son is doing a project on the moon landing, any films about that?").answer
    assert (answer["basis"], answer["unused"]) == ("text", [])
    assert "First Man" in {item["title"] for item in answer["items"]}


@pytest.mark.parametrize(
    ("said", "country"),
    [
        ("The last great thing I saw was Parasite. what else is good from there?", "South Korea"),
        ("I loved Amélie. more from that country", "France"),
    ],
)
def test_from_there_is_where_a_title_is_from(usher: Assistant, said: str, country: str) -> None:
    assert values(usher.ask(said).answer) == {("country", country)}


def test_a_family_is_one_of_its_name(usher: Assistant) -> None:
    answer = usher.ask("name three films by the Coens that aren't comedies").answer
    assert values(answer) == {("director", "Joel Coen")}
    assert values(answer, "none_of") == {("genre", "Comedy")}


def test_what_somebody_reads_all_of_already_is_left_out(usher: Assistant) -> None:
    answer = usher.ask("a book for my dad, he reads everything by Patrick O'Brian already").answer
    assert ("author", "Patrick O'Brian") in values(answer, "none_of")
    assert values(answer) == set()


def test_which_of_two_is_scarier_is_no_list(usher: Assistant) -> None:
    answer = usher.ask("which is scarier, The Shining or Hereditary?").answer
    assert (answer["act"], answer["items"]) == ("inform", [])


def test_as_long_as_is_no_length(usher: Assistant) -> None:
    answer = usher.ask("a documentary, about anything really, as long as it's short").answer
    assert answer["unused"] == []
    assert {each["relation"] for each in answer["conditions"]} == {"genre", "running_time"}


def test_about_so_many_is_no_subject(usher: Assistant) -> None:
    said = "we have a projector this summer and about twelve neighbours coming. what would you show?"
    assert "neighbours" not in usher.ask(said).answer["text"]


def test_in_laws_are_elders(usher: Assistant) -> None:
    answer = usher.ask("a western for my mother-in-law").answer
    assert answer["unused"] == []
    assert "rated for adults" in answer["text"]


@pytest.mark.parametrize(
    ("turns", "words"),
    [
        (("jazz films", "I'm more into rock music"), "rock"),
        (("a film about trains", "I'm more into boats"), "boats"),
        (("a drama", "an uplifting comedy"), "uplifting"),
    ],
)
def test_what_is_told_of_items_in_a_later_turn(usher: Assistant, turns: tuple[str, str], words: str) -> None:
    conversation = Conversation(usher)
    answer = [conversation.say(turn).answer for turn in turns][-1]
    assert words in answer["text"]
    assert words not in answer["unused"]
    assert "jazz" not in answer["text"]
    assert "trains" not in answer["text"]


def test_what_somebody_only_watches_is_not_left_out(usher: Assistant) -> None:
    answer = usher.ask("My dad only watches westerns. Anything from after 1980?").answer
    assert ("genre", "Western") not in values(answer, "none_of")


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("a Keanu movie", "Keanu Reeves"),
        ("Sam Jackson films", "Samuel L. Jackson"),
        ("movies with ScarJo", "Scarlett Johansson"),
        ("anything with Leo DiCaprio", "Leonardo DiCaprio"),
        ("Bogie films", "Humphrey Bogart"),
    ],
)
def test_somebody_well_known_by_a_nickname(usher: Assistant, said: str, label: str) -> None:
    assert values(usher.ask(said).answer) == {("actor", label)}
