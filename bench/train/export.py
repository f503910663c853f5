"""Rows of the fit half: requests of a build of its own, with what a model is to say to them."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from agent.assistant import Assistant
from bench import plans as planning
from bench.build import grammar, write_all
from bench.train import rows
from bench.train.answered import Decider, one_call_rows, trace_rows
from bench.train.apart import fit_half, unlike
from bench.train.rows import Row
from bench.train.titles import title_rows
from bench.types import PromptName, Query
from kg.folders import file_hash, new_folder
from kg.graph import KnowledgeGraph
from kg.references import alone

QUERIES, MANIFEST = "queries.jsonl", "manifest.json"
FILES = {"titles": "titles.jsonl", "one-call": "one_call.jsonl", "trace": "traces.jsonl"}


class Material(NamedTuple):
    """The requests to learn from, in an order that the seed draws, and how many were like an evaluation's.

    `users` are the positions of those whose choices may be learned; None if that is everybody.
    """

    queries: list[Query]
    left_out: int
    users: Sequence[int] | None = None


def requests(
    graph: KnowledgeGraph, evaluation: Path, queries: Sequence[Query], counts: int, seed: int
) -> Material:
    """Build requests from the choices of the fit half, at most `counts` a cell, none that is evaluated.

    Raises:
        DataError, UsageError: as `fit_half`.
    """
    own = fit_half(alone(graph.catalogue), evaluation, queries)
    built = write_all(planning.plan(own, counts, seed), graph, grammar(seed)).queries
    kept = unlike(built, queries)
    random.Random(seed).shuffle(kept)  # noqa: S311
    at = {user.id: place for place, user in enumerate(graph.catalogue.users)}
    return Material(kept, len(built) - len(kept), [at[user.id] for user in own.users])


def save(
    out: Path, material: Material, made: dict[str, list[Row]], settings: dict[str, Any]
) -> dict[str, int]:
    """Write rows by kind, the requests they answer and a manifest into a new folder; return the counts."""
    with new_folder(out.resolve()) as folder:
        with (folder / QUERIES).open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(
                query.model_dump_json(exclude_defaults=True) + "\n" for query in material.queries
            )
        counts = {kind: rows.write(folder / FILES[kind], each) for kind, each in made.items()}
        hashes = {path.name: file_hash(path) for path in sorted(folder.iterdir())}
        manifest = {**settings, "rows": counts, "left_out": material.left_out, "files": hashes}
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return counts


def answered(
    queries: Sequence[Query], catalogue: str, data: Path | None, users: Sequence[int] | None
) -> dict[str, list[Row]]:
    """Return the rows of what the assistant does with requests; it learns taste from some users only."""
    if not queries:
        return {}
    decider = Decider()
    deciding = Assistant(catalogue, data=data, model=decider, mode="one-call", users=users)
    calling = Assistant(catalogue, data=data, users=users)
    return {
        "one-call": list(one_call_rows(queries, deciding, decider)),
        "trace": list(trace_rows(queries, calling)),
    }


def titles(material: Material, graph: KnowledgeGraph, prompt: PromptName) -> list[Row]:
    """Return the rows of titles of all requests."""
    return list(title_rows(material.queries, graph, prompt))
