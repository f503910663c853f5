"""`make bench`: what users wait for, measured in one run. Read the ratios; seconds depend on the machine."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from agent.assistant import Assistant
from agent.terminal import run_app
from bench import dataset, speed_links, speed_text
from kg.sources import SOURCES
from kg.store import open_catalogue

app = typer.Typer(add_completion=False, rich_markup_mode=None)
QUESTION = "films with the same cinematographer as Jaws"
_THANKS = "thanks"  # a turn in which next to nothing is read: what the loop costs by itself
_REPEATS = 7


@app.command()
def main(
    data: Annotated[Path, typer.Option(help="the folder that holds `ml-1m/`; without it ML-1M is left out")],
    queries: Annotated[Path | None, typer.Option(help="requests to time; default: the built-in ones")] = None,
) -> None:
    """Time the cold start, the catalogue build, one answer and linking, and say how much memory it took.

    Example:

      python -m bench.speed --data DIR
    """
    grid = Table(box=None, pad_edge=False, title="One run on this machine", title_justify="left")
    for name in ("what", "measured", "beside it, in the same run", "ratio", "aim"):
        grid.add_column(name, overflow="fold")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["USHER_HOME"] = folder
        _cold_start(grid)
        if (data / "ml-1m").is_dir():
            _build(grid, data)
            assistant = Assistant("ml-1m", data=data)
            _answers(grid, assistant, queries)
            for row in speed_text.rows(assistant.knowledge):
                grid.add_row(*row)
        else:
            _answers(grid, Assistant(), queries)
        for row in speed_links.rows(data):
            grid.add_row(*row)
    Console(width=None if sys.stdout.isatty() else 130).print(grid)


def _cold_start(grid: Table) -> None:
    imports = _command("-c", "import langgraph.graph, langchain_core")
    ask = _command("-m", "agent", "ask", QUESTION)
    _seconds(ask)  # builds the catalogue
    pairs = [(_seconds(imports), _seconds(ask)) for _ in range(_REPEATS)]
    base, spent = (statistics.median(column) for column in zip(*pairs, strict=True))
    label = "importing langgraph.graph and langchain_core"
    grid.add_row("usher ask, cold", f"{spent:.2f} s", f"{base:.2f} s {label}", f"{spent / base:.2f}", "≤ 2")


def _build(grid: Table, data: Path) -> None:
    source = SOURCES["ml-1m"]
    files = source.files(data / "ml-1m")
    read = _timed(lambda: [path.read_bytes().count(b"\n") for path in files])
    spent = _timed(lambda: open_catalogue("ml-1m", data))
    opened = _timed(lambda: open_catalogue("ml-1m", data))
    grid.add_row(
        "building ML-1M + DBpedia, no vectors",
        f"{spent:.2f} s",
        f"{read:.3f} s reading its files",
        f"{spent / read:.0f}",
        "≤ 20 s",
    )
    grid.add_row(
        "opening it again", f"{opened:.3f} s", f"{spent:.2f} s building it", f"{opened / spent:.3f}", ""
    )


def _answers(grid: Table, assistant: Assistant, path: Path | None) -> None:
    name = assistant.graph.catalogue.name
    if path is not None:
        texts = [query.query for query in dataset.read([path], assistant.graph)]
    else:
        texts = [query.query for query in dataset.read([dataset.BUILTIN], Assistant().graph)]
    assistant.ask(texts[0])
    pairs = [[_timed(lambda said=said: assistant.ask(said)) for said in (text, _THANKS)] for text in texts]  # type: ignore[misc]
    times, thanked = 1000 * np.asarray(pairs).T
    link = assistant.tools["link_entities"]
    linking = np.asarray(
        [_timed(lambda text=text: link.call(assistant.knowledge, {"text": text})) for text in texts]  # type: ignore[misc]
    )
    p50, p95 = np.percentile(times, (50, 95))
    linked = float(np.median(linking)) * 1000
    alone = float(np.median(thanked))
    grid.add_row(
        f"one answer on {name}, median of {len(texts)}",
        f"{p50:.1f} ms",
        f"{alone:.1f} ms an answer to “{_THANKS}”",
        f"{p50 / alone:.1f}",
        "≤ 30 ms",
    )
    grid.add_row("linking names in it", f"{linked:.1f} ms", f"{p50:.1f} ms median", f"{linked / p50:.2f}", "")
    grid.add_row(
        f"one answer on {name}, p95", f"{p95:.1f} ms", f"{p50:.1f} ms median", f"{p95 / p50:.1f}", "≤ 150 ms"
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    grid.add_row("peak memory of this process", f"{peak:.0f} MiB", "", "", "")


def _command(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def _seconds(command: list[str]) -> float:
    return _timed(lambda: subprocess.run(command, check=True, capture_output=True))  # noqa: S603


def _timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


if __name__ == "__main__":
    run_app(app)
