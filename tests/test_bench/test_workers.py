"""Queries answered by several processes: the same answers and scores, and what a run refuses."""

from __future__ import annotations

import json
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bench.attempts import Patience
from bench.run import app
from bench.workers import Workers
from kg.errors import UsageError


def run(folder: Path, *options: str) -> list[dict[str, object]]:
    result = CliRunner().invoke(app, ["--limit", "40", "--out", str(folder), *options])
    assert result.exit_code == 0, result.output
    lines = (folder / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    return [{**json.loads(line), "latency_ms": 0} for line in lines]


def test_answers_and_scores_do_not_depend_on_workers(tmp_path: Path) -> None:
    one = run(tmp_path / "one", "--system", "popularity")
    two = run(tmp_path / "two", "--system", "popularity", "--workers", "2")
    assert one == two
    assert (tmp_path / "one/scores.json").read_bytes() == (tmp_path / "two/scores.json").read_bytes()


@pytest.mark.parametrize("options", [["--model", "openai:x"], ["--task", "themes"], ["--dry-run"]])
def test_workers_are_for_systems_that_ask_no_server(options: list[str]) -> None:
    result = CliRunner().invoke(app, ["--workers", "2", *options])
    assert isinstance(result.exception, UsageError)
    assert "--concurrency" in str(result.exception)


def test_a_process_that_ends_before_its_time_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise BrokenProcessPool

    monkeypatch.setattr("bench.workers.ProcessPoolExecutor.map", broken)
    with pytest.raises(UsageError, match="goes on where this one stopped"):
        next(Workers(None, Patience(), 2).outcomes([]))  # type: ignore[arg-type]
