"""The report as CSV: a line a run, type, number of conditions and metric."""

from __future__ import annotations

import csv
import io

from bench.metrics.stats import Estimate
from bench.reports import tables
from bench.reports.runs import Runs

HEADER = ("run", "type", "conditions", "n", "errors", "metric", "mean", "low", "high")


def comma_separated(runs: Runs) -> str:
    """Return all scores in long form; what the paper reports is in `reported.tsv` and not here.

    Spreadsheets run a cell that begins like a formula: text of this kind gets an apostrophe before it.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADER)
    for section in tables.sections(runs):
        for line in section.lines:
            start = (harmless(line.name), section.type, _plain(section.conditions or "all"))
            for metric, cell in line.cells.items():
                if cell is not None:
                    rest = (_plain(line.n), _plain(line.errors), harmless(metric), *_numbers(cell))
                    writer.writerow((*start, *rest))
    return stream.getvalue()


def harmless(text: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip()[:1] in tuple("=+-@|") or text[:1] in tuple("\t\r\n") else text


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def _numbers(cell: Estimate) -> tuple[str, str, str]:
    return f"{cell.mean:.6f}", f"{cell.low:.6f}", f"{cell.high:.6f}"
