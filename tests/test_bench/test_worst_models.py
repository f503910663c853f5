"""What scripted models make worse: score by score, the most first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bench.types import Query
from bench.worst_models import app, losses, models
from kg.graph import KnowledgeGraph
from kg.store import Opened

ROW = {"id": "a", "domain": "movie", "type": "explicit", "ground_truth": ["2"]}


def query(key: str) -> Query:
    return Query.model_validate({**ROW, "id": key, "query": "a film"})


def test_the_score_that_loses_most_comes_first() -> None:
    before = {"a": {"recall": 1.0, "precision": 0.5}, "b": {"recall": 1.0, "precision": 0.5}}
    after = {"a": {"recall": 0.5, "precision": 0.5}, "b": {"recall": 1.0, "precision": 0.4}}
    first, second = losses([query("a"), query("b")], before, after)
    assert (first.metric, first.lost, second.metric) == ("recall", 0.25, "precision")


@pytest.mark.parametrize(("metric", "lost"), [("ndcg", 0.5), ("ftr", -0.5), ("false_alarm", -0.5)])
def test_less_is_a_loss_only_where_more_is_better(metric: str, lost: float) -> None:
    (loss,) = losses([query("a")], {"a": {metric: 1.0}}, {"a": {metric: 0.5}})
    assert loss.lost == lost


def test_a_model_by_a_seed_takes_the_same_of_the_same_choice() -> None:
    drawn = [dict(models(1))["any value, seed 0"] for _ in range(2)]
    assert len({each._value("key", ["a", "b", "c", "d"]) for each in drawn}) == 1


@pytest.fixture
def asked(lasting_toy: tuple[KnowledgeGraph, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A request whose aside a model may leave out; the truth is what the whole of it states."""
    monkeypatch.setattr("agent.assistant.open_catalogue", lambda *_: Opened(*lasting_toy))
    said = "Films directed by Ada Quill. My aunt met Theo Brandt once."
    path = tmp_path / "queries.jsonl"
    path.write_text(json.dumps({**ROW, "query": said, "ground_truth": ["6"]}) + "\n", encoding="utf-8")
    return path


def test_a_loss_above_the_limit_is_an_exit_code(asked: Path) -> None:
    assert CliRunner().invoke(app, ["--queries", str(asked), "--seeds", "0"]).exit_code == 1


def test_a_loss_within_the_limit_is_none(asked: Path) -> None:
    done = CliRunner().invoke(app, ["--queries", str(asked), "--seeds", "0", "--most", "1"])
    assert (done.exit_code, "last value" in done.stdout) == (0, True)
