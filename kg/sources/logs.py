"""Logs of who chose what, when, and the one rule that makes histories of them.

A user's choices stand by time, and those of one moment by the item's id: ids of digits by their number and
before all others, the others letter by letter (`by_id`). So the order of a log's rows decides nothing. Where
a log tells no times, all of it is one moment.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.catalogue import Histories, IntArray

Numbers = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]
_MOST = 2**63  # of a whole time


class Log:
    """Choices in the order of their rows: a user's number, an item's position, a time and a score each."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}  # of users, as they first occur
        self.user, self.item = array("i"), array("i")
        self.time, self.score = array("q"), array("d")

    def add(self, user: str, item: int, time: int, score: float) -> None:
        """Add a choice of the item at a position; times are whole numbers of any unit."""
        self.user.append(self.numbers.setdefault(user, len(self.numbers)))
        self.item.append(item)
        self.time.append(time)
        self.score.append(score)

    def histories(
        self, users: Sequence[str], ids: Sequence[str], *, once: bool = False
    ) -> tuple[Histories, dict[str, Any]]:
        """Return the histories of `users`, who are all users of the log at least; see `histories`."""
        place = {key: number for number, key in enumerate(users)}
        number = np.fromiter((place[key] for key in self.numbers), dtype=np.int32, count=len(self.numbers))
        user = number[np.frombuffer(self.user, dtype=np.int32)]
        return histories(
            user,
            np.frombuffer(self.item, dtype=np.int32),
            np.frombuffer(self.time, dtype=np.int64),
            len(users),
            ids,
            once=once,
        )

    def ratings(self) -> tuple[IntArray, Scores]:
        """Return items and scores; of somebody who rated an item twice the first in time, then the lowest."""
        user, item = (np.frombuffer(each, dtype=np.int32) for each in (self.user, self.item))
        time, score = np.frombuffer(self.time, dtype=np.int64), np.frombuffer(self.score, dtype=np.float64)
        order = np.lexsort((score, time))
        pairs = (user[order].astype(np.int64) << 32) | item[order]
        first = order[np.unique(pairs, return_index=True)[1]]
        return item[first], score[first]


class Choices:
    """Choices in the order of their rows: user, item, and when in any unit; of whole times 16 bytes each."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}  # of users, as they first occur
        self._user, self._item, self._whole = array("i"), array("i"), array("q")
        self._times: list[float] | None = None  # instead of whole ones

    def __len__(self) -> int:
        """How many there are."""
        return len(self._user)

    def add(self, user: str, item: int, time: float) -> None:
        """Add a choice of the item at a position."""
        self._user.append(self.numbers.setdefault(user, len(self.numbers)))
        self._item.append(item)
        if self._times is None and time == int(time) and abs(time) < _MOST:
            self._whole.append(int(time))
            return
        if self._times is None:
            self._times = [*self._whole]
        self._times.append(time)

    def histories(self, users: Sequence[str], ids: Sequence[str]) -> tuple[Histories, dict[str, Any]]:
        """Return the histories of `users`, who are all users of the choices at least; see `histories`."""
        place = {key: number for number, key in enumerate(users)}
        number = np.fromiter((place[key] for key in self.numbers), dtype=np.int32, count=len(self.numbers))
        times = np.frombuffer(self._whole, dtype=np.int64) if self._times is None else moments(self._times)
        user, item = (np.frombuffer(each, dtype=np.int32) for each in (self._user, self._item))
        return histories(number[user], item, times, len(users), ids)


def by_id(key: str) -> tuple[bool, int, str, str]:
    """Return what ids are sorted by: '9' before '10' before 'a'."""
    if not (key.isascii() and key.isdigit()):
        return True, 0, "", key
    digits = key.lstrip("0")
    return False, len(digits), digits, key  # as numbers, however long


def ranks(ids: Sequence[str]) -> IntArray:
    """Return (n,) int32, the place of every id among all of them by `by_id`."""
    rank = np.empty(len(ids), dtype=np.int32)
    rank[sorted(range(len(ids)), key=lambda place: by_id(ids[place]))] = np.arange(len(ids), dtype=np.int32)
    return rank


def moments(times: Sequence[float]) -> Numbers:
    """Return (n,) int64 that compare as the times do, which may be too large or fine for a float64."""
    known = {time: number for number, time in enumerate(sorted(set(times)))}
    return np.fromiter((known[time] for time in times), dtype=np.int64, count=len(times))


def histories(
    users: IntArray,
    items: IntArray,
    times: Numbers,
    n_users: int,
    ids: Sequence[str],
    *,
    once: bool = False,
    rank: IntArray | None = None,
) -> tuple[Histories, dict[str, Any]]:
    """Return everybody's choices by time and then id, and for a manifest how far ids decided.

    Args:
        users: (n,) the user's number, a row a choice.
        items: (n,) the item's position.
        times: (n,) when, in any unit.
        n_users: how many users there are.
        ids: the items' ids by position.
        once: an item that is chosen again counts at its first time only.
        rank: `ranks(ids)`, if it is known.

    Returns:
        The histories, and `{"ties": {"users": …, "last_by_id": …}}`: users with a choice, and those of them
        whose last item is one of several of its moment, so that its id made it the last.
    """
    rank = ranks(ids) if rank is None else rank
    order = np.lexsort((rank[items], times, users))
    if once:
        pairs = (users[order].astype(np.int64) << 32) | items[order]
        order = order[np.sort(np.unique(pairs, return_index=True)[1])]
    users, items, times = users[order], items[order], times[order]
    starts = np.searchsorted(users, np.arange(n_users + 1)).astype(np.int64)
    ties = {"users": len(np.unique(users)), "last_by_id": _last_by_id(users, items, times)}
    return Histories(starts, items.astype(np.int32)), {"ties": ties}


def _last_by_id(users: IntArray, items: IntArray, times: Numbers) -> int:
    """Count the users who chose several items in their last moment; rows are in the order of histories."""
    new_user, new_moment = (np.append(True, each[1:] != each[:-1])[: len(users)] for each in (users, times))
    moments = np.flatnonzero(new_user | new_moment)
    last = np.flatnonzero(np.append(new_user[1:], True)[: len(users)])
    first = moments[np.searchsorted(moments, last, side="right") - 1]  # of the same moment
    return int((items[first] != items[last]).sum())
