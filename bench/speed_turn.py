"""`python -m bench.speed_turn --baseline DIR`: a turn beside another checkout's, request by request.

Both answer every request in turn, the order reversed from one request to the next, each in a process and a
home of its own. CPU time is compared, so that what else the machine does counts little. Beside it: the cold
start, memory, and whether the answers are as right as the other's.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from agent.assistant import Assistant
from agent.terminal import run_app
from bench import dataset
from bench.speed_links import drawn_requests
from bench.types import Query

COLD = "films with the same cinematographer as Jaws"
WARMING = " Thank you very much."  # behind a request that only warms up: no text that counts was read before
REPEATED = 4000  # characters of a text that says the same titles again and again
_TRACED = 20  # requests whose memory is traced
_COLD_STARTS = 5
_LINKED = 100  # texts in which names are only linked; as many before them are not counted
_LINKING = {"linking clean names, ms": (0.0, "≤ .65"), "linking, a typo in each, ms": (1.0, "≤ 3 ms")}
AIMS = {"median": "≤ .5", "95 %": "≤ .5", "cold": "≤ .8"}


class Cost(NamedTuple):
    """What a checkout's answers cost and held."""

    cpu: list[float]  # seconds a request
    peaks: list[int]  # bytes a request
    items: list[list[str]]
    repeated: float  # seconds of CPU
    cold: float  # seconds of CPU, median
    links: Mapping[str, float]  # seconds of CPU, median, of texts in which names are only linked


class Answerer:
    """A process that answers with another checkout, or with this one."""

    def __init__(self, process: subprocess.Popen[str]):
        self._process = process
        self._read()

    def ask(self, request: str | Mapping[str, str] | None) -> dict[str, Any]:
        """Return what came of a request; None begins to trace memory, {"link": text} only links names."""
        assert self._process.stdin is not None  # noqa: S101
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None  # noqa: S101
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._process.args!r} ended with {self._process.wait()}")
        return dict(json.loads(line))


def main(
    baseline: Annotated[Path, typer.Option(help="a checkout to measure beside this one")],
    queries: Annotated[Path | None, typer.Option(help="requests; default: the built-in ones")] = None,
    catalogue: Annotated[str, typer.Option(help="what they are about")] = "builtin",
    data: Annotated[Path | None, typer.Option(help="the folder that holds raw sources")] = None,
    rounds: Annotated[
        int, typer.Option(min=1, help="how often all are asked; the last counts, of texts not read before")
    ] = 2,
) -> None:
    """Measure the turns of two checkouts side by side.

    Example:

      python -m bench.speed_turn --baseline ../usher-37cabda --catalogue ml-1m --data DIR --queries FILE
    """
    graph = Assistant(catalogue, data=data).graph
    asked = dataset.read([queries or dataset.BUILTIN], graph)
    titles = [item.title for item in graph.offered][:8]
    repeated = (f"films like {', '.join(titles)} and " * (REPEATED // 40))[:REPEATED]
    texts = {
        what: [each.text for each in drawn_requests(graph, 2 * _LINKED, typos)]
        for what, (typos, _) in _LINKING.items()
    }
    folders = [Path(__file__).parents[1], baseline.resolve()]
    with tempfile.TemporaryDirectory() as place:
        homes = [Path(place) / name for name in ("ours", "theirs")]
        own, theirs = measured(
            list(zip(folders, homes, strict=True)), asked, repeated, rounds, (catalogue, data), texts
        )
    Console(width=None if sys.stdout.isatty() else 110).print(_table(own, theirs, asked))


def measured(
    sides: Sequence[tuple[Path, Path]],
    asked: Sequence[Query],
    repeated: str,
    rounds: int,
    where: tuple[str, Path | None],
    texts: Mapping[str, Sequence[str]],
) -> list[Cost]:
    """Return what each (checkout, home) needs for the same requests, asked in turn.

    In `texts` names are only linked; what the first half of each costs is not counted.
    """
    with _answering(*sides[0], where) as one, _answering(*sides[1], where) as other:
        answerers = (one, other)
        costs: list[list[dict[str, Any]]] = [[], []]
        for left in reversed(range(rounds)):
            costs = [[], []]
            ending = WARMING if left else ""
            for number, query in enumerate(asked):
                for side in (0, 1) if number % 2 else (1, 0):
                    costs[side].append(answerers[side].ask(query.query + ending))
        long = [answerer.ask(repeated)["cpu"] for answerer in answerers]
        links = _linked(answerers, texts)
        for answerer in answerers:
            answerer.ask(None)
        peaks = [[answerer.ask(query.query)["peak"] for query in asked[:_TRACED]] for answerer in answerers]
    cold = _cold_starts(sides)
    return [
        Cost(
            [row["cpu"] for row in costs[side]],
            peaks[side],
            [row["items"] for row in costs[side]],
            long[side],
            cold[side],
            links[side],
        )
        for side in (0, 1)
    ]


def _linked(
    answerers: Sequence[Answerer], texts: Mapping[str, Sequence[str]]
) -> tuple[dict[str, float], ...]:
    """Return for each side the median of what linking the names of the second half of some texts costs."""
    medians: tuple[dict[str, float], ...] = tuple({} for _ in answerers)
    for what, every in texts.items():
        spent: list[list[float]] = [[] for _ in answerers]
        for number, text in enumerate(every):
            for side in (0, 1) if number % 2 else (1, 0):
                spent[side].append(answerers[side].ask({"link": text})["cpu"])
        for found, seconds in zip(medians, spent, strict=True):
            found[what] = statistics.median(seconds[len(seconds) // 2 :])
    return medians


@contextmanager
def _answering(checkout: Path, home: Path, where: tuple[str, Path | None]) -> Iterator[Answerer]:
    catalogue, data = where
    script = str(Path(__file__).with_name("answerer.py"))
    command = [sys.executable, "-P", script, catalogue, str(data.resolve()) if data else ""]
    with subprocess.Popen(  # noqa: S603
        command,
        cwd=checkout,
        env=environment(checkout, home),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Answerer(process)
        finally:
            process.terminate()


def environment(checkout: Path, home: Path) -> dict[str, str]:
    """Return an environment in which modules are compiled once, as for a user."""
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    compiled = str(home / "compiled")
    return {**own, "PYTHONPATH": str(checkout), "USHER_HOME": str(home), "PYTHONPYCACHEPREFIX": compiled}


def _cold_starts(sides: Sequence[tuple[Path, Path]]) -> list[float]:
    """Return the CPU seconds of a question in a fresh process, for each; the first of all is not counted."""
    command = [sys.executable, "-m", "agent", "ask", COLD]
    spent: list[list[float]] = [[], []]
    for number in range(_COLD_STARTS + 1):
        for side, (checkout, home) in enumerate(sides):
            seconds = _cpu_of(command, checkout, environment(checkout, home))
            if number:
                spent[side].append(seconds)
    return [statistics.median(each) for each in spent]


def _cpu_of(command: Sequence[str], folder: Path, environment: dict[str, str]) -> float:
    before = os.times()
    subprocess.run(command, check=True, capture_output=True, cwd=folder, env=environment)  # noqa: S603
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def _table(own: Cost, theirs: Cost, asked: Sequence[Query]) -> Table:
    grid = Table(box=None, pad_edge=False, title=f"{len(asked)} requests, CPU time", title_justify="left")
    for name in ("what", "this checkout", "the other", "ratio", "aim"):
        grid.add_column(name)

    def row(what: str, values: Sequence[float], form: str, aim: str = "") -> None:
        ratio = f"{values[0] / values[1]:.2f}" if values[1] else ""
        grid.add_row(what, *(format(value, form) for value in values), ratio, aim)

    both = (own, theirs)
    row("a turn, median, ms", [1000 * float(np.median(c.cpu)) for c in both], ".1f", AIMS["median"])
    row("a turn, mean, ms", [1000 * float(np.mean(c.cpu)) for c in both], ".1f")
    row("a turn, 95 %, ms", [1000 * float(np.percentile(c.cpu, 95)) for c in both], ".1f", AIMS["95 %"])
    row("a turn, peak of memory, KiB", [float(np.median(c.peaks)) / 1024 for c in both], ",.0f")
    row(f"{REPEATED:,} characters of repeated titles, s", [c.repeated for c in both], ".2f", "≤ .3 s")
    for what, (_, aim) in _LINKING.items():
        row(what, [1000 * c.links[what] for c in both], ".2f", aim)
    row("usher ask, cold, s", [c.cold for c in both], ".2f", AIMS["cold"])
    for what, among in (("precision", 0), ("recall", 1)):
        row(what, [_mean_found(c, asked)[among] for c in both], ".3f", "≥ 1")
    return grid


def _mean_found(cost: Cost, asked: Sequence[Query]) -> tuple[float, float]:
    """Return mean precision and recall of what was shown."""
    pairs = [(set(shown), set(query.ground_truth)) for shown, query in zip(cost.items, asked, strict=True)]
    precision = [len(shown & truth) / len(shown) if shown else 0.0 for shown, truth in pairs]
    recall = [len(shown & truth) / len(truth) if truth else 0.0 for shown, truth in pairs]
    return statistics.fmean(precision), statistics.fmean(recall)


app = typer.Typer(add_completion=False, rich_markup_mode=None)
app.command()(main)


if __name__ == "__main__":
    run_app(app)
