"""Measures in a note: how long, how old, beside which other; what nothing stored bears out is not said."""

from __future__ import annotations

import pytest

from agent.assistant import Assistant
from agent.guard.compared import measured
from agent.guard.known import Known
from agent.guard.spans import ratios, spans
from agent.guard.statements import another
from kg.types import ItemId
from tools.link import link_entities

TOY, UP, WALLE = "movie/toy-story-1995", "movie/up-2009", "movie/wall-e-2008"  # 81, 96 and 98 minutes
ALL = (TOY, UP, WALLE)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("under two hours", ("min", 0, 120, "")),
        ("over 3 hours", ("min", 180, float("inf"), "")),
        ("an hour and a half", ("min", 90, 90, "")),
        ("two and a half hours", ("min", 150, 150, "")),
        ("2 hours and 7 minutes", ("min", 127, 127, "")),
        ("half an hour longer", ("min", 30, 30, "longer")),
        ("81 minutes long", ("min", 81, 81, "")),
        ("ten years after", ("year", 10, 10, "after")),
        ("a year later", ("year", 1, 1, "later")),
        ("at most 300 pages", ("page", 0, 300, "")),
    ],
)
def test_a_stretch_is_read(text: str, told: tuple[str, float, float, str]) -> None:
    (span,) = spans(f"It is {text}.")
    assert (span.unit, span.low, span.high, span.how) == told
    assert f"It is {text}."[span.start : span.end] == text


@pytest.mark.parametrize("text", ["It is set over two years.", "Hours of fun.", "One of the best."])
def test_what_compares_no_age_and_measures_nothing_is_no_stretch(text: str) -> None:
    assert spans(text) == []


def test_so_many_times_as_long() -> None:
    (span,) = ratios("It is about twice as long as Jaws.")
    assert (span.low, span.high) == (1.7, 2.4)


def said(usher: Assistant, text: str, *lines: str) -> str | None:
    """Return what is wrong with the measures of a note beside some films."""
    knowledge = usher.context.knowledge
    assert knowledge is not None
    shown = tuple(map(ItemId, lines))
    known = Known(items=frozenset(shown), lines=shown, text="")
    return measured(knowledge.graph, text, link_entities(knowledge, text), known).problem


@pytest.mark.parametrize(
    "text",
    [
        "Toy Story; 81 minutes.",
        "Toy Story is under an hour and a half, and the oldest of these.",
        "Up is a quarter of an hour longer than Toy Story.",
        "Up came out fourteen years after Toy Story.",
        "WALL-E is the longest of the three.",
        "Toy Story is the shortest here.",
        "Up; a year later than WALL-E.",
        "The newest is Up, the oldest Toy Story.",
        "From oldest to newest they are Toy Story, WALL-E, Up.",
        "Would you rather see the oldest first?",
        "If you want something longer than Up, tell me.",
        "All of them are under two hours.",
    ],
)
def test_a_measure_that_is_stored_is_said(usher: Assistant, text: str) -> None:
    assert said(usher, text, *ALL) is None


@pytest.mark.parametrize(
    "text",
    [
        "Toy Story; 91 minutes.",
        "Toy Story is over an hour and a half.",
        "Up is half an hour longer than Toy Story.",
        "Up came out thirteen years after Toy Story.",
        "Up is the longest of the three.",
        "Toy Story is newer than Up.",
        "WALL-E; a year later.",
        "Up is shorter than Jaws.",  # which is not shown
        "Up is Pete Docter's longest film.",
        "All of them are under an hour and a half.",
    ],
)
def test_a_measure_that_nothing_stored_bears_out_is_not(usher: Assistant, text: str) -> None:
    assert said(usher, text, *ALL) is not None


def test_what_is_borne_out_is_taken_out_of_the_words(usher: Assistant) -> None:
    knowledge = usher.context.knowledge
    assert knowledge is not None
    text = "Up is a warm film, under two hours."
    known = Known(items=frozenset((ItemId(UP),)), lines=(ItemId(UP),), text="")
    left = measured(knowledge.graph, text, link_entities(knowledge, text), known).text
    assert (left.split(), len(left)) == (["Up", "is", "a", "warm", "film,", "."], len(text))


def test_the_only_item_shown_is_not_another_one() -> None:
    one, two = Known(frozenset(), (ItemId(UP),), ""), Known(frozenset(), (ItemId(UP), ItemId(TOY)), "")
    assert another("A different film, with Ed Asner.", one) is not None
    assert another("A different film, with Ed Asner.", two) is None
    assert another("If you want another film, tell me.", one) is None
