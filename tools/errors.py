"""What a tool says when it cannot do what was asked; it is meant for the model that called it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class ToolError(Exception):
    """The arguments make no sense here.

    The message says what came, what was expected, and the nearest alternatives.
    """


def nearest(wanted: str, known: Iterable[str], n: int = 3) -> str:
    """Return ' Nearest: …' for an error message, or '' if nothing is near."""
    close = get_close_matches(wanted, list(known), n=n, cutoff=0.5)
    return f" Nearest: {', '.join(map(repr, close))}." if close else ""
