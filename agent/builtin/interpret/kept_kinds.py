"""Kinds that a denial leaves as they are: asked for all the same, or only not to be too much of."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.lists import is_degree


def wanted_after_all(chunks: Sequence[Chunk], negated: Collection[int]) -> set[int]:
    """Return the kinds that are ruled out and asked for later: 'I am not into X, but a film that is X'."""
    later = {a.best_id: i for i, a in enumerate(chunks) if a.kind == "category" and i not in negated}
    return {i for i in negated if chunks[i].kind == "category" and later.get(chunks[i].best_id, 0) > i}


def of_degree(chunks: Sequence[Chunk], negated: Collection[int]) -> set[int]:
    """Return the kinds of which there is only not to be too much: 'a scary film but NOT TOO SCARY'.

    Also what is only so for something: 'a comedy, not FUNNY FOR its time'.
    """
    wanted = {a.best_id for i, a in enumerate(chunks) if a.kind == "category" and i not in negated}
    limited = {
        i for i in negated if is_degree(chunks, i) or [a.text for a in chunks[i + 1 : i + 2]] == ["for"]
    }
    return {i for i in limited if chunks[i].best_id in wanted}


def is_only_degree(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a kind only says how much of it is wanted: 'scary but not too SCARY'."""
    before = {chunk.best_id for chunk in chunks[:place] if chunk.kind == "category"}
    return is_degree(chunks, place) and chunks[place].best_id in before
