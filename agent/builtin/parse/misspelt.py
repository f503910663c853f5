"""Misspelt words of measuring and comparing: 'chepest', 'at leest', 'availible', 'minuts'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from rapidfuzz.distance import OSA

from agent.builtin.lexicon.load import every_word, tables
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.lexicon.units import units
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.identity import Same
from agent.builtin.parse.told_subjects import subject_places
from agent.builtin.parse.vocabulary import Vocabulary
from kg.text import NUMBER_WORDS
from tools.english import is_everyday
from tools.title_parts import part_of

_SHORTEST = 4  # letters of a word that may be misspelt
_SLIPS = 2  # letters by which what was meant is longer or shorter at least, to be another word
_LONG = 8  # letters of one that may be so twice
_COMPARING = ("before", "after", "sorting", "ascending", "descending", "first")


def with_spelling(chunks: Sequence[Chunk], vocabulary: Vocabulary) -> list[Chunk]:
    """Replace words that are nearly a word of what this catalogue measures, and no word otherwise."""
    known = _known(Same(vocabulary))
    told = set[int]() if vocabulary.measures.own else subject_places(chunks)
    return [a if i in told else _respelt(a, known, vocabulary) for i, a in enumerate(chunks)]


def _respelt(chunk: Chunk, known: frozenset[str], vocabulary: Vocabulary) -> Chunk:
    said = chunk.text
    unknown = chunk.kind == "word" or (chunk.kind == "entity" and not chunk.choices and said.islower())
    if not (unknown and len(said) >= _SHORTEST and said.isalpha()) or said in known or _is_word(said):
        return chunk
    meant = _nearest(said, known)
    named = vocabulary.titles is not None and part_of(said, vocabulary.titles) is not None
    if meant is None or named:
        return chunk
    return replace(chunk, kind="word", text="items" if meant in vocabulary.nouns else meant)


def _is_word(said: str) -> bool:
    """Tell whether a word is written as it should be: an everyday one, or one that the reader looks for."""
    return is_everyday(said) or is_everyday(said.removesuffix("s")) or said in every_word()


def _nearest(said: str, known: frozenset[str]) -> str | None:
    """Return the one word that is nearest, with the same first letter; None if none or several are."""
    most = 2 if len(said) >= _LONG else 1
    alike = (word for word in known if word[0] == said[0] and abs(len(word) - len(said)) < _SLIPS)
    near = [(OSA.distance(said, word, score_cutoff=most), word) for word in alike]
    best = sorted(each for each in near if each[0] <= most)
    tied = {
        word.rstrip("s") for distance, word in best if distance == best[0][0]
    }  # 'course' and 'courses' are one
    return best[0][1] if len(tied) == 1 else None


@lru_cache(maxsize=16)
def _known(spoken_of: Same) -> frozenset[str]:
    """Return the words of what is measured and how it is compared, and those for items and their labels."""
    vocabulary: Vocabulary = spoken_of.value
    phrases = [phrase for held in vocabulary.measures.phrases.values() for phrase, _ in held]
    said = {word for phrase in phrases for word in phrase} | set(NUMBER_WORDS)
    said |= {word for spelling in units() for word in spelling.split()}
    for table in ("comparators", "measures"):
        for section, spoken in tables(table).items():
            if section.split()[-1] in _COMPARING:
                said |= {word for phrase in spoken for word in phrase.split()}
    said |= {word for phrase in tables("measures")["flag endings"] for word in phrase.split()}
    plain = frozenset(word for word in said if len(word) >= _SHORTEST - 1 and word.isalpha())
    return plain | ITEM_NOUNS | vocabulary.nouns | vocabulary.label_parts.keys()
