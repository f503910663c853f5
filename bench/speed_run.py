"""`python -m bench.speed_run --baseline DIR`: a run in several processes beside another checkout's.

Three runs take turns over the same queries: the other checkout in one process, this one in one, and this one
in `--workers`; the order is reversed from round to round. Of this checkout's runs answers and scores must be
the same. Wall time depends on what else the machine does: read the ratio, and the load beside it.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from agent.terminal import run_app
from bench import dataset, execute
from bench.speed_turn import environment
from bench.systems.fitting import SPLIT
from kg.errors import UsageError

OTHER, ONE, SEVERAL = "other", "one", "several"
_AIM = "≤ .4"


@dataclass(frozen=True, slots=True)
class Runs:
    """What the rounds of one way to run took, in seconds, and the folder of the last."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


def main(
    baseline: Annotated[Path, typer.Option(help="a checkout to measure beside this one")],
    queries: Annotated[Path | None, typer.Option(help="requests; default: the built-in ones")] = None,
    catalogue: Annotated[str, typer.Option(help="what they are about")] = "builtin",
    data: Annotated[Path | None, typer.Option(help="the folder that holds raw sources")] = None,
    sample: Annotated[int | None, typer.Option(min=1, help="so many requests, spread over the file")] = None,
    workers: Annotated[int, typer.Option(min=2, help="processes of this checkout")] = 2,
    rounds: Annotated[int, typer.Option(min=1, help="how often the runs take turns")] = 2,
) -> None:
    """Time whole runs: start of processes, answers, scores and the run folder.

    Catalogues are built before. Exit code 1: several processes answered or scored otherwise than one.

    Example:

      python -m bench.speed_run --baseline ../usher-37cabda --catalogue ml-1m --data DIR --queries FILE
    --sample 2000
    """
    with tempfile.TemporaryDirectory() as place:
        asked = spread(queries or dataset.BUILTIN, sample, Path(place))
        options = ["--catalogue", catalogue, "--queries", str(asked)]
        options += ["--data", str(data.resolve())] if data else []
        found, busy = timed(baseline.resolve(), options, workers, rounds, Path(place))
        differing = differences(Path(place) / ONE, Path(place) / SEVERAL)
        n = len(asked.read_text(encoding="utf-8").splitlines())
    console = Console(width=None if sys.stdout.isatty() else 110)
    console.print(_table(found, busy, n, workers))
    console.print(f"answers and scores of one and {workers} processes: {', '.join(differing) or 'the same'}")
    if differing:
        raise typer.Exit(1)


def spread(queries: Path, sample: int | None, place: Path) -> Path:
    """Return a file with so many queries, evenly spread over those of a file, its split of users beside it.

    Raises:
        UsageError: there is no query in it.
    """
    lines = queries.read_text(encoding="utf-8").splitlines()
    if not lines:
        raise UsageError(f"{queries} has no query.")
    n = min(sample or len(lines), len(lines))
    written = place / "queries.jsonl"
    kept = [lines[at * len(lines) // n] for at in range(n)]
    written.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
    if (queries.parent / SPLIT).is_file():
        shutil.copy(queries.parent / SPLIT, place / SPLIT)
    return written


def timed(
    baseline: Path, options: Sequence[str], workers: int, rounds: int, place: Path
) -> tuple[Mapping[str, Runs], list[float]]:
    """Return what each way to run took, and the machine's load before each run."""
    here = Path(__file__).parents[1]
    ways = {OTHER: (baseline, 1), ONE: (here, 1), SEVERAL: (here, workers)}
    for checkout in (baseline, here):
        _run(checkout, [*options, "--limit", "1"], place / "first", place)
    found = {name: Runs() for name in ways}
    busy = []
    for number in range(rounds):
        for name in list(ways)[:: -1 if number % 2 else 1]:
            checkout, processes = ways[name]
            busy.append(os.getloadavg()[0])
            more = ["--workers", str(processes)] if processes > 1 else []
            wall, cpu = _run(checkout, [*options, *more], place / name, place)
            found[name].wall.append(wall)
            found[name].cpu.append(cpu)
    return found, busy


def differences(one: Path, several: Path) -> list[str]:
    """Return what of two run folders differs; times may."""
    answers = [
        [
            {key: value for key, value in json.loads(line).items() if key != "latency_ms"}
            for line in (folder / execute.ANSWERS).read_text(encoding="utf-8").splitlines()
        ]
        for folder in (one, several)
    ]
    scores = [(folder / execute.SCORES).read_bytes() for folder in (one, several)]
    return [name for name, (a, b) in (("answers", answers), ("scores", scores)) if a != b]


def _run(checkout: Path, options: Sequence[str], out: Path, place: Path) -> tuple[float, float]:
    """Run the benchmark of a checkout and return its seconds, of the wall and of the CPU."""
    command = [sys.executable, "-m", "bench.run", "--system", "agent", *options, "--fresh", "--out", str(out)]
    home = place / f"home-{checkout.name}"
    before, start = os.times(), perf_counter()
    done = subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, cwd=checkout, env=environment(checkout, home), check=False
    )
    wall, after = perf_counter() - start, os.times()
    if done.returncode:
        raise UsageError(f"the run of {checkout} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, spent


def _table(found: Mapping[str, Runs], busy: Sequence[float], n: int, workers: int) -> Table:
    grid = Table(
        box=None, pad_edge=False, title=f"A run of {n:,} requests, seconds, median", title_justify="left"
    )
    heads = ("what", "the other, one process", "this, one process", f"this, {workers} processes")
    for name in (*heads, "ratio", "aim"):
        grid.add_column(name)
    for what, aim in (("wall", _AIM), ("cpu", "")):
        values = [statistics.median(getattr(runs, what)) for runs in found.values()]
        grid.add_row(what, *(f"{each:,.1f}" for each in values), f"{values[-1] / values[0]:.2f}", aim)
    grid.add_row("load average before each", ", ".join(f"{each:.1f}" for each in busy))
    return grid


app = typer.Typer(add_completion=False, rich_markup_mode=None)
app.command()(main)


if __name__ == "__main__":
    run_app(app)
