"""Themes as a task: what is read, what counts as refused, what is scored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bench import themes
from bench.run import app
from bench.themes import Request, is_refused, scored
from bench.types import Answer
from kg.errors import DataError
from kg.graph import KnowledgeGraph

ASKED = Request(id="a", query="lighthouses", ground_truth=["1", "5"])
NOTHING = Request(id="b", query="zebras", ground_truth=[])


@pytest.mark.parametrize(
    ("answer", "refused"),
    [
        (Answer(id="a"), True),
        (Answer(id="a", items=["1", "2", "3"], unused=["zebras"]), True),
        (Answer(id="a", items=["1", "2", "3"]), False),
        (Answer(id="a", items=["1", "2", "3", "4"], unused=["zebras"]), False),
    ],
)
def test_a_few_items_beside_unused_words_are_a_refusal(answer: Answer, refused: bool) -> None:
    assert is_refused(answer) is refused


def test_requests_are_scored_by_their_judgements_or_by_refusal() -> None:
    answers = [Answer(id="a", items=["1", "2", "5"]), Answer(id="b")]
    found = scored([ASKED, NOTHING], answers)
    assert found["all"]["nDCG@10"]["mean"] == pytest.approx((1 + 1 / 2) / (1 + 1 / 1.5849625), rel=1e-6)
    assert found["all"]["recall@20"]["mean"] == 1.0
    assert (found["answerable refused"]["mean"], found["unanswerable refused"]["mean"]) == (0, 1)


def test_a_crash_is_no_refusal() -> None:
    found = scored([NOTHING], [Answer(id="b", error="broken")])
    assert (found["unanswerable refused"]["mean"], found["crashes"]) == (0, 1)


def test_an_item_that_is_not_here_is_refused(toy: KnowledgeGraph, tmp_path: Path) -> None:
    path = tmp_path / "themes.jsonl"
    path.write_text(json.dumps({"id": "x", "query": "snow", "ground_truth": ["99"]}), encoding="utf-8")
    with pytest.raises(DataError, match="'99' is not an item here"):
        themes.read([path], toy)


@pytest.mark.parametrize("system", ["bm25", "search", "popularity"])
def test_a_run_writes_scores(tmp_path: Path, system: str) -> None:
    path = tmp_path / "themes.jsonl"
    line = {"id": "x", "query": "shark hunters", "ground_truth": ["movie/jaws-1975"], "source": "here"}
    path.write_text(json.dumps(line), encoding="utf-8")
    arguments = ["--task", "themes", "--queries", str(path), "--system", system, "--out", str(tmp_path / "o")]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    scores = json.loads((tmp_path / "o" / "scores.json").read_text(encoding="utf-8"))
    assert scores["all"]["n"] == 1
    assert (scores["all"]["nDCG@10"]["mean"] == 1) is (system != "popularity")
