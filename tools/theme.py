"""A theme in words as scores of items: what is near the words, and what people choose after that."""

from __future__ import annotations

import numpy as np

from kg.taste.types import FloatArray
from tools.knowledge import Knowledge

BESIDE_ITEMS = 0.2  # weight of a theme beside items that were named, whose best has 1
BESIDE_GROUP = 0.3  # beside the favourites of a group
BESIDE_HISTORY = 2.0  # beside nothing but what is known of the person
_NEAREST = 60


def theme(knowledge: Knowledge, text: str) -> FloatArray:
    """Return how well every item suits a theme, (n_items,) float32, 0 and more; zeros if nothing does.

    Descriptions alone find few of the items people mean; what is chosen after the nearest finds more. The
    best has the similarity of the description nearest to the words: a vague text says little.
    """
    scores = np.zeros(len(knowledge.graph.catalogue.items), dtype=np.float32)
    near = knowledge.index.search(text, _NEAREST) if any(c.isalnum() for c in text) else []
    near = [(item, similarity) for item, similarity in near if similarity > 0]
    if not near:
        return scores
    positions = knowledge.graph.positions([item for item, _ in near])
    weights = np.array([similarity for _, similarity in near], dtype=np.float32) ** 2
    if knowledge.taste:
        scores = knowledge.taste.successors.after(positions, weights)
    if not scores.any():
        scores[positions] = weights
    return relative(scores) * np.float32(near[0][1])


def relative(scores: FloatArray) -> FloatArray:
    """Return scores divided by the largest, if that is above 0."""
    most = float(scores.max(initial=0))
    return np.asarray(scores / most, dtype=np.float32) if most > 0 else scores
