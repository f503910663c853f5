"""Denials of what items have, and what is liked less: "that doesn't have him", "Y more than X"."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Chunk


def says_of_items(chunks: Sequence[Chunk], j: int) -> bool | None:
    """Return whether a denial says what items lack; None for others that do not describe somebody."""
    if chunks[j].text == "never" and _is_habit(chunks, j):
        return False
    return True if _is_of_item(chunks, j) else None


def _is_of_item(chunks: Sequence[Chunk], j: int) -> bool:
    """Tell whether a denial says what items lack: 'a western THAT DOESN'T HAVE him in it'."""
    having = chunks[j + 1].text in ("have", "has") if j + 1 < len(chunks) else False
    return having and j > 0 and chunks[j - 1].text in ("that", "which", "it", "they")


def _is_habit(chunks: Sequence[Chunk], j: int) -> bool:
    """Tell whether somebody is described who has not done so yet: 'for someone WHO NEVER READS poetry'."""
    after = chunks[j + 1].text if j + 1 < len(chunks) else ""
    before = [chunk.text for chunk in chunks[max(0, j - 2) : j]]
    return after in words("negation", "habits") and before[-1:] in (["who"], ["that"])


def is_outdone(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether something is only liked less: 'comedies more than action', 'rather X than Y'."""
    if not i or chunks[i - 1].text not in words("negation", "outdone"):
        return False
    near = [a for a in chunks[max(0, i - 8) : i - 1] if a.sentence == chunks[i].sentence]
    preferring = words("negation", "preferring") & {a.text for a in near}
    return bool(preferring) and any(a.kind in ("category", "entity") for a in near)
