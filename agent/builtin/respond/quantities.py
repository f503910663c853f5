"""Sentences about numbers: what a third is, who has the same value, of how many a value is not known."""

from __future__ import annotations

from collections.abc import Sequence

from agent.phrasing import listed, said
from agent.quantity_text import with_unit

_NAMED = 2  # titles in a sentence


def third(word: str, relation: str, op: str, value: str, unit: str) -> str:
    """Return what a word such as 'cheap' was taken for."""
    low = op in ("<=", ">")
    bound = f"{'up to' if low else 'from'} {with_unit(value, unit)}"
    denied = op in ("<", ">")
    end = f"the {'lowest' if low else 'highest'} third by {said(relation)} here, {bound}"
    return f"Not “{word}”: outside {end}." if denied else f"“{word}”: {end}."


def around(words: str) -> str:
    """Return what a number that is only about right was taken for."""
    return f"“{words}”: within 10 %."


def not_known(count: int, relations: Sequence[str]) -> str:
    """Return of how many items what is compared is not known."""
    names = listed([said(each) for each in dict.fromkeys(relations)], "or")
    return f"Of {count} more the {names} is not known." if count else ""


def same_value(titles: Sequence[str], relation: str) -> str:
    """Return which further items have the same value as the last one shown."""
    if not titles:
        return ""
    named = [*titles[:_NAMED], *([f"{len(titles) - _NAMED} more"] if len(titles) > _NAMED else [])]
    return f"{listed(named)} {'has' if len(titles) == 1 else 'have'} the same {said(relation)}."


def value_not_known(title: str, relation: str) -> str:
    """Return that an item cannot be compared with."""
    return f"The {said(relation)} of {title} is not known here, so I can't compare with it."
