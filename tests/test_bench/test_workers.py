"""Queries answered by several processes: the same answers and scores, and what a run refuses."""

from __future__ import annotations

import json
import re
import shutil
import sys
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agent import commands
from agent.opening import open_taste
from bench import build
from bench.attempts import Patience
from bench.run import app
from bench.workers import elsewhere
from kg.errors import UsageError
from kg.store import open_catalogue

REPOSITORY = Path(__file__).parents[2]


def told(name: str) -> str:
    """Return a command of the page about more than one machine."""
    page = (REPOSITORY / "docs" / "deploy.md").read_text(encoding="utf-8")
    found = re.search(rf"<!-- bench: {name} -->\n```sh\n(.*)\n```", page)
    assert found is not None
    return found[1]


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
    two = run(tmp_path / "two", *told("ray").removeprefix("python -m bench.run ").split())
    assert one == two
    assert (tmp_path / "one/scores.json").read_bytes() == (tmp_path / "two/scores.json").read_bytes()


@pytest.mark.deploy
def test_a_build_on_ray_has_the_bytes_of_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ray", reason="--engine ray needs the `ray` extra: make test-deploy")
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    monkeypatch.chdir(tmp_path)
    command = told("ray build").removeprefix("python -m bench.build ").split()
    alone = [each for each in command if each not in ("--engine", "ray", "--workers", "2")]
    for options in (command, [*alone[:-1], "one"]):
        result = CliRunner().invoke(build.app, options)
        assert result.exit_code == 0, result.output
    one, two = (tmp_path / name for name in ("one", command[-1]))
    names = sorted(path.name for path in one.iterdir())
    assert names == sorted(path.name for path in two.iterdir())
    assert [(one / name).read_bytes() for name in names] == [(two / name).read_bytes() for name in names]


@pytest.mark.deploy
def test_taste_is_counted_on_ray(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ray", reason="--engine ray needs the `ray` extra: make test-deploy")
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    monkeypatch.setenv("USHER_HOME", str(tmp_path))
    result = CliRunner().invoke(commands.app, told("ray taste").removeprefix("usher ").split())
    assert result.exit_code == 0, result.output
    folder = open_catalogue().folder
    counted = {path.name: path.read_bytes() for path in (folder / "taste-1").iterdir()}
    shutil.rmtree(folder / "taste-1")
    assert open_taste(open_catalogue()).successors.people.nnz > 0
    assert counted == {path.name: path.read_bytes() for path in (folder / "taste-1").iterdir()}


def test_an_engine_without_its_extra_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "kg.on_ray", None)
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

    monkeypatch.setattr("kg.engines.ProcessPoolExecutor.map", broken)
    asking = elsewhere("processes", None, Patience(), 2)  # type: ignore[arg-type]
    assert asking is not None
    with pytest.raises(UsageError, match="goes on where this one stopped; fewer --workers need less"):
        next(asking([]))
