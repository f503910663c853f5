"""One bit of one file of a catalogue's folder turned over: what a person gets to read instead."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from bench.faults.child import Came, copied, forked

_HEAD = 128  # bytes, the header of an array
_HEADS = 3  # one flip in so many is in the head of its file


class Outcome(StrEnum):
    """What came of a fault; the last three are defects."""

    SAME = "same"
    REBUILT = "rebuilt"  # the same answers, and it is said that something was made again
    NAMED = "named"  # an error with its remedy
    TRACEBACK = "traceback"
    DIFFERENT = "different"  # other answers, and nothing is said
    HANG = "hang"


DEFECTS = (Outcome.TRACEBACK, Outcome.DIFFERENT, Outcome.HANG)


@dataclass(frozen=True, slots=True)
class Flip:
    """A bit of a file, which is named by where it is in the folder."""

    file: str
    byte: int
    bit: int


def drawn(folder: Path, n: int, seed: int) -> list[Flip]:
    """Draw `n` flips, every file in turn, empty ones left out; the same files and seed give the same."""
    sizes = {name: told[0] for name, told in copied(folder).items() if told[0]}
    rng = random.Random(seed)  # noqa: S311
    files = list(sizes)
    rng.shuffle(files)
    found = []
    for number in range(n):
        file = files[number % len(files)]
        within = min(sizes[file], _HEAD) if number // len(files) % _HEADS == 0 else sizes[file]
        found.append(Flip(file, rng.randrange(within), rng.randrange(8)))
    return found


def turn_over(folder: Path, flip: Flip) -> None:
    """Turn the bit over, the file's time kept, as a failing disk would."""
    path = folder / flip.file
    times = path.stat()
    with path.open("r+b") as stream:
        stream.seek(flip.byte)
        old = stream.read(1)[0]
        stream.seek(flip.byte)
        stream.write(bytes([old ^ 1 << flip.bit]))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def judged(came: Came, expected: Any) -> Outcome:
    """Return what came of a fault."""
    if came.hung:
        return Outcome.HANG
    if came.error is not None:
        return Outcome.NAMED if "\n  " in came.error else Outcome.TRACEBACK
    if came.result is None:
        return Outcome.TRACEBACK
    if came.result != expected:
        return Outcome.DIFFERENT
    return Outcome.REBUILT if "again" in came.said else Outcome.SAME


def outcomes(
    folder: Path, flips: Sequence[Flip], work: Callable[[], Any], expected: Any, seconds: float
) -> Iterator[tuple[Flip, Outcome, Came]]:
    """Yield what came of each flip; `folder` is whole again after each one.

    `work` opens the folder and asks; it runs in a process of its own.
    """
    whole = folder.with_name(f"{folder.name}.whole")
    shutil.copytree(folder, whole)
    try:
        before = copied(folder)
        for flip in flips:
            turn_over(folder, flip)
            came = forked(work, seconds)
            yield flip, judged(came, expected), came
            if (folder / flip.file).is_file() and copied(folder) == before:
                turn_over(folder, flip)
            else:
                shutil.rmtree(folder, ignore_errors=True)
                shutil.copytree(whole, folder)
                before = copied(folder)
    finally:
        shutil.rmtree(whole, ignore_errors=True)
