"""`python -m bench.run --task themes`: requests for a theme, a mood or a plot, and what people would name.

A request has judgements (`ground_truth`) and is scored by nDCG and recall; one without is such that nothing
in the catalogue answers it, and is scored by whether that is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict
from rich.table import Table

from bench import execute, jsonl, stamp
from bench.accounts import Accounts
from bench.attempts import Patience
from bench.console import console as tables_console
from bench.metrics.ndcg import ndcg
from bench.metrics.recall import recall
from bench.metrics.stats import bootstrap, wilson
from bench.recbench import Job, Wish
from bench.report import progress
from bench.types import Answer, Query
from kg.errors import DataError, UsageError
from kg.graph import KnowledgeGraph

LISTED = 20  # items of an answer that are looked at
FEW = 3  # items beside which it may still be said that nothing suits
_METRICS = ("nDCG@10", "nDCG@20", "recall@20")


class Request(BaseModel):
    """A line of a file of themes; other fields are notes. No `ground_truth`: nothing here answers it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    query: str
    ground_truth: list[str]
    domain: Literal["movie", "book"] = "movie"
    source: str = ""


def run(wish: Wish, accounts: Accounts, concurrency: int, patience: Patience) -> None:
    """Ask a system for every theme, score its answers, write a run folder and print the table.

    Raises:
        UsageError: no file of themes.
        DataError: a line that is no request, or an item that the catalogue does not have.
    """
    if not wish.queries:
        raise UsageError("--task themes needs requests: --queries FILE, one JSON object a line.")
    job = Themes(replace(wish, k=wish.k or LISTED), accounts)
    identity = {"task": "themes", **job.identity}
    folder = job.folder(identity, "themes-")
    chosen = job.made(accounts.model(job.opened.graph))
    done = execute.open_run(folder, identity, job.queries, fresh=wish.fresh)
    accounts.open(folder, fresh=wish.fresh)
    start, given = datetime.now(UTC), list[Answer]()
    try:
        with progress("Answering", len(job.queries), already=len(done)) as tick:
            asked = (folder, chosen, job.queries, done, job.wish.k, tick)
            given = execute.run(*asked, concurrency=concurrency, patience=patience)
    finally:
        used = accounts.close()
        execute.write_json(folder / execute.MANIFEST, {"what": identity, "times": stamp.times(start), **used})
    accounts.write_replay()
    scores = scored(job.requests[: wish.limit], given)
    execute.write_json(folder / execute.SCORES, scores)
    show(scores, f"{wish.system} on themes of {wish.catalogue}", folder)


class Themes(Job):
    """A job whose queries are requests for themes."""

    def read(self, graph: KnowledgeGraph) -> list[Query]:
        """Return the requests as queries."""
        self.requests = read(self.paths, graph)
        return [
            Query(id=r.id, domain=r.domain, type="interest", query=r.query, ground_truth=r.ground_truth)
            for r in self.requests
        ]


def read(paths: Sequence[Path], graph: KnowledgeGraph) -> list[Request]:
    """Return the requests of some files, in their order.

    Raises:
        DataError: a broken line, an id that occurs twice, an item that the catalogue does not have.
    """
    found: dict[str, Request] = {}
    for path in paths:
        for number, request in jsonl.read(path, Request):
            strange = [item for item in request.ground_truth if item not in graph]
            if request.id in found or strange:
                said = f"{strange[0]!r} is not an item here" if strange else f"{request.id!r} occurs twice"
                remedy = "Choose the catalogue these requests were made for, and give every one its own id."
                raise DataError(said, path=path, line=number, remedy=remedy)
            found[request.id] = request
    return list(found.values())


def is_refused(answer: Answer) -> bool:
    """Tell whether an answer says that nothing suits: no items, or a few beside words it did not use."""
    left_open = bool(answer.unused or answer.unknown)
    return not answer.items or (len(answer.items) <= FEW and left_open)


def scored(requests: Sequence[Request], answers: Sequence[Answer]) -> dict[str, Any]:
    """Return what `scores.json` holds: answerable requests, all and by source, and those nothing answers.

    A crash scores 0 and is no refusal.
    """
    rows = list(zip(requests, answers, strict=True))
    known = [(r, a) for r, a in rows if r.ground_truth]
    none = [(r, a) for r, a in rows if not r.ground_truth]
    sources = sorted({r.source for r, _ in known})
    parts = {source: [(r, a) for r, a in known if r.source == source] for source in sources}
    return {
        "all": _quality(known),
        "source": {name: _quality(part) for name, part in parts.items()} if len(parts) > 1 else {},
        "answerable refused": _rate(known),
        "unanswerable refused": _rate(none),
        "crashes": sum(a.error is not None for _, a in rows),
        "median ms": round(median([a.latency_ms for _, a in rows] or [0.0]), 1),
    }


Rows = Sequence[tuple[Request, Answer]]


def _quality(rows: Rows) -> dict[str, Any]:
    values = {
        "nDCG@10": [ndcg(a.items, r.ground_truth, 10) for r, a in rows],
        "nDCG@20": [ndcg(a.items, r.ground_truth, 20) for r, a in rows],
        "recall@20": [recall(a.items[:20], r.ground_truth) for r, a in rows],
    }
    estimates = {name: bootstrap(each) for name, each in values.items()}
    return {"n": len(rows)} | {name: each._asdict() for name, each in estimates.items() if each}


def _rate(rows: Rows) -> dict[str, Any] | None:
    found = wilson(sum(is_refused(a) and a.error is None for _, a in rows), len(rows))
    return found._asdict() if found else None


def show(scores: dict[str, Any], title: str, folder: Path) -> None:
    """Print the scores with 95 % intervals."""
    console = tables_console(wide=False)
    grid = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for name in ("requests", "n", *_METRICS):
        grid.add_column(name, justify="left" if name == "requests" else "right")
    for name, row in {"answerable": scores["all"], **scores["source"]}.items():
        grid.add_row(name, str(row["n"]), *(_cell(row.get(metric)) for metric in _METRICS))
    console.print(grid)
    for name in ("answerable refused", "unanswerable refused"):
        n = f" of {scores[name]['n']}" if scores[name] else ""
        console.print(f"{name}: {_cell(scores[name]).replace(chr(10), ', ')}{n}", highlight=False)
    told = f"median {scores['median ms']} ms; crashes: {scores['crashes']}; run folder: {folder}"
    console.print(told, highlight=False, soft_wrap=True)


def _cell(estimate: dict[str, float] | None) -> str:
    if estimate is None:
        return "–"
    return f"{estimate['mean']:.3f}\n{estimate['low']:.3f}–{estimate['high']:.3f}"
