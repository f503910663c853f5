"""The split for libraries that cannot be installed beside ours, and what they ranked on it.

`write` leaves what they may know in one file, the true items not among it; `read` takes their lists back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from bench.next_item import setting
from bench.next_item.measure import Chosen, Result, Task
from bench.next_item.ranks import rank
from bench.next_item.sequences import windows
from kg.catalogue import Histories
from kg.errors import DataError
from kg.folders import file_hash
from kg.taste.types import FloatArray

SPLIT = "split.npz"
_HELD = ("split", "library", "like", "parameters", "lists", "train_s", "learned", "latencies_ms")


@dataclass(frozen=True, slots=True)
class Theirs:
    """A system that ran elsewhere: whose it is, which of ours is the same model, and its result."""

    library: str
    like: str
    result: Result


def write(task: Task, path: Path) -> None:
    """Write what a library may learn from and is told of the test users.

    `row_starts` and `row_items` are the rows our networks learn from (`windows`), `known_starts` and
    `known_items` what is known of each of the test's `users`; items are positions, oldest first.
    """
    rows = [row[row > 0] - 1 for row in windows(task.train, setting.LENGTH + 1)]
    learned, known = (Histories.pack(each.tolist() for each in part) for part in (rows, _known(task)))
    np.savez_compressed(
        path,
        digest=digest(task),
        n_items=task.n_items,
        seed=task.seed,
        users=np.array([case.user for case in task.test], dtype=np.int64),
        row_starts=learned.starts,
        row_items=learned.items,
        known_starts=known.starts,
        known_items=known.items,
        length=setting.LENGTH,
        width=setting.WIDTH,
        heads=setting.HEADS,
        dropout=setting.DROPOUT,
        batch=setting.BATCH,
        rate=setting.RATE,
    )


def read(path: Path, task: Task) -> Theirs:
    """Return what ran elsewhere, its lists ranked as ours are. An item that is not listed ranks last.

    Raises:
        DataError: a damaged file, or one of another split.
    """
    held = _held(path)
    if str(held["split"]) != digest(task):
        raise DataError(
            "these lists are of another split", path=path, remedy="Make them again for this run's split."
        )
    lists = held["lists"]
    fits = lists.dtype.kind == "i" and lists.ndim == 2 and len(lists) == len(task.test)
    if not fits or lists.max(initial=-1) >= task.n_items or lists.min(initial=0) < -1:
        raise DataError("these lists are not those of the test users", path=path)
    ranks = [
        rank(_scores(row, task.n_items), case.target, case.known)
        for row, case in zip(lists.astype(np.int64), task.test, strict=True)
    ]
    result = Result(
        Chosen({}, None, f"{held['library']}, {held['parameters']}"),
        ranks,
        float(held["train_s"]),
        np.asarray(held["latencies_ms"], dtype=np.float64).tolist(),
        int(held["learned"]),
    )
    return Theirs(str(held["library"]), str(held["like"]), result)


def read_all(folder: Path, task: Task) -> dict[str, Theirs]:
    """Return what every file of a folder holds but the split itself, by the file's name.

    Raises:
        DataError: no file with lists, a damaged one, or one of another split.
    """
    if not (files := _files(folder)):
        raise DataError("no NAME.npz with lists lies here", path=folder)
    return {file.stem: read(file, task) for file in files}


def hashes(folder: Path) -> dict[str, str]:
    """Return a hash of each file with lists, by its name."""
    return {file.stem: file_hash(file) for file in _files(folder)}


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.glob("*.npz") if file.name != SPLIT)


def digest(task: Task) -> str:
    """Return a hash of all that a split tells, the true items of the test too."""
    told = hashlib.sha256(f"{task.n_items} {task.seed}".encode())
    targets = [np.array([case.user, case.target]) for case in task.test]
    for part in (task.train.starts, task.train.items, *targets, *_known(task)):
        told.update(np.asarray(part, dtype="<i8").tobytes() + b"|")
    return told.hexdigest()


def _known(task: Task) -> Sequence[npt.NDArray[np.int32]]:
    return [case.known for case in task.test]


def _scores(row: npt.NDArray[np.int64], n_items: int) -> FloatArray:
    """Return a score an item by its place in a list; what is not listed has the least."""
    listed = row[row >= 0]
    scores = np.full(n_items, -float(len(row) + 1), dtype=np.float32)
    scores[listed[::-1]] = -np.arange(len(listed), dtype=np.float32)[::-1]  # of two places the better
    return scores


def _held(path: Path) -> dict[str, Any]:
    try:
        with np.load(path, allow_pickle=False) as file:
            return {name: file[name] for name in _HELD}
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise DataError(f"no lists can be read here: {error}", path=path) from None
