"""What the τ-Rec task prints: the table, violations, and the paper's figures in a panel of their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bench.console import console as tables_console
from bench.tau_rec.evaluator import VIOLATIONS
from bench.tau_rec.scores import KS, REPORTED, slices


def show(scores: Mapping[str, Any], title: str, note: str) -> None:
    """Print scores with 95 % intervals, how trials ended, and a note."""
    console = tables_console(wide=False)
    grid = Table(title=title, title_justify="left", box=None, pad_edge=False)
    grid.add_column("trials of", no_wrap=True)
    ks = [f"pass^{k}" for k in KS]
    for heading in ("tasks", "trials", *ks, "turns"):
        grid.add_column(heading, justify="right", no_wrap=True)
    for name, row in slices(scores).items():
        cells = [_cell(row.get(k)) for k in ks]
        grid.add_row(Text(name), str(row["tasks"]), str(row["trials"]), *cells, f"{row['turns']:.2f}")
    console.print(grid)
    for line in said(scores):
        console.print(line, highlight=False, markup=False, soft_wrap=True)
    figures = ", ".join(f"{name} {value:.2f}" for name, value in REPORTED.items())
    reported = (
        f"best of nine language-model configurations: {figures}\n"
        "reported on all 60 tasks, with a language model as the person (arXiv 2606.10156)"
    )
    console.print(Panel(Text(reported), title="reported by the paper, measured otherwise", expand=False))
    console.print(note, highlight=False, markup=False, soft_wrap=True)


def said(scores: Mapping[str, Any]) -> list[str]:
    """Return how trials ended, which policies were broken and what a turn costs, a line each."""
    ended = ", ".join(f"{name} {count}" for name, count in scores["outcomes"].items())
    broken = [
        f"  {kind} in {count} trials: {VIOLATIONS[kind]}" for kind, count in scores["violations"].items()
    ]
    cpu = scores["cpu_ms"]
    lines = [f"ended: {ended}", "violations: none" if not broken else "violations:", *broken]
    if cpu["median"] is not None:
        lines.append(f"CPU a turn: median {cpu['median']:.1f} ms, 95 % {cpu['p95']:.1f} ms")
    return [*lines, f"questions a trial: {scores['questions']:.2f}"]


def _cell(estimate: Mapping[str, float] | None) -> str:
    if estimate is None:
        return "–"
    return f"{estimate['mean']:.3f}\n{estimate['low']:.3f}–{estimate['high']:.3f}"
