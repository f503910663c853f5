"""Work in parts: every engine gives the same results in the same order."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from kg import catalogue as catalogues
from kg.builder import Builder
from kg.catalogue import Histories
from kg.engines import Here, Processes, engine
from kg.errors import UsageError
from kg.taste import sequence
from kg.taste.model import Taste
from kg.types import Item, ItemId, User

REPOSITORY = Path(__file__).parents[2]


def opened(added: int) -> Callable[[int], tuple[int, int]]:
    """Return what adds a number; and says in which process."""
    return lambda part: (part + added, os.getpid())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue whose choices take several spans."""
    monkeypatch.setattr(sequence, "_SPAN", 40)
    rng = np.random.default_rng(3)
    builder = Builder()
    for number in range(30):
        builder.add_item(Item(ItemId(str(number)), f"Film {number}", 2000))
    histories = Histories.pack(rng.integers(0, 30, (25, 12)).astype(np.int32))
    users = [User(str(number)) for number in range(25)]
    catalogues.save(builder.finish("made", "tests", "1", users=users, histories=histories), tmp_path)
    return tmp_path


def test_results_come_in_the_order_of_the_parts_from_processes_of_their_own() -> None:
    found = list(Processes(2).map(partial(opened, 10), range(7), together=2))
    assert [each for each, _ in found] == list(range(10, 17))
    assert os.getpid() not in {process for _, process in found}


def test_one_process_is_this_one() -> None:
    assert isinstance(engine("processes", 1), Here)
    assert list(engine("processes", 1).map(partial(opened, 1), [5])) == [(6, os.getpid())]


def test_an_engine_that_does_not_exist_is_said() -> None:
    with pytest.raises(UsageError, match="unknown engine 'rai'; did you mean 'ray'"):
        engine("rai", 2)


def test_ray_without_its_extra_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "kg.on_ray", None)
    with pytest.raises(UsageError, match=r"needs the `ray` extra: pip install '\.\[ray\]'"):
        engine("ray", 1)


def test_a_process_that_ends_early_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise BrokenProcessPool

    monkeypatch.setattr("kg.engines.ProcessPoolExecutor.map", broken)
    with pytest.raises(UsageError, match=r"one of 2 processes ended before its time .*\n  Fewer --workers"):
        next(Processes(2).map(partial(opened, 1), [1]))


def bytes_of(folder: Path, name: str, workers: int) -> dict[str, bytes]:
    """Return the files of the taste that an engine counts for a catalogue."""
    made = catalogues.load(folder)
    assert len(sequence.spans(np.bincount(made.histories.items, minlength=30))) > 3  # type: ignore[union-attr]
    assert Taste(made, folder, engine=engine(name, workers)).successors.people.nnz > 100
    kept = folder / "taste-1"
    found = {path.name: path.read_bytes() for path in kept.iterdir()}
    kept.rename(folder / f"of-{name}-{workers}")
    return found


def test_taste_has_the_same_bytes_from_several_processes(folder: Path) -> None:
    assert bytes_of(folder, "processes", 1) == bytes_of(folder, "processes", 2)


@pytest.mark.deploy
def test_taste_has_the_same_bytes_from_ray(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ray", reason="--engine ray needs the `ray` extra: make test-deploy")
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    assert bytes_of(folder, "processes", 1) == bytes_of(folder, "ray", 2)
