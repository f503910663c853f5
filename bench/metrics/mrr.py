"""Reciprocal rank: how early the first true item comes. Its mean over queries is MRR."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def reciprocal_rank(
    recommended: Sequence[str], truth: Collection[str], *, ignore: Collection[str] = ()
) -> float:
    """Return 1 / the rank of the first true item of a list, best first; 0 if there is none.

    Repeated and ignored items take no rank, as in `ndcg`. Source: Voorhees, TREC-8 question answering (1999).
    """
    wanted = set(truth) - set(ignore)
    ranked = (item for item in dict.fromkeys(recommended) if item not in ignore)
    return next((1 / rank for rank, item in enumerate(ranked, 1) if item in wanted), 0.0)
