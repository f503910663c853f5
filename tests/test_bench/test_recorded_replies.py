"""Replies of SmolLM2-135M-Instruct as they ship: scored again without a server, the same every time."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bench import build

pytestmark = pytest.mark.slow

Run = Callable[..., Any]
HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]
SHARED = REPOSITORY.parent / "shared" / "data"
FILMS = REPOSITORY / "docs" / "results" / "replies"
MODEL = ("--system", "llm", "--model", "openai:smollm2-135m-instruct", "--prompt", "paper")


@pytest.fixture(autouse=True)
def _no_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("agent.llm.cache.home", lambda: tmp_path / "home")
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "USHER_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def builtin(run: Run) -> Any:
    """The first twelve queries of the built-in catalogue, from the replies beside this file."""
    return run(*MODEL, "--limit", "12", "--replay", HERE / "smollm2_builtin.jsonl.gz")


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """The queries of docs/results/raw-models.md, of real data: every third of a type with conditions."""
    return sampled(tmp_path, 20)


def sampled(tmp_path: Path, count: int) -> Path:
    """Write `count` queries a type, of a build with as many a cell."""
    if not (SHARED / "ml-1m").is_dir():
        pytest.skip(f"the real data is not at {SHARED}")
    build.main(tmp_path / "films", catalogue="ml-1m", data=SHARED, counts=str(count), seed=11)
    rows = (tmp_path / "films" / "queries.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    by_type: dict[str, list[str]] = {}
    for row in rows:
        by_type.setdefault(json.loads(row)["type"], []).append(row)
    chosen = [row for each in by_type.values() for row in each[:: len(each) // count]]
    path = tmp_path / "sample.jsonl"
    path.write_text("".join(chosen), encoding="utf-8")
    return path


def used(done: Any) -> tuple[int, int]:
    usage = json.loads((done.folder / "run.json").read_text(encoding="utf-8"))["usage"]
    return usage["calls"], usage["hits"]


def test_a_recorded_run_is_scored_again_without_a_call(builtin: Any) -> None:
    assert (builtin.code, used(builtin)) == (0, (0, 12))


def test_a_recorded_run_says_why_every_reply_ended(builtin: Any) -> None:
    assert Counter(row["finish_reason"] for row in builtin.answers) == {"length": 8, "stop": 4}


def test_of_a_small_model_s_sentences_only_titles_are_read(builtin: Any) -> None:
    assert {row["id"][-2:]: row["titles"] for row in builtin.answers if row["titles"]} == {
        "02": ["The movie The Night Circus by Joe Walker."],
        "04": ["The Shawshank Redemption"],
        "05": ["The Night of the Living Dead (2012)"],
        "08": ["The Night of the Icicle (1989)"],
        "11": ["The Lucky One by Amy Kerr", "The Lucky One (2013)"],
    }


def test_the_films_of_the_results_are_scored_again_without_a_call(run: Run, sample: Path) -> None:
    films = ("--catalogue", "ml-1m", "--data", SHARED, "--queries", sample)
    done = run(*MODEL, *films, "--replay", FILMS / "smollm2-paper.jsonl.gz")
    assert (done.code, used(done), sum(bool(row["titles"]) for row in done.answers)) == (0, (0, 100), 17)


def test_the_replies_of_a_tuned_model_are_scored_again_without_a_call(run: Run, tmp_path: Path) -> None:
    tuned = ("--system", "llm", "--model", "openai:smollm2-135m-sft-grpo", "--prompt", "paper")
    films = ("--catalogue", "ml-1m", "--data", SHARED, "--queries", sampled(tmp_path, 200))
    done = run(*tuned, *films, "--replay", FILMS / "smollm2-sft-grpo.jsonl.gz")
    assert (done.code, used(done), sum(bool(row["titles"]) for row in done.answers)) == (0, (0, 1000), 1000)


def test_the_pair_wise_row_is_scored_again_without_a_call(run: Run) -> None:
    if not (SHARED / "ml-100k").is_dir():
        pytest.skip(f"the real data is not at {SHARED}")
    asked = ("--task", "pair-wise", "--catalogue", "ml-100k", "--data", SHARED, "--limit", "200")
    model = ("--system", "llm", "--model", "openai:smollm2-135m-instruct")
    done = run(*asked, *model, "--replay", FILMS / "smollm2-pair-wise.jsonl.gz")
    row = done.scores["systems"]["llm"]
    assert (done.code, used(done), row["heard"]) == (0, (0, 200), 200)
    assert (row["auc"]["mean"], row["gauc"]["mean"]) == pytest.approx((0.453, 0.467), abs=5e-4)
