"""Bits turned over on purpose, on the toy catalogue: nothing crashes, hangs or changes in silence."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bench.faults import flips
from bench.faults.child import Came, forked
from bench.faults.flips import Flip, Outcome
from kg import store
from kg.errors import DataError
from kg.graph import KnowledgeGraph

pytestmark = pytest.mark.slow


def test_no_flip_crashes_hangs_or_changes_an_answer_in_silence(
    lasting_toy: tuple[KnowledgeGraph, Path], tmp_path: Path
) -> None:
    store.write(tmp_path / "catalogues" / "toy-0123456789abcdef", lambda: lasting_toy[0].catalogue, {})
    asked = ("--catalogue", "toy", "--home", str(tmp_path), "--embedder", "lsa", "--flips", "60")
    asked += ("--kills", "0")
    # In a process of its own: after a fork, libraries that had threads before may wait for them for ever.
    run = subprocess.run([sys.executable, "-m", "bench.faults", *asked], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    _same, rebuilt, named, *defects, flipped = map(int, run.stdout.splitlines()[-1].split()[1:])
    assert (defects, flipped) == ([0, 0, 0], 60)
    assert rebuilt > 5
    assert named > 20


def test_every_file_is_flipped_in_turn(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / name).write_bytes(b"x" * 200)
    assert Counter(flip.file for flip in flips.drawn(tmp_path, 6, 1)) == {"a": 2, "b": 2, "c": 2}


def test_a_flip_keeps_size_and_time_and_is_its_own_inverse(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"abc")
    before = path.stat()
    flips.turn_over(tmp_path, Flip("a", 1, 0))
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (b"acc", before.st_mtime_ns)
    flips.turn_over(tmp_path, Flip("a", 1, 0))
    assert path.read_bytes() == b"abc"


def crash() -> None:
    raise ZeroDivisionError("by accident")


def refuse() -> None:
    raise DataError("damaged", remedy="Build it again.")


def refuse_without_remedy() -> None:
    raise DataError("damaged")


def hang() -> None:
    while True:
        pass


@pytest.mark.parametrize(
    ("work", "outcome"),
    [
        (lambda: 1, Outcome.SAME),
        (lambda: 2, Outcome.DIFFERENT),
        (crash, Outcome.TRACEBACK),
        (refuse, Outcome.NAMED),
        (refuse_without_remedy, Outcome.TRACEBACK),
        (hang, Outcome.HANG),
    ],
)
def test_what_came_is_judged(work: Any, outcome: Outcome) -> None:
    assert flips.judged(forked(work, 1.0 if work is hang else 60.0), 1) is outcome


def test_the_same_answer_after_a_word_is_rebuilt() -> None:
    assert flips.judged(Came(1, None, "x is damaged; it is made again."), 1) is Outcome.REBUILT
