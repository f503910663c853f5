"""Running a system over queries into a run folder that survives kill -9."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from bench import jsonl
from bench.systems.base import System
from bench.types import Answer, Query
from kg.errors import DataError

MANIFEST = "run.json"
ANSWERS = "answers.jsonl"
SCORES = "scores.json"


def open_run(folder: Path, identity: dict[str, Any], *, fresh: bool) -> dict[str, Answer]:
    """Prepare a run folder and return the answers it already holds, by id.

    Raises:
        DataError: the folder holds a run of something else.
    """
    folder.mkdir(parents=True, exist_ok=True)
    manifest = folder / MANIFEST
    if fresh:
        for name in (MANIFEST, ANSWERS, SCORES):
            with suppress(FileNotFoundError):
                (folder / name).unlink()
    if manifest.exists():
        _same_run(manifest, identity)
    else:
        write_json(manifest, {"what": identity, "times": {}})
    jsonl.mend(folder / ANSWERS)
    if not (folder / ANSWERS).exists():
        return {}
    answers = {answer.id: answer for _, answer in jsonl.read(folder / ANSWERS, Answer)}
    return {key: answer for key, answer in answers.items() if answer.error is None}  # crashes are tried again


def run(
    folder: Path,
    system: System,
    queries: Sequence[Query],
    done: dict[str, Answer],
    k: int | None,
    tick: Callable[[], None],
) -> list[Answer]:
    """Answer what is not answered yet, a line a query, and return all answers in the order of the queries."""
    with (folder / ANSWERS).open("a", encoding="utf-8", newline="\n") as stream:
        for query in queries:
            if query.id not in done:
                done[query.id] = _ask(system, query, k)
                jsonl.append(stream, done[query.id])
            tick()
    return [done[query.id] for query in queries]


def write_json(path: Path, value: Any) -> None:
    """Write a JSON file whole or not at all."""
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    partial.replace(path)


def _ask(system: System, query: Query, k: int | None) -> Answer:
    start = time.perf_counter()
    try:
        answer = system.answer(query)
    except Exception as error:  # a crash of ours: counted apart, and the run goes on
        answer = Answer(id=query.id, error=f"{type(error).__name__}: {error}")
    spent = round((time.perf_counter() - start) * 1000, 3)
    return answer.model_copy(
        update={"latency_ms": spent, "items": answer.items[:k], "titles": answer.titles[:k]}
    )


def _same_run(manifest: Path, identity: dict[str, Any]) -> None:
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
