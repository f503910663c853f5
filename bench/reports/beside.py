"""Runs over different requests side by side: means by type, and nothing that would compare query by query."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from bench.reports import runs as folders
from bench.reports import tables
from bench.reports.runs import Run
from bench.types import TYPES, Truth
from kg.errors import UsageError

METRICS = ("precision", "recall", "cmr", "ndcg", "ftr", "correction", "false_alarm")
NOTE = "These runs answered different requests: read them side by side, not one against the other."


def read(paths: Sequence[Path], labels: Sequence[str], data: Path | None, truth: Truth) -> list[Run]:
    """Read runs one by one, each with its own queries; without labels they are called by their folders.

    Raises:
        UsageError: not one label a run.
        DataError: as `bench.reports.runs.read`.
    """
    names = list(labels) or [path.resolve().name for path in paths]
    if len(names) != len(paths):
        raise UsageError(f"{len(paths)} runs need as many names with --label; got {list(labels)!r}.")
    single = [folders.read([path], (), data, truth) for path in paths]
    return [folders.relabelled(runs, [name]).runs[0] for runs, name in zip(single, names, strict=True)]


def grid(runs: Sequence[Run]) -> Table:
    """Return a table: a block a type, a line a run."""
    table = Table(box=None, pad_edge=False, caption=NOTE, caption_justify="left")
    table.add_column("type", no_wrap=True)
    table.add_column("run", min_width=16)
    for name in ("n", *map(tables.heading, METRICS)):
        table.add_column(name, justify="right", no_wrap=True)
    for kind in TYPES:
        rows = [
            (run, row) for run in runs for row in run.rows if row.type == kind and row.n_conditions is None
        ]
        for place, (run, row) in enumerate(rows):
            cells = [row.metrics[name] for name in METRICS]
            shown = ["–" if cell is None else tables.number(cell.mean) for cell in cells]
            table.add_row(kind if place == 0 else "", Text(run.label), f"{row.n:,}", *shown)
    return table
