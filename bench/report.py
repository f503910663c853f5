"""The table in the terminal, and the progress bar."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from bench.metrics.stats import Estimate
from bench.score import Row
from bench.types import Answer

_COLUMNS = {
    "precision": "Precision",
    "recall": "Recall",
    "cmr": "CMR",
    "ndcg": "nDCG@10",
    "mrr": "MRR",
    "choice": "20-way",
    "ftr": "FTR",
    "out_of_catalogue": "Outside",
    "unknown": "Unknown",
    "correction": "Corrected",
    "false_alarm": "False al.",
}


@contextmanager
def progress(what: str, total: int, *, already: int = 0) -> Iterator[Callable[[], None]]:
    """Show a bar on a terminal while something is counted up by the function this yields."""
    console = Console(stderr=True)
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        if already:
            console.print(f"{already} of {total} queries are answered already.", highlight=False)
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


def print_table(rows: Sequence[Row], answers: Sequence[Answer], title: str, folder: Path) -> None:
    """Print scores with 95 % intervals, then latency and where the run lies."""
    console = Console()
    grid = Table(title=title, title_justify="left", box=None, pad_edge=False)
    grid.add_column("type")
    grid.add_column("conditions", justify="right")
    grid.add_column("n", justify="right")
    for name in _COLUMNS.values():
        grid.add_column(name, justify="right", no_wrap=True)
    grid.add_column("errors", justify="right")
    for row in rows:
        label = row.type if row.n_conditions is None else ""
        count = "all" if row.n_conditions is None else str(row.n_conditions)
        cells = [_cell(row.metrics[name], interval=row.n_conditions is None) for name in _COLUMNS]
        grid.add_row(label, count, str(row.n), *cells, str(row.errors), style="bold" if label else "")
    width = max(console.width, 160) if not console.is_terminal else None
    (Console(width=width) if width else console).print(grid)
    spent = [answer.latency_ms for answer in answers]
    if spent:
        p50, p95 = np.percentile(spent, (50, 95))
        console.print(
            f"latency p50 {p50:.1f} ms, p95 {p95:.1f} ms; run folder: {folder}", highlight=False, markup=False
        )


def _cell(estimate: Estimate | None, *, interval: bool) -> str:
    if estimate is None:
        return "–"
    text = _short(estimate.mean)
    return f"{text}\n{_short(estimate.low)}–{_short(estimate.high)}" if interval else text


def _short(value: float) -> str:
    return f"{value:.3f}"[1:] if value < 0.9995 else "1.00"
