"""The panel of reported figures: what the paper printed, apart from every table of ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.table import Table
from rich.text import Text

from bench.reports import paper
from bench.reports.paper import METRICS, Reported
from bench.reports.runs import Runs
from bench.types import TYPES

TITLE = "other queries, other truth"
NOTE = (
    f"Reported in {paper.SOURCE} by its authors: their own queries, and as truth what the source user chose."
    " A scale to read ours by, not the same experiment."
)
DOUBTFUL = "† does not fit the average that the same line of the paper prints: one of the two is a misprint."
HEADINGS = ("P", "R", "CMR", "FTR")


class Block(NamedTuple):
    """A type of query: models as they came, then tuned ones, each in the paper's order."""

    type: str
    rows: Sequence[Reported]


def blocks(runs: Runs) -> list[Block]:
    """Return the blocks for the types, the domain and the number of titles of these runs."""
    kinds = {query.type for query in runs.queries}
    listed = [Block(kind, paper.reported(runs.domain, kind, runs.k)) for kind in TYPES if kind in kinds]
    return [block for block in listed if block.rows]


def notes(shown: Sequence[Block]) -> list[str]:
    """Return what stands below the panel."""
    doubted = any(row.doubtful for block in shown for row in block.rows)
    return [NOTE, *([DOUBTFUL] if doubted else [])]


def cells(row: Reported) -> list[str]:
    """Return precision, recall, condition match rate and failure to recommend as printed, "" where absent."""
    return [
        f"{short(row.values[metric])}{'†' if metric in row.doubtful else ''}" if metric in row.values else ""
        for metric in METRICS
    ]


def place(row: Reported) -> str:
    """Return where a row stands in the paper."""
    return f"table {row.table} (section {row.section})"


def short(value: float) -> str:
    """Return a figure as our tables print it: .714."""
    return f"{value:.3f}".removeprefix("0")


def grid(shown: Sequence[Block], *, wide: bool = False) -> Table:
    """Return the panel for a terminal: ranges of the models by table, or if `wide` every row."""
    table = Table(title=TITLE, title_justify="left", box=None, pad_edge=False)
    table.add_column("type", no_wrap=True)
    table.add_column("models reported", min_width=16)
    for name in HEADINGS:
        table.add_column(name, justify="right", no_wrap=True)
    for block in shown:
        listed = _every(block) if wide else _ranges(block)
        for number, (name, values) in enumerate(listed):
            table.add_row(block.type if number == 0 else "", Text(name), *values, style="dim")
    return table


def _every(block: Block) -> Iterator[tuple[str, list[str]]]:
    for row in block.rows:
        yield f"{row.name}, table {row.table}", cells(row)


def _ranges(block: Block) -> Iterator[tuple[str, list[str]]]:
    for number in dict.fromkeys(row.table for row in block.rows):
        listed = [row for row in block.rows if row.table == number]
        found = paper.spans(listed)
        said = [
            "–".join(dict.fromkeys(map(short, found[metric]))) if metric in found else ""
            for metric in METRICS
        ]
        yield f"{len(listed)} of table {number}", said
