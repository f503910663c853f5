"""Two halves of the users: patterns of interest come from one, similarities are learned from the other.

Otherwise a system that learned what is chosen together would be asked for what it was shown.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.errors import DataError


@dataclass(frozen=True, slots=True)
class Split:
    """Ids of users in the order they came: `patterns` for interest queries, `fit` for whatever learns."""

    seed: int
    patterns: tuple[str, ...]
    fit: tuple[str, ...]


def split_users(users: Iterable[str], seed: int) -> Split:
    """Split users by a hash of seed and id: a user's half does not depend on who else is there."""
    halves: tuple[list[str], list[str]] = ([], [])
    for user in users:
        digest = hashlib.sha256(f"{seed}\0{user}".encode()).digest()
        halves[digest[0] & 1].append(user)
    return Split(seed, tuple(halves[0]), tuple(halves[1]))


def write_split(split: Split, path: Path) -> None:
    """Write a split as JSON."""
    path.write_text(json.dumps(asdict(split), ensure_ascii=False) + "\n", encoding="utf-8")


def read_split(path: Path) -> Split:
    """Read a split that was written.

    Raises:
        DataError: the file is missing or no split, or a user is in both halves.
    """
    remedy = "`bench.build` writes it beside the queries."
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        split = Split(int(row["seed"]), tuple(row["patterns"]), tuple(row["fit"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"not a split of users ({error!r})", path=path, remedy=remedy) from error
    both = sorted(set(split.patterns) & set(split.fit))
    if both:
        raise DataError(f"user {both[0]!r} is in both halves", path=path, remedy=remedy)
    return split
