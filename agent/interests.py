"""What choices say of a taste, in weights: over facts, decades and words of descriptions.

After the user preference maintenance of CoT-Rec (section 4.1.1 of "Improving LLM-powered Recommendations with
Personalized Information", SIGIR 2025, doi 10.1145/3726302.3730211): choices are taken in chronological
batches that overlap; each batch gives a short-term interest; the first one is the long-term preference, and
every later one is merged into it. There a language model sums up a batch; here its facts are counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import log
from typing import NamedTuple

import numpy as np

from kg.graph import KnowledgeGraph
from kg.text import fold, tokens
from kg.types import Condition, ItemId, RelationName
from tools.english import common_words

BATCH = 10  # choices a batch
OVERLAP = 2  # of them, shared with the batch before
DECAY = 0.8  # what a long-term weight keeps when a batch is merged
REACH = 50  # batches; what lies further back weighs less than DECAY ** REACH, 0.00002
KEPT = 200  # weights of one interest
LIKED, CHOSEN, DISLIKED = 1.0, 0.5, -1.0  # what one choice counts
DECADE, WORD = "decade", "word"
_LETTERS = 5  # of a word that may tell something
_WORD_RARITY = 0.25  # words are weaker evidence than facts


class Weight(NamedTuple):
    """How much something is sought (above 0, at most 1) or avoided (below 0, at least -1).

    `relation` is one of the catalogue's, else `decade` ("1970s") or `word` (of descriptions, folded).
    """

    relation: str
    label: str
    weight: float


Weights = tuple[Weight, ...]  # the strongest first; ties by relation and label


class Choice(NamedTuple):
    """A choice and what it counts: `LIKED`, `CHOSEN` or `DISLIKED`."""

    item: ItemId
    value: float


class Interests:
    """Reads choices on one graph."""

    def __init__(self, graph: KnowledgeGraph):
        self._graph = graph
        self._total = max(graph.catalogue.offered, 2)
        self._features = lru_cache(maxsize=4096)(self._features_of)
        self._rarity = lru_cache(maxsize=65536)(self.rarity)

    def preference(self, choices: Sequence[Choice]) -> tuple[Weights, Weights]:
        """Return the short-term interest and the long-term preference of chronological choices."""
        long: Weights = ()
        short: Weights = ()
        for batch in batches(choices):
            short = self.interest(batch)
            long = merged(long, short) if long else short
        return short, long

    def interest(self, batch: Sequence[Choice]) -> Weights:
        """Return the interest of one batch: the share of it that has a feature, times the feature's rarity.

        A word counts if two of the batch have it. Items that the catalogue does not have say nothing.
        """
        known = [choice for choice in batch if choice.item in self._graph]
        sums: defaultdict[tuple[str, str], float] = defaultdict(float)
        counts: Counter[tuple[str, str]] = Counter()
        for item, value in known:
            for feature in self._features(item):
                sums[feature] += value
                counts[feature] += 1
        whole = sum(abs(value) for _, value in known)
        return _strongest(
            Weight(*feature, total / whole * self._rarity(*feature))
            for feature, total in sums.items()
            if feature[0] != WORD or counts[feature] > 1
        )

    def rarity(self, relation: str, label: str) -> float:
        """Return how telling a feature is: 0 if every item has it, 1 if one has it."""
        if relation == WORD and not self._graph.has_relation(WORD):
            return _WORD_RARITY
        having = len(members(self._graph, relation, label))
        return log(self._total / max(having, 1)) / log(self._total)

    def _features_of(self, item: ItemId) -> frozenset[tuple[str, str]]:
        facts = self._graph.facts(item).items()
        found = {(str(relation), entity.label) for relation, entities in facts for entity in entities}
        year = self._graph.item(item).year
        if year and not self._graph.has_relation(DECADE):
            found.add((DECADE, f"{year // 10 * 10}s"))
        if self._graph.has_relation(WORD):
            return frozenset(found)
        said = (fold(token.raw) for token in tokens(self._graph.catalogue.texts.get(item, "")))
        found |= {(WORD, word) for word in said if len(word) >= _LETTERS and word not in common_words()}
        return frozenset(found)


def batches(choices: Sequence[Choice]) -> list[Sequence[Choice]]:
    """Return the batches that matter, oldest first: neighbours share `OVERLAP` choices."""
    starts = range(0, max(len(choices) - OVERLAP, 1), BATCH - OVERLAP)
    return [choices[start : start + BATCH] for start in starts[-REACH:]] if choices else []


def merged(long: Weights, short: Weights) -> Weights:
    """Return the long-term preference with the interest of another batch in it."""
    sums = {(w.relation, w.label): DECAY * w.weight for w in long}
    for relation, label, weight in short:
        sums[relation, label] = sums.get((relation, label), 0.0) + (1 - DECAY) * weight
    return _strongest(Weight(*feature, weight) for feature, weight in sums.items())


def members(graph: KnowledgeGraph, relation: str, label: str) -> np.ndarray:
    """Return the items that have a fact or are of a decade: sorted positions."""
    if relation == DECADE and not graph.has_relation(DECADE):
        first = int(label.removesuffix("s"))
        years = graph.years[: graph.catalogue.offered]
        return np.flatnonzero((years >= first) & (years < first + 10)).astype(np.int32)
    return graph.items_with(Condition(RelationName(relation), label))


def _strongest(weights: Iterable[Weight]) -> Weights:
    rounded = [w._replace(weight=round(w.weight, 5)) for w in weights]
    rounded.sort(key=lambda w: (-abs(w.weight), w.relation, w.label))
    return tuple(w for w in rounded[:KEPT] if w.weight)
