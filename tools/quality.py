"""How good items are held to be, where nobody's choices are known: a weighted rating."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kg.graph import KnowledgeGraph, Positions
from kg.types import Kind

_RATINGS = ("rating", "score", "stars")
_VOTES = ("votes", "vote", "ratings", "reviews", "voters")


def best_first(graph: KnowledgeGraph, positions: Positions) -> Positions:
    """Return items by what people chose, else by their rating, the less the fewer voted; ties by position.

    The weighted mean (v·r + m·c) / (v + m) of a rating r from v votes, c and m the mean rating and the
    median of votes of the catalogue. Items without a rating come last.
    """
    if graph.popularity.any():
        return graph.by_popularity(positions)
    scores = weighted_rating(graph)
    return positions[np.lexsort((positions, -scores[positions]))]


@lru_cache(maxsize=8)
def weighted_rating(graph: KnowledgeGraph) -> npt.NDArray[np.float64]:
    """Return the weighted rating of every item that is offered, (n_items,); 0 where there is none."""
    ratings, votes = _numbers(graph, _RATINGS, but=_VOTES), _numbers(graph, _VOTES)
    if ratings is None:
        return np.zeros(graph.catalogue.offered)
    known = ratings > 0
    if votes is None or not known.any():
        return ratings
    usual, mean = float(np.median(votes[known])), float(ratings[known].mean())
    return np.where(known, (votes * ratings + usual * mean) / np.maximum(votes + usual, 1), 0.0)


def _numbers(
    graph: KnowledgeGraph, words: tuple[str, ...], *, but: tuple[str, ...] = ()
) -> npt.NDArray[np.float64] | None:
    """Return the highest number of every item on the first relation that is called so, else None."""
    for relation in graph.relations:
        literals, said = graph.literals(relation.name), set(relation.name.split("_"))
        if (
            relation.kind is Kind.NUMBER
            and literals is not None
            and said & set(words)
            and not said & set(but)
        ):
            found = np.zeros(graph.catalogue.offered)
            held = literals.below(graph.catalogue.offered)
            np.maximum.at(found, held.items, held.values)
            return found
    return None


def counts_votes(name: str) -> bool:
    """Tell whether a relation counts who voted: nobody is asked how many that should be."""
    return bool(set(name.split("_")) & set(_VOTES))
