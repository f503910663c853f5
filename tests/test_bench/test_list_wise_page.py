"""The page of the list-wise task: its tables are what a run's ranks say."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parents[2]
DOCS = REPOSITORY / "docs"
PAGE = DOCS / "results" / "list-wise.md"


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(DOCS))
    for name in ("list_wise", "list_wise_sample"):
        sys.modules.pop(name, None)
    import list_wise

    return list_wise


@pytest.fixture
def run_folder(tmp_path: Path) -> Path:
    """Two systems and four people: one finds all first, the other all second."""
    ranks = {"sasrec-6": 1, "sasrec-3": 2}
    rows = [
        {"system": name, "user": f"u{n}", "item": "1", "rank": place}
        for name, place in ranks.items()
        for n in range(4)
    ]
    (tmp_path / "ranks.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    scores = {
        name: {
            "ndcg": {"mean": 1 / place, "low": 0.5, "high": 1.0},
            "recall": {"mean": 1.0},
            "mrr": {"mean": 1 / place},
            "train_s": 12.4 * place,
            "latency_ms": {"p50": 3.0 / place, "p95": 4.0},
            "learned": 1234 if place == 1 else None,
        }
        for name, place in ranks.items()
    }
    (tmp_path / "scores.json").write_text(json.dumps({"systems": scores}))
    return tmp_path


def test_a_system_is_a_row_of_figures_and_cost(page: Any, run_folder: Path) -> None:
    rows = page.systems(page.read([run_folder])).splitlines()[2:]
    assert rows == [
        "| `sasrec-6` | 1.0000 (0.5000–1.0000) | 1.0000 | 1.0000 | 12 | 3.00 | 4.00 | 1,234 |",
        "| `sasrec-3` | 0.5000 (0.5000–1.0000) | 1.0000 | 0.5000 | 25 | 1.50 | 4.00 | – |",
    ]


@pytest.fixture
def two_runs(run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A run of each of two systems, on two commits."""
    runs = [run_folder, tmp_path_factory.mktemp("second")]
    for run, commit, name in zip(runs, ("aaaaaaa", "bbbbbbb"), ("sasrec-6", "sasrec-3"), strict=True):
        what = {"commit": commit, "systems": [name], "libraries": {"numpy": "2.4.6", "implicit": None}}
        (run / "run.json").write_text(json.dumps({"what": what}))
    return runs


def test_the_page_names_the_commit_of_each_run(page: Any, two_runs: list[Path]) -> None:
    assert page.made_on(two_runs[:1]) == "Run on commit aaaaaaa; numpy 2.4.6.\n"
    assert (
        page.made_on(two_runs) == "Run on commit aaaaaaa (`sasrec-6`), bbbbbbb (`sasrec-3`); numpy 2.4.6.\n"
    )


def test_a_finding_is_a_paired_difference_beside_the_paper_s(page: Any, run_folder: Path) -> None:
    # nDCG 1 and 1 / log2(3) = .6309 for everybody; in the paper .0127 and .0096, 38.43 ms and 23.30.
    rows = page.findings(page.read([run_folder])).splitlines()[2:]
    assert rows == [
        "| more layers are better | `sasrec-6` − `sasrec-3` | +0.0031 |"
        " +0.3691 (+0.3691 to +0.3691) | 1.6 × | 2.0 × | yes |"
    ]


def test_a_pair_of_which_one_did_not_run_has_no_row(page: Any, run_folder: Path) -> None:
    assert page.differences(page.read([run_folder])).splitlines() == [
        "| nDCG@10 | mean (95 %) |",
        "| --- | --- |",
    ]


@pytest.mark.parametrize(
    ("low", "high", "said"), [(0.1, 0.2, "yes"), (-0.2, -0.1, "the opposite"), (-0.1, 0.2, "not told apart")]
)
def test_a_verdict_is_read_off_the_interval(page: Any, low: float, high: float, said: str) -> None:
    from bench.metrics.paired import Difference

    assert page.verdict(Difference((low + high) / 2, low, high, 4, 4, 1, 1)) == said


def test_every_system_and_pair_of_the_page_is_in_the_roster_or_made_elsewhere(page: Any) -> None:
    from bench.next_item.roster import ROSTER

    outside = set(page.OUTSIDE)
    named = {*page.SYSTEMS, *(name for pair in page.PAIRS for name in pair)}
    named |= {name for each in page.FINDINGS for name in (each.better, each.worse)}
    assert named - outside <= set(ROSTER)
    assert named - outside == set(page.SYSTEMS)


def test_the_page_holds_all_tables_of_its_script(page: Any) -> None:
    text = PAGE.read_text(encoding="utf-8")
    for data in ("ml-100k", "ml-1m by 10"):
        assert re.search(rf"<!-- table: {data} made -->\n\nRun on commit [0-9a-f]{{7}};", text)
    marks = re.findall(r"<!-- table: ([\w -]+) -->\n\n\|", text)
    assert marks[:5] == [
        *("ml-100k systems", "ml-100k differences", "ml-1m by 10 systems", "ml-1m by 10 differences"),
        "ml-100k findings",
    ]
    rows = re.findall(r"^\| `([\w-]+)` \|", text, re.MULTILINE)
    assert set(page.SYSTEMS) <= set(rows)


def test_a_sample_holds_some_users_with_all_their_choices_and_all_films(page: Any, tmp_path: Path) -> None:
    raw = tmp_path / "raw" / "ml-1m"
    raw.mkdir(parents=True)
    (raw / "movies.dat").write_bytes("1::Amélie::Drama\n".encode("latin-1"))
    (raw / "users.dat").write_text("".join(f"{n}::F::25::1::0\n" for n in range(1, 21)))
    (raw / "sequences.tsv").write_text("".join(f"{n}\t1 2 3\n" for n in range(1, 21)))
    made = page.sampled("ml-1m", tmp_path / "raw", 10, tmp_path / "sample")
    assert (made / "ml-1m" / "users.dat").read_text() == "10::F::25::1::0\n20::F::25::1::0\n"
    assert (made / "ml-1m" / "sequences.tsv").read_text() == "10\t1 2 3\n20\t1 2 3\n"
    assert (made / "ml-1m" / "movies.dat").read_bytes() == (raw / "movies.dat").read_bytes()
    assert page.sampled("ml-1m", tmp_path / "raw", 10, tmp_path / "sample") == made  # nothing is made twice
