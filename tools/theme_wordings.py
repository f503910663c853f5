"""A subject however it is worded: 'a priest who is losing his faith' is 'priest loses faith'.

Small words between the words of a phrase, forms of verbs and words for the same people tell no subjects
apart. What denies or turns a phrase ('not', 'without', 'from') is no small word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType

from kg.stems import raw, stem
from kg.text import fold
from tools.theme_lines import asking_words, lines, spoken_phrases

_LEAST = 2  # words that tell, of a phrase that may be worded otherwise
_LONGEST = 12  # words of a wording

_BINDING = frozenset("in on at with by into to for about".split())  # 'a man IN love' is not 'a man who loves'

Keys = tuple[str, ...]


def worded_at(said: Sequence[str], place: int) -> tuple[int, str]:
    """Return how many of some words, from a place on, word a subject, and its line; 0 if none do."""
    known = _wordings(key_of(said[place]))
    if known is None:
        return 0, ""
    lines_here, most = known
    keys: list[str] = []
    found = 0, ""
    for length, word in enumerate(said[place : place + _LONGEST], 1):
        if key := key_of(word):
            keys.append(key)
            if len(keys) > most:
                break
            found = (length, lines_here[tuple(keys)]) if tuple(keys) in lines_here else found
    return found


@lru_cache(maxsize=1 << 14)
def key_of(word: str) -> str:
    """Return what wordings of a subject share of a word; nothing of a small one."""
    folded = fold(word).replace("'", "").replace("’", "")
    return "" if folded in _small() else stem(_same().get(folded, folded))


@lru_cache(maxsize=1 << 10)
def _wordings(first: str) -> tuple[Mapping[Keys, str], int] | None:
    """Return lines by the keys of their phrases that begin with a key, and the most keys of one."""
    found: dict[Keys, str] = {}
    for said, line in _by_first().get(first, ()):
        keys = tuple(key for word in said if (key := key_of(word)))
        fixed = len(keys) == _LEAST and not _BINDING.isdisjoint(said)
        if len(keys) >= _LEAST and not fixed:
            found.setdefault(keys, line)
    return (MappingProxyType(found), max(map(len, found))) if found else None


@cache
def _by_first() -> Mapping[str, Sequence[tuple[Keys, str]]]:
    """Return phrases and their lines by the key of their first word that tells."""
    found: dict[str, list[tuple[Keys, str]]] = {}
    for said, line in spoken_phrases().items():
        first = next(filter(None, map(key_of, said)), "")
        if first and said[0] not in asking_words():
            found.setdefault(first, []).append((said, line))
    return MappingProxyType(found)


@cache
def _small() -> frozenset[str]:
    return frozenset(fold(word) for word in lines("same_words.txt")[0].split())


@cache
def _same() -> Mapping[str, str]:
    """Return for words of the same meaning the first of them: 'lost' -> 'lose', 'mum' -> 'mother'."""
    found: dict[str, str] = {}
    for line in lines("same_words.txt")[1:]:
        first, *others = (fold(word) for word in raw(line))
        found |= dict.fromkeys((first, *others), first)
    return MappingProxyType(found)
