"""What a story does, who it is of, and what it has hardly any of."""

from __future__ import annotations

import pytest

from agent.assistant import Assistant


@pytest.fixture(scope="module")
def usher() -> Assistant:
    """Return the assistant over the built-in catalogue."""
    return Assistant("builtin")


def titles(usher: Assistant, asked: str) -> list[str]:
    return [item["title"] for item in usher.ask(asked).answer["items"]]


@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        ("a war film with hardly any fighting in it", "fighting"),
        ("revenge movies but not too violent", "violent"),
        ("a bittersweet romance film, but nobody dies", "dies"),
        ("something hopeful but not cheesy", "cheesy"),
    ],
)
def test_what_a_story_should_not_have_is_left_out(usher: Assistant, asked: str, refused: str) -> None:
    answer = usher.ask(asked).answer
    assert f"“{refused}”" in answer["note"].partition("Left out what speaks of")[2]
    assert not answer["unused"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("something calm and gentle to watch when I'm ill in bed", "My Neighbor Totoro"),
        ("something hopeful but not cheesy", "Station Eleven"),
        ("film about a writer who can't write anymore", "Barton Fink"),
        ("people snowed in somewhere", "Misery"),
        ("books about a government that watches everybody", "Nineteen Eighty-Four"),
        ("a book about immigrants starting over in America", "Brooklyn"),
        ("a book told by an animal", "Black Beauty"),
        ("a film where aliens come to earth but they're friendly", "Starman"),
        ("kids having an adventure with no grown-ups around", "The Goonies"),
        ("films about teachers who change their students' lives", "Mr. Holland's Opus"),
        ("a book like Pride and Prejudice but set nowadays", "Bridget Jones's Diary"),
        ("films about stewardesses", "Airplane!"),
    ],
)
def test_what_a_story_is_of_is_found(usher: Assistant, asked: str, found: str) -> None:
    assert found in titles(usher, asked)[:7]


def test_a_pair_in_a_story_is_no_company(usher: Assistant) -> None:
    answer = usher.ask("road trip film with a father and son").answer
    assert answer["basis"] == "text"
    assert "Nebraska" in titles(usher, "road trip film with a father and son")[:3]
    assert usher.ask("a film for my father and son").answer["basis"] != "text"


def test_what_has_the_words_of_a_subject_and_is_another_is_not_found(usher: Assistant) -> None:
    found = titles(usher, "films about depression")
    assert "Ordinary People" in found
    assert "Bonnie and Clyde" not in found  # of the Great Depression


def test_what_is_not_wanted_of_a_title_is_no_wish(usher: Assistant) -> None:
    note = usher.ask("a film like Jaws but not with a shark").answer["note"]
    assert "nearer to “shark”" not in note


def test_a_word_that_hardly_tells_brings_nothing_up(usher: Assistant) -> None:
    assert "Universal Soldier" not in titles(usher, "movies about journalists chasing a story")


def test_free_of_charge_rules_nothing_out(usher: Assistant) -> None:
    assert not usher.ask("comedies free of charge").answer["none_of"]
    assert "Left out" not in usher.ask("comedies free of charge").answer["note"]
