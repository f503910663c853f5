"""The sentences the built-in model says itself."""

from __future__ import annotations

from collections.abc import Sequence

TOO_LONG = "That is more text than I can read at once. Tell me in a few sentences what you are looking for."
NOT_UNDERSTOOD = (
    "I could not find anything in that to go by. Name a title, a person, a genre or what somebody did,"
    ' for example: "films with the same cinematographer as Jaws".'
)
BY_SIMILARITY = (
    "You named no condition I can prove, so these are matched by the similarity of their descriptions."
)


def said(condition: dict[str, str]) -> str:
    """Return a condition in words."""
    return f"{condition['relation'].replace('_', ' ')}: {condition['value']}"


def unknown_names(names: Sequence[str]) -> str:
    """Return a sentence about names that nobody in the catalogue has; '' if there are none."""
    if not names:
        return ""
    listed = " or ".join(f"“{name}”" for name in names)
    return f"I know nobody and nothing called {listed} in this catalogue."


def second_reading(conditions: Sequence[dict[str, str]]) -> str:
    """Return the heading of a second reading."""
    return "If you meant " + "; ".join(map(said, conditions))


def nothing(conditions: Sequence[dict[str, str]]) -> str:
    """Return a sentence that nothing satisfies the conditions."""
    return f"Nothing else in this catalogue satisfies {'; '.join(map(said, conditions))}."


def relaxed(conditions: Sequence[dict[str, str]], dropped: dict[str, str]) -> str:
    """Return a sentence that one condition had to be dropped."""
    return f"{nothing(conditions)} Without “{said(dropped)}” there are these."
