"""The report as one HTML page that needs nothing else: no network, no font, no script but its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench.metrics.paired import Difference
from bench.metrics.stats import Estimate
from bench.reports import cases, charts, panel, tables
from bench.reports.runs import Runs
from bench.reports.shown import escape

_HERE = Path(__file__).parent
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"


def page(runs: Runs) -> str:
    """Return the page. The same runs give the same bytes; below 3 MB whatever the number of queries."""
    style = (_HERE / "page.css").read_text(encoding="utf-8")
    script = (_HERE / "page.js").read_text(encoding="utf-8")
    labels = ", ".join(run.label for run in runs.runs)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>RecBench+: {escape(labels)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f"{_body(runs)}\n<script>\n{script}</script>\n</body>\n</html>\n"
    )


def _body(runs: Runs) -> str:
    parts = [
        '<a class="skip" href="#tables">Skip to the tables</a>'
        f"<header><h1>RecBench+ report</h1><p>{len(runs.queries):,} requests about {runs.domain}s,"
        f" {len(runs.runs)} run{'s' if len(runs.runs) > 1 else ''}. Means with 95 % intervals.</p>"
        f"{charts.legend(runs)}{_notes(runs)}{_contents(runs)}</header><main>",
        _section("tables", "Scores by type", _tables(runs)),
        _section("figures", "Figures", _figures(runs)),
    ]
    if len(runs.runs) > 1:
        parts.append(_section("differences", "Paired differences", _differences(runs)))
    parts += [
        _section("cost", "Latency and cost", charts.by_cost(runs) + _costs(runs)),
        _section("cases", "Single requests", cases.browser(runs)),
        _section("runs", "What ran", _settings(runs)),
        _section("reported", f"Reported: {panel.TITLE}", _panel(runs)),
        "</main>",
    ]
    return "\n".join(parts)


def _contents(runs: Runs) -> str:
    names = {"tables": "Scores", "figures": "Figures", "differences": "Differences", "cost": "Cost"}
    names |= {"cases": "Single requests", "runs": "What ran", "reported": "Reported"}
    if len(runs.runs) < 2:
        del names["differences"]
    links = "".join(f'<li><a href="#{key}">{name}</a></li>' for key, name in names.items())
    return f'<nav aria-label="Contents"><ul>{links}</ul></nav>'


def _section(key: str, title: str, text: str) -> str:
    return f'<section id="{key}" aria-labelledby="{key}-h"><h2 id="{key}-h">{title}</h2>{text}</section>'


def _notes(runs: Runs) -> str:
    said = "".join(f"<li>{escape(note)}</li>" for note in tables.notes(runs))
    return f'<ul class="notes">{said}</ul>' if said else ""


def _tables(runs: Runs) -> str:
    whole = [section for section in tables.sections(runs) if section.conditions is None]
    used = {name for section in whole for name in tables.shown(section)}
    meanings = "".join(
        f"<dt>{escape(tables.heading(name))}</dt><dd>{escape(said)}</dd>"
        for name, said in tables.MEANINGS.items()
        if name in used
    )
    drawn = "".join(_scores(section) for section in whole)
    return f"{drawn}<details><summary>What the columns mean</summary><dl>{meanings}</dl></details>"


def _scores(section: tables.Section) -> str:
    metrics = tables.shown(section)
    lines = []
    for line in section.lines:
        cells = [_cell(line.cells.get(metric)) for metric in metrics]
        lines.append([escape(line.name), f"{line.n:,}", *cells, f"{line.errors:,}"])
    return _table(section.type, ["run", "n", *map(tables.heading, metrics), "errors"], lines)


def _figures(runs: Runs) -> str:
    drawn = (charts.by_type, charts.by_conditions, charts.by_history, charts.by_popularity, charts.by_group)
    return "".join(draw(runs) for draw in drawn) + _conditions(runs)


def _conditions(runs: Runs) -> str:
    metrics = ("precision", "recall", "cmr")
    lines = []
    for section in tables.sections(runs):
        for line in section.lines if section.conditions is not None else ():
            start = [f"{section.type}, {section.conditions}", escape(line.name), f"{line.n:,}"]
            lines.append([*start, *(_cell(line.cells.get(metric)) for metric in metrics)])
    if not lines:
        return ""
    head = ["type, conditions", "run", "n", *map(tables.heading, metrics)]
    drawn = _table("Scores by number of conditions", head, lines, words=2)
    return f"<details><summary>The figures by number of conditions as a table</summary>{drawn}</details>"


def _differences(runs: Runs) -> str:
    lines = []
    for name, kind, found in tables.differences(runs):
        gaps = [_gap(found.get(metric)) for metric in tables.COMPARED]
        lines.append([kind, escape(name), *gaps])
    note = (
        "The mean of (run − first run) over the same requests. Bold: the 95 % interval leaves out 0. Requests"
        " about one entity are resampled together."
    )
    first = runs.runs[0].label
    head = ["type", "run", *map(tables.heading, tables.COMPARED)]
    return f'<p class="quiet">{note}</p>' + _table(f"Against {first}", head, lines, words=2)


def _costs(runs: Runs) -> str:
    lines = []
    for cost in tables.costs(runs):
        spent = [f"{value:,.1f}" for value in cost[3:]]
        lines.append([escape(cost.name), f"{cost.answered:,}", f"{cost.errors:,}", *spent])
    head = ["run", "answered", "errors", "p50 ms", "p95 ms", "slowest ms", "calls", "steps", "tokens"]
    return _table("Per query: latency, model calls, steps and tokens", head, lines)


def _settings(runs: Runs) -> str:
    said = [tables.settings(run) for run in runs.runs]
    names = list(dict.fromkeys(name for each in said for name in each))
    lines = [[name, *(escape(each.get(name, "–")) for each in said)] for name in names]
    head = ["setting", *(run.label for run in runs.runs)]
    return _table("Settings of the runs", head, lines, words=len(head))


def _panel(runs: Runs) -> str:
    shown = panel.blocks(runs)
    if not shown:
        return '<p class="quiet">The paper has no figures for these types.</p>'
    head = ["model", "where", *panel.HEADINGS]
    drawn = []
    for block in shown:
        lines = [[escape(row.name), panel.place(row), *panel.cells(row)] for row in block.rows]
        drawn.append(_table(f"{block.type}, reported", head, lines, words=2))
    said = (f'<p class="quiet">{escape(note)}</p>' for note in panel.notes(shown))
    return "".join((*said, *drawn))


def _table(caption: str, head: Sequence[str], lines: Sequence[Sequence[str]], *, words: int = 1) -> str:
    """Return a table in a box that scrolls by itself; `head` and `caption` are text, cells are HTML."""
    tops = "".join(f'<th scope="col"{_kind(place, words)}>{escape(h)}</th>' for place, h in enumerate(head))
    rows = []
    for cells in lines:
        first = f'<th scope="row">{cells[0]}</th>'
        rest = "".join(f"<td{_kind(place, words)}>{cell}</td>" for place, cell in enumerate(cells[1:], 1))
        rows.append(f"<tr>{first}{rest}</tr>")
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{tops}</tr></thead><tbody>{''.join(rows)}</tbody>"
        "</table></div>"
    )


def _kind(place: int, words: int) -> str:
    return "" if place < words else ' class="number"'


def _cell(cell: Estimate | None) -> str:
    return "–" if cell is None else f"{tables.number(cell.mean)}<small>{tables.interval(cell)}</small>"


def _gap(gap: Difference | None) -> str:
    if gap is None:
        return "–"
    mean = f"{gap.mean:+.3f}"
    shown = f"<b>{mean}</b>" if gap.decided else mean
    return f"{shown}<small>{gap.low:+.3f} to {gap.high:+.3f}</small>"
