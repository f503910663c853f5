"""Grouped AUC: AUC within each user, so that nothing is gained by telling users apart."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bench.metrics.auc import auc


class ByUser(NamedTuple):
    """AUC of the users who have rows of both classes.

    `users` (n,) are their numbers, ascending, `values` (n,) their AUC, `rows` (n,) how many rows each has.
    `left_out` counts users whose rows are all of one class.
    """

    users: npt.NDArray[np.int64]
    values: npt.NDArray[np.float64]
    rows: npt.NDArray[np.int64]
    left_out: int


def by_user(users: npt.ArrayLike, liked: npt.ArrayLike, scores: npt.ArrayLike) -> ByUser:
    """Return the AUC of every user that has one."""
    who, truth, given = np.asarray(users), np.asarray(liked, dtype=bool), np.asarray(scores)
    order = np.argsort(who, kind="stable")
    named, starts = np.unique(who[order], return_index=True)
    found = [
        (int(user), value, len(rows))
        for user, rows in zip(named, np.split(order, starts[1:]), strict=True)
        if len(rows) and (value := auc(truth[rows], given[rows])) is not None
    ]
    columns = list(zip(*found, strict=True)) or [(), (), ()]
    return ByUser(
        np.asarray(columns[0], dtype=np.int64),
        np.asarray(columns[1], dtype=np.float64),
        np.asarray(columns[2], dtype=np.int64),
        len(named) - len(found),
    )


def gauc(users: npt.ArrayLike, liked: npt.ArrayLike, scores: npt.ArrayLike) -> float | None:
    """Return the mean AUC of users, weighted by their rows (Zhu et al. 2017); None where nobody has one.

    A user whose rows are all liked, or all not, has no AUC and is left out.
    """
    found = by_user(users, liked, scores)
    return float(np.average(found.values, weights=found.rows)) if len(found.values) else None
