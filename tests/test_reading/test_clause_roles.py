"""What the clauses of a message do, and what a story around a wish leaves to be read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agent.builtin.interpret.message import Message
from agent.builtin.interpret.wishes_apart import wishes_apart
from agent.builtin.parse.clause_roles import Role, clause_roles

Understand = Callable[[str], Message]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("My back hurts. Find me something short.", [Role.LIFE, Role.ASKS]),
        ("We watched a western last week. Any comedies?", [Role.PAST, Role.OPEN]),
        ("I love westerns. I can't stand musicals.", [Role.LIKES, Role.DISLIKES]),
        ("Why is every thriller so long? Give me a short one.", [Role.WONDERS, Role.ASKS]),
        ("I've never seen a western. What should I start with?", [Role.ASKS, Role.ASKS]),
        ("I'd love a comedy.", [Role.ASKS]),
        ("Just moved to a new flat. I need a thriller.", [Role.PAST, Role.ASKS]),
        ("The last three films I saw were dull. Something quick?", [Role.PAST, Role.OPEN]),
    ],
)
def test_a_clause_does_one_thing(understand: Understand, text: str, roles: list[Role]) -> None:
    assert [part.role for part in clause_roles(understand(text).chunks)] == roles


def test_what_is_measured_of_what_was_seen_bounds_nothing(understand: Understand) -> None:
    told = "The last three films I saw were all over two and a half hours. My back hurts. I want a comedy."
    assert understand(told).reading.comparisons == ()


def test_a_kind_of_a_story_is_told_and_not_asked_for(understand: Understand) -> None:
    message = understand(
        "My sister made me sit through westerns last week. Now I would like a comedy, please."
    )
    assert [kind.choices[0].label for kind in message.reading.categories] == ["Comedy"]
    assert "westerns" in [span.text for span in message.told]


def test_who_is_ruled_out_in_a_story_stays_ruled_out(understand: Understand) -> None:
    message = understand(
        "We have seen all of the westerns by now, so no westerns. I would like a comedy, please."
    )
    assert message.told == ()


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("A comedy for Friday. For Saturday, a western.", 2),
        ("I want a comedy. Also, separately, a book about the sea.", 2),
        ("A western for the girls. Something with Tom Hanks for my other half.", 2),
        ("I want a comedy. Also it should be from the nineties.", 0),
        ("I want a comedy. Something with Tom Hanks maybe.", 0),
        ("Something scary-ish but also a comedy.", 0),
    ],
)
def test_wishes_that_stand_apart_are_parted(understand: Understand, text: str, pieces: int) -> None:
    assert len(wishes_apart(understand(text).chunks)) == pieces
