"""What is said of items that were found by their descriptions, where few or none are about what was asked."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.respond.sentences import quoted


def few_found_by(words: Sequence[str], count: int) -> str:
    """Return that only so many items are described by words."""
    if not words:
        return ""
    return f"Only {count} here {'is' if count == 1 else 'are'} described by {quoted(words)}."


def only_mentioned(words: Sequence[str]) -> str:
    """Return that nothing is about words that descriptions mention."""
    return (
        f"Nothing here is about {quoted(words)}; a few descriptions mention {'them' if words[1:] else 'it'}."
    )
