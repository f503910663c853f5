"""Slips of words that only a person's own table has, by what its texts and labels say: 'solar pannels'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from agent.builtin.lexicon.load import every_word
from agent.builtin.parse.vocabulary import Vocabulary
from kg.stems import singular
from tools.english import is_everyday
from tools.title_parts import part_of

_WORD = re.compile(r"(?<![\w-])[a-z]{6,}(?![\w-])")
_LONG = 9  # letters of a word that may have two slips


def slips_in(text: str, vocabulary: Vocabulary) -> dict[str, str]:
    """Return words of a text that nobody here writes so, with the one that is nearest."""
    if not (known := vocabulary.own_words):
        return {}
    said = {word for word in _WORD.findall(text) if not _is_known(word, vocabulary)}
    return {word: near[0] for word in sorted(said) if len(near := list(_nearest(word, known))) == 1}


def with_words_put_right(text: str, slips: dict[str, str]) -> str:
    """Return a text with what was meant in the place of slips."""
    return _WORD.sub(lambda found: slips.get(found[0], found[0]), text)


def _is_known(word: str, vocabulary: Vocabulary) -> bool:
    forms = {word, singular(word), f"{word}s"}
    if forms & vocabulary.own_words or any(map(is_everyday, forms)) or word in every_word():
        return True
    return vocabulary.titles is not None and part_of(word, vocabulary.titles) is not None


def _nearest(word: str, known: frozenset[str]) -> Iterator[str]:
    """Yield the words that a word is a slip for, each once, whether one or many."""
    most = 2 if len(word) >= _LONG else 1
    for each in sorted(known):
        alike = each[0] == word[0] and (each[-1] == word[-1] or len(word) >= _LONG)
        if alike and OSA.distance(word, each, score_cutoff=most) <= most:
            yield each
