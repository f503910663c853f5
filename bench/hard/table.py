"""Scores by what makes a request hard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.table import Table

from bench.metrics import slices
from bench.metrics.stats import Estimate
from bench.types import Query

TITLE = "by what makes requests hard"
COLUMNS = {
    "precision": "Precision",
    "recall": "Recall",
    "ndcg": "nDCG@10",
    "ftr": "FTR",
    "correction": "Corrected",
    "false_alarm": "False al.",
}


def grid(queries: Sequence[Query], values: Mapping[str, Mapping[str, float]]) -> Table | None:
    """Return a row a kind, with 95 % intervals; None if no query is of a kind.

    `values` holds the metrics of every query: id -> metric -> value.
    """
    groups = slices.split(queries, "kind")
    if not groups:
        return None
    table = Table(title=TITLE, title_justify="left", box=None, pad_edge=False)
    table.add_column("kind", no_wrap=True)
    for heading in ("n", *COLUMNS.values()):
        table.add_column(heading, justify="right", no_wrap=True)
    columns = {
        metric: slices.estimates(
            groups, {key: each[metric] for key, each in values.items() if metric in each}
        )
        for metric in COLUMNS
    }
    for kind, listed in groups.items():
        cells = (_cell(found[kind]) for found in columns.values())
        table.add_row(kind, str(len(listed)), *cells)
    return table


def _cell(estimate: Estimate | None) -> str:
    if estimate is None:
        return "–"
    mean, low, high = (f"{value:.3f}".removeprefix("0") for value in estimate[:3])
    return f"{mean}\n{low}–{high}"
