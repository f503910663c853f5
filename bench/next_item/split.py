"""Leave one out: of every history the last item is the test, the one before it the validation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kg.catalogue import Histories, IntArray

LEAST = 3  # items of a history that is tested: one to learn from, one for validation, one for the test


@dataclass(frozen=True, slots=True)
class Case:
    """A user, what is known of them (item positions, oldest first, each once), and what they chose next."""

    user: int
    known: IntArray
    target: int


@dataclass(frozen=True, slots=True)
class LeaveOneOut:
    """Histories of distinct items, split. `train` holds all users, those who are not tested with everything.

    `users` are the positions of those who are tested, ascending.
    """

    train: Histories
    whole: Histories
    users: Sequence[int]

    def validation(self) -> Iterator[Case]:
        """Yield the cases to choose parameters by: the last but one item, known is what is before."""
        return self._cases(2)

    def test(self) -> Iterator[Case]:
        """Yield the cases to report: the last item, known is everything before, the validation item too."""
        return self._cases(1)

    def _cases(self, back: int) -> Iterator[Case]:
        for user in self.users:
            items = self.whole.of(user)
            yield Case(user, items[:-back], int(items[-back]))


def leave_one_out(histories: Histories) -> LeaveOneOut:
    """Split histories. An item that somebody chose again counts where they chose it first.

    Whoever has fewer than `LEAST` distinct items is not tested; all their choices are for training.
    """
    rows = [_distinct(histories.of(user)) for user in range(len(histories.starts) - 1)]
    tested = [user for user, items in enumerate(rows) if len(items) >= LEAST]
    shorter = [items[:-2] if len(items) >= LEAST else items for items in rows]
    return LeaveOneOut(_pack(shorter), _pack(rows), tested)


def _distinct(items: IntArray) -> IntArray:
    _, first = np.unique(items, return_index=True)
    return np.asarray(items[np.sort(first)], dtype=np.int32)


def _pack(rows: Sequence[IntArray]) -> Histories:
    return Histories.pack(row.tolist() for row in rows)
