"""The figures of the page: the paper's figures 4 to 7 redone with our runs, and what runs cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bench.metrics import slices
from bench.metrics.stats import Estimate
from bench.reports import figures, tables
from bench.reports.figures import Group, Point
from bench.reports.runs import Run, Runs
from bench.reports.shown import escape
from bench.types import Query

_MAIN = ("precision", "recall", "cmr")
_STATED = ("explicit", "implicit", "misinformed")


def by_type(runs: Runs) -> str:
    """Return a panel a metric, bars by type."""
    whole = [section for section in tables.sections(runs) if section.conditions is None]
    panels = []
    for metric in (*_MAIN, "correction", "false_alarm"):
        groups = [_group(section, metric, runs) for section in whole]
        kept = [group for group in groups if group.bars]
        if kept:
            top = None if metric == "false_alarm" else 1.0
            panels.append(_panel(tables.heading(metric), figures.bars(kept, _said(metric, "type"), top)))
    return _figure("Scores by type of request", panels, "Means with 95 % intervals.", runs)


def by_conditions(runs: Runs) -> str:
    """Return a panel a type and metric over the number of conditions (figure 4 of the paper)."""
    panels = []
    for kind in _STATED:
        asked = [query for query in runs.queries if query.type == kind]
        groups = slices.split(asked, "conditions")
        for metric in _MAIN if len(groups) > 1 else ():
            panels.append(_lines(f"{kind}: {tables.heading(metric)}", groups, metric, runs, 1.0))
    note = "Means with 95 % intervals; 3 and 4 conditions together, as in the paper's figure 4."
    return _figure("By number of conditions", panels, note, runs)


def by_history(runs: Runs) -> str:
    """Return bars of runs that differ in nothing but the history shown (figure 5); empty without a pair."""
    pairs = list(_pairs(runs.runs))
    panels = []
    for without, with_it in pairs:
        for metric in _MAIN:
            groups = [
                Group(section.type, _bars(section, metric, (without, with_it), runs))
                for section in tables.sections(runs)
                if section.conditions is None
            ]
            kept = [group for group in groups if group.bars]
            title = f"{runs.runs[without].label}: {tables.heading(metric)}"
            if kept:
                panels.append(_panel(title, figures.bars(kept, _said(metric, "type, without and with"), 1.0)))
    return _figure("Without and with history", panels, "As in the paper's figure 5.", runs)


def by_popularity(runs: Runs) -> str:
    """Return precision and recall of interest requests over the popularity of the interest (figure 6)."""
    groups = slices.by_sharers(runs.queries)
    note = "Quarters by f(s), how many users share the interest, as in the paper's figure 6."
    if not groups:
        groups = slices.by_popularity(runs.queries, runs.graph)
        note = "Quarters by how often the true items were chosen: these queries do not hold f(s)."
    if len(groups) < 2:
        return ""
    panels = [
        _lines(f"interest: {tables.heading(m)}", groups, m, runs, None) for m in ("precision", "recall")
    ]
    return _figure("By popularity of the interest", panels, note, runs)


def by_group(runs: Runs) -> str:
    """Return precision and recall of demographic requests by who asks (figure 7)."""
    asked = [query for query in runs.queries if query.type == "demographic"]
    panels = []
    for name in ("gender", "age", "occupation"):
        groups = slices.split(asked, name)
        for metric in ("precision", "recall") if len(groups) > 1 else ():
            bars = [
                Group(f"{label} (n = {len(qs)})", _over(qs, metric, runs)) for label, qs in groups.items()
            ]
            title = f"{name}: {tables.heading(metric)}"
            panels.append(_panel(title, figures.bars(bars, _said(metric, name))))
    return _figure("By who asks", panels, "Demographic requests, as in the paper's figure 7.", runs)


def by_cost(runs: Runs) -> str:
    """Return what a query took: milliseconds, model calls, tokens."""
    costs = tables.costs(runs)
    shown = (
        ("latency p50, ms", 3),
        ("latency p95, ms", 4),
        ("model calls a query", 6),
        ("tokens a query", 8),
    )
    panels = []
    for title, field in shown:
        points = {place: Point(*[float(cost[field])] * 3) for place, cost in enumerate(costs)}
        if any(point.value for point in points.values()):
            panels.append(_panel(title, figures.bars([Group("", points)], title, digits=1)))
    return _figure("What a request took", panels, "Measured on the machine that made the run.", runs)


def legend(runs: Runs) -> str:
    """Return the key of runs: number, colour, name."""
    rows = [
        f'<li><span class="swatch {figures.colour(place)}">{place + 1}</span> {escape(run.label)}</li>'
        for place, run in enumerate(runs.runs)
    ]
    return f'<ol class="legend" aria-label="Runs">{"".join(rows)}</ol>'


def _figure(title: str, panels: Sequence[str], note: str, runs: Runs) -> str:
    if not panels:
        return ""
    return (
        f"<figure><figcaption><h3>{escape(title)}</h3><p>{escape(note)}</p></figcaption>{legend(runs)}"
        f'<div class="panels">{"".join(panels)}</div></figure>'
    )


def _panel(title: str, drawn: str) -> str:
    return f'<div class="panel"><h4>{escape(title)}</h4>{drawn}</div>'


def _said(metric: str, over: str) -> str:
    return f"{tables.heading(metric)} by {over}; the values are printed beside the bars"


def _group(section: tables.Section, metric: str, runs: Runs) -> Group:
    return Group(section.type, _bars(section, metric, range(len(runs.runs)), runs))


def _bars(section: tables.Section, metric: str, places: Sequence[int], runs: Runs) -> dict[int, Point]:
    by_name = {line.name: line.cells.get(metric) for line in section.lines}
    cells = {place: by_name.get(runs.runs[place].label) for place in places}
    return {place: _point(cell) for place, cell in cells.items() if cell is not None}


def _lines(
    title: str, groups: Mapping[str, Sequence[Query]], metric: str, runs: Runs, top: float | None
) -> str:
    names = [f"{label} (n={len(queries)})" if len(label) < 5 else label for label, queries in groups.items()]
    series = {}
    said = []
    for place, run in enumerate(runs.runs):
        found = slices.estimates(groups, _metric(run, metric))
        series[place] = [_point(each) if each else None for each in found.values()]
        values = ", ".join(f"{key} {tables.number(each.mean)}" for key, each in found.items() if each)
        said.append(f"{run.label}: {values}")
    return _panel(title, figures.lines(names, series, f"{title}. {'; '.join(said)}", top))


def _over(queries: Sequence[Query], metric: str, runs: Runs) -> dict[int, Point]:
    found = {}
    for place, run in enumerate(runs.runs):
        estimate = slices.estimates({"": queries}, _metric(run, metric))[""]
        if estimate is not None:
            found[place] = _point(estimate)
    return found


def _metric(run: Run, metric: str) -> dict[str, float]:
    return {key: values[metric] for key, values in run.values.items() if metric in values}


def _point(estimate: Estimate) -> Point:
    return Point(estimate.mean, estimate.low, estimate.high)


def _pairs(runs: Sequence[Run]) -> Iterator[tuple[int, int]]:
    """Yield places of a run without and the run with history that is otherwise the same."""

    def rest(run: Run) -> dict[str, object]:
        apart = ("history", "with_history", "commit", "prompts")
        return {key: value for key, value in run.what.items() if key not in apart}

    for place, run in enumerate(runs):
        for other, with_it in enumerate(runs):
            if with_it.history and not run.history and rest(run) == rest(with_it):
                yield place, other
