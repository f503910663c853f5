"""What `bench.speed_ratings` measures: every step once, in a process of its own, on files of any size."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bench import speed_ratings
from kg import entities
from kg.errors import DataError
from tools.find import MOST


def test_a_step_is_measured_apart_from_this_process() -> None:
    code = "print('told'); held = bytearray(200 << 20); [hash(n) for n in range(10**6)]"
    found, told = speed_ratings.cost([sys.executable, "-c", code], os.environ)
    assert told == "told\n"
    assert found.wall >= found.cpu * 0.5 > 0
    assert 200 < found.peak < 400


def test_a_step_that_fails_is_named() -> None:
    with pytest.raises(DataError, match="ended with 3"):
        speed_ratings.cost([sys.executable, "-c", "raise SystemExit(3)"], os.environ)


@pytest.mark.slow
def test_every_step_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    small = "from bench import generated_ratings as made; made.FILMS = 500; made.app()"
    monkeypatch.setattr(speed_ratings, "GENERATE", ("-c", small))
    found, answers = speed_ratings._measured(tmp_path, 0.002)
    assert list(found) == ["files", "data add", *speed_ratings.LATER.values()]
    assert {kind: len(each) for kind, each in answers.items()} == {
        "a genre and a year": 10,
        "a theme": 10,
        "like a film": 10,
    }
    assert all(each.peak > 30 for each in found.values())


def test_the_longest_answer_is_proved_once_though_it_is_looked_at_several_times() -> None:
    assert entities.PROVED >= 3 * MOST  # with three conditions
