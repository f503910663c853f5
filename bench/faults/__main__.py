"""`python -m bench.faults`: damage the files of a catalogue on purpose and count what becomes of it."""

from __future__ import annotations

import importlib
import shutil
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from agent.terminal import run_app
from bench.faults import asked, flips
from bench.faults.child import forked
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
    seed: Annotated[int, typer.Option(help="the same seed turns over the same bits")] = 1,
    seconds: Annotated[float, typer.Option(help="what takes longer hangs")] = 60.0,
    verbose: Annotated[bool, typer.Option("--verbose", help="print every defect")] = False,
) -> None:
    """Turn over bits of a catalogue's files, one at a time, and ask six requests each time.

    Examples:

      python -m bench.faults

      python -m bench.faults --catalogue ml-100k --data DIR --flips 500 --seed 1
    """
    counts: Counts = {}
    with tempfile.TemporaryDirectory(prefix="usher-faults-") as place:
        home = Path(place)
        if of_home is not None:
            shutil.copytree(of_home / "catalogues", home / "catalogues")

        def work() -> Any:
            return asked.answers(home, catalogue, data, embedder)

        folder, expected = _built(home, work)
        for flip, outcome, came in flips.outcomes(
            folder, flips.drawn(folder, bits, seed), work, expected, seconds
        ):
            counts.setdefault(_part(flip.file), Counter())[outcome] += 1
            if verbose and outcome in DEFECTS:
                told = (came.error or came.said).strip().splitlines()[-1:]
                sys.stderr.write(f"{outcome}: {flip.file} byte {flip.byte} bit {flip.bit} {''.join(told)}\n")
    Console(width=None if sys.stdout.isatty() else 110).print(table(counts))
    if any(each[defect] for each in counts.values() for defect in DEFECTS):
        sys.exit(1)


def _built(home: Path, work: Any) -> tuple[Path, Any]:
    """Build a catalogue with all that is kept beside it; return its folder and the answers to expect."""
    forked(work, _FIRST)
    came = forked(lambda: [work(), sorted(sys.modules)], _FIRST)
    if came.result is None:
        raise DataError(
            f"the catalogue does not answer ({came.error or came.said})", remedy="Look there first."
        )
    expected, loaded = came.result
    for name in loaded:  # once, for all children to come
        with suppress(Exception):
            importlib.import_module(name)
    (folder,) = (path.parent for path in home.glob("catalogues/[!.]*/manifest.json"))
    for left in home.iterdir():
        if left.name != "catalogues":
            shutil.rmtree(left, ignore_errors=True)
    return folder, expected


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
