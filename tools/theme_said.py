"""How much it weighs that a text says a phrase, in any of its ways: of an alien invasion 'martians' too."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kg.graph import Positions
from kg.stems import raw, stem
from kg.taste.order import best
from tools.knowledge import Knowledge
from tools.theme_clauses import said
from tools.theme_coverage import having_all
from tools.theme_phrases import Stems
from tools.theme_subjects import parted_texts
from tools.theme_words import Subject

_OTHERWISE = 0.5  # of another way to say it
_READ = 200  # items whose texts are read, of those that have all words of a way

Scores = npt.NDArray[np.float64]


def by_phrase(knowledge: Knowledge, subject: Subject) -> Scores:
    """Return the BM25 of the best way to say a phrase in which each text says it, (n_items,).

    A way of several words counts where these stand near each other: what has all of them may speak of
    something else.
    """
    index = knowledge.texts
    own = tuple(map(stem, raw(subject.said)))
    weighed = np.zeros(index.n_items)
    several: list[tuple[Stems, Positions, Scores]] = []
    for way in dict.fromkeys(tuple(map(stem, way)) for way in subject.ways if way):
        items, weights = having_all(index, way)
        worth = np.asarray(weights * (1 if way == own else _OTHERWISE), dtype=np.float64)
        if len(way) > 1:
            several.append((way, items, worth))
        else:
            weighed[items] = np.maximum(weighed[items], worth)
    return _near(knowledge, several, weighed)


def _near(
    knowledge: Knowledge, several: Sequence[tuple[Stems, Positions, Scores]], weighed: Scores
) -> Scores:
    """Return weights with those of ways of several words, where the text of an item has them together."""
    likely = np.zeros_like(weighed)
    for _, items, worth in several:
        likely[items] = np.maximum(likely[items], worth)
    text_of = parted_texts(knowledge.root)
    read = {place: text_of(place) for place in best(likely, _READ).tolist() if likely[place] > 0}
    for way, items, worth in several:
        sets = [{each} for each in way]
        for place, weight in zip(items.tolist(), worth.tolist(), strict=True):
            if weight > weighed[place] and place in read and said(read[place], sets):
                weighed[place] = weight
    return weighed
