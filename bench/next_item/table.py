"""What the next-item task prints, and its rows as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from rich.table import Table
from rich.text import Text

from bench.console import MORE
from bench.console import console as tables_console
from bench.metrics.paired import Difference, difference
from bench.metrics.stats import Estimate, bootstrap
from bench.next_item.measure import Result
from bench.next_item.ranks import METRICS, ndcg

_HEADINGS = {"ndcg": "nDCG@10", "recall": "Recall@10", "mrr": "MRR"}
Pair = tuple[str, str]


def row(result: Result) -> dict[str, Any]:
    """Return one system as `scores.json` holds it."""
    p50, p95 = np.percentile(result.latencies_ms, (50, 95))
    return {
        "parameters": dict(result.chosen.parameters),
        "last": result.chosen.last,
        **({"elsewhere": result.chosen.elsewhere} if result.chosen.elsewhere else {}),
        "learned": result.learned,
        "n": len(result.ranks),
        **{name: _estimate(result, name)._asdict() for name in METRICS},
        "train_s": round(result.train_s, 3),
        "latency_ms": {"p50": round(float(p50), 3), "p95": round(float(p95), 3)},
    }


def compare(results: Mapping[str, Result], pairs: Sequence[Pair]) -> dict[Pair, Difference]:
    """Return ours minus the library's nDCG@10, user by user, for pairs (ours, library) that both ran."""
    found = {}
    for ours, theirs in pairs:
        if ours in results and theirs in results:
            by_user = [{str(n): ndcg(r) for n, r in enumerate(results[x].ranks)} for x in (ours, theirs)]
            if made := difference(by_user[0], by_user[1]):
                found[ours, theirs] = made
    return found


def show(
    results: Mapping[str, Result],
    differences: Mapping[Pair, Difference],
    title: str,
    note: str,
    *,
    wide: bool = False,
) -> None:
    """Print all systems with 95 % intervals, the differences to libraries, and a note.

    If `wide`, latencies and what was chosen on the validation too.
    """
    console = tables_console(wide=wide)
    grid = Table(title=title, title_justify="left", box=None, pad_edge=False)
    grid.add_column("system", overflow="fold")
    for heading in (*_HEADINGS.values(), "train s", *(("p50 ms", "p95 ms", "learned") if wide else ())):
        grid.add_column(heading, justify="right", no_wrap=True)
    if wide:
        grid.add_column("chosen on the validation")
    for name, result in results.items():
        p50, p95 = np.percentile(result.latencies_ms, (50, 95))
        cells = [_cell(_estimate(result, metric)) for metric in _HEADINGS]
        learned = "–" if result.learned is None else f"{result.learned:,}"
        more = (f"{p50:.2f}", f"{p95:.2f}", learned, Text(result.chosen.said())) if wide else ()
        grid.add_row(Text(name), *cells, f"{result.train_s:.2f}", *more)
    console.print(grid)
    if not wide:
        console.print(MORE, style="dim", highlight=False)
    for (ours, theirs), each in differences.items():
        said = f"{ours} − {theirs}: nDCG@10 {each.mean:+.4f} (95 % {each.low:+.4f} to {each.high:+.4f})"
        console.print(said, highlight=False, markup=False, soft_wrap=True)
    console.print(note, highlight=False, markup=False, soft_wrap=True)


def _estimate(result: Result, metric: str) -> Estimate:
    found = bootstrap([METRICS[metric](place) for place in result.ranks])
    assert found is not None, "a task has test cases"  # noqa: S101
    return found


def _cell(estimate: Estimate) -> str:
    return f"{estimate.mean:.4f}\n{estimate.low:.4f}–{estimate.high:.4f}"
