"""What people were offered and whether they liked it, and the rows that a system is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from kg.catalogue import IntArray
from kg.sources.logs import Log, by_id, ranks

LONGEST = 20  # items of a history, section 4.3 of the paper
NOTHING = -1  # where a history is shorter
Bools = npt.NDArray[np.bool_]
Moments = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Items:
    """Items by position: ids, and titles as a person reads them."""

    ids: Sequence[str]
    titles: Sequence[str]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Feedback:
    """A log of events, a row each, in any order.

    `users` and `items` are (n,) int32 numbers, `liked` (n,) is whether the person liked it, `moments` (n,)
    compare as times do. `chosen_only` logs tell what was chosen and nothing of what was not. `histories`
    (n, 20) are given by data sets that tell them with each row, else None. `order` says what stands for time.
    """

    name: str
    user_ids: Sequence[str]
    catalogue: Items
    users: IntArray
    items: IntArray
    liked: Bools
    moments: Moments
    chosen_only: bool = False
    histories: IntArray | None = None
    order: str = "time"

    def in_order(self) -> Feedback:
        """Return the rows by moment, those of one moment by user and then by the item's id."""
        place = np.lexsort((ranks(self.catalogue.ids)[self.items], self.users, self.moments))
        return replace(
            self,
            users=self.users[place],
            items=self.items[place],
            liked=self.liked[place],
            moments=self.moments[place],
            histories=None if self.histories is None else self.histories[place],
        )


@dataclass(frozen=True, slots=True)
class Pairs:
    """Rows to predict: a user, an item, whether they liked it, and what they had liked before.

    `histories` (n, 20) int32 hold positions of items, oldest first, the latest 20; `NOTHING` fills the rest.
    """

    users: IntArray
    items: IntArray
    liked: Bools
    histories: IntArray

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.users)

    def rows(self, places: npt.NDArray[np.bool_] | npt.NDArray[np.integer] | slice) -> Pairs:
        """Return some rows."""
        return Pairs(self.users[places], self.items[places], self.liked[places], self.histories[places])


def of_log(name: str, log: Log, items: Items, *, liked: float | None, seed: int | None = None) -> Feedback:
    """Return a log of distinct users and items as feedback; the order of its rows decides nothing.

    Of somebody who rated an item several times the first counts, then the lowest.

    Args:
        name: of the data set.
        log: whose scores are ratings, if `liked` is one.
        items: what its positions mean.
        liked: the rating from which on a row is liked; None: the log tells choices alone.
        seed: of a shuffle that stands for time, where the log tells no times; None: it tells them.
    """
    users = sorted(log.numbers, key=by_id)
    number = np.empty(len(users), dtype=np.int32)
    for place, key in enumerate(users):
        number[log.numbers[key]] = place
    who, what = number[np.frombuffer(log.user, dtype=np.int32)], np.frombuffer(log.item, dtype=np.int32)
    time, score = np.frombuffer(log.time, dtype=np.int64), np.frombuffer(log.score, dtype=np.float64)
    order = np.lexsort((score, time))
    pairs = who[order].astype(np.int64) * len(items) + ranks(items.ids)[what[order]]
    once = order[np.unique(pairs, return_index=True)[1]]
    return Feedback(
        name,
        users,
        items,
        who[once],
        what[once],
        np.ones(len(once), dtype=bool) if liked is None else score[once] >= liked,
        time[once] if seed is None else np.random.default_rng(seed).permutation(len(once)),
        chosen_only=liked is None,
        order="time" if seed is None else "a shuffle, for want of times",
    )
