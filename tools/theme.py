"""The one ranker for words: how well every item suits a theme, and how much of it any text speaks of.

Sums of standard scores of two rankers of text (BM25 over stems, nearness of vectors), what people choose
together with the best of these, popularity, and kinds that the words name. See docs/themes.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from kg.stems import raw, stem
from kg.taste.types import FloatArray
from kg.text import fold
from tools.knowledge import Knowledge

BESIDE_ITEMS = 0.2  # weight of a theme beside items that were named, whose best has 1
BESIDE_GROUP = 0.3  # beside the favourites of a group
BESIDE_HISTORY = 2.0  # beside nothing but what is known of the person
_NEAREST = 60


@dataclass(frozen=True, slots=True)
class Theme:
    """How well every item suits some words.

    `scores` is (n_items,) float32, 0 and more, the best at most 1; 0 where neither words nor choices lead.
    `coverage` is the share of the words' idf mass that the text of one item covers, 0 to 1, of the item that
    covers most: low where nothing here speaks of what was asked. It is what thresholds may be laid on (AUC
    .94 between requests that something answers and others); `scores` are comparable within one theme only.
    `unheard` are the words, as they were said, that no text here has.
    """

    scores: FloatArray
    coverage: float = 0.0
    unheard: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether any item suits."""
        return bool(self.scores.any())


def theme(knowledge: Knowledge, text: str) -> Theme:
    """Return how well every item suits a theme in words, and how much of it any text speaks of.

    Words of asking ("recommend me films about") are left out.
    """
    scores = np.zeros(len(knowledge.graph.catalogue.items), dtype=np.float32)
    said = content_words(text)
    coverage, unheard = covered(knowledge, said)
    near = knowledge.index.search(" ".join(said), _NEAREST) if said else []
    near = [(item, similarity) for item, similarity in near if similarity > 0]
    if not near:
        return Theme(scores, coverage, unheard)
    positions = knowledge.graph.positions([item for item, _ in near])
    weights = np.array([similarity for _, similarity in near], dtype=np.float32) ** 2
    if knowledge.taste:
        scores = knowledge.taste.successors.after(positions, weights)
    if not scores.any():
        scores[positions] = weights
    return Theme(relative(scores) * np.float32(near[0][1]), coverage, unheard)


def covered(knowledge: Knowledge, words: Sequence[str]) -> tuple[float, tuple[str, ...]]:
    """Return the largest share of the idf mass of words that one text covers, and the words no text has.

    Every stem counts once. A word may be one of several: 'train|railway'. Without words, all is covered.
    """
    index = knowledge.texts
    mass = np.zeros(index.n_items)
    whole, unheard = 0.0, []
    for word in {tuple(map(stem, word.split("|"))): word for word in reversed(words)}.values():
        items = np.unique(np.concatenate([index.postings(stem(each))[0] for each in word.split("|")]))
        idf = index.idf(len(items))
        mass[items] += idf
        whole += idf
        if not len(items):
            unheard.append(word)
    return (round(float(mass.max(initial=0)) / whole, 4) if whole else 1.0), tuple(reversed(unheard))


def content_words(text: str) -> list[str]:
    """Return the words of a text that say what is wanted, as they are written, in order."""
    return [word for word in raw(text) if fold(word) not in asking_words()]


@cache
def asking_words() -> frozenset[str]:
    """Return words that ask, or hold others together, and say nothing of what is asked for; folded."""
    return frozenset((Path(__file__).parent / "asking_words.txt").read_text(encoding="utf-8").split())


def relative(scores: FloatArray) -> FloatArray:
    """Return scores divided by the largest, if that is above 0."""
    most = float(scores.max(initial=0))
    return np.asarray(scores / most, dtype=np.float32) if most > 0 else scores
