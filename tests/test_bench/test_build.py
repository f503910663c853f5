"""`python -m bench.build`: plans become queries, on disk whole or not at all; and what the ablation shows."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import bench.ablate
from agent.assistant import Assistant
from agent.terminal import run_app
from bench import build, dataset
from bench import plans as planning
from bench.ablate import table
from bench.build import grammar, query_of, write_all
from bench.execute import run
from bench.metrics.stats import Estimate
from bench.plans.types import Plan
from bench.score import judge, score
from bench.systems.assistant import AgentSystem
from bench.types import Query
from kg.errors import DataError, UsageError
from kg.graph import KnowledgeGraph
from kg.store import Opened, open_catalogue

pytestmark = pytest.mark.slow

SMALL = 4
SEED = 11
NUMBERS = {
    "ml-1m": 56,
    "librarything": 12,
}  # a cell: 504 and 108 requests; the whole tables are in docs/results
PROVABLE = ("explicit", "implicit", "misinformed")
BY_TASTE = ("interest", "demographic")
FOUND = ("precision", "recall", "cmr")
LEAST = {  # precision, recall and CMR
    ("ml-1m", "explicit"): 0.98,
    ("ml-1m", "implicit"): 0.98,
    ("ml-1m", "misinformed"): 0.97,
    ("librarything", "explicit"): 0.95,
    ("librarything", "implicit"): 0.95,
    ("librarything", "misinformed"): 0.95,
}
LEAST_BY_TASTE = {"interest": 0.75, "demographic": 0.7}  # recall, films
CORRECTED = 0.95
FALSE_ALARMS = 0.01
TABLE = Path(__file__).parents[2] / "docs" / "results" / "films.md"
AGED = 0.01  # beyond the interval of a sample


class Real(NamedTuple):
    """Requests that were built from real data, and the scores of their answers: type -> metric."""

    queries: list[Query]
    means: dict[str, dict[str, float]]
    scores: dict[str, dict[str, Estimate]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.getbasetemp() / "usher-home"


@pytest.fixture(autouse=True)
def _at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USHER_HOME", str(home))


@pytest.fixture(scope="module")
def graph(assistants: Callable[[str], Assistant]) -> KnowledgeGraph:
    return assistants("builtin").graph


@pytest.fixture(scope="module")
def planned(graph: KnowledgeGraph) -> list[Plan]:
    """Plans on the built-in catalogue."""
    return planning.plan(graph.catalogue, SMALL)


@pytest.fixture(scope="module")
def first(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small build of seed 0, for tests that only read it."""
    folder = tmp_path_factory.mktemp("first") / "b"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("USHER_HOME", str(home))
        made(folder)
    return folder


@pytest.fixture(scope="module")
def real(home: Path, assistants: Callable[[str], Assistant]) -> Callable[[str], Real]:
    """Build and answer requests on a catalogue of real data, once a module."""

    @cache
    def answered(catalogue: str) -> Real:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("USHER_HOME", str(home))
            assistant = assistants(catalogue)
            planned = planning.plan(assistant.graph.catalogue, NUMBERS[catalogue], SEED)
            wanted = PROVABLE + (BY_TASTE if catalogue == "ml-1m" else ())
            planned = [plan for plan in planned if plan.type in wanted]
            queries = write_all(planned, assistant.graph, grammar(SEED)).queries
            system = AgentSystem(assistant)
            rows = score(queries, [system.answer(query) for query in queries], assistant.graph)
        whole = {row.type: row.metrics for row in rows if row.n_conditions is None}
        scores = {kind: {name: e for name, e in metrics.items() if e} for kind, metrics in whole.items()}
        means = {kind: {name: e.mean for name, e in metrics.items()} for kind, metrics in scores.items()}
        return Real(queries, means, scores)

    return answered


def made(folder: Path, seed: int = 0) -> dict[str, bytes]:
    build.main(folder, counts=str(SMALL), seed=seed, writer="builtin", concurrency=1)
    return files_of(folder)


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_build_of_typos_alone_says_so(tmp_path: Path) -> None:
    build.main(tmp_path / "b", counts="2", anchors="typo")
    queries = dataset.read([tmp_path / "b" / "queries.jsonl"], open_catalogue().graph)
    assert {query.claim.anchor for query in queries if query.claim} == {"typo"}
    assert json.loads((tmp_path / "b" / "manifest.json").read_text())["anchors"] == {"typo": 1.0}


def test_a_build_holds_queries_split_and_manifest(first: Path) -> None:
    files = files_of(first)
    manifest = json.loads(files["manifest.json"])
    assert set(files) == {"manifest.json", "queries.jsonl", "split.json"}
    assert (manifest["seed"], manifest["counts"], manifest["writer"]) == (0, str(SMALL), "builtin")
    assert sum(manifest["queries"].values()) == files["queries.jsonl"].count(b"\n")


def test_a_build_says_which_cells_the_data_cannot_fill(
    lasting_toy: tuple[KnowledgeGraph, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(build, "open_catalogue", lambda *_: Opened(*lasting_toy))
    build.main(tmp_path / "b", counts="250", seed=0, writer="builtin", concurrency=1)
    said = [line for line in capsys.readouterr().out.splitlines() if "the data holds" in line]
    assert said
    assert all(line.endswith("of 250") for line in said)


def test_the_same_seed_makes_the_same_bytes_and_another_one_others(first: Path, tmp_path: Path) -> None:
    again, other = (made(tmp_path / name, seed) for name, seed in (("b", 0), ("c", 1)))
    assert files_of(first) == again
    assert again["queries.jsonl"] != other["queries.jsonl"]


def test_several_processes_make_the_same_bytes(first: Path, tmp_path: Path) -> None:
    build.main(tmp_path / "b", counts=str(SMALL), seed=0, workers=2)
    assert files_of(first) == files_of(tmp_path / "b")


def test_an_engine_of_the_build_that_does_not_exist_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="unknown engine 'rai'"):
        build.main(tmp_path / "b", counts="2", engine="rai")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    with pytest.raises(UsageError, match="already there"):
        made(tmp_path / "b")
    assert list((tmp_path / "b").iterdir()) == []


def test_what_is_written_is_read_as_queries(first: Path, graph: KnowledgeGraph) -> None:
    queries = dataset.read([first / "queries.jsonl"], graph)
    assert {query.type for query in queries} == {
        "explicit",
        "implicit",
        "misinformed",
        "interest",
        "demographic",
    }


def test_plans_that_show_what_is_true_are_refused(graph: KnowledgeGraph, planned: list[Plan]) -> None:
    plan = next(each for each in planned if each.history)
    seen = replace(plan, history=(*plan.history, plan.truth[0]))
    with pytest.raises(DataError, match="do not hold"):
        write_all([seen], graph, grammar(0))


def test_a_plan_keeps_its_truth_and_its_claim(planned: list[Plan]) -> None:
    plan = next(each for each in planned if each.claim)
    query = query_of(plan, "words")
    assert (query.claim, tuple(query.ground_truth), query.query) == (plan.claim, plan.truth, "words")


@pytest.mark.parametrize("catalogue", NUMBERS)
def test_real_data_fills_every_cell(catalogue: str, real: Callable[[str], Real]) -> None:
    kinds = Counter(query.type for query in real(catalogue).queries if query.type in PROVABLE)
    assert kinds == dict.fromkeys(PROVABLE, 3 * NUMBERS[catalogue])


def published(text: str) -> dict[str, list[float]]:
    """Return what the table of the whole build says: type -> shares in the order of `FOUND`."""
    rows = (
        line.replace(" –", " nan").split()
        for line in text.split("\n## Scores\n")[1].split("\n## ")[0].splitlines()
    )
    return {row[0]: [float(cell) for cell in row[3 : 3 + len(FOUND)]] for row in rows if row[1:2] == ["all"]}


@pytest.mark.parametrize("kind", PROVABLE)
def test_the_table_of_the_whole_build_is_no_older_than_the_reader(
    kind: str, real: Callable[[str], Real]
) -> None:
    """Whoever changes what the reader answers by more than a little renews the table: make bench-recbench."""
    found = real("ml-1m").scores[kind]
    for metric, said in zip(FOUND, published(TABLE.read_text(encoding="utf-8"))[kind], strict=True):
        assert found[metric].low - AGED <= said <= found[metric].high + AGED, metric


@pytest.mark.parametrize("metric", FOUND)
@pytest.mark.parametrize(("catalogue", "kind"), LEAST)
def test_real_requests_are_answered_as_planned(
    catalogue: str, kind: str, metric: str, real: Callable[[str], Real]
) -> None:
    assert real(catalogue).means[kind][metric] >= LEAST[catalogue, kind]


@pytest.mark.parametrize("kind", BY_TASTE)
def test_real_requests_by_taste_all_get_an_answer_and_most_of_it_is_what_people_chose(
    kind: str, real: Callable[[str], Real]
) -> None:
    means = real("ml-1m").means[kind]
    assert means["recall"] >= LEAST_BY_TASTE[kind]
    assert means["ftr"] == 0


@pytest.mark.parametrize("catalogue", NUMBERS)
def test_what_is_wrong_in_real_requests_is_corrected(catalogue: str, real: Callable[[str], Real]) -> None:
    assert real(catalogue).means["misinformed"]["correction"] >= CORRECTED


@pytest.mark.parametrize("catalogue", NUMBERS)
@pytest.mark.parametrize("kind", ["explicit", "implicit"])
def test_what_is_right_in_real_requests_is_left_alone(
    catalogue: str, kind: str, real: Callable[[str], Real]
) -> None:
    assert real(catalogue).means[kind]["false_alarm"] <= FALSE_ALARMS


def test_switching_off_what_a_type_needs_shows_in_its_row(
    graph: KnowledgeGraph, planned: list[Plan], tmp_path: Path
) -> None:
    queries = write_all(planned, graph, grammar(0)).queries
    values = {name: judged(name, queries, tmp_path / name) for name in ("full", "no-hops", "no-verify")}
    means = {name: _means(queries, found) for name, found in values.items()}
    assert means["no-hops"]["implicit"] < means["full"]["implicit"] - 0.3
    assert means["no-verify"]["misinformed"] < means["full"]["misinformed"] - 0.1
    assert means["no-hops"]["explicit"] == means["full"]["explicit"]
    assert table(queries, values).row_count == 3 * len({query.type for query in queries})


def judged(tools: str, queries: list[Query], folder: Path) -> dict[str, dict[str, float]]:
    folder.mkdir()
    assistant = Assistant(tools=tools)
    given = run(folder, AgentSystem(assistant), queries, {}, None, lambda: None)
    return {q.id: judge(q, answer, assistant.graph) for q, answer in zip(queries, given, strict=True)}


def _means(queries: list[Query], values: dict[str, dict[str, float]]) -> dict[str, float]:
    by_type: dict[str, list[float]] = {}
    for query in queries:
        by_type.setdefault(query.type, []).append(values[query.id]["precision"])
    return {kind: sum(found) / len(found) for kind, found in by_type.items()}


@pytest.fixture
def ablation(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Run `bench.ablate` here: exit code, both outputs."""

    def start(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["bench.ablate", *map(str, arguments)])
        code = 0
        try:
            run_app(bench.ablate.app)
        except SystemExit as end:
            code = int(end.code or 0)
        return code, *capsys.readouterr()

    return start


def test_toolsets_are_named_with_commas_and_the_whole_is_always_a_row(
    ablation: Callable[..., Any], tmp_path: Path
) -> None:
    code, out, _ = ablation("--tools", "no-hops,none", "--limit", "3", "--out", tmp_path / "rows")
    assert (code, sorted(path.name for path in (tmp_path / "rows").iterdir())) == (
        0,
        ["full", "no-hops", "none"],
    )
    assert "no-hops" in out


def test_an_unknown_toolset_of_the_ablation_is_bad_usage(
    ablation: Callable[..., Any], tmp_path: Path
) -> None:
    code, _, err = ablation("--tools", "full,no-hop", "--out", tmp_path / "rows")
    assert (code, "'no-hop'" in err, "no-hops" in err) == (2, True, True)
