"""The report as Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.phrasing import flat
from bench.metrics.paired import Difference
from bench.metrics.stats import Estimate
from bench.reports import panel, tables
from bench.reports.runs import Runs

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def markdown(runs: Runs) -> str:
    """Return the report as Markdown: a table a type, then paired differences, costs and what ran."""
    labels = ", ".join(escaped(run.label) for run in runs.runs)
    page = [f"# RecBench+: {labels}", "", f"{len(runs.queries):,} queries; 95 % intervals in brackets.", ""]
    page += [f"> {escaped(note)}" for note in tables.notes(runs)]
    for section in tables.sections(runs):
        if section.conditions is None:
            page += ["", f"## {section.type}", "", *_section(section)]
    page += ["", "## By number of conditions", "", *_conditions(runs)]
    if len(runs.runs) > 1:
        page += ["", f"## Differences to {escaped(runs.runs[0].label)}", "", *_differences(runs)]
    page += ["", "## Cost", "", *_costs(runs), "", "## Runs", ""]
    for run in runs.runs:
        said = "; ".join(f"{name} {escaped(value)}" for name, value in tables.settings(run).items())
        page.append(f"- **{escaped(run.label)}**: {said}")
    page += _panel(runs)
    return "\n".join(page) + "\n"


def escaped(text: str) -> str:
    """Return data as Markdown that shows it: no table cell ends, no markup begins, no line breaks."""
    return _SPECIAL.sub(r"\\\1", flat(text))


def _section(section: tables.Section) -> list[str]:
    metrics = tables.shown(section)
    lines = [["run", "n", *map(tables.heading, metrics), "errors"]]
    for line in section.lines:
        cells = [_cell(line.cells.get(metric)) for metric in metrics]
        lines.append([escaped(line.name), f"{line.n:,}", *cells, f"{line.errors:,}"])
    return _table(lines)


def _conditions(runs: Runs) -> list[str]:
    metrics = ("precision", "recall", "cmr")
    lines = [["type", "conditions", "run", "n", *map(tables.heading, metrics)]]
    for section in tables.sections(runs):
        for line in section.lines if section.conditions is not None else ():
            cells = [_cell(line.cells.get(metric)) for metric in metrics]
            lines.append([section.type, str(section.conditions), escaped(line.name), f"{line.n:,}", *cells])
    return _table(lines, words=3) if len(lines) > 1 else ["No type has queries of several numbers."]


def _differences(runs: Runs) -> list[str]:
    lines = [["type", "run", *map(tables.heading, tables.COMPARED)]]
    for name, kind, found in tables.differences(runs):
        lines.append([kind, escaped(name), *(_gap(found.get(metric)) for metric in tables.COMPARED)])
    return _table(lines, words=2)


def _costs(runs: Runs) -> list[str]:
    lines = [["run", "answered", "errors", "p50 ms", "p95 ms", "slowest ms", "calls", "steps", "tokens"]]
    for cost in tables.costs(runs):
        spent = [f"{value:,.1f}" for value in cost[3:]]
        lines.append([escaped(cost.name), f"{cost.answered:,}", str(cost.errors), *spent])
    return _table(lines)


def _table(lines: Sequence[Sequence[str]], *, words: int = 1) -> list[str]:
    rule = ["---" if place < words else "---:" for place in range(len(lines[0]))]
    return ["| " + " | ".join(line) + " |" for line in (lines[0], rule, *lines[1:])]


def _panel(runs: Runs) -> list[str]:
    shown = panel.blocks(runs)
    if not shown:
        return []
    lines = [["type", "model", "where", *panel.HEADINGS]]
    for block in shown:
        lines += [[block.type, row.name, panel.place(row), *panel.cells(row)] for row in block.rows]
    said = [line for note in panel.notes(shown) for line in ("", note)]
    return ["", f"## Reported: {panel.TITLE}", *said, "", *_table(lines, words=3)]


def _cell(cell: Estimate | None) -> str:
    return "–" if cell is None else f"{tables.number(cell.mean)} ({tables.interval(cell)})"


def _gap(gap: Difference | None) -> str:
    if gap is None:
        return "–"
    return f"{gap.mean:+.3f} ({gap.low:+.3f} to {gap.high:+.3f})" + ("" if gap.decided else " undecided")
