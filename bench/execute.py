"""Running a system over queries into a run folder that survives kill -9."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from bench import holding, jsonl
from bench.attempts import Outcome, Patience, attempt
from bench.systems.base import System
from bench.types import Answer, Query
from kg.errors import DataError, UsageError
from kg.folders import cut_torn_line

MANIFEST = "run.json"
QUERIES = "queries.jsonl"
ANSWERS = "answers.jsonl"
SCORES = "scores.json"
_IN_VAIN = 20  # queries in a row that nobody could be asked

Asking = Callable[[Sequence[Query]], Generator[Outcome]]


def open_run(
    folder: Path, identity: dict[str, Any], queries: Sequence[Query] = (), *, fresh: bool = False
) -> dict[str, Answer]:
    """Prepare a run folder and return the answers it already holds, by id.

    The folder keeps the queries, so that it can be scored again wherever it is brought.

    Raises:
        DataError: the folder holds a run of something else.
    """
    asked = (q.model_dump_json(exclude_defaults=True) for q in queries)
    prepare(folder, identity, ANSWERS, (QUERIES, asked), fresh=fresh)
    if not (folder / ANSWERS).exists():
        return {}
    answers = {answer.id: answer for _, answer in jsonl.read(folder / ANSWERS, Answer)}
    return {key: answer for key, answer in answers.items() if answer.error is None}  # crashes are tried again


def prepare(
    folder: Path,
    identity: dict[str, Any],
    results: str,
    asked: tuple[str, Iterable[str]] | None = None,
    *,
    fresh: bool = False,
) -> None:
    """Make a run folder, or check that the one there holds the same run, and cut a torn last line of it.

    `results` is the file that grows a line at a time, `asked` the one that says what was asked for, with its
    lines, written once. A `fresh` run forgets what is there.

    Raises:
        UsageError: another process is writing into it.
        DataError: the folder holds a run of something else.
    """
    folder.mkdir(parents=True, exist_ok=True)
    holding.keep(folder)
    manifest = folder / MANIFEST
    if fresh:
        for name in (MANIFEST, results, SCORES, *([asked[0]] if asked else [])):
            (folder / name).unlink(missing_ok=True)
    if manifest.exists():
        check_same_run(manifest, identity)
    else:
        if asked is not None:
            _write(folder / asked[0], "".join(f"{line}\n" for line in asked[1]))
        write_json(manifest, {"what": identity, "times": {}})
    cut_torn_line(folder / results)


def run(
    folder: Path,
    system: System,
    queries: Sequence[Query],
    done: dict[str, Answer],
    k: int | None,
    tick: Callable[[], None],
    *,
    concurrency: int = 1,
    patience: Patience = Patience(),
    elsewhere: Asking | None = None,
) -> list[Answer]:
    """Answer what is not answered yet, a line a query, and return all answers in the order of the queries.

    With `concurrency` so many queries are asked at once, and lines stand in the order in which answers came;
    what is returned, and with it every score, is the same. `elsewhere` asks the same system in other
    processes.

    Raises:
        UsageError: nothing answers: one query after the other timed out or did not reach the system.
    """
    asked = [query for query in queries if query.id not in done]
    for _ in range(len(queries) - len(asked)):
        tick()
    in_vain = 0
    with (
        jsonl.appending(folder / ANSWERS) as append,
        closing(
            elsewhere(asked) if elsewhere else _outcomes(system, asked, concurrency, patience)
        ) as outcomes,
    ):
        for answer, unreachable in outcomes:
            done[answer.id] = _first(answer, k)
            append(done[answer.id])
            tick()
            in_vain = in_vain + 1 if unreachable else 0
            if in_vain >= max(_IN_VAIN, 2 * concurrency):
                raise UsageError(
                    f"nothing answered the last {in_vain} queries ({answer.error})."
                    "\n  When it can be reached again, the same command goes on where this one stopped."
                )
    return [done[query.id] for query in queries]


def _outcomes(
    system: System, queries: Sequence[Query], concurrency: int, patience: Patience
) -> Generator[Outcome]:
    """Yield an outcome a query: in their order if one is asked at a time, else as they come."""
    if concurrency <= 1:
        yield from (attempt(system, query, patience) for query in queries)
        return
    waiting: SimpleQueue[Query] = SimpleQueue()
    for query in queries:
        waiting.put(query)
    came: SimpleQueue[Outcome | BaseException] = SimpleQueue()
    stop = threading.Event()

    def work() -> None:
        with suppress(Empty):
            while not stop.is_set():
                query = waiting.get_nowait()
                try:
                    came.put(attempt(system, query, patience))
                except BaseException as error:  # raised below, where somebody waits
                    came.put(error)

    for number in range(min(concurrency, len(queries))):
        threading.Thread(target=work, daemon=True, name=f"asking {number}").start()
    try:
        for _ in queries:
            outcome = came.get()
            if isinstance(outcome, BaseException):
                raise outcome
            yield outcome
    finally:
        stop.set()


def write_json(path: Path, value: Any) -> None:
    """Write a JSON file whole or not at all."""
    _write(path, json.dumps(value, indent=1, ensure_ascii=False) + "\n")


def _write(path: Path, text: str) -> None:
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(text, encoding="utf-8", newline="\n")
    partial.replace(path)


def _first(answer: Answer, k: int | None) -> Answer:
    return answer.model_copy(update={"items": answer.items[:k], "titles": answer.titles[:k]})


def check_same_run(manifest: Path, identity: dict[str, Any]) -> None:
    """Raise a DataError if a run folder's manifest is that of a run of something else."""
    try:
        found = json.loads(manifest.read_text(encoding="utf-8"))["what"]
    except (ValueError, KeyError, TypeError):
        raise DataError(
            "not a run's manifest", path=manifest, remedy="Choose another --out, or use --fresh."
        ) from None
    other = sorted(key for key in identity.keys() | found.keys() if identity.get(key) != found.get(key))
    if other:
        raise DataError(
            f"this folder holds another run: {', '.join(other)} differ"
            f" ({other[0]} was {found.get(other[0])!r}, now {identity.get(other[0])!r})",
            path=manifest,
            remedy="Choose another --out, or start over with --fresh.",
        )
