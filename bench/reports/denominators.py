"""The scores that hang on a denominator: CMR in three ways, and FTR of misinformed requests in two parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rich.table import Table
from rich.text import Text

from bench.metrics.stats import Estimate
from bench.reports.tables import HEADINGS

TITLE = "CMR over all, answered and pooled; FTR in two parts"
_SHOWN = ("cmr", "cmr_answered", "cmr_pooled", "ftr", "refused", "silent")
COLUMNS = {name: HEADINGS[name] for name in _SHOWN}


class Line(NamedTuple):
    """The estimates of a type by a run; `run` is "" where there is one only."""

    type: str
    run: str
    cells: Mapping[str, Estimate | None]


def grid(lines: Iterable[Line]) -> Table | None:
    """Return a table of the lines that have a CMR, with 95 % intervals; None where none has."""
    shown = [line for line in lines if line.cells.get("cmr") is not None]
    if not shown:
        return None
    table = Table(title=TITLE, title_justify="left", box=None, pad_edge=False)
    several = any(line.run for line in shown)
    for name in ("type", "run") if several else ("type",):
        table.add_column(name, no_wrap=True)
    for heading in COLUMNS.values():
        table.add_column(heading, justify="right", no_wrap=True)
    for line in shown:
        names = (line.type, Text(line.run)) if several else (line.type,)
        table.add_row(*names, *(_cell(line.cells.get(metric)) for metric in COLUMNS))
    return table


def _cell(cell: Estimate | None) -> str:
    return "–" if cell is None else f"{_short(cell.mean)}\n{_short(cell.low)}–{_short(cell.high)}"


def _short(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")
