"""Who is named before others are asked for: 'I've read all of King; horror BY OTHER WRITERS'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Chunk

_OTHER = words("stories", "other")
_MAKERS = words("stories", "others of a kind")
_SOMEBODY = frozenset(("someone", "somebody", "anyone", "anybody"))
_LED = frozenset(("by", "from", "with"))


def replaced_makers(chunks: Sequence[Chunk], named: Sequence[int]) -> set[int]:
    """Return the people named before somebody else is asked for: 'by other writers', 'by someone else'."""
    places = [i for i in range(len(chunks) - 2) if _asks_for_others(chunks, i)]
    if not places:
        return set()
    return {i for i in named if i < places[-1] and _makes(chunks[i])}


def asks_for_others(chunks: Sequence[Chunk]) -> bool:
    """Tell whether what is wanted should be by others than what is named: 'like Dune but BY SOMEONE ELSE'."""
    return any(_asks_for_others(chunks, i) for i in range(len(chunks) - 2))


def _asks_for_others(chunks: Sequence[Chunk], i: int) -> bool:
    if chunks[i].text not in _LED:
        return False
    said = [chunk.text for chunk in chunks[i : i + 3]]
    return (said[1] in _OTHER and said[2] in _MAKERS) or (said[1] in _SOMEBODY and said[2] == "else")


def _makes(chunk: Chunk) -> bool:
    return chunk.kind == "entity" and bool(chunk.held_roles - {"genre", "country", "language", "series"})
