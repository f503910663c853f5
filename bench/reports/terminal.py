"""The report in the terminal."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from agent.phrasing import flat
from bench.console import MORE
from bench.console import console as tables_console
from bench.hard import table as by_kind
from bench.metrics.stats import Estimate
from bench.reports import denominators, panel, tables
from bench.reports.runs import Runs

METRICS = ("precision", "recall", "cmr", "ndcg", "choice", "ftr", "correction", "false_alarm")
NARROW = ("precision", "recall", "cmr")  # fit 80 columns


def show(runs: Runs, *, wide: bool = False) -> None:
    """Print all runs by type, with 95 % intervals; then what they cost, and the panel of reported figures.

    If `wide`, every metric.
    """
    console = tables_console(wide=wide)
    sections = [section for section in tables.sections(runs) if section.conditions is None]
    used = {name for section in sections for name in tables.shown(section)}
    metrics = [name for name in METRICS if name in used and (wide or name in NARROW)]
    grid = Table(box=None, pad_edge=False)
    grid.add_column("type", no_wrap=True)
    grid.add_column("run", min_width=16)
    for name in ("n", *(tables.heading(metric) for metric in metrics), "errors"):
        grid.add_column(name, justify="right", no_wrap=True)
    for section in sections:
        for place, line in enumerate(section.lines):
            cells = [_cell(line.cells.get(metric)) for metric in metrics]
            grid.add_row(
                section.type if place == 0 else "",
                Text(flat(line.name)),
                str(line.n),
                *cells,
                str(line.errors),
            )
    console.print(grid)
    if not wide:
        console.print(MORE, style="dim", highlight=False)
    elif shares := denominators.grid(
        denominators.Line(section.type, flat(line.name), line.cells)
        for section in sections
        for line in section.lines
    ):
        console.print(shares)
    for run in runs.runs:
        if hard := by_kind.grid(runs.queries, run.values):
            hard.title = f"{flat(run.label)}, {by_kind.TITLE}"
            console.print(hard)
    for cost in tables.costs(runs):
        console.print(
            f"{cost.name}: latency p50 {cost.p50:.1f} ms, p95 {cost.p95:.1f} ms; {cost.calls:.1f} model calls"
            f" and {cost.tokens:,.0f} tokens a query",
            highlight=False,
            markup=False,
        )
    for text in tables.notes(runs):
        console.print(text, highlight=False, markup=False, style="dim")
    if shown := panel.blocks(runs):
        console.print()
        console.print(panel.grid(shown, wide=wide))
        for text in panel.notes(shown):
            console.print(text, highlight=False, markup=False, style="dim")


def _cell(cell: Estimate | None) -> str:
    if cell is None:
        return "–"
    return f"{tables.number(cell.mean)}\n{tables.interval(cell)}"
