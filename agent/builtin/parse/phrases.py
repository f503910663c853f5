"""Phrases of word data beside a place of a request: how many chunks spell one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.identity import Same

_KEPT = 8  # rows of chunks; a message is read in a few forms, one after the other
_ALONE = ""  # in place of the next word of a phrase of one


class Phrases:
    """A set of phrases, by their words: their lengths by the first and second, and by the last and before.

    What is never asked for is never laid out: a program starts with thousands of phrases and meets few.
    """

    def __init__(self, phrases: Iterable[str]):
        self._said = tuple(phrases)

    @cached_property
    def known(self) -> frozenset[tuple[str, ...]]:
        """The phrases, as tuples of words."""
        spelt = {tuple(phrase.split()) for phrase in self._said}
        return frozenset(spelt | {_parted(phrase) for phrase in spelt if not _JOINED.isdisjoint(phrase)})

    @cached_property
    def longest(self) -> int:
        """The words of the longest phrase."""
        return max((len(phrase) for phrase in self.known), default=0)

    @cached_property
    def begun(self) -> dict[str, Lengths]:
        """The lengths of phrases by their first word and then their second."""
        return _by_first(self.known)

    @cached_property
    def ended(self) -> dict[str, Lengths]:
        """The lengths of phrases by their last word and then the one before."""
        return _by_first(phrase[::-1] for phrase in self.known)


class Lengths:
    """The lengths of phrases that share their first word, by the second, the longest first."""

    __slots__ = ("_by_second", "_phrases")

    def __init__(self) -> None:
        self._phrases: list[tuple[str, ...]] = []
        self._by_second: dict[str, tuple[int, ...]] = {}

    def add(self, phrase: tuple[str, ...]) -> None:
        """Add a phrase."""
        self._phrases.append(phrase)

    def before(self, second: str) -> tuple[int, ...]:
        """Return the lengths of those with a second word; one that is a phrase by itself stands with any."""
        found = self._by_second or self._laid_out()
        return found.get(second, found[_ALONE])

    def _laid_out(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, set[int]] = {_ALONE: set()}
        for phrase in self._phrases:
            found.setdefault("".join(phrase[1:2]), set()).add(len(phrase))
        alone = found[_ALONE]
        self._by_second = {word: tuple(sorted(each | alone, reverse=True)) for word, each in found.items()}
        return self._by_second


def _by_first(phrases: Iterable[tuple[str, ...]]) -> dict[str, Lengths]:
    found: dict[str, Lengths] = {}
    for phrase in phrases:
        known = found.get(phrase[0])
        if known is None:
            known = found[phrase[0]] = Lengths()
        known.add(phrase)
    return found


_JOINED = frozenset("whats thats its whos theres hows wheres whens heres shes hes".split())


def _parted(phrase: tuple[str, ...]) -> tuple[str, ...]:
    """Return a phrase as it is read where an apostrophe is written: "what's it called"."""
    return tuple(part for word in phrase for part in ((word[:-1], "s") if word in _JOINED else (word,)))


def said_before(chunks: Sequence[Chunk], end: int, phrases: Phrases) -> int:
    """Return the length of the longest phrase that ends right before `end`, 0 if none does."""
    if not 0 < end <= len(chunks):
        return 0
    ended = phrases.ended.get(chunks[end - 1].text.casefold())
    if ended is None:
        return 0
    for length in ended.before(chunks[end - 2].text.casefold() if end > 1 else _ALONE):
        if length <= end and _words(chunks, end - length, end) in phrases.known:
            return length
    return 0


def said_after(chunks: Sequence[Chunk], start: int, phrases: Phrases) -> int:
    """Return the length of the longest phrase that begins at `start`, 0 if none does."""
    if not 0 <= start < len(chunks) or chunks[start].text.casefold() not in phrases.begun:
        return 0
    return _length_at(_words(chunks, start, start + phrases.longest), 0, phrases)


def places_said(chunks: Sequence[Chunk], phrases: Phrases) -> list[tuple[int, int]]:
    """Return where phrases begin, in order, each with the length of the longest that does."""
    begun, said = phrases.begun, _folded(Same(chunks))
    if begun.keys().isdisjoint(said):
        return []
    opens = [i for i, word in enumerate(said) if word in begun]
    return [(i, length) for i in opens if (length := _length_at(said, i, phrases))]


def _length_at(said: tuple[str, ...], start: int, phrases: Phrases) -> int:
    """Return the length of the longest phrase of folded words that begins at `start`, 0 if none does."""
    begun = phrases.begun.get(said[start])
    if begun is None:
        return 0
    after = said[start + 1] if start + 1 < len(said) else _ALONE
    for length in begun.before(after):
        if start + length <= len(said) and said[start : start + length] in phrases.known:
            return length
    return 0


@lru_cache(maxsize=_KEPT)
def _folded(message: Same) -> tuple[str, ...]:
    return tuple([chunk.text.casefold() for chunk in message.value])


def _words(chunks: Sequence[Chunk], start: int, end: int) -> tuple[str, ...]:
    return tuple([chunk.text.casefold() for chunk in chunks[start:end]])
