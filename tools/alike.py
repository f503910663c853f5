"""How much items have in common by what is known of them: facts, kinds, tags, descriptions, time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from kg.catalogue import IntArray
from kg.taste.order import best
from kg.taste.types import FloatArray
from kg.text_index import TextIndex
from kg.types import ItemId
from tools.knowledge import Knowledge
from tools.theme import relative, theme
from tools.theme_clauses import clauses

_SHARED = tuple(map(np.float32, (1, 1, 0.6)))  # weights of facts, kinds and descriptions in common
_TIME = np.float32(0.6)  # weight of being of the same time
_POPULAR = np.float32(0.15)
_BY_TAGS = tuple(map(np.float32, (0.2, 0.6, 0.6)))  # of facts, kinds and descriptions, where tags tell
_TIME_BY_TAGS, _POPULAR_BY_TAGS = np.float32(0.1), np.float32(0.2)
_TELLING = 3  # items whose descriptions are compared
_KEPT = 16_000_000  # scores of items, 64 MB: of every item of a catalogue of 4,000
_APART = 10  # years after which being of the same time falls by a factor of e
_LATER = 0.25  # what is named first tells most: the fifth tag half as much
_READ = 400  # items whose tags are compared


def alike(knowledge: Knowledge, seeds: list[ItemId], seen: IntArray) -> FloatArray:
    """Return how much items have in common with these by what is known of them, (n_items,) float32.

    Facts, kinds, what descriptions speak of and the time they are of, and a little by popularity; how the
    weights were chosen: docs/themes.md. Of seeds that are only known, what they share with themselves
    measures nothing: no answer has them.
    """
    return _weighed(knowledge, seeds, seen, _SHARED, _TIME, _POPULAR)


def alike_by_tags(knowledge: Knowledge, seeds: list[ItemId], seen: IntArray) -> FloatArray | None:
    """Return how much items have in common with these, tags before all, (n_items,) float32.

    None where these have no tags.
    """
    tagged = [place for place in seen[:_TELLING].tolist() if tags_of(knowledge, place)]
    if not tagged:
        return None
    told = sum(relative(_sharing_tags(knowledge, place)) for place in tagged)
    told = relative(np.asarray(told, dtype=np.float32))
    rest = _weighed(knowledge, seeds, seen, _BY_TAGS, _TIME_BY_TAGS, _POPULAR_BY_TAGS)
    return np.where(rest > 0, rest + told, 0).astype(np.float32)


def tags_of(knowledge: Knowledge, place: int) -> tuple[frozenset[str], ...]:
    """Return the tags of an item, each by its stems; none where its text does not end in a list."""
    catalogue = knowledge.graph.catalogue
    text = catalogue.texts.get(catalogue.items[place].id, "")
    return tuple(frozenset(part.stems) for part in clauses(text) if part.tells == 1)


def _weighed(
    knowledge: Knowledge,
    seeds: list[ItemId],
    seen: IntArray,
    weights: Sequence[np.float32],
    time: np.float32,
    popular: np.float32,
) -> FloatArray:
    only_known = seen[seen >= knowledge.graph.catalogue.offered]
    content = knowledge.taste.content
    shared = [content.scores(seen), content.of_kinds(seen), _told_alike(knowledge, seeds)]
    for scores in shared:
        scores[only_known] = 0
    total = sum(weight * relative(scores) for weight, scores in zip(weights, shared, strict=True))
    chosen = np.sqrt(knowledge.taste.successors.chosen).astype(np.float32)
    beside = time * _same_time(knowledge, seen) + popular * relative(chosen)
    return np.where(total > 0, total + beside, 0).astype(np.float32)


def _sharing_tags(knowledge: Knowledge, place: int) -> FloatArray:
    """Return how many tags of an item others have, (n_items,) float32.

    Rare ones tell more, and so does what is named first; what shares a part of a tag has less of it.
    """
    index = knowledge.texts
    mine = tags_of(knowledge, place)
    idf = _Idf(index)
    words = list(dict.fromkeys(each for tag in mine for each in sorted(tag)))
    scores = np.zeros(len(knowledge.graph.catalogue.items), dtype=np.float32)
    ranks: dict[str, list[int]] = {}
    for rank, tag in enumerate(mine):
        for word in tag:
            ranks.setdefault(word, []).append(rank)
    told: dict[tuple[int, frozenset[str]], float] = {}  # many items have the same tags
    for other in _sharing_words(index, {each: idf[each] for each in words}, place):
        most = [0.0] * len(mine)
        for theirs in tags_of(knowledge, other):
            for rank in {rank for word in theirs if word in ranks for rank in ranks[word]}:
                if (rank, theirs) not in told:
                    told[rank, theirs] = _overlap(mine[rank], theirs, idf)
                most[rank] = max(most[rank], told[rank, theirs])
        scores[other] = sum(each / (1 + _LATER * rank) for rank, each in enumerate(most))
    return scores


class _Idf(dict[str, float]):
    """What words tell, counted once each."""

    def __init__(self, index: TextIndex) -> None:
        self._index = index

    def __missing__(self, word: str) -> float:
        self[word] = self._index.idf(len(self._index.postings(word)[0]))
        return self[word]


def _sharing_words(index: TextIndex, idf: Mapping[str, float], place: int) -> list[int]:
    """Return the items that have most of some words, but for the one at a place."""
    mass = np.zeros(index.n_items)
    for word, tells in idf.items():
        mass[index.postings(word)[0]] += tells * tells
    mass[place : place + 1] = 0
    return [int(each) for each in best(mass, _READ) if mass[each] > 0]


def _overlap(tag: frozenset[str], other: frozenset[str], idf: Mapping[str, float]) -> float:
    """Return what the words that two tags share, one or more, tell: less where either has more."""
    shared, every = (sum(idf[each] for each in sorted(words)) for words in (tag & other, tag | other))
    return shared * shared / every


def _told_alike(knowledge: Knowledge, seeds: list[ItemId]) -> FloatArray:
    """Return how well items suit what is said about the first of these, (n_items,) float32."""
    total, told_like = np.zeros(len(knowledge.graph.catalogue.items), dtype=np.float32), _told_like(knowledge)
    for seed in seeds[:_TELLING]:
        if (scores := told_like(seed)) is not None:
            total += scores
    return total


def _told_like(knowledge: Knowledge) -> Callable[[ItemId], FloatArray | None]:
    """Return what tells how well items suit what is said about one; it is told once of the latest.

    Of whom something is known, the same choices count in all they ask.
    """
    root = knowledge.root

    def told(item: ItemId) -> FloatArray | None:
        if not (about := root.graph.catalogue.texts.get(item)):
            return None
        scores = theme(root, about).scores
        scores[root.graph.positions([item])] = 0
        suited = relative(scores)
        suited.setflags(write=False)
        return suited

    most = max(1, _KEPT // max(1, len(root.graph.catalogue.items)))
    kept: Callable[[ItemId], FloatArray | None] = root.kept.setdefault("told_like", lru_cache(most)(told))
    return kept


def _same_time(knowledge: Knowledge, seen: IntArray) -> FloatArray:
    """Return how near the years of items are to those of these, (n_items,) float32; 0 for unknown years."""
    years = knowledge.graph.years
    dated = years[seen][years[seen] > 0]
    apart = np.abs(years[:, None].astype(np.float32) - dated)
    return np.where(years > 0, np.exp(-apart / _APART).sum(axis=1) / max(len(dated), 1), 0).astype(np.float32)
