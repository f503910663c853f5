"""What the paper reports: every row of tables 2 to 6 of arXiv 2503.09382, from `reported.tsv`.

Measured by its authors on their own queries, with what the source user chose as truth. These figures are a
panel of their own in every report (`bench.reports.panel`), never a row of our tables.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

SOURCE = "arXiv 2503.09382"
METRICS = ("precision", "recall", "cmr", "ftr")
AVERAGE = "average"
FILE = Path(__file__).with_name("reported.tsv")
_ROUNDED = 0.0011  # three decimals in the average, three in each of its parts


class Reported(NamedTuple):
    """A model's figures of one type, as printed: metric -> value where the paper has it.

    `k` is how many titles the model was asked for, None where it was not told. `tuning` is "" for a model as
    it came. `doubtful` are metrics whose value does not fit the average that the same line prints.
    """

    section: str
    table: int
    domain: str
    model: str
    tuning: str
    k: int | None
    type: str
    values: Mapping[str, float]
    doubtful: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The model, with how it was tuned."""
        return f"{self.model} {self.tuning}".strip()


def rows() -> Sequence[Reported]:
    """Return every row in the paper's order, the averages it prints included, misprints marked."""
    return _marked()


def reported(domain: str, kind: str, k: int | None = None) -> list[Reported]:
    """Return what the paper reports for a type of query, in its order; empty where it has nothing.

    For runs of as many titles as its table 3 asks for (`k`), that table alone, where it has the type.
    """
    of_type = [row for row in rows() if (row.domain, row.type) == (domain, kind)]
    asked = [row for row in of_type if row.k == k] if k is not None else []
    return asked or [row for row in of_type if row.k is None]


def spans(listed: Sequence[Reported]) -> dict[str, tuple[float, float]]:
    """Return the lowest and the highest value by metric, without doubtful ones."""
    found = {}
    for metric in METRICS:
        values = [row.values[metric] for row in listed if metric in row.values and metric not in row.doubtful]
        if values:
            found[metric] = min(values), max(values)
    return found


@cache
def _marked() -> tuple[Reported, ...]:
    with FILE.open(encoding="utf-8", newline="") as stream:
        listed = [_row(line) for line in csv.DictReader(stream, delimiter="\t")]
    lines = groupby(listed, key=lambda row: (row.table, row.domain, row.name))
    return tuple(row for _, line in lines for row in _checked(list(line)))


def _row(line: Mapping[str, str]) -> Reported:
    def said(name: str) -> str:
        return "" if line[name] == "-" else line[name]

    values = {metric: float(line[metric]) for metric in METRICS if said(metric)}
    k = int(line["k"]) if said("k") else None
    return Reported(
        line["section"],
        int(line["table"]),
        line["domain"],
        line["model"],
        said("tuning"),
        k,
        line["type"],
        values,
    )


def _checked(line: Sequence[Reported]) -> list[Reported]:
    """Mark what does not fit: the average alone if no metric of it does, else every value it is made of."""
    average = next((row for row in line if row.type == AVERAGE), None)
    if average is None:
        return list(line)
    parts = [row for row in line if row is not average]
    wrong = frozenset(
        metric
        for metric, value in average.values.items()
        if abs(value - fmean(part.values[metric] for part in parts)) > _ROUNDED
    )
    of_parts = frozenset[str]() if wrong == average.values.keys() else wrong
    return [row._replace(doubtful=wrong if row is average else of_parts) for row in line]
