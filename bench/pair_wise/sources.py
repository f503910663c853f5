"""Feedback of a catalogue: real ratings where its source has them, else its histories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bench.pair_wise.feedback import Feedback, Items, of_log
from kg import raw, store
from kg.catalogue import Histories
from kg.errors import UsageError
from kg.sources import SOURCES, files
from kg.sources.logs import Log
from kg.sources.movielens import LATIN
from kg.store import Opened


class Rated(NamedTuple):
    """Where a catalogue's ratings lie: file names, the separator of their four fields, and what is liked."""

    names: str
    separator: str
    liked: int  # of the scale, from here on
    timed: bool


RATED = {
    "ml-100k": Rated("u.data", "\t", 4, timed=True),
    "librarything": Rated("ratings*.dat", " ", 8, timed=False),
}


def of_catalogue(name: str, opened: Opened, data: Path | None, seed: int) -> Feedback:
    """Return the feedback of an opened catalogue.

    Raises:
        UsageError: it has neither ratings nor histories.
        DataError: the files of its ratings are missing or damaged.
    """
    catalogue = opened.graph.catalogue
    offered = [catalogue.items[place] for place in range(catalogue.offered)]
    items = Items([item.id for item in offered], [item.name for item in offered])
    if name in RATED:
        told = RATED[name]
        log = _ratings(name, data, {item.id: place for place, item in enumerate(offered)})
        return of_log(name, log, items, liked=told.liked, seed=None if told.timed else seed)
    if catalogue.histories is None:
        raise UsageError(f"the catalogue {name!r} has no histories; choose one that has, such as ml-100k.")
    return of_histories(name, items, [user.id for user in catalogue.users], catalogue.histories)


def _ratings(name: str, data: Path | None, at_item: Mapping[str, int]) -> Log:
    """Return the ratings of a catalogue's items; those of others are left out."""
    told, folder = RATED[name], SOURCES[name].folder or ""
    place = raw.place(store.home(), name) if data is None else data / folder
    paths = sorted(place.glob(told.names)) or [files.need(place / told.names, SOURCES[name].by_hand)]
    log = Log()
    for path in paths:
        for number, (user, item, score, time) in files.fields(path, told.separator, 4, LATIN):
            stars = files.whole_number(score, path, number)
            when = files.whole_number(time, path, number) if told.timed else 0
            if item in at_item:
                log.add(user, at_item[item], when, stars)
    return log


def of_histories(name: str, items: Items, users: Sequence[str], histories: Histories) -> Feedback:
    """Return histories as feedback: all of it was liked; a moment is a number of choices before the last."""
    counts = np.diff(histories.starts)
    who = np.repeat(np.arange(len(counts)), counts).astype(np.int32)
    place = np.arange(len(who)) - np.asarray(histories.starts)[who + 1]
    chosen = np.asarray(histories.items, dtype=np.int32)
    _, once = np.unique(who.astype(np.int64) * len(items) + chosen, return_index=True)
    once = once[chosen[once] < len(items)]
    return Feedback(
        name,
        users,
        items,
        who[once],
        chosen[once],
        np.ones(len(once), dtype=bool),
        place[once].astype(np.int64),
        chosen_only=True,
        order="choices before the last",
    )
