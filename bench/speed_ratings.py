"""`python -m bench.speed_ratings`: what files as large as MovieLens 32M cost, step by step.

Generated files (`bench.generated_ratings`) are added, taste and the index of themes are built, and requests
are answered, each step in a fresh process, so that seconds and peak memory are its own. A home of its own is
used, so that every step begins with nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from agent.assistant import Assistant
from agent.opening import open_taste, open_text_index, open_texts
from agent.terminal import run_app
from bench.generated import GENRES
from kg.errors import DataError
from kg.store import open_catalogue

app = typer.Typer(add_completion=False, rich_markup_mode=None)
CATALOGUE = "ml-32m"
LATER = {"taste": "taste", "words": "words of texts", "themes": "index of themes", "answers": "30 answers"}
AIMS = {"data add": "≤ 360 s, 4,096 MiB", "taste": "≤ 360 s", "index of themes": "≤ 120 s"}
GENERATE = ("-m", "bench.generated_ratings")
_EACH = 10  # requests of a kind
_THEMES = (
    *("a lighthouse", "chess", "robots", "ghosts", "an island"),
    *("an orchestra", "a detective", "revenge", "a village", "a school"),
)


# A process holds at most what whoever started it held, as the kernel counts: so something small starts it.
_LAUNCH = """
import json, os, subprocess, sys, time
begun = time.perf_counter()
process = subprocess.Popen(sys.argv[2:])
_, status, used = os.wait4(process.pid, 0)
told = [time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]
with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump(told, file)
sys.exit(os.waitstatus_to_exitcode(status))
"""


class Cost(NamedTuple):
    """What a step took: seconds by the clock and of processors, and MiB at most."""

    wall: float
    cpu: float
    peak: float


@app.command()
def main(
    share: Annotated[
        float, typer.Option(help="of people, ratings and tags; all films stay", min=0.001)
    ] = 1.0,
    folder: Annotated[
        Path | None,
        typer.Option(help="where to make files; default: the system's temporary folder"),
    ] = None,
) -> None:
    """Make the files, add them, and print what every step costs.

    The whole takes 1 GiB for the files and 4 GiB of disk for what is made of them.

    Example:

      python -m bench.speed_ratings --share 0.05
    """
    with tempfile.TemporaryDirectory(dir=folder) as place:
        found, answers = _measured(Path(place), share)
    console = Console(width=None if sys.stdout.isatty() else 110)
    console.print(table(found))
    every = [each for of_kind in answers.values() for each in of_kind]
    for kind, each in (*answers.items(), ("all answers", every)):
        console.print(f"{kind}: median {np.median(each):.1f} ms, slowest {max(each):.1f} ms")
    console.print("aim: all answers, median ≤ 30 ms")


def _measured(place: Path, share: float) -> tuple[dict[str, Cost], dict[str, list[float]]]:
    environment = {**os.environ, "USHER_HOME": str(place / "home")}
    made = place / CATALOGUE
    python = [sys.executable, "-m"]
    steps = {
        "files": [sys.executable, *GENERATE, "--out", str(made), "--share", str(share)],
        "data add": [
            *python,
            "usher",
            "data",
            "add",
            CATALOGUE,
            "--from",
            str(place),
            "--references",
            "none",
        ],
    }
    for step, said in LATER.items():
        steps[said] = [sys.executable, "-c", f"from bench import speed_ratings; speed_ratings.do({step!r})"]
    found, told = {}, ""
    for name, command in steps.items():
        found[name], told = cost(command, environment)
    return found, json.loads(told)


def cost(command: Sequence[str], environment: Mapping[str, str]) -> tuple[Cost, str]:
    """Return what a command costs and what it prints.

    Raises:
        DataError: it failed.
    """
    with tempfile.NamedTemporaryFile() as used:
        launched = [sys.executable, "-S", "-c", _LAUNCH, used.name, *command]
        process = subprocess.run(launched, env=dict(environment), stdout=subprocess.PIPE, text=True)  # noqa: S603
        if process.returncode:
            raise DataError(
                f"{' '.join(command)!r} ended with {process.returncode}", remedy="It says why above."
            )
        return Cost(*json.loads(Path(used.name).read_text(encoding="utf-8"))), process.stdout


def do(step: str) -> None:
    """Do one step on the catalogue that was added; of answers, print the milliseconds of each, by kind."""
    if step == "answers":
        json.dump(_answers(), sys.stdout)
        return
    opened = open_catalogue(CATALOGUE)
    if step == "taste":
        _ = open_taste(opened).successors
    elif step == "words":
        open_texts(opened)
    else:
        open_text_index(opened, None)


def _answers() -> dict[str, list[float]]:
    """Return the milliseconds of each answer, by the kind of its request."""
    usher = Assistant(CATALOGUE)
    items = usher.graph.catalogue.items
    known = [items[at].title for at in np.argsort(usher.graph.catalogue.index.ranks)[:_EACH].tolist()]
    asked = {
        "a genre and a year": [f"{genre} films from {1990 + n}" for n, genre in enumerate(GENRES[:_EACH])],
        "a theme": [f"a film about {theme}" for theme in _THEMES],
        "like a film": [f"films like {title}" for title in known],
    }
    for texts in asked.values():  # what is read from disk once is read
        usher.ask(f"{texts[0]}, please")
    return {kind: [_spent(usher, text) for text in texts] for kind, texts in asked.items()}


def _spent(usher: Assistant, text: str) -> float:
    begun = time.perf_counter()
    usher.ask(text)
    return 1000 * (time.perf_counter() - begun)


def table(found: Mapping[str, Cost]) -> Table:
    """Return a row a step."""
    grid = Table(box=None, pad_edge=False, title="One run on this machine", title_justify="left")
    for name in ("step", "seconds", "of processors", "peak, MiB", "aim"):
        grid.add_column(name, justify="left" if name in ("step", "aim") else "right")
    for name, each in found.items():
        grid.add_row(name, f"{each.wall:,.1f}", f"{each.cpu:,.1f}", f"{each.peak:,.0f}", AIMS.get(name, ""))
    return grid


if __name__ == "__main__":
    run_app(app)
