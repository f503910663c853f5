"""Queries answered by several processes: the same answers and scores, and what a run refuses."""

from __future__ import annotations

import json
import re
import sys
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bench.attempts import Patience
from bench.run import app
from bench.workers import Workers, elsewhere
from kg.errors import UsageError

REPOSITORY = Path(__file__).parents[2]


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


@pytest.mark.deploy
def test_answers_and_scores_on_ray_are_those_of_one_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("ray", reason="--engine ray needs the `ray` extra: make test-deploy")
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    one = run(tmp_path / "one", "--system", "agent")
    page = (REPOSITORY / "docs" / "deploy.md").read_text(encoding="utf-8")
    told = re.search(r"<!-- bench: ray -->\n```sh\npython -m bench\.run (.*)\n```", page)
    assert told is not None
    two = run(tmp_path / "two", *told[1].split())
    assert one == two
    assert (tmp_path / "one/scores.json").read_bytes() == (tmp_path / "two/scores.json").read_bytes()


def test_an_engine_without_its_extra_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bench.on_ray", None)
    with pytest.raises(UsageError, match=r"needs the `ray` extra: pip install '\.\[ray\]'"):
        elsewhere("ray", None, Patience(), 2)  # type: ignore[arg-type]


def test_an_engine_that_does_not_exist_is_said() -> None:
    result = CliRunner().invoke(app, ["--engine", "rai"])
    assert str(result.exception) == "unknown engine 'rai'; did you mean 'ray'?\n  Known: processes, ray."


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
