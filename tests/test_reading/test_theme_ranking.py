"""What comes first for a theme on the built-in catalogue: subjects before feelings, few say little."""

from __future__ import annotations

import pytest

from agent.assistant import Assistant
from tools.search import search_items


def first(usher: Assistant, theme: str, k: int = 5) -> list[str]:
    return [hit.title for hit in search_items(usher.knowledge, theme, domain="movie", k=k).items]


@pytest.mark.parametrize(
    ("theme", "expected"),
    [
        ("heist where the plan goes wrong", {"The Killing", "Reservoir Dogs", "The Asphalt Jungle"}),
        ("a silent movie", {"The Kid", "City Lights", "Sherlock Jr.", "The Artist"}),
        ("the same day over and over", {"Groundhog Day", "Palm Springs", "Edge of Tomorrow"}),
        ("a hit man who wants out", {"John Wick", "Le Samouraï", "In Bruges"}),
        ("big monsters smashing cities", {"Godzilla", "Cloverfield"}),
        ("a twist at the end", {"The Usual Suspects"}),
        ("opposites attract on a road trip", {"It Happened One Night", "Midnight Run"}),
        ("the bad guy wins", {"Seven", "Chinatown", "No Country for Old Men"}),
        ("where it is really hot", {"Body Heat", "Dog Day Afternoon", "Do the Right Thing"}),
        ("cops with a sense of humour", {"Beverly Hills Cop", "48 Hrs.", "The Nice Guys"}),
        ("robots who have feelings", {"WALL-E", "The Wild Robot", "A.I. Artificial Intelligence"}),
    ],
)
def test_what_is_about_a_theme_comes_first(usher: Assistant, theme: str, expected: set[str]) -> None:
    assert expected <= set(first(usher, theme, 8))


def test_what_is_opposed_to_a_feeling_comes_last(usher: Assistant) -> None:
    assert not {"Closer", "Blue Valentine"} & set(first(usher, "cheer me up after a breakup"))


def test_a_feeling_is_no_more_than_a_subject(usher: Assistant) -> None:
    found = search_items(usher.knowledge, "a good cry about a dog", domain="movie", k=5).items
    texts = [usher.graph.catalogue.texts[hit.id].casefold() for hit in found]
    assert sum("dog" in text for text in texts) >= 4


def test_what_is_popular_with_few_people_does_not_come_before_what_is_meant(usher: Assistant) -> None:
    assert "Harry Potter and the Philosopher's Stone" not in first(usher, "an orphan in London")


def test_children_of_a_story_are_no_audience(usher: Assistant) -> None:
    assert {"The Goonies", "The Kid with a Bike"} <= set(first(usher, "kids on bikes, adventure"))
