"""Whose histories a system may learn from when it is asked the queries of some files.

A system that learned from the users whose patterns are asked for would be asked for what it was shown.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from bench.plans.split import read_split
from kg.catalogue import Catalogue, Histories
from kg.errors import UsageError
from kg.taste.choices import only

SPLIT = "split.json"


def training_users(query_files: Sequence[Path], catalogue: Catalogue) -> Sequence[int] | None:
    """Return the positions of the users that may be fitted on, ascending; None if no split says so.

    They are the `fit` half of the `split.json` beside the query files, which `bench.build` writes; of several
    splits, whoever is in all of those halves. None: fit on everybody but the users that queries name.

    Raises:
        DataError: a split that cannot be read.
    """
    beside = sorted({path.parent / SPLIT for path in query_files})
    halves = [frozenset(read_split(path).fit) for path in beside if path.is_file()]
    if not halves:
        return None
    allowed = frozenset.intersection(*halves)
    return [place for place, user in enumerate(catalogue.users) if user.id in allowed]


def training_histories(
    query_files: Sequence[Path], askers: Collection[str], catalogue: Catalogue
) -> Histories:
    """Return the histories that may be fitted on; `askers` are the users that the queries name.

    Raises:
        UsageError: the catalogue has no histories, or nobody is left to learn from.
        DataError: a split that cannot be read.
    """
    histories = catalogue.histories
    if histories is None:
        raise UsageError(
            f"the catalogue {catalogue.name!r} has no histories to learn from; choose one that has,"
            " such as ml-1m, or another --system."
        )
    users = training_users(query_files, catalogue)
    if users is None:
        barred = frozenset(askers)
        users = [place for place, user in enumerate(catalogue.users) if user.id not in barred]
    if not users:
        raise UsageError(
            f"of the {len(catalogue.users)} users of {catalogue.name!r} nobody is left to learn from:"
            f" queries name them, or their {SPLIT} leaves them out."
        )
    return only(histories, users)
