"""`python -m bench.leaderboard`: one page of many run folders, made without asking or scoring anything."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bench import leaderboard
from bench.leaderboard import HARD, HEAD, MADE, PEOPLE, entry, page
from kg.errors import DataError, UsageError


@pytest.fixture
def runs(
    on_toy: Callable[..., Any], lines: Callable[..., Path], toy_queries: list[dict[str, Any]]
) -> dict[str, Path]:
    """Runs over built requests by two systems, and over hard ones by the ceiling."""
    made = lines("made.jsonl", *toy_queries)
    hard = lines("hard.jsonl", {**toy_queries[0], "kind": "hops"})
    return {
        "agent": on_toy("--queries", made, out="agent").folder,
        "popularity": on_toy("--queries", made, "--system", "popularity", "--k", "2", out="popular").folder,
        "hard": on_toy("--queries", hard, "--system", "oracle", out="hard").folder,
    }


def rows(text: str) -> list[list[str]]:
    return [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]


def test_requests_by_people_come_first_and_built_ones_last(runs: dict[str, Path]) -> None:
    entries = [entry(runs["popularity"]), entry(runs["hard"]), entry(runs["agent"], PEOPLE)]
    heads = [line.split(":")[0] for line in page(entries).splitlines() if line.startswith("## ")]
    assert heads == ["## Requests by people", "## The hard split", "## Requests that were built"]


def test_a_run_over_the_hard_split_is_known_by_its_requests(runs: dict[str, Path]) -> None:
    assert [entry(runs[name]).group for name in ("hard", "agent")] == [HARD, MADE]


def test_a_row_is_a_system_and_a_type_with_what_it_took(runs: dict[str, Path]) -> None:
    text = page([entry(runs["popularity"])])
    explicit = dict(zip(HEAD, next(row for row in rows(text) if row[0] == "explicit"), strict=True))
    what = json.loads((runs["popularity"] / "run.json").read_text())
    assert explicit["system"] == "popularity"
    assert (explicit["k"], explicit["truth"], explicit["tokens"]) == ("2", "kg", "0")
    assert explicit["commit"] == what["what"]["commit"]
    assert explicit["date"] == what["times"]["last_ended"][:10]


def test_scores_are_those_that_the_run_left(runs: dict[str, Path]) -> None:
    path = runs["agent"] / "scores.json"
    scores = json.loads(path.read_text())
    next(row for row in scores if row["type"] == "explicit")["recall"]["mean"] = 0.123
    path.write_text(json.dumps(scores))
    explicit = next(row for row in rows(page([entry(runs["agent"])])) if row[0] == "explicit")
    assert dict(zip(HEAD, explicit, strict=True))["Recall"] == ".123"


def test_systems_over_the_same_requests_stand_in_one_table_best_first(runs: dict[str, Path]) -> None:
    text = page([entry(runs["popularity"]), entry(runs["agent"])])
    assert text.count("## ") == 1
    assert [row[1] for row in rows(text) if row[0] == "explicit"] == ["agent", "popularity"]


def test_what_a_system_was_not_shown_is_part_of_its_name(runs: dict[str, Path]) -> None:
    path = runs["agent"] / "run.json"
    manifest = json.loads(path.read_text())
    manifest["what"].update(with_profile=False, with_history=True, tools="no-hops", model="openai:x")
    path.write_text(json.dumps(manifest))
    assert entry(runs["agent"]).system == "agent, openai:x, no-hops, with history, profile hidden"


def test_every_row_is_as_wide_as_the_head(runs: dict[str, Path]) -> None:
    text = page([entry(folder) for folder in runs.values()])
    assert {len(row) for row in rows(text)} == {len(HEAD)}


def test_the_order_of_the_folders_does_not_matter(runs: dict[str, Path]) -> None:
    entries = [entry(folder) for folder in runs.values()]
    assert page(entries) == page(entries[::-1])


def test_the_page_is_written_where_it_was_asked_for(runs: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "leaderboard.md"
    leaderboard.main([runs["hard"]], people=[runs["agent"]], out=out)
    assert out.read_text() == page([entry(runs["agent"], PEOPLE), entry(runs["hard"])])


def test_a_folder_named_twice_is_bad_usage(runs: dict[str, Path]) -> None:
    with pytest.raises(UsageError, match="twice"):
        page([entry(runs["agent"]), entry(runs["agent"])])


@pytest.mark.parametrize("name", ["run.json", "scores.json", "answers.jsonl"])
def test_a_run_that_did_not_end_is_refused(runs: dict[str, Path], tmp_path: Path, name: str) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(runs["agent"], folder)
    (folder / name).unlink()
    with pytest.raises(DataError, match=f"it has no {name}"):
        entry(folder)


def test_a_run_of_another_version_is_refused(runs: dict[str, Path]) -> None:
    path = runs["agent"] / "run.json"
    manifest = json.loads(path.read_text())
    manifest["what"]["benchmark"] = 99
    path.write_text(json.dumps(manifest))
    with pytest.raises(DataError, match="version 99"):
        entry(runs["agent"])
