"""`python -m bench.speed_serve --baseline DIR`: conversations over HTTP, beside another checkout, in one run.

Both are served on the built-in catalogue, each from a home of its own, and asked in turn, in rounds; this
process holds the connections. Over each come conversations of three turns, one after the other. What was
answered under load is compared with what an assistant that nobody else asks answers to the same messages of
the same person. Seconds depend on the machine: read the ratios.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Annotated, NamedTuple

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from agent.assistant import Assistant
from agent.conversation import Said, answer_last
from agent.people import People
from agent.person import chosen
from agent.terminal import run_app
from bench.http_connection import Connection, Talk, hold
from kg.graph import KnowledgeGraph
from kg.types import Item

SECOND = (
    *("only from the 90s", "older", "something newer", "only comedies", "no dramas please", "more"),
    *("only from before 1980", "not the first one", "any thrillers among them?"),
)
THIRD = (
    *(
        "who directed the first one?",
        "more by that director",
        "is the first one long?",
        "why?",
        "another one",
    ),
    *("something for me", "who is in the second one?", "only from after 1960", "thanks"),
)
PEOPLE = 8  # each likes other films
AIMS = {"requests a second": "≥ 4", "p95, ms": "≤ 0.25"}
_CHAT = "/v1/chat/completions"
WARM_UP = 8.0  # seconds of load before it is measured: what is made at first use is made
_PATIENCE = 300.0  # seconds for a server to come up, or to answer


@dataclass
class Load:
    """What came of some seconds of load: latencies in seconds, errors, answers by (person, messages)."""

    seconds: float = 0.0
    cpu: float = 0.0  # seconds of the server and its workers
    client: float = 0.0  # seconds of the process that asks
    latencies: list[float] = field(default_factory=list)
    errors: int = 0
    answers: dict[tuple[str, tuple[str, ...]], list[str]] = field(default_factory=dict)

    def add(self, other: Load) -> None:
        """Take in another load."""
        self.seconds += other.seconds
        self.cpu += other.cpu
        self.client += other.client
        self.latencies += other.latencies
        self.errors += other.errors
        self.answers |= other.answers


def main(
    baseline: Annotated[Path, typer.Option(help="a checkout to measure beside this one")],
    connections: Annotated[int, typer.Option(min=1, help="connections at once")] = 64,
    seconds: Annotated[float, typer.Option(min=1, help="of load for each of the two")] = 30,
    rounds: Annotated[int, typer.Option(min=1, help="how often the two take turns")] = 2,
    workers: Annotated[int, typer.Option(min=1, help="worker processes of this checkout")] = 2,
    checked: Annotated[int, typer.Option(min=0, help="answers compared with an assistant alone")] = 400,
) -> None:
    """Measure two checkouts in turn, and say how many answers were somebody else's.

    Example:

      python -m bench.speed_serve --baseline ../usher-37cabda
    """
    here = Path(__file__).parents[1]
    with tempfile.TemporaryDirectory() as place:
        os.environ["USHER_HOME"] = str(Path(place) / "ours")
        usher = Assistant()
        remember(usher.graph)
        own, theirs = Load(), Load()
        with (
            served(here, Path(place) / "ours", "--workers", str(workers)) as ours,
            served(baseline.resolve(), Path(place) / "theirs") as other,
        ):
            for number in range(rounds):
                for server, total in ((other, theirs), (ours, own)):
                    load([server.port], usher.graph, connections, WARM_UP, seed=f"warm {number}")
                    before = server.cpu()
                    part = load([server.port], usher.graph, connections, seconds / rounds, seed=str(number))
                    part.cpu = server.cpu() - before
                    total.add(part)
        wrong = mixed_up(usher, own, checked)
    Console(width=None if sys.stdout.isatty() else 110).print(
        _table(own, theirs, wrong, min(checked, len(own.answers)))
    )
    if own.errors or wrong:
        sys.exit(1)


def load(ports: Sequence[int], graph: KnowledgeGraph, connections: int, seconds: float, seed: str) -> Load:
    """Hold conversations over some connections for some seconds; what was begun is waited for."""
    total, begun = Load(), time.perf_counter()
    end = begun + seconds
    held = [_talk(talks(graph, f"{seed}/{n}"), f"p{n % PEOPLE}", end, total) for n in range(connections)]
    hold(held, ports, _CHAT, _PATIENCE)
    total.seconds = time.perf_counter() - begun
    return total


def talks(graph: KnowledgeGraph, seed: str) -> Iterator[tuple[str, ...]]:
    """Yield conversations of three turns about what a catalogue holds, without end."""
    rng = random.Random(seed)  # noqa: S311 - not for secrets
    films = _films(graph)
    while True:
        item = rng.choice(films)
        labels = {str(name): [each.label for each in held] for name, held in graph.facts(item.id).items()}
        firsts = [f"something like {item.title}"]
        firsts += [f"films directed by {label}" for label in labels.get("director", ())]
        firsts += [f"films with {label}" for label in labels.get("actor", ())]
        yield rng.choice(firsts), rng.choice(SECOND), rng.choice(THIRD)


@lru_cache(maxsize=2)
def _films(graph: KnowledgeGraph) -> Sequence[Item]:
    return [item for item in graph.offered if item.domain != "book"]


def _talk(said: Iterator[tuple[str, ...]], person: str, end: float, total: Load) -> Talk:
    """Yield what somebody asks until the end, and note what came of it."""
    for turns in said:
        messages: list[dict[str, str]] = []
        for number, turn in enumerate(turns, 1):
            if time.perf_counter() > end:
                return
            messages.append({"role": "user", "content": turn})
            begun = time.perf_counter()
            reply = yield {"model": "usher", "user": person, "messages": messages}
            total.latencies.append(time.perf_counter() - begun)
            if reply is None:
                total.errors += 1
                break
            total.answers[person, turns[:number]] = [line["id"] for line in reply["usher"]["items"]]
            messages.append({"role": "assistant", "content": reply["choices"][0]["message"]["content"]})


def mixed_up(usher: Assistant, total: Load, most: int) -> int:
    """Return how many of at most so many answers are not what the same person gets alone."""
    people, wrong = People(usher.graph), 0
    asked = sorted(total.answers)
    for person, turns in random.Random(0).sample(asked, min(most, len(asked))):  # noqa: S311 - not for secrets
        turn = answer_last(usher, [Said("user", each) for each in turns], asker=people.load(person).asker)
        wrong += [line["id"] for line in turn.answer["items"]] != total.answers[person, turns]
    return wrong


def remember(graph: KnowledgeGraph, database: str | None = None) -> None:
    """Let every person like some films of their own."""
    films = [item.id for item in _films(graph)]
    people = People(graph, database=database)
    for number in range(PEOPLE):
        likes = films[number::PEOPLE][:5]
        people.change(f"p{number}", lambda person, likes=likes: chosen(person, graph, likes=likes))  # type: ignore[misc]


class Server(NamedTuple):
    """A server and where it listens."""

    port: int
    pid: int

    def cpu(self) -> float:
        """Return the CPU seconds that it and its workers used so far; 0 where the system has no /proc."""
        return sum(_cpu(each) for each in (self.pid, *_children(self.pid)))


def _children(pid: int) -> list[int]:
    files = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for file in files for child in file.read_text().split()]


def _cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(checkout: Path, home: Path, *options: str) -> Iterator[Server]:
    """Serve a checkout in a process of its own, and yield it once it answers."""
    port = _free_port()
    environment = {**os.environ, "PYTHONPATH": str(checkout), "USHER_HOME": str(home)}
    command = [sys.executable, "-m", "agent", "serve", "--port", str(port), *options]
    with subprocess.Popen(  # noqa: S603
        command, cwd=checkout, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            _wait(port)
            yield Server(port, server.pid)
        finally:
            server.terminate()


def _wait(port: int) -> None:
    end = time.monotonic() + _PATIENCE
    hello = {"messages": [{"role": "user", "content": "something like Jaws"}]}
    while time.monotonic() < end:
        with closing(Connection(port, _CHAT, _PATIENCE)) as connection:
            if connection.post(hello) is not None:
                return
        time.sleep(0.5)
    raise TimeoutError(f"no server came up on port {port}")


def _free_port() -> int:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _table(own: Load, theirs: Load, wrong: int, checked: int) -> Table:
    grid = Table(box=None, pad_edge=False, title="Conversations over HTTP", title_justify="left")
    for name in ("what", "this checkout", "the other", "ratio", "aim"):
        grid.add_column(name)
    for name, ours, other in zip(AIMS, _measures(own), _measures(theirs), strict=True):
        grid.add_row(name, f"{ours:,.1f}", f"{other:,.1f}", _ratio(ours, other), AIMS[name])
    p50 = [float(np.percentile(each.latencies, 50)) * 1000 for each in (own, theirs)]
    grid.add_row("median, ms", f"{p50[0]:,.1f}", f"{p50[1]:,.1f}", _ratio(*p50), "")
    cpu = [1000 * each.cpu / len(each.latencies) for each in (own, theirs)]
    grid.add_row("CPU a request, ms", f"{cpu[0]:,.1f}", f"{cpu[1]:,.1f}", _ratio(*cpu), "")
    grid.add_row("requests", f"{len(own.latencies):,}", f"{len(theirs.latencies):,}", "", "")
    grid.add_row("errors", str(own.errors), str(theirs.errors), "", "0")
    grid.add_row(f"answers of somebody else, of {checked}", str(wrong), "", "", "0")
    return grid


def _ratio(ours: float, other: float) -> str:
    return f"{ours / other:.2f}" if other else ""


def _measures(total: Load) -> Sequence[float]:
    answered = len(total.latencies) - total.errors
    return answered / total.seconds, float(np.percentile(total.latencies, 95)) * 1000


app = typer.Typer(add_completion=False, rich_markup_mode=None)
app.command()(main)


if __name__ == "__main__":
    run_app(app)
