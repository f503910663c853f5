"""What every form of the report shows: one section a type, a line a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from bench import accounts
from bench.metrics.paired import Difference, clusters, difference
from bench.metrics.stats import Estimate
from bench.reports.runs import Run, Runs
from bench.score import METRICS
from bench.types import Answer

HEADINGS = {
    "precision": "Precision",
    "recall": "Recall",
    "cmr": "CMR",
    "cmr_answered": "CMR ans.",
    "cmr_pooled": "CMR pool.",
    "ftr": "FTR",
    "refused": "Refused",
    "silent": "Silent",
    "out_of_catalogue": "Outside",
    "unknown": "Unknown",
    "correction": "Corrected",
    "false_alarm": "False alarms",
    "ndcg": "nDCG",
    "mrr": "MRR",
    "choice": "20-way",
}
MEANINGS = {
    "precision": "recommended items that are true / recommended",
    "recall": "true items that were recommended / true",
    "cmr": "condition match rate: recommended items that provably meet every condition / recommended; 0 where"
    " nothing was recommended",
    "cmr_answered": "the same over answered requests only",
    "cmr_pooled": "the same over all recommended items of all requests together",
    "ndcg": "discounted gain of the first ten / the best there could be",
    "mrr": "1 / rank of the first true item",
    "choice": "the true one of 20 offered items is what the answer names first among them",
    "ftr": "failure to recommend: requests that got no item at all (lower is better)",
    "refused": "misinformed requests that got no item, and their false claim put right",
    "silent": "misinformed requests that got neither an item nor their claim put right (lower is better)",
    "out_of_catalogue": "recommended titles that are not in the catalogue (lower is better)",
    "unknown": "recommended items of which the graph does not know what was asked (lower is better)",
    "correction": "misinformed requests whose false claim was named and put right",
    "false_alarm": "requests without a false claim that got a correction (lower is better)",
}
COMPARED = ("precision", "recall", "cmr", "correction")
_CHANGED = "scored again, the table differs from the run's own scores.json; the metrics changed since."
_DIRTY = "made by a checkout with changes that were not committed."


class Line(NamedTuple):
    """A row: a run's estimates as metric -> value."""

    name: str
    n: int
    errors: int
    cells: Mapping[str, Estimate | None]


class Section(NamedTuple):
    """A type of query, or with `conditions` a number of conditions within it."""

    type: str
    conditions: int | None
    lines: Sequence[Line]


class Cost(NamedTuple):
    """What a run spent: latency in milliseconds, model calls, steps and tokens a query."""

    name: str
    answered: int
    errors: int
    p50: float
    p95: float
    slowest: float
    calls: float
    steps: float
    tokens: float


def heading(metric: str) -> str:
    """Return what a column is called."""
    return HEADINGS.get(metric, metric.replace("_", " "))


def sections(runs: Runs) -> list[Section]:
    """Return the sections in the order of `bench.types.TYPES`, each followed by its numbers of conditions."""
    keys = [(row.type, row.n_conditions) for row in runs.runs[0].rows]
    return [Section(kind, count, _lines(runs, kind, count)) for kind, count in keys]


def shown(section: Section) -> list[str]:
    """Return the metrics that apply to any line of a section, in the scorer's order."""
    applies = {name for line in section.lines for name, cell in line.cells.items() if cell is not None}
    return [*(name for name in METRICS if name in applies)]


def costs(runs: Runs) -> list[Cost]:
    """Return what every run spent; queries that crashed count."""
    return [_cost(run) for run in runs.runs]


def differences(runs: Runs) -> list[tuple[str, str, dict[str, Difference]]]:
    """Return (run, type, metric -> run - first run) for every run but the first, paired by query.

    Whole clusters of queries about one entity are resampled.
    """
    together = clusters(runs.queries)
    kinds = list(dict.fromkeys(row.type for row in runs.runs[0].rows))
    found = []
    for kind in kinds:
        ids = [query.id for query in runs.queries if query.type == kind]
        for run in runs.runs[1:]:
            by_metric = {name: _difference(run, runs.runs[0], ids, name, together) for name in COMPARED}
            found.append((run.label, kind, {name: each for name, each in by_metric.items() if each}))
    return found


def number(value: float) -> str:
    """Return a score as it is printed: .714, 1.000."""
    text = f"{value:.3f}"
    return text[1:] if text.startswith("0") else text.replace("-0", "-", 1)


def interval(cell: Estimate) -> str:
    """Return the 95 % interval as it is printed."""
    return f"{number(cell.low)}–{number(cell.high)}"


def settings(run: Run) -> dict[str, str]:
    """Return what a run was, as words: heading -> value."""
    what = run.what
    said = {
        "system": what.get("system") or f"agent, ablation {what.get('ablation')}",
        "model": what.get("model"),
        "tools": what.get("ablation") or what.get("tools"),
        "items": f"first {what['k']}" if what.get("k") else "all",
        "history shown": "yes" if run.history else "no",
        "catalogue": what.get("catalogue"),
        "queries": ", ".join(f"{name} {key}" for name, key in what["queries"]),
        "commit": what.get("commit"),
        "prompts": ", ".join(f"{name} {key}" for name, key in (what.get("prompts") or {}).items()),
        **accounts.said(run.usage),
        "last started": run.times.get("last_started"),
        "folder": run.folder.resolve().name,
    }
    return {name: str(value) for name, value in said.items() if value not in (None, "")}


def notes(runs: Runs) -> list[str]:
    """Return what a reader must know of these runs before quoting them."""
    found: dict[str, list[str]] = {}
    for run in runs.runs:
        missing = len(runs.queries) - len(run.answers)
        if missing:
            said = f"{missing:,} of {len(runs.queries):,} queries have no answer yet and score 0."
            found.setdefault(said, []).append(run.label)
        if instead := fallbacks(run.answers.values()):
            found.setdefault(instead, []).append(run.label)
        if cut := cut_replies(run.answers.values()):
            found.setdefault(cut, []).append(run.label)
        if run.stored is False:
            found.setdefault(_CHANGED, []).append(run.label)
        if str(run.what.get("commit", "")).endswith("-dirty"):
            found.setdefault(_DIRTY, []).append(run.label)
    return [f"{'; '.join(labels)}: {said}" for said, labels in found.items()]


def fallbacks(answers: Collection[Answer]) -> str:
    """Return a sentence on the answers that the built-in model gave for a language model that failed."""
    whys = Counter(answer.fallback for answer in answers if answer.fallback)
    if not whys:
        return ""
    counts = ", ".join(f"{why} {n:,}" for why, n in sorted(whys.items()))
    return (
        f"{whys.total():,} of {len(answers):,} answers are the built-in model's, in the place of a language"
        f" model that failed: {counts}."
    )


def cut_replies(answers: Collection[Answer]) -> str:
    """Return a sentence on the replies of a language model alone that its limit of tokens ended."""
    cut = sum(answer.finish_reason == "length" for answer in answers)
    return f"{cut:,} of {len(answers):,} replies were cut at the limit of tokens." if cut else ""


def _lines(runs: Runs, kind: str, count: int | None) -> list[Line]:
    lines = []
    for run in runs.runs:
        for row in run.rows:
            if (row.type, row.n_conditions) == (kind, count):
                lines.append(Line(run.label, row.n, row.errors, row.metrics))
    return lines


def _cost(run: Run) -> Cost:
    answers = list(run.answers.values())
    spent = [answer.latency_ms for answer in answers] or [0.0]
    p50, p95 = np.percentile(spent, (50, 95))
    n = max(len(answers), 1)
    return Cost(
        run.label,
        len(answers),
        sum(answer.error is not None for answer in answers),
        float(p50),
        float(p95),
        max(spent),
        sum(answer.calls for answer in answers) / n,
        sum(answer.steps for answer in answers) / n,
        sum(answer.tokens for answer in answers) / n,
    )


def _difference(
    run: Run, first: Run, ids: Sequence[str], metric: str, together: Mapping[str, str]
) -> Difference | None:
    mine = {key: run.values[key][metric] for key in ids if metric in run.values[key]}
    others = {key: first.values[key][metric] for key in mine}
    return difference(mine, others, {key: together[key] for key in mine}) if mine else None
