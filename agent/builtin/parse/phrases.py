"""Phrases of word data beside a place of a request: how many chunks spell one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from agent.builtin.parse.chunks import Chunk


class Phrases:
    """A set of phrases, by their words."""

    def __init__(self, phrases: Iterable[str]):
        self.known = frozenset(tuple(phrase.split()) for phrase in phrases)
        self.longest = max((len(phrase) for phrase in self.known), default=0)
        self.firsts = frozenset(phrase[0] for phrase in self.known)
        self.lasts = frozenset(phrase[-1] for phrase in self.known)


def said_before(chunks: Sequence[Chunk], end: int, phrases: Phrases) -> int:
    """Return the length of the longest phrase that ends right before `end`, 0 if none does."""
    if not 0 < end <= len(chunks) or chunks[end - 1].text.casefold() not in phrases.lasts:
        return 0
    return next((n for n in range(phrases.longest, 0, -1) if _spells(chunks, end - n, n, phrases)), 0)


def said_after(chunks: Sequence[Chunk], start: int, phrases: Phrases) -> int:
    """Return the length of the longest phrase that begins at `start`, 0 if none does."""
    if not 0 <= start < len(chunks) or chunks[start].text.casefold() not in phrases.firsts:
        return 0
    return next((n for n in range(phrases.longest, 0, -1) if _spells(chunks, start, n, phrases)), 0)


def _spells(chunks: Sequence[Chunk], start: int, length: int, phrases: Phrases) -> bool:
    if start < 0 or start + length > len(chunks):
        return False
    return tuple(chunk.text.casefold() for chunk in chunks[start : start + length]) in phrases.known
