"""`python -m bench.faults`: damage the files of a catalogue on purpose and count what becomes of it."""

from __future__ import annotations

import importlib
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from agent.terminal import run_app
from bench.faults import asked, flips, kills
from bench.faults.child import Came, forked
from bench.faults.flips import DEFECTS, Outcome
from kg.errors import DataError

app = typer.Typer(add_completion=False, rich_markup_mode=None)
_FIRST = 300.0  # seconds in which a catalogue is built
Counts = dict[str, Counter[Outcome]]


@app.command()
def main(
    catalogue: Annotated[str, typer.Option(help="the catalogue whose files are damaged")] = "builtin",
    data: Annotated[Path | None, typer.Option(help="the folder that holds raw sources")] = None,
    of_home: Annotated[
        Path | None, typer.Option("--home", help="a home that has it, which is copied; else it is built")
    ] = None,
    embedder: Annotated[
        str | None, typer.Option(help="static, lsa …; lsa is kept beside the catalogue")
    ] = None,
    bits: Annotated[int, typer.Option("--flips", min=0, help="bits that are turned over")] = 500,
    number_of_kills: Annotated[int, typer.Option("--kills", min=0, help="commands that are killed")] = 100,
    seed: Annotated[int, typer.Option(help="the same seed turns over the same bits")] = 1,
    seconds: Annotated[float, typer.Option(help="what takes longer hangs")] = 60.0,
    verbose: Annotated[bool, typer.Option("--verbose", help="print every defect")] = False,
) -> None:
    """Turn over bits of a catalogue's files and ask six requests after each; kill commands that write.

    Examples:

      python -m bench.faults

      python -m bench.faults --catalogue ml-100k --data DIR --kills 0

      python -m bench.faults --flips 0 --kills 100
    """
    counts: Counts = {}
    told = _Defects(verbose)
    if bits:
        _flipped(counts, told, (catalogue, data, embedder, of_home), bits, seed, seconds)
    if number_of_kills:
        _killed(counts, told, number_of_kills, seed)
    Console(width=None if sys.stdout.isatty() else 110).print(table(counts))
    if any(each[defect] for each in counts.values() for defect in DEFECTS):
        sys.exit(1)


class _Defects:
    """Says every defect as it comes, if it is to."""

    def __init__(self, verbose: bool):
        self._verbose = verbose

    def say(self, what: str, outcome: Outcome, came: Came) -> None:
        if self._verbose and outcome in DEFECTS:
            last = (came.error or came.said).strip().splitlines()[-1:]
            sys.stderr.write(f"{outcome}: {what} {''.join(last)}\n")


def _flipped(
    counts: Counts,
    told: _Defects,
    what: tuple[str, Path | None, str | None, Path | None],
    bits: int,
    seed: int,
    seconds: float,
) -> None:
    """Turn bits over and count what came of it, by part of the folder."""
    catalogue, data, embedder, of_home = what
    with tempfile.TemporaryDirectory(prefix="usher-faults-") as place:
        home = Path(place)
        if of_home is not None:
            shutil.copytree(of_home / "catalogues", home / "catalogues")

        def work() -> Any:
            return asked.answers(home, catalogue, data, embedder)

        folder, expected = _built(home, work)
        found = flips.outcomes(folder, flips.drawn(folder, bits, seed), work, expected, seconds)
        for flip, outcome, came in found:
            counts.setdefault(_part(flip.file), Counter())[outcome] += 1
            told.say(f"{flip.file} byte {flip.byte} bit {flip.bit}", outcome, came)


def _killed(counts: Counts, told: _Defects, number: int, seed: int) -> None:
    """Kill every command in turn and count what the next one finds, by command."""
    with tempfile.TemporaryDirectory(prefix="usher-faults-") as place:
        commands = kills.commands(Path(place))
        for at, command in enumerate(commands):
            _loaded(lambda command=command: command.work(-3))  # type: ignore[misc]
            share = len(range(at, number, len(commands)))
            for outcome, came in kills.outcomes(command, share, seed):
                counts.setdefault(f"kill: {command.name}", Counter())[outcome] += 1
                told.say(command.name, outcome, came)


def _built(home: Path, work: Callable[[], Any]) -> tuple[Path, Any]:
    """Build a catalogue with all that is kept beside it; return its folder and the answers to expect."""
    forked(work, _FIRST)
    expected = _loaded(work)
    (folder,) = (path.parent for path in home.glob("catalogues/[!.]*/manifest.json"))
    for left in home.iterdir():
        if left.name != "catalogues":
            shutil.rmtree(left, ignore_errors=True)
    return folder, expected


def _loaded(work: Callable[[], Any]) -> Any:
    """Return the result of some work, with its modules loaded here for all children to come.

    Raises:
        DataError: it has none.
    """
    came = forked(lambda: [work(), sorted(sys.modules)], _FIRST)
    if came.result is None:
        raise DataError(f"no answer before any fault ({came.error or came.said})", remedy="Look there first.")
    result, loaded = came.result
    for name in loaded:
        with suppress(Exception):
            importlib.import_module(name)
    return result


def _part(file: str) -> str:
    """Return what a file is part of."""
    if "/" in file:
        return file.split("/")[0].partition("-")[0]
    return file.removesuffix(".npy").partition("-")[0] if file.endswith(".npy") else file.partition(".")[0]


def table(counts: Counts) -> Table:
    """Return the outcomes by part of the folder."""
    shown = Table("part", *Outcome, "flips", box=None, pad_edge=False)
    for name in [*sorted(counts), "all"]:
        row: Counter[Outcome] = counts[name] if name in counts else sum(counts.values(), Counter())
        shown.add_row(name, *(str(row[outcome]) for outcome in Outcome), str(row.total()))
    return shown


if __name__ == "__main__":
    run_app(app)
