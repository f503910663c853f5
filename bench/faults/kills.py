"""Commands that are killed while they write: what the next command of a person finds."""

from __future__ import annotations

import csv
import os
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console

from bench.faults.child import Came, forked
from bench.faults.flips import Outcome, judged

_LONGEST = 300.0  # seconds a command may take
_MARGIN = 1.1  # of its time within which a command is killed: some are done by then


class Command(NamedTuple):
    """A command that writes: run for the n-th time it returns what it wrote, always the same."""

    name: str
    work: Callable[[int], Any]


class Typist(Console):
    """A console whose person says some lines and leaves."""

    def __init__(self, *lines: str):
        super().__init__(record=True, width=100)
        self._lines = [*lines, "/quit"]

    def input(self, *_: Any, **__: Any) -> str:
        """Return the next line."""
        return self._lines.pop(0)


def commands(place: Path) -> list[Command]:
    """Return the commands that write, with a home and everything else in `place`."""
    os.environ["USHER_HOME"] = str(place / "home")
    table = place / "wines.csv"
    with table.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("id", "title", "year", "country"))
        rows.writerows((n, f"Wine {n}", 1990 + n % 30, f"Country {n % 7}") for n in range(2000))
    return [
        Command("usher data add", lambda n: _data_add(table)),
        Command("bench.build", lambda n: _build(place / f"built-{n}")),
        Command("bench.run", lambda n: _run(place / "run")),
        Command("a chat turn", lambda n: _chat("who directed Jaws?")),
        Command("/me", lambda n: _chat("/me like Alien (1979)", "/me forget Alien (1979)")),
    ]


def outcomes(command: Command, kills: int, seed: int) -> Iterator[tuple[Outcome, Came]]:
    """Yield what came of the command after each kill of it, at seeded times of its run."""
    forked(lambda: command.work(-2), _LONGEST)  # what is built once is built
    begun = time.monotonic()
    expected = forked(lambda: command.work(-1), _LONGEST).result
    lasts = time.monotonic() - begun
    rng = random.Random(f"{seed} {command.name}")  # noqa: S311
    for n in range(kills):
        forked(lambda n=n: command.work(n), rng.uniform(0, _MARGIN * lasts))  # type: ignore[misc]
        came = forked(lambda n=n: command.work(n), _LONGEST)  # type: ignore[misc]
        yield judged(came, expected), came


def _data_add(table: Path) -> Any:
    from agent.commands import app
    from kg.store import open_catalogue

    app(args=["data", "add", "wines", "--items", str(table)], standalone_mode=False)
    graph = open_catalogue("wines").graph
    return [len(graph.catalogue.items), len(graph.catalogue.edges), graph.catalogue.items[1999].title]


def _build(out: Path) -> Any:
    from bench.build import app

    if not out.exists():
        app(args=["--out", str(out), "--counts", "1"], standalone_mode=False)
    return (out / "queries.jsonl").read_text(encoding="utf-8")


def _run(out: Path) -> Any:
    from bench import jsonl
    from bench.run import app
    from bench.types import Answer

    if (out / "scores.json").exists():
        (out / "answers.jsonl").unlink()
        (out / "scores.json").unlink()
    app(args=["--system", "popularity", "--out", str(out)], standalone_mode=False)
    return [[answer.id, answer.items] for _, answer in jsonl.read(out / "answers.jsonl", Answer)]


def _chat(*lines: str) -> Any:
    from agent.assistant import Assistant
    from agent.chat import run

    console = Typist(*lines)
    run(Assistant(), console, "zoe")
    return console.export_text().splitlines()[-1]
