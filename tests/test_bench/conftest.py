"""Queries on the toy catalogue, and `python -m bench.run` in this process."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import bench.run
from agent.terminal import run_app
from kg.graph import KnowledgeGraph
from kg.store import Opened

REPOSITORY = Path(__file__).parents[2]


class Done(NamedTuple):
    """How a run ended: exit code, both outputs, and its folder."""

    code: int
    out: str
    err: str
    folder: Path

    @property
    def scores(self) -> list[dict[str, Any]]:
        return json.loads((self.folder / "scores.json").read_text(encoding="utf-8"))

    @property
    def answers(self) -> list[dict[str, Any]]:
        lines = (self.folder / "answers.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]


Run = Callable[..., Done]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run `bench.run` into a folder; outside of git, so that a commit made meanwhile does not matter."""
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "no-git"))

    def start(*arguments: str | Path, out: str = "out") -> Done:
        folder = tmp_path / out
        monkeypatch.setattr(sys, "argv", ["bench.run", *map(str, arguments), "--out", str(folder)])
        code = 0
        try:
            run_app(bench.run.app)
        except SystemExit as end:
            code = int(end.code or 0)
        return Done(code, *capsys.readouterr(), folder)

    return start


@pytest.fixture
def on_toy(
    lasting_toy: tuple[KnowledgeGraph, Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Done]:
    """Run on the toy catalogue: the name of the built-in one means it."""
    opened = Opened(*lasting_toy)
    for module in ("bench.run", "bench.recbench", "agent.assistant"):
        monkeypatch.setattr(f"{module}.open_catalogue", lambda *_: opened)
    return run


@pytest.fixture
def lines(tmp_path: Path) -> Callable[..., Path]:
    """Write objects to a file of JSON lines."""

    def write(name: str, *rows: dict[str, Any]) -> Path:
        path = tmp_path / name
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    return write


def toy_query(
    id_: str, text: str, conditions: dict[str, str], truth: list[str], **rest: Any
) -> dict[str, Any]:
    """A query on the toy catalogue as a row of a file."""
    stated = [{"relation": relation, "value": value} for relation, value in conditions.items()]
    return {
        "id": id_,
        "domain": "movie",
        "type": "explicit",
        "query": text,
        "n_conditions": len(stated),
        "conditions": stated,
        "ground_truth": truth,
    } | rest


ADA = {"director": "Ada Quill"}


@pytest.fixture
def toy_queries() -> list[dict[str, Any]]:
    """Three explicit, one implicit and two misinformed queries."""
    claim = {"relation": "director", "claimed": "Ada Quill", "true": "Dov Eberhart", "items": ["3"]}
    spelling = claim | {"claimed": "Dov Eberhard"}
    return [
        toy_query("e1", "films directed by Ada Quill", ADA, ["1", "2", "6"]),
        toy_query(
            "e2",
            "thrillers by Ada Quill shot by Bo Lund",
            ADA | {"cinematographer": "Bo Lund", "genre": "Thriller"},
            ["6"],
        ),
        toy_query("e3", "films starring Mara Vance", {"actor": "Mara Vance"}, ["1", "2"]),
        toy_query(
            "i1",
            "more by the director of Night Tram",
            ADA,
            ["1", "6"],
            type="implicit",
            ignore=["2"],
            references=[{"relation": "director", "value": "Ada Quill", "items": ["2"]}],
        ),
        toy_query(
            "m1",
            "Paper Moons, directed by Ada Quill, was great. More by that director?",
            {"director": "Dov Eberhart"},
            ["4"],
            type="misinformed",
            ignore=["3"],
            claim=claim | {"anchor": "item"},
        ),
        toy_query(
            "m2",
            "I loved Paper Moons, which Dov Eberhard directed. More by him!",
            {"director": "Dov Eberhart"},
            ["4"],
            type="misinformed",
            ignore=["3"],
            claim=spelling | {"anchor": "typo"},
        ),
    ]
