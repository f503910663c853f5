"""The 20-way choice of later work on RecBench+: one true item among 19 others, and which one is chosen.

The same runs serve: the choice of a system is the candidate that its answer names first. A free answer of a
few titles may well name no candidate, and that is a wrong choice; figures of systems that were shown the
candidates and had to pick one are an upper neighbour of this, not the same protocol.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence

import numpy as np

from kg.errors import UsageError

CANDIDATES = 20


def candidates(
    query_id: str,
    truth: Collection[str],
    pool: Sequence[str],
    *,
    ignore: Collection[str] = (),
    seed: int = 0,
    n: int = CANDIDATES,
) -> list[str]:
    """Return n items in random order: one drawn from the truth, the others from `pool`.

    `pool` holds the catalogue's items, each once, in an order that stays the same: their place decides. The
    others are not true and not ignored. Drawn from the query's id and `seed` alone: equal for every system,
    whatever other queries there are. `ignore` is also for what the system was shown, such as the history.

    Raises:
        UsageError: there is no true item, or fewer than n - 1 others.
    """
    wanted = sorted(set(truth) - set(ignore))
    barred = set(truth) | set(ignore)
    rng = np.random.default_rng(_number(f"{seed}:{query_id}"))
    # As many more as there can be barred ones: enough are left, without a look at the whole pool.
    places = rng.choice(len(pool), min(len(pool), n - 1 + len(barred)), replace=False).tolist()
    others = [pool[place] for place in places if pool[place] not in barred][: n - 1]
    if not wanted or len(others) < n - 1:
        raise UsageError(
            f"the {n}-way choice of query {query_id!r} needs a true item and {n - 1} others;"
            f" there are {len(wanted)} and {len(others)}."
        )
    drawn = [wanted[int(rng.integers(len(wanted)))], *others]
    return [drawn[place] for place in rng.permutation(n).tolist()]


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def chosen(recommended: Sequence[str], offered: Collection[str]) -> str | None:
    """Return the candidate that an answer, best first, names first; None if it names none."""
    return next((item for item in recommended if item in offered), None)


def accuracy(recommended: Sequence[str], truth: Collection[str], offered: Collection[str]) -> float:
    """Return 1 if the chosen candidate is true, else 0; an answer without a candidate is wrong.

    Source: the recommendation task of ReRec, as named in docs/recbench.md.
    """
    return float(chosen(recommended, offered) in set(truth))
