"""`python -m bench.speed_replicas`: conversations over HTTP with one replica and with two, in one run.

Each is `usher serve` on the built-in catalogue, asked by the same load in turn, in rounds; people are on
disk, or in a Postgres database. This process holds the connections and shares the cores. Seconds depend on
the machine: read the ratio, and how busy the machine was beside.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from agent.assistant import Assistant
from agent.options import Database
from agent.terminal import run_app
from bench.speed_serve import WARM_UP, Load, load, remember, served

_NAMES = ("one replica", "two replicas")


def main(
    database: Database = None,
    connections: Annotated[int, typer.Option(min=2, help="connections at once")] = 16,
    seconds: Annotated[float, typer.Option(min=1, help="of load for each of the two")] = 20,
    rounds: Annotated[int, typer.Option(min=1, help="how often the two take turns")] = 2,
) -> None:
    """Measure one replica and two in turn.

    Example:

      python -m bench.speed_replicas --database postgresql://usher:SECRET@127.0.0.1/usher
    """
    here, options = Path(__file__).parents[1], () if database is None else ("--database", database)
    with tempfile.TemporaryDirectory() as place, ExitStack() as running:
        os.environ["USHER_HOME"] = place
        graph = Assistant().graph
        remember(graph, database)
        both = [running.enter_context(served(here, Path(place), *options)) for _ in range(2)]
        totals, busy = (Load(), Load()), list[float]()
        for number in range(rounds):
            for total, asked in zip(totals, (both[:1], both), strict=True):
                ports = [server.port for server in asked]
                load(ports, graph, connections, WARM_UP, seed=f"warm {number}")
                busy.append(os.getloadavg()[0])
                before, own = sum(server.cpu() for server in asked), time.process_time()
                part = load(ports, graph, connections, seconds / rounds, seed=str(number))
                part.cpu = sum(server.cpu() for server in asked) - before
                part.client = time.process_time() - own
                total.add(part)
    Console(width=None if sys.stdout.isatty() else 110).print(_table(totals, busy))
    if any(total.errors for total in totals):
        sys.exit(1)


def _table(totals: tuple[Load, Load], busy: list[float]) -> Table:
    grid = Table(box=None, pad_edge=False, title="Replicas", title_justify="left")
    for name in ("what", *_NAMES, "ratio"):
        grid.add_column(name)
    rates = [(len(total.latencies) - total.errors) / total.seconds for total in totals]
    grid.add_row("requests a second", *(f"{rate:,.1f}" for rate in rates), f"{rates[1] / rates[0]:.2f}")
    cpu = [1000 * total.cpu / len(total.latencies) for total in totals]
    grid.add_row("CPU of replicas a request, ms", *(f"{each:.1f}" for each in cpu), f"{cpu[1] / cpu[0]:.2f}")
    here = [1000 * total.client / len(total.latencies) for total in totals]
    grid.add_row("CPU of this client a request, ms", *(f"{each:.1f}" for each in here), "")
    grid.add_row("requests", *(f"{len(total.latencies):,}" for total in totals), "")
    grid.add_row("errors", *(str(total.errors) for total in totals), "")
    grid.add_row("cores", str(os.cpu_count() or 0), "", "")
    grid.add_row("load average before each", ", ".join(f"{each:.1f}" for each in busy), "", "")
    return grid


app = typer.Typer(add_completion=False, rich_markup_mode=None)
app.command()(main)


if __name__ == "__main__":
    run_app(app)
