"""What is said of items that were found by their descriptions, where few or none are about what was asked."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.respond.sentences import quoted
from agent.phrasing import listed

_FEW = 5  # items from which on nobody is told how few they are


def few_found_by(words: Sequence[str], count: int) -> str:
    """Return that only so many items are described by words."""
    if not words:
        return ""
    return f"Only {count} here {'is' if count == 1 else 'are'} described by {quoted(words)}."


def only_mentioned(words: Sequence[str]) -> str:
    """Return that nothing is about words that descriptions mention, or have apart."""
    return f"Nothing here is about {quoted(words)}; these come nearest."


def few_together(things: Sequence[str], count: int) -> str:
    """Return that only so many items are about all of several things, and what the others are about."""
    every = " and ".join(quoted([thing]) for thing in things)
    if not count:
        return f"Nothing here is about {every} together; each of these is about one of them."
    first = f"Only the first {count} here are" if count > 1 else "Only the first here is"
    return f"{first} about {every}; each of the others is about one of them."


def speaking_last(words: Sequence[str]) -> str:
    """Return that what is of no such kind and is described so comes last."""
    return f"Last those whose descriptions speak of {quoted(words)} all the same."


def alike_with(titles: Sequence[str], more: Sequence[str], less: Sequence[str], count: int) -> str:
    """Return that so many items are like others and have more or less of something than these."""
    wished = [f"{word} of {quoted(said)}" for word, said in (("more", more), ("less", less)) if said]
    beside = f" with {' and '.join(wished)}" if wished else ""
    if not count:
        return f"Nothing here is much like {listed(titles)}{beside or ' and so'}; these come nearest."
    only = f"Only {count} here {'is' if count == 1 else 'are'}" if count < _FEW else "These are"
    return f"{only} much like {listed(titles)}{beside}."


def few_alike(titles: Sequence[str], count: int) -> str:
    """Return how few of the items that were found, the first ones, are much like others; if many, nothing."""
    if count >= _FEW:
        return ""
    if not count:
        return f"None of these is much like {listed(titles)}."
    only = f"the first {count} are" if count > 1 else "the first is"
    return f"Only {only} much like {listed(titles)}."
