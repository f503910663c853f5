"""Phrases of word data beside a place of a request: how many chunks spell one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from agent.builtin.parse.chunks import Chunk


class Phrases:
    """A set of phrases, by their words."""

    def __init__(self, phrases: Iterable[str]):
        spelt = {tuple(phrase.split()) for phrase in phrases}
        self.known = frozenset(spelt | {_parted(phrase) for phrase in spelt})
        self.longest = max((len(phrase) for phrase in self.known), default=0)
        self.begun = _lengths((phrase[0], len(phrase)) for phrase in self.known)
        self.ended = _lengths((phrase[-1], len(phrase)) for phrase in self.known)


_JOINED = frozenset("whats thats its whos theres hows wheres whens heres shes hes".split())


def _parted(phrase: tuple[str, ...]) -> tuple[str, ...]:
    """Return a phrase as it is read where an apostrophe is written: "what's it called"."""
    return tuple(part for word in phrase for part in ((word[:-1], "s") if word in _JOINED else (word,)))


def said_before(chunks: Sequence[Chunk], end: int, phrases: Phrases) -> int:
    """Return the length of the longest phrase that ends right before `end`, 0 if none does."""
    if not 0 < end <= len(chunks):
        return 0
    lengths = phrases.ended.get(chunks[end - 1].text.casefold(), ())
    return next((n for n in lengths if _spells(chunks, end - n, n, phrases)), 0)


def said_after(chunks: Sequence[Chunk], start: int, phrases: Phrases) -> int:
    """Return the length of the longest phrase that begins at `start`, 0 if none does."""
    if not 0 <= start < len(chunks):
        return 0
    lengths = phrases.begun.get(chunks[start].text.casefold(), ())
    return next((n for n in lengths if _spells(chunks, start, n, phrases)), 0)


def places_said(chunks: Sequence[Chunk], phrases: Phrases) -> list[tuple[int, int]]:
    """Return where phrases begin, in order, each with the length of the longest that does."""
    begun = phrases.begun
    opens = [i for i, chunk in enumerate(chunks) if chunk.text.casefold() in begun]
    return [(i, length) for i in opens if (length := said_after(chunks, i, phrases))]


def _lengths(pairs: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    """Return the lengths of phrases by a word of theirs, the longest first."""
    found: dict[str, set[int]] = {}
    for word, length in pairs:
        found.setdefault(word, set()).add(length)
    return {word: tuple(sorted(lengths, reverse=True)) for word, lengths in found.items()}


def _spells(chunks: Sequence[Chunk], start: int, length: int, phrases: Phrases) -> bool:
    if start < 0 or start + length > len(chunks):
        return False
    return tuple(chunk.text.casefold() for chunk in chunks[start : start + length]) in phrases.known
