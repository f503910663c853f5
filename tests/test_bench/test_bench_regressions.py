"""Mistakes the benchmark once made; each test failed before it was mended."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bench import dataset
from bench.metrics.corrections import corrected
from bench.systems.roster import SYSTEMS
from bench.types import Answer, AnswerCorrection, QueryClaim
from kg.errors import DataError
from kg.graph import KnowledgeGraph

ROW = {"domain": "movie", "type": "explicit", "query": "x", "ground_truth": ["1"]}


def test_an_empty_file_after_a_full_one_is_refused(toy: KnowledgeGraph, lines: Callable[..., Path]) -> None:
    with pytest.raises(DataError, match="no queries"):
        dataset.read([lines("a.jsonl", ROW | {"id": "q"}), lines("b.jsonl")], toy)


@pytest.mark.parametrize(
    "extra",
    [
        {"claim": {"anchor": "item", "items": ["3"], "relation": "nonsense", "claimed": "x", "true": "y"}},
        {"references": [{"relation": "nonsense", "value": "x", "items": ["3"]}]},
    ],
    ids=["claim", "reference"],
)
def test_an_unknown_relation_is_refused_wherever_it_stands(
    toy: KnowledgeGraph, lines: Callable[..., Path], extra: dict[str, Any]
) -> None:
    with pytest.raises(DataError, match="nonsense"):
        dataset.read([lines("a.jsonl", ROW | {"id": "q"} | extra)], toy)


def test_k_cuts_the_list_of_titles_whether_they_match_or_not(
    on_toy: Any, lines: Callable[..., Path], toy_queries: list[Any]
) -> None:
    """The second title names nothing; with --k 1 it must not cost precision."""
    queries, mine = (
        lines("q.jsonl", toy_queries[0]),
        lines("m.jsonl", {"id": "e1", "titles": ["Night Tram", "Jaws"]}),
    )
    done = on_toy("--system", "answers", "--answers", mine, "--queries", queries, "--k", "1")
    assert done.scores[0]["precision"]["mean"] == 1.0


def test_limit_does_not_refuse_answers_to_the_queries_left_out(
    on_toy: Any, lines: Callable[..., Path], toy_queries: list[Any]
) -> None:
    queries, mine = (
        lines("q.jsonl", *toy_queries),
        lines("m.jsonl", {"id": "e1", "items": ["1"]}, {"id": "m1", "items": []}),
    )
    assert on_toy("--system", "answers", "--answers", mine, "--queries", queries, "--limit", "1").code == 0


def test_two_query_files_of_one_name_are_both_in_the_manifest(
    on_toy: Any, tmp_path: Path, toy_queries: list[Any]
) -> None:
    paths = []
    for folder, row in zip("ab", toy_queries[:2], strict=True):
        (tmp_path / folder).mkdir()
        paths.append(tmp_path / folder / "q.jsonl")
        paths[-1].write_text(json.dumps(row) + "\n", encoding="utf-8")
    done = on_toy("--system", "oracle", "--queries", paths[0], "--queries", paths[1])
    assert len(json.loads((done.folder / "run.json").read_text())["what"]["queries"]) == 2


def test_a_crash_is_tried_again_by_the_same_command(
    on_toy: Any, lines: Callable[..., Path], toy_queries: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Down:
        def answer(self, query: Any) -> Answer:
            raise ConnectionError("server is down")

    queries = lines("q.jsonl", *toy_queries)
    monkeypatch.setattr("bench.attempts._LONGEST_PAUSE", 0.001)  # seconds
    monkeypatch.setitem(SYSTEMS, "net", lambda _: Down())
    on_toy("--system", "net", "--queries", queries)
    monkeypatch.setitem(SYSTEMS, "net", SYSTEMS["oracle"])
    assert sum(row["errors"] for row in on_toy("--system", "net", "--queries", queries).scores) == 0


def test_broken_json_names_the_column_where_the_line_ends(toy: KnowledgeGraph, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text("{\n")
    with pytest.raises(DataError, match="column 2"):
        dataset.read([tmp_path / "q.jsonl"], toy)


@pytest.mark.parametrize(
    "said", ["da", "Ada Quillington", "Zed Ada Quill Junior the Third and All the Others"]
)
def test_a_correction_must_name_the_claim_by_words(said: str) -> None:
    claim = QueryClaim(
        anchor="item", items=["3"], relation="director", claimed="Ada Quill", true="Dov Eberhart"
    )
    given = AnswerCorrection(items=["3"], relation="director", claimed=said, true=["Dov Eberhart"])
    assert not corrected(claim, [given])


def test_a_correction_that_claims_everything_does_not_count() -> None:
    """One correction naming every director as the truth must not earn the point."""
    claim = QueryClaim(
        anchor="item", items=["3"], relation="director", claimed="Ada Quill", true="Dov Eberhart"
    )
    given = AnswerCorrection(
        items=["3"],
        relation="director",
        claimed="Ada Quill",
        true=["Ada Quill", "Dov Eberhart", "Ines Okafor"],
    )
    assert not corrected(claim, [given])
