"""What two things have in common, and how they are connected, asked in several wordings."""

from __future__ import annotations

import pytest

from agent.assistant import Assistant

TRAM, ORCHARD, MOONS = "Night Tram (1981)", "Cold Orchard (2001)", "Paper Moons (1983)"


@pytest.mark.parametrize(
    "message",
    [
        "what do Night Tram and Cold Orchard have in common?",
        "What does Night Tram have in common with Cold Orchard",
        "how are Night Tram and Cold Orchard connected?",
        "Is there a link between Night Tram and Cold Orchard?",
        "what connects night tram and cold orchard",
    ],
)
def test_what_two_items_share_is_told_as_facts(toy_usher: Assistant, message: str) -> None:
    answer = toy_usher.ask(message).answer
    assert (answer["act"], answer["items"], answer["removed"], answer["unused"]) == ("inform", [], [], [])
    told = {(fact["title"], fact["relation"], *fact["values"]) for fact in answer["facts"]}
    assert ("Night Tram", "director", "Ada Quill") in told
    assert ("Cold Orchard", "genre", "Thriller") in told
    assert (
        f"{TRAM} and {ORCHARD} have in common: Ada Quill (director) and Thriller (genre)." in answer["text"]
    )


def test_two_things_are_connected_through_others(toy_usher: Assistant) -> None:
    answer = toy_usher.ask("how is Night Tram connected to Paper Moons?").answer
    said = (
        "Night Tram (1981) has Mara Vance (cast); The Glass Harbour (1975) has Mara Vance (cast) and Bo Lund"
    )
    assert said in answer["text"]
    assert {fact["title"] for fact in answer["facts"]} == {"Night Tram", "The Glass Harbour", "Paper Moons"}


def test_what_is_not_connected_is_said(toy_usher: Assistant) -> None:
    answer = toy_usher.ask("what do Salt Road and Cold Orchard have in common?").answer
    assert answer["act"] == "inform"
    assert "Salt Road" in answer["text"]
    assert "have in common" not in answer["text"]


def test_a_person_and_an_item(toy_usher: Assistant) -> None:
    answer = toy_usher.ask("how is Ada Quill connected to Night Tram?").answer
    assert "Ada Quill is director of Night Tram (1981)." in answer["text"]


def test_items_with_two_people_in_common_are_still_a_request(toy_usher: Assistant) -> None:
    asked = "What else did the director that Night Tram and Cold Orchard have in common direct?"
    answer = toy_usher.ask(asked).answer
    assert [item["title"] for item in answer["items"]] == ["The Glass Harbour"]
