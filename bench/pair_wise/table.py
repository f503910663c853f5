"""What the pair-wise task prints, and its rows as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import median
from typing import Any

import numpy as np
from rich.table import Table
from rich.text import Text

from bench.console import MORE
from bench.console import console as tables_console
from bench.metrics.resampled import METRICS, Floats, estimate
from bench.metrics.stats import Estimate
from bench.pair_wise.measure import Result
from bench.pair_wise.roster import row_of

_BY_IDS, _ASKED = "A", "DEF"  # groups of the paper
_HEADINGS = {"auc": "AUC", "gauc": "GAUC", "f1": "F1"}
Differences = Mapping[tuple[str, str], Estimate]


def row(name: str, result: Result, n_users: int) -> dict[str, Any]:
    """Return one system as `scores.json` holds it."""
    found = {metric: estimate(result.values[metric], result.draws[metric], n_users) for metric in METRICS}
    return {
        "group": row_of(name).group,
        **{metric: each and each._asdict() for metric, each in found.items()},
        "threshold": result.threshold,
        "train_s": round(result.train_s, 3),
        "latency_ms": None if result.latency_ms is None else round(result.latency_ms, 4),
        "timed": result.timed,
        "parameters": result.parameters,
        **result.notes,
    }


def compare(results: Mapping[str, Result], n_users: int) -> dict[tuple[str, str], Estimate]:
    """Return AUC of a row minus that of the one it stands beside, with a paired interval, where both ran."""
    found = {}
    for name, result in results.items():
        other = row_of(name).beside
        if other is None or other not in results:
            continue
        first, second = result.values["auc"], results[other].values["auc"]
        if first is not None and second is not None:
            draws: Floats = result.draws["auc"] - results[other].draws["auc"]
            made = estimate(first - second, draws, n_users)
            assert made is not None  # noqa: S101 - of a value
            found[name, other] = made
    return found


def show(
    rows: Mapping[str, Mapping[str, Any]],
    differences: Differences,
    title: str,
    note: str,
    *,
    wide: bool = False,
) -> None:
    """Print all systems with 95 % intervals over users, differences, and a note; if `wide`, costs too."""
    console = tables_console(wide=wide)
    grid = Table(title=title, title_justify="left", box=None, pad_edge=False)
    grid.add_column("group")
    grid.add_column("system", overflow="fold")
    for heading in (
        *_HEADINGS.values(),
        "train s",
        "ms a row",
        *(("parameters", "threshold") if wide else ()),
    ):
        grid.add_column(heading, justify="right", no_wrap=True)
    for name, each in rows.items():
        count = each["parameters"]
        more = ("–" if count is None else f"{count:,}", f"{each['threshold']:.3g}") if wide else ()
        cells = [_cell(each[metric]) for metric in _HEADINGS]
        grid.add_row(
            each["group"],
            Text(name),
            *cells,
            f"{each['train_s']:.2f}",
            _milliseconds(each["latency_ms"]),
            *more,
        )
    console.print(grid)
    if not wide:
        console.print(MORE, style="dim", highlight=False)
    for (name, other), made in differences.items():
        said = f"{name} − {other}: AUC {made.mean:+.4f} (95 % {made.low:+.4f} to {made.high:+.4f})"
        console.print(said, highlight=False, markup=False, soft_wrap=True)
    for said in slower(rows):
        console.print(said, highlight=False, markup=False, soft_wrap=True)
    console.print(note, highlight=False, markup=False, soft_wrap=True)


def slower(rows: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield how long a row of each language model takes beside the models of ids, if both were timed."""
    times = [each["latency_ms"] for each in rows.values() if each["group"] == _BY_IDS and each["latency_ms"]]
    for name, each in rows.items():
        if each["group"] in _ASKED and each["latency_ms"] and times:
            beside = median(times)
            ratio = each["latency_ms"] / beside
            among = f"({beside:.3f}, median of {len(times)})"
            yield f"{name}: {ratio:,.0f} times the ms a row of group {_BY_IDS} {among}"


def _milliseconds(found: float | None) -> str:
    return "–" if found is None else f"{found:.3f}"


def _cell(each: Mapping[str, float] | None) -> str:
    if each is None or np.isnan(each["low"]):
        return "–"
    return f"{each['mean']:.4f}\n{each['low']:.4f}–{each['high']:.4f}"
