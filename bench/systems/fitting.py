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


def training_users(
    query_files: Sequence[Path], askers: Collection[str], catalogue: Catalogue
) -> Sequence[int] | None:
    """Return the positions of the users that may be learned from, ascending; None if that is everybody.

    They are the `fit` half of the `split.json` beside the query files, which `bench.build` writes; of several
    splits, whoever is in all of those halves. Nobody of `askers`, the users whose histories a system is
    shown, is among them: what was hidden of such a history would be learned.

    Raises:
        DataError: a split that cannot be read.
        UsageError: nobody is left to learn from.
    """
    beside = sorted({path.parent / SPLIT for path in query_files})
    halves = [frozenset(read_split(path).fit) for path in beside if path.is_file()]
    everybody = [user.id for user in catalogue.users]
    allowed = frozenset(everybody).intersection(*halves) - frozenset(askers)
    users = [place for place, user in enumerate(everybody) if user in allowed]
    if everybody and not users:
        raise UsageError(
            f"of the {len(everybody)} users of {catalogue.name!r} nobody is left to learn from:"
            f" queries name them, or their {SPLIT} leaves them out."
        )
    return None if len(users) == len(everybody) else users


def training_histories(
    query_files: Sequence[Path], askers: Collection[str], catalogue: Catalogue
) -> Histories:
    """Return the histories that may be learned from, as `training_users` says.

    Raises:
        UsageError: the catalogue has no histories, or nobody is left to learn from.
        DataError: a split that cannot be read.
    """
    if catalogue.histories is None:
        raise UsageError(
            f"the catalogue {catalogue.name!r} has no histories to learn from; choose one that has,"
            " such as ml-1m, or another --system."
        )
    users = training_users(query_files, askers, catalogue)
    return catalogue.histories if users is None else only(catalogue.histories, users)
