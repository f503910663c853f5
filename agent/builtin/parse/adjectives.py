"""Comparatives and superlatives of adjectives: 'cheaper', 'heaviest', 'most expensive', 'better rated'."""

from __future__ import annotations

from functools import lru_cache

from agent.builtin.lexicon.load import tables

Words = tuple[str, ...]
_VOWELS = frozenset("aeiouy")
_SHORT = 2  # syllables of an adjective that takes -er


@lru_cache(maxsize=1 << 12)
def compared_forms(base: Words) -> tuple[Words, Words]:
    """Return the comparative and superlative of an adjective, of its first word where there are several."""
    word, rest = base[0], base[1:]
    irregular = {a: (b, c) for a, b, c in (each.split(":") for each in tables("measures")["irregular"])}
    if word in irregular:
        more, most = irregular[word]
        return (more, *rest), (most, *rest)
    if rest and word.endswith("ly"):
        stem = word.removesuffix("ly")
        return (stem + "er", *rest), (stem + "est", *rest)
    if _syllables(word) > _SHORT or (_syllables(word) == _SHORT and not word.endswith(("y", "le", "ow"))):
        return ("more", *base), ("most", *base)
    stem = _stem(word)
    return (stem + "er", *rest), (stem + "est", *rest)


def _stem(word: str) -> str:
    if word.endswith("ey"):
        return word[:-2] + "i"
    if word.endswith("y") and word[-2] not in _VOWELS:
        return word[:-1] + "i"
    if word.endswith("e"):
        return word[:-1]
    doubled = len(word) > 2 and word[-1] not in _VOWELS | {"w", "x"} and word[-2] in _VOWELS
    return word + word[-1] if doubled and word[-3] not in _VOWELS else word


def _syllables(word: str) -> int:
    """Return the groups of vowels of a word, a silent e at its end aside."""
    plain = word[:-1] if word.endswith("e") and not word.endswith("le") else word
    groups = [a in _VOWELS and (not i or plain[i - 1] not in _VOWELS) for i, a in enumerate(plain)]
    return max(1, sum(groups))
