"""What stands behind 'films about' is a subject, whatever its words name or do elsewhere."""

from __future__ import annotations

import pytest

from agent.assistant import Assistant


@pytest.fixture(scope="module")
def usher() -> Assistant:
    """Return the assistant over the built-in catalogue."""
    return Assistant("builtin")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("films about a photographer", "Blow-Up"),  # a word of credits
        ("films about writers", "Adaptation"),
        ("books about writers", "A Moveable Feast"),
        ("films about a treasure hunt", "Raiders of the Lost Ark"),  # words of asking and of thanks
        ("films about the Amazon", "Aguirre, the Wrath of God"),  # a service
        ("films about Mars", "The Martian"),  # a word of names
        ("films about Jesus", "The Gospel According to St. Matthew"),
        ("films about foster care", "Short Term 12"),
        ("films about Broadway", "All That Jazz"),
        ("films about Native Americans", "Dances with Wolves"),  # names that are not here
        ("films about King Arthur", "Excalibur"),
        ("films set in Chicago", "The Blues Brothers"),  # titles
        ("films about Halloween", "Hocus Pocus"),
        ("films about mice", "Cinderella"),  # nearly a word of measuring
    ],
)
def test_whatever_is_said_behind_about_is_looked_for(usher: Assistant, asked: str, found: str) -> None:
    answer = usher.ask(asked).answer
    assert answer["basis"] == "text"
    assert f"{found} (" in answer["text"]
    assert [answer["unused"], answer["unknown"], answer["conditions"]] == [[], [], []]


def test_who_is_named_in_full_is_somebody(usher: Assistant) -> None:
    stated = usher.ask("films about the director of Jaws").answer["conditions"]
    assert [each["value"] for each in stated] == ["Steven Spielberg"]


@pytest.mark.parametrize("asked", ["films where not much happens", "books in which nothing happens"])
def test_a_subject_of_small_words_is_no_open_request(usher: Assistant, asked: str) -> None:
    answer = usher.ask(asked).answer
    assert answer["basis"] == "text"
    assert asked.split(" ", 2)[2].removeprefix("which ") in answer["note"]


def test_what_a_story_does_not_do_is_left_out(usher: Assistant) -> None:
    answer = usher.ask("films where the dog doesn't die").answer
    assert "“dog”" in answer["note"]
    assert "Left out what speaks of “die”" in answer["note"]


@pytest.mark.parametrize("said", ["traffic wardens", "female pirate"])
def test_words_side_by_side_are_one_subject(usher: Assistant, said: str) -> None:
    answer = usher.ask(f"films about {said}").answer
    assert f"Nothing here is about “{said}”; these come nearest." in answer["note"]
    assert len(answer["items"]) == 3


def test_what_is_about_both_of_two_words_is_shown_alone(usher: Assistant) -> None:
    answer = usher.ask("a film about a haunted hotel").answer
    assert "Only the first here is about “haunted” and “hotel”" in answer["note"]
    assert len(answer["items"]) == 3


@pytest.mark.parametrize("asked", ["films about the life of Mozart", "films about a hostage situation"])
def test_a_word_that_tells_nothing_beside_a_subject_is_no_subject(usher: Assistant, asked: str) -> None:
    assert not usher.ask(asked).answer["unused"]
    assert "together" not in usher.ask(asked).answer["note"]


@pytest.mark.parametrize(
    ("asked", "noted", "found"),
    [
        ("a war film based on a true story", "speak of “based on a true story”", "Glory"),
        ("a western in black and white", "come nearest to “black and white”", "High Noon"),
    ],
)
def test_what_tags_tell_of_how_items_are_is_looked_for(
    usher: Assistant, asked: str, noted: str, found: str
) -> None:
    answer = usher.ask(asked).answer
    assert noted in answer["note"]
    assert found in [item["title"] for item in answer["items"]][:10]
    assert not answer["unused"]


@pytest.mark.parametrize(
    ("asked", "condition"),
    [
        ("Everyone at work talks about Oppenheimer, I just want comedies from the thirties", "Comedy"),
        ("Which of her books are set in the Discworld series?", "Discworld"),
    ],
)
def test_what_is_about_no_item_is_read_as_before(usher: Assistant, asked: str, condition: str) -> None:
    assert condition in [each["value"] for each in usher.ask(asked).answer["conditions"]]
