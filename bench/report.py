"""`python -m bench.report`: runs side by side, from their folders; and what `bench.run` prints.

The table in the terminal and the progress bar are here too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from agent.terminal import run_app
from bench.console import MORE
from bench.console import console as tables_console
from bench.metrics.stats import Estimate
from bench.reports import beside as by_side
from bench.reports import denominators, tables, terminal
from bench.reports import runs as folders
from bench.reports.csv import comma_separated
from bench.reports.markdown import markdown
from bench.reports.page import page
from bench.score import Row, truth_named
from bench.types import Answer
from kg.errors import UsageError

app = typer.Typer(add_completion=False, rich_markup_mode=None)
FORMS: dict[str, tuple[str, Callable[[folders.Runs], str]]] = {
    "markdown": ("report.md", markdown),
    "csv": ("report.csv", comma_separated),
    "html": ("report.html", page),
}

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
_NARROW = ("precision", "recall", "cmr", "ndcg")  # fit 80 columns


@app.command()
def main(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN", help="run folders over the same queries")],
    out: Annotated[Path | None, typer.Option(help="a folder for report.md, report.csv, report.html")] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format", help="terminal, markdown, csv or html: only this, printed if there is no --out"
        ),
    ] = None,
    queries: Annotated[
        list[Path] | None,
        typer.Option(help="the query files that were asked, for folders that do not keep them"),
    ] = None,
    data: Annotated[
        Path | None, typer.Option(help="the folder that holds raw sources, if the catalogue is not built")
    ] = None,
    truth: Annotated[
        str,
        typer.Option(help="kg: all items that satisfy; history: those of them that the source user chose"),
    ] = "kg",
    beside: Annotated[
        bool, typer.Option("--beside", help="runs over different requests, by type and without differences")
    ] = False,
    label: Annotated[
        list[str] | None, typer.Option(help="what to call the runs, one each, in their order")
    ] = None,
    wide: Annotated[bool, typer.Option("--wide", help="every column, however wide the terminal")] = False,
) -> None:
    """Score runs again from their folders and show them side by side; no model is called.

    The page holds tables, figures, costs and the worst requests. Differences are to the first run.

    Examples:

      python -m bench.report runs/agent runs/popularity

      python -m bench.report runs/agent runs/popularity --truth history --out report

      python -m bench.report runs/written-by-a-grammar runs/written-by-people --beside
    """
    if form is not None and form != "terminal" and form not in FORMS:
        raise UsageError.unknown("format", form, ["terminal", *FORMS])
    if beside:
        shown = by_side.grid(by_side.read(runs, label or (), data, truth_named(truth)))
        Console(width=None if Console().is_terminal else 130).print(shown)
        return
    found = folders.read(runs, queries or (), data, truth_named(truth))
    if label:
        found = folders.relabelled(found, label)
    if form in (None, "terminal"):
        terminal.show(found, wide=wide)
    if form is None and out is not None:
        _save(found, out, list(FORMS))
    elif form in FORMS and out is not None:
        _save(found, out, [form])
    elif form in FORMS:
        typer.echo(FORMS[form][1](found), nl=False)


def _save(found: folders.Runs, out: Path, forms: Sequence[str]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for form in forms:
        name, write = FORMS[form]
        (out / name).write_text(write(found), encoding="utf-8", newline="\n")
        typer.echo(str(out / name))


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


def print_table(
    rows: Sequence[Row], answers: Sequence[Answer], title: str, folder: Path, *, wide: bool = False
) -> None:
    """Print scores with 95 % intervals, then latency and where the run lies; if `wide`, every metric."""
    console = tables_console(wide=wide)
    columns = {name: heading for name, heading in _COLUMNS.items() if wide or name in _NARROW}
    grid = Table(title=title, title_justify="left", box=None, pad_edge=False)
    grid.add_column("type")
    grid.add_column("conditions" if wide else "cond.", justify="right")
    grid.add_column("n", justify="right")
    for heading in columns.values():
        grid.add_column(heading, justify="right", no_wrap=True)
    grid.add_column("errors", justify="right")
    for row in rows:
        label = row.type if row.n_conditions is None else ""
        count = "all" if row.n_conditions is None else str(row.n_conditions)
        cells = [_cell(row.metrics[name], interval=row.n_conditions is None) for name in columns]
        grid.add_row(label, count, str(row.n), *cells, str(row.errors), style="bold" if label else "")
    console.print(grid)
    if not wide:
        console.print(MORE, style="dim", highlight=False)
    elif shares := denominators.grid(
        denominators.Line(row.type, "", row.metrics) for row in rows if row.n_conditions is None
    ):
        console.print(shares)
    if instead := tables.fallbacks(answers):
        console.print(instead, highlight=False, soft_wrap=True)
    spent = [answer.latency_ms for answer in answers]
    if spent:
        p50, p95 = np.percentile(spent, (50, 95))
        console.print(
            f"latency p50 {p50:.1f} ms, p95 {p95:.1f} ms; run folder: {folder}",
            highlight=False,
            markup=False,
            soft_wrap=True,
        )


def _cell(estimate: Estimate | None, *, interval: bool) -> str:
    if estimate is None:
        return "–"
    text = _short(estimate.mean)
    return f"{text}\n{_short(estimate.low)}–{_short(estimate.high)}" if interval else text


def _short(value: float) -> str:
    return f"{value:.3f}"[1:] if value < 0.9995 else "1.00"


if __name__ == "__main__":
    run_app(app)
