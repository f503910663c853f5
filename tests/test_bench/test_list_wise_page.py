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
    sys.modules.pop("list_wise", None)
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
    marks = re.findall(r"<!-- table: ([\w -]+) -->\n\n\|", text)
    assert marks[:3] == ["ml-100k systems", "ml-100k differences", "ml-100k findings"]
    rows = re.findall(r"^\| `([\w-]+)` \|", text, re.MULTILINE)
    assert set(page.SYSTEMS) <= set(rows)
