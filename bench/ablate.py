"""`python -m bench.ablate`: the same queries with parts of the assistant switched off, beside the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from agent.assistant import Assistant
from agent.terminal import run_app
from bench import dataset, execute
from bench.metrics.paired import Difference, clusters, difference
from bench.report import progress
from bench.reports import tables
from bench.score import judge
from bench.systems.assistant import AgentSystem
from bench.systems.fitting import training_users
from bench.types import TYPES, VERSION, Query
from kg.errors import UsageError
from kg.folders import file_hash
from kg.store import open_catalogue
from tools.toolsets import TOOLSETS

app = typer.Typer(add_completion=False, rich_markup_mode=None)
NO_GUARD = "no-guard"
ROWS = (*TOOLSETS, NO_GUARD)
SHOWN = ("precision", "recall", "cmr", "correction")
TITLE = "What each part is worth: difference to full [95 % interval]; in brackets where 0 is inside it"
Values = Mapping[str, Mapping[str, float]]  # query id -> metric -> value


@app.command()
def main(
    queries: Annotated[
        list[Path] | None, typer.Option(help="query files; default: the built-in ones")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="the folder for one run a row; default: one below runs/")
    ] = None,
    catalogue: Annotated[str, typer.Option(help="a catalogue, such as ml-1m")] = "builtin",
    data: Annotated[Path | None, typer.Option(help="the folder that holds raw sources")] = None,
    tools: Annotated[
        str | None, typer.Option(help="rows, separated by commas: toolsets or no-guard; default: all")
    ] = None,
    model: Annotated[str, typer.Option(help="builtin, or openai:NAME")] = "builtin",
    limit: Annotated[int | None, typer.Option(min=1, help="only the first N queries")] = None,
) -> None:
    """Run the assistant once a row and print what each row loses against the whole, with 95 % intervals.

    The same command again goes on where it stopped.

    Example:

      python -m bench.ablate --catalogue ml-1m --data DIR --queries movie.jsonl
    --tools full,no-verify,no-hops,none --out ablation
    """
    rows = [name.strip() for name in tools.split(",")] if tools else ROWS
    chosen = list(dict.fromkeys(["full", *rows]))
    for name in chosen:
        if name not in ROWS:
            raise UsageError.unknown("row", name, ROWS)
    paths = queries or [dataset.BUILTIN]
    folder = out or Path("runs") / f"ablation-{catalogue}-{paths[0].stem}"
    values = {name: _run(name, paths, folder / name, catalogue, data, model, limit) for name in chosen}
    asked = _read(paths, catalogue, data, limit)
    Console(width=150).print(table(asked, values))


def table(
    asked: Sequence[Query],
    values: Mapping[str, Values],
    *,
    base: str = "full",
    title: str = TITLE,
    shown: Sequence[str] = SHOWN,
) -> Table:
    """Return a line a row and type: every metric, with its paired difference to the row `base`."""
    grid = Table(title=title, title_justify="left", box=None)
    for heading in ("type", "row", "n", *shown):
        grid.add_column(heading, justify="left" if heading in ("type", "row") else "right")
    together = clusters(asked)
    for kind in TYPES:
        ids = [query.id for query in asked if query.type == kind]
        for place, (name, found) in enumerate(values.items() if ids else ()):
            cells = [Text(_cell(metric, ids, found, values[base], together)) for metric in shown]
            grid.add_row("" if place else kind, name, str(len(ids)), *cells)
    return grid


def _cell(metric: str, ids: Sequence[str], found: Values, whole: Values, together: Mapping[str, str]) -> str:
    mine = {key: found[key][metric] for key in ids if metric in found[key]}
    if not mine:
        return "–"
    mean = tables.number(sum(mine.values()) / len(mine))
    if found is whole:
        return mean
    full = {key: whole[key][metric] for key in mine}
    return f"{mean} {_difference(difference(mine, full, {key: together[key] for key in mine}))}"


def _difference(found: Difference | None) -> str:
    if found is None or (found.mean == found.low == found.high == 0):
        return "="
    mean, low, high = (f"{value:+.3f}".replace("0.", ".", 1) for value in (found.mean, found.low, found.high))
    return f"{mean} [{low}, {high}]" if found.decided else f"({mean} [{low}, {high}])"


def _run(
    name: str,
    queries: Sequence[Path],
    folder: Path,
    catalogue: str,
    data: Path | None,
    model: str,
    limit: int | None,
) -> dict[str, dict[str, float]]:
    tools = "full" if name == NO_GUARD else name
    users = training_users(queries, (), open_catalogue(catalogue, data).graph.catalogue)
    assistant = Assistant(catalogue, data=data, tools=tools, model=model, users=users)
    assistant.guarded = name != NO_GUARD
    asked = dataset.read(list(queries), assistant.graph)[:limit]
    identity = {
        "benchmark": VERSION,
        "ablation": name,
        "catalogue": assistant.opened.folder.name,
        "model": model,
        "queries": [[path.name, file_hash(path)[:16]] for path in queries],
        "n_queries": len(asked),
    }
    done = execute.open_run(folder, identity, asked)
    system = AgentSystem(assistant)
    system.prepare()
    with progress(name, len(asked), already=len(done)) as tick:
        given = execute.run(folder, system, asked, done, None, tick)
    by_id = {answer.id: answer for answer in given}
    return {query.id: judge(query, by_id[query.id], assistant.graph) for query in asked}


def _read(queries: Sequence[Path], catalogue: str, data: Path | None, limit: int | None) -> list[Query]:
    return dataset.read(list(queries), Assistant(catalogue, data=data).graph)[:limit]


if __name__ == "__main__":
    run_app(app)
