"""Subjects that are told by what happens in them, where no word names them."""

from __future__ import annotations

import pytest

from agent.assistant import Assistant
from tools.theme_cues import cued_in
from tools.theme_lines import lines
from tools.theme_words import taken_apart


@pytest.fixture(scope="module")
def usher() -> Assistant:
    """Return the assistant over the built-in catalogue."""
    return Assistant("builtin")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("he wakes up and it's the same morning again and again", "Groundhog Day"),
        ("two journalists who won't stop until the truth about a scandal comes out", "Spotlight"),
        ("some men digging a tunnel to get out of a prison camp", "Escape from Alcatraz"),
        ("a lawyer and a jury, somebody innocent, big speeches in court", "A Few Good Men"),
        ("one woman lost alone in the wild with no food, will she survive", "The Revenant"),
        ("somebody who can't remember who he is and people are after him", "Memento"),
        ("what could we put on that will leave us all hungry", "Ratatouille"),
        ("two people who can't stand each other at first and then fall in love", "When Harry Met Sally..."),
        ("my brother always works out the twist. I want to see him fooled", "The Usual Suspects"),
        ("my gran wants people in love who never say so, she hates kissing", "In the Mood for Love"),
    ],
)
def test_what_happens_tells_a_subject(usher: Assistant, asked: str, found: str) -> None:
    answer = usher.ask(asked).answer
    assert found in [item["title"] for item in answer["items"]][:10]


def test_a_mood_beside_it_is_kept(usher: Assistant) -> None:
    answer = usher.ask("so a gang plans to rob a bank and you know it's all kinda funny, that sort of film")
    assert "“heist”, “funny”" in answer.answer["note"]


def test_where_something_is_asked_for_what_was_lived_tells_nothing(usher: Assistant) -> None:
    answer = usher.ask(
        "My hamster died last month. I'm after a film about a teacher who reaches a rough class."
    )
    assert "inspiring teacher" in answer.answer["note"]
    assert "grief" not in answer.answer["note"]


@pytest.mark.parametrize("said", ["I lost my job and my dog died", "My wife and I love the sea"])
def test_a_life_alone_asks_for_nothing(usher: Assistant, said: str) -> None:
    assert not usher.ask(said).answer["items"]


def test_a_question_of_a_title_stays_one(usher: Assistant) -> None:
    assert usher.ask("who planned the bank robbery in Heat?").answer["act"] == "inform"


def test_of_two_subjects_the_words_belong_to_the_one_that_has_more() -> None:
    said = "digging a tunnel out of a prison past the wrong guards".split()
    assert [each.subject for each in cued_in(said)] == ["prison escape"]


def test_every_subject_of_cues_is_looked_for() -> None:
    subjects = {line.partition(":")[0].strip().removeprefix("without ") for line in lines("cues.txt")}
    assert all(taken_apart(subject).groups or taken_apart(subject).has_phrase for subject in subjects)


@pytest.mark.parametrize(
    "text",
    [
        "I finally watched Hallow Road last night, what a strange film.",
        "watched Ted on the plane and laughed so hard",
        "My aunt took me to see Casablanca when I was nine. The projector broke and the whole house sang.",
        "my dad keeps humming the tune from the sting, who did the music, do you know?",
        "stuck in a lift with a man who would not shut up about stalker. who made that?",
    ],
)
def test_what_is_told_of_an_item_or_asked_of_it_asks_for_no_others(usher: Assistant, text: str) -> None:
    assert usher.ask(text).answer["items"] == []
