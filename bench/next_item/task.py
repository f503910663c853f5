"""`python -m bench.run --task next-item`: which item did everybody choose next?"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from itertools import islice
from pathlib import Path
from typing import Any

import typer

from bench import execute, stamp
from bench.next_item import elsewhere, table
from bench.next_item.measure import Chosen, Result, Task, choose, measure
from bench.next_item.roster import ALL, ROSTER, row_of
from bench.next_item.split import LEAST, leave_one_out
from bench.optional import MissingLibraryError
from bench.report import progress
from kg import dotted
from kg.documents import documents
from kg.errors import UsageError
from kg.store import Opened

RANKS = "ranks.jsonl"
_LIBRARIES = ("numpy", "scipy", "implicit", "lenskit", "torch", "torch-rechub")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for on the command line.

    `limit` is a number of test users, `answers` a folder of lists made elsewhere (see `elsewhere.read`).
    """

    systems: str
    limit: int | None
    seed: int
    out: Path | None
    fresh: bool
    wide: bool = False
    answers: Path | None = None


def run(opened: Opened, asked: Asked) -> None:
    """Measure systems on a catalogue's histories, write a run folder and print the table.

    Raises:
        UsageError: an unknown system, a library that is missing, or a catalogue without enough histories.
        DataError: the folder holds another run.
    """
    names = _named(asked.systems)
    task, users = task_of(opened, asked)
    catalogue = opened.graph.catalogue
    identity = _identity(opened, asked, names, len(task.test))
    folder = asked.out or Path("runs") / f"next-item-{catalogue.name}-{stamp.short(identity)}"
    _open(folder, identity, fresh=asked.fresh)
    start = datetime.now(UTC)
    others = elsewhere.read_all(asked.answers, task) if asked.answers else {}
    if twice := sorted(others.keys() & set(names)):
        raise UsageError(f"--answers {asked.answers}: {twice[0]!r} is a system of this run; rename the file.")
    results = _measured(names, task, forgiving=asked.systems == ALL)
    results |= {name: each.result for name, each in others.items()}
    likes = {name: row.like for name, row in ROSTER.items()} | {
        name: each.like for name, each in others.items()
    }
    differences = table.compare(results, [(like, name) for name, like in likes.items() if like])
    _write(folder, results, differences, [(users[case.user], case.target) for case in task.test], opened)
    execute.write_json(folder / execute.MANIFEST, {"what": identity, "times": stamp.times(start)})
    title = f"next item on {catalogue.name}: {len(task.test)} users, {task.n_items} items"
    ties = catalogue.notes.get("ties", {})
    if last := ties.get("last_by_id"):
        title += f"; the item's id decides the last of {last:,} of {ties['users']:,} users"
    table.show(results, differences, title, f"run folder: {folder}", wide=asked.wide)


def _named(systems: str) -> list[str]:
    """Return the systems of a comma list, in its order; `all` is the whole roster."""
    names = (
        list(ROSTER) if systems == ALL else list(dict.fromkeys(part.strip() for part in systems.split(",")))
    )
    for name in names:
        row_of(name)
    return list(dict.fromkeys(names))


def task_of(opened: Opened, asked: Asked) -> tuple[Task, Sequence[str]]:
    """Return the task and the ids of all users."""
    graph = opened.graph
    catalogue = opened.graph.catalogue
    if catalogue.histories is None:
        raise UsageError(
            f"the catalogue {catalogue.name!r} has no histories; choose one that has, such as ml-1m."
        )
    split = leave_one_out(catalogue.histories)
    if not split.users:
        raise UsageError(
            f"nobody in {catalogue.name!r} chose {LEAST} items; there is nothing to hide and ask for."
        )
    validation, test = (list(islice(cases, asked.limit)) for cases in (split.validation(), split.test()))
    task = Task(split.train, catalogue.offered, validation, test, asked.seed, lambda: documents(graph))
    return task, [user.id for user in catalogue.users]


def _measured(names: Sequence[str], task: Task, *, forgiving: bool) -> dict[str, Result]:
    """Return a result a system. If `forgiving`, those whose library is missing are named and left out."""
    chosen: dict[str, Chosen] = {}
    results: dict[str, Result] = {}
    with progress("Measuring", len(names)) as tick:
        for name in names:
            try:
                results[name] = measure(row_of(name), task, _chosen(name, task, chosen))
            except MissingLibraryError as error:
                if not forgiving:
                    raise
                typer.echo(f"{name} is left out: {error}", err=True)
            tick()
    return results


def _chosen(name: str, task: Task, known: dict[str, Chosen]) -> Chosen:
    """Return the parameters of a system, chosen once for all that share them."""
    row = row_of(name)
    source = row.like or name
    if source not in known:
        known[source] = choose(row_of(source), task)
    return known[source]


def _identity(opened: Opened, asked: Asked, names: Sequence[str], n: int) -> dict[str, Any]:
    return {
        "task": "next-item",
        "systems": list(names),
        "catalogue": opened.folder.name,
        "n_users": n,
        "limit": asked.limit,
        "seed": asked.seed,
        "libraries": {name: _version(name) for name in _LIBRARIES},
        "commit": stamp.commit(),
        **({"answers": elsewhere.hashes(asked.answers)} if asked.answers else {}),
        **{f"{name} code": dotted.digest(name) for name in names if dotted.is_dotted(name)},
    }


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _open(folder: Path, identity: dict[str, Any], *, fresh: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    manifest = folder / execute.MANIFEST
    if manifest.exists() and not fresh:
        execute.check_same_run(manifest, identity)


def _write(
    folder: Path,
    results: Mapping[str, Result],
    differences: Mapping[table.Pair, Any],
    cases: Sequence[tuple[str, int]],
    opened: Opened,
) -> None:
    """Write `scores.json`, and `ranks.jsonl`: a line a system and user."""
    compared = [
        {"ours": ours, "library": theirs, "ndcg": each._asdict()}
        for (ours, theirs), each in differences.items()
    ]
    systems = {name: table.row(result) for name, result in results.items()}
    execute.write_json(folder / execute.SCORES, {"systems": systems, "differences": compared})
    items = [opened.graph.catalogue.items[target].id for _, target in cases]
    with (folder / RANKS).open("w", encoding="utf-8", newline="\n") as stream:
        for name, result in results.items():
            for (user, _), item, place in zip(cases, items, result.ranks, strict=True):
                line = {"system": name, "user": user, "item": item, "rank": place}
                stream.write(json.dumps(line, ensure_ascii=False) + "\n")
