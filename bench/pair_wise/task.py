"""`python -m bench.run --task pair-wise`: would this person like this item?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import typer

import prompts
from bench import execute, stamp
from bench.accounts import Accounts
from bench.optional import MissingLibraryError
from bench.pair_wise import files, sources, table
from bench.pair_wise.feedback import Feedback
from bench.pair_wise.measure import Result, measure
from bench.pair_wise.roster import ALL, LLM, ROSTER, Row, row_of
from bench.pair_wise.split import Parts, split
from bench.report import progress
from kg import dotted
from kg.errors import UsageError
from kg.store import open_catalogue

PREDICTIONS = "predictions.tsv"
_EACH = 10  # rows of a user where few rows are asked about, so that many people are
_LIBRARIES = ("numpy", "scipy", "torch", "torch-rechub")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for on the command line; `limit` is a number of test rows."""

    systems: str
    catalogue: str
    data: Path | None
    file: Path | None
    limit: int | None
    seed: int
    out: Path | None
    fresh: bool
    wide: bool = False


def run(asked: Asked, accounts: Accounts) -> None:
    """Measure systems on a data set, write a run folder and print the table.

    Args:
        asked: what was asked for.
        accounts: of the model that the system `llm` asks.

    Raises:
        UsageError: an unknown system, a library that is missing, or data without enough feedback.
        DataError: files that are missing or damaged, or a folder that holds another run.
    """
    names = _named(asked.systems)
    if (LLM in names) != (accounts.settings is not None):
        raise UsageError("--system llm goes with --model openai:NAME, in a list of systems or alone.")
    feedback = _feedback(asked)
    parts = _limited(split(feedback, asked.seed), asked.limit, asked.seed)
    identity = _identity(asked, names, feedback, parts) | _asked_of(accounts)
    folder = asked.out or Path("runs") / f"pair-wise-{parts.name}-{stamp.short(identity)}"
    execute.prepare(folder, identity, PREDICTIONS, fresh=asked.fresh)
    accounts.open(folder, fresh=asked.fresh)
    start = datetime.now(UTC)
    rows_of = {name: _row(name, accounts) for name in names}
    try:
        results = _measured(rows_of, parts, asked.seed, forgiving=asked.systems == ALL)
    finally:
        used = accounts.close()
    accounts.write_replay()
    n_users = len(np.unique(parts.test.users))
    rows = {name: table.row(name, result, n_users) for name, result in results.items()}
    differences = table.compare(results, n_users)
    _write(folder, feedback, parts, results, rows, differences)
    execute.write_json(folder / execute.MANIFEST, {"what": identity, "times": stamp.times(start)} | used)
    table.show(rows, differences, _title(parts, n_users), f"run folder: {folder}", wide=asked.wide)


def _named(systems: str) -> list[str]:
    names = list(ROSTER) if systems == ALL else [part.strip() for part in systems.split(",")]
    for name in names:
        row_of(name)
    return list(dict.fromkeys(names))


def _feedback(asked: Asked) -> Feedback:
    """Return the feedback of a catalogue, or of one of the paper's data sets from a person's file."""
    if asked.catalogue in files.NAMES:
        if asked.file is None:
            raise UsageError(
                f"--catalogue {asked.catalogue} is read from its publisher's files: name the one of"
                " interactions with --from FILE; that of titles lies beside it."
            )
        return files.read(asked.catalogue, asked.file)
    if asked.file is not None:
        raise UsageError(f"--from is for --catalogue {', '.join(files.NAMES)}; others have --data.")
    opened = open_catalogue(asked.catalogue, asked.data)
    return sources.of_catalogue(asked.catalogue, opened, asked.data, asked.seed)


def _limited(parts: Parts, limit: int | None, seed: int) -> Parts:
    """Return the parts with so many rows of the test, `_EACH` at most of each user, drawn by the seed."""
    if limit is None:
        return parts
    rng = np.random.default_rng(seed)
    place = rng.permutation(len(parts.test))
    users = parts.test.users[place]
    order = np.argsort(rng.permutation(int(users.max()) + 1)[users], kind="stable")  # by user, users as drawn
    users, place = users[order], place[order]
    first = np.flatnonzero(np.append(True, users[1:] != users[:-1]))
    nth = np.arange(len(users)) - np.repeat(first, np.diff(np.append(first, len(users))))
    kept = np.sort(place[nth < _EACH][:limit])
    return replace(parts, test=parts.test.rows(kept))


def _row(name: str, accounts: Accounts) -> Row:
    """Return the row of a system; that of `llm` asks the run's model."""
    row = row_of(name)
    if name != LLM:
        return row
    from bench.pair_wise.asking import asker

    return replace(row, fit=lambda parts, _: asker(accounts, parts.catalogue))


def _asked_of(accounts: Accounts) -> dict[str, Any]:
    """Return what of a model decides a run, for its manifest."""
    if accounts.settings is None:
        return {}
    told = {"model": accounts.name, "prompt": prompts.hashes()["bench/pair_wise"]}
    return told | accounts.identity


def _measured(rows: Mapping[str, Row], parts: Parts, seed: int, *, forgiving: bool) -> dict[str, Result]:
    """Return a result a system. If `forgiving`, those whose library is missing are named and left out."""
    results: dict[str, Result] = {}
    left: dict[str, list[str]] = {}
    with progress("Measuring", len(rows)) as tick:
        for name, row in rows.items():
            try:
                results[name] = measure(row, parts, seed)
            except MissingLibraryError as error:
                if not forgiving:
                    raise
                left.setdefault(str(error), []).append(name)
            tick()
    for said, which in left.items():
        typer.echo(f"left out: {', '.join(which)}: {said}", err=True)
    return results


def _identity(asked: Asked, names: Sequence[str], feedback: Feedback, parts: Parts) -> dict[str, Any]:
    return {
        "task": "pair-wise",
        "systems": list(names),
        "data": feedback.name,
        "order": feedback.order,
        "negatives": "sampled" if feedback.chosen_only else "told",
        "rows": {name: _counts(getattr(parts, name)) for name in ("train", "validation", "test")},
        "items": len(parts.catalogue),
        "untitled": sum(not title for title in parts.catalogue.titles),
        "limit": asked.limit,
        "seed": asked.seed,
        "libraries": {name: _version(name) for name in _LIBRARIES},
        "commit": stamp.commit(),
        **{f"{name} code": dotted.digest(name) for name in names if dotted.is_dotted(name)},
    }


def _counts(pairs: Any) -> dict[str, int]:
    counts = {"n": len(pairs), "liked": int(pairs.liked.sum())}
    return counts | {
        "users": len(np.unique(pairs.users)),
        "items": len(np.unique(pairs.items)),
        "without_history": int((pairs.histories < 0).all(axis=1).sum()),
    }


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _title(parts: Parts, n_users: int) -> str:
    test = parts.test
    return (
        f"pair-wise on {parts.name}: {len(test):,} rows of {n_users:,} users, {test.liked.mean():.0%} liked;"
        f" learned from {len(parts.train):,} rows"
    )


def _write(
    folder: Path,
    feedback: Feedback,
    parts: Parts,
    results: Mapping[str, Result],
    rows: Mapping[str, Any],
    differences: table.Differences,
) -> None:
    """Write `scores.json`, and `predictions.tsv`: a line a row of the test, a column a system."""
    compared = [{"system": a, "beside": b, "auc": each._asdict()} for (a, b), each in differences.items()]
    execute.write_json(folder / execute.SCORES, {"systems": rows, "differences": compared})
    test, columns = parts.test, [result.scores for result in results.values()]
    with (folder / PREDICTIONS).open("w", encoding="utf-8", newline="\n") as stream:
        stream.write("\t".join(["user", "item", "liked", *results]) + "\n")
        for place in range(len(test)):
            user, item = feedback.user_ids[test.users[place]], parts.catalogue.ids[test.items[place]]
            said = [f"{column[place]:.6g}" for column in columns]
            stream.write("\t".join([user, item, str(int(test.liked[place])), *said]) + "\n")
