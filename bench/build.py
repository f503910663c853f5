"""`python -m bench.build`: make RecBench+ queries from a catalogue with histories.

Section 1 of arXiv 2503.09382.

Plans first, words last: see docs/decisions/0006-building-recbench.md. The folder is written beside its place
and renamed: it is there whole or not at all.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

import prompts
from agent.terminal import run_app
from bench import plans as planning
from bench import wording
from bench.plans import parted
from bench.plans.audit import audit
from bench.plans.cells import shortfalls
from bench.plans.misinformed import MIX, mix
from bench.plans.split import split_users, write_split
from bench.plans.statistics import as_markdown, statistics
from bench.plans.types import Plan
from bench.report import progress
from bench.types import Query
from kg import engines
from kg.engines import PROCESSES
from kg.errors import DataError, UsageError
from kg.folders import is_begun, new_folder
from kg.graph import KnowledgeGraph
from kg.store import Opened, open_catalogue
from kg.types import ItemId

app = typer.Typer(add_completion=False, rich_markup_mode=None)
STYLES = ("direct", "situational")
REFERENCES = ("catalogue", "graph")
SPLITS = ("paper", "hard")
BUILTIN = "builtin"

Writer = Callable[[Plan, Callable[[str], str]], str]  # a plan and the titles of item ids -> a request


class Built(NamedTuple):
    """The queries of a build, and how many plans lost a label in their words, by type."""

    queries: list[Query]
    dropped: Counter[str]


@app.command()
def main(
    out: Annotated[Path, typer.Option(help="the folder to make; it must not be there yet")],
    catalogue: Annotated[
        str, typer.Option(help="a catalogue with histories: ml-1m, librarything …")
    ] = "builtin",
    data: Annotated[
        Path | None, typer.Option(help="the folder that holds raw sources, e.g. `ml-1m/`")
    ] = None,
    counts: Annotated[str, typer.Option(help="`paper` for its table 1, or a number a cell")] = "paper",
    writer: Annotated[
        str, typer.Option(help="builtin, a grammar; or openai:NAME, a language model (its replies are kept)")
    ] = "builtin",
    concurrency: Annotated[int, typer.Option(min=1, help="so many requests to a language model at once")] = 4,
    seed: Annotated[int, typer.Option(help="the same seed makes the same files")] = 0,
    references: Annotated[
        str,
        typer.Option(help="what requests refer to: items of the catalogue, or of the graph, known only too"),
    ] = "catalogue",
    anchors: Annotated[
        str | None,
        typer.Option(
            help="kinds of false claims with their weights, as in item=2,value=1 or typo; default:"
            " item=.42,value=.42,typo=.16"
        ),
    ] = None,
    split: Annotated[
        str, typer.Option(help="paper: its five types; or hard: what a perfect reader still finds hard")
    ] = "paper",
    workers: Annotated[int, typer.Option(min=1, help="so many processes that plan; the same files")] = 1,
    engine: Annotated[str, typer.Option(help="what runs them: processes, or ray (an extra)")] = PROCESSES,
) -> None:
    """Build a benchmark: queries with their truth, and a manifest that says how they were made.

    Examples:

      python -m bench.build --catalogue ml-1m --data DIR --out recbench-films

      python -m bench.build --catalogue builtin --counts 5 --out small

      python -m bench.build --catalogue ml-1m --data DIR --references graph --out known

      python -m bench.build --catalogue ml-1m --data DIR --counts 50 --anchors typo --out slips

      python -m bench.build --catalogue ml-1m --data DIR --split hard --out hard

      python -m bench.build --catalogue ml-1m --data DIR --counts 20 --writer openai:NAME --out written

      python -m bench.build --catalogue ml-1m --data DIR --workers 2 --engine ray --out recbench-films
    """
    if out.exists():
        raise UsageError(f"{out} is already there. Give another --out, or remove it first.")
    if is_begun(out.resolve()):
        raise UsageError(f"{out} is being built by another run.\n  Wait for it, or give another --out.")
    opened = open_catalogue(catalogue, data)
    if references not in REFERENCES:
        raise UsageError.unknown("kind of references", references, REFERENCES)
    kinds = mix(anchors) if anchors is not None else MIX
    if split not in SPLITS:
        raise UsageError.unknown("split", split, SPLITS)
    if split == "hard":
        if writer != BUILTIN or anchors is not None or references != "catalogue":
            raise UsageError(
                "--split hard has its own words; --writer, --anchors and --references are not for it."
            )
        _hard(out, opened, counts, seed)
        return
    by = engines.engine(engine, workers)
    words = _writer(writer, opened.graph, seed)
    wanted = int(counts) if counts.isdigit() else counts
    asked = parted.Asked(catalogue, data, references == "catalogue", wanted, seed, kinds)
    with new_folder(out.resolve()) as partial:  # from the start: another run sees that it is begun
        planned = parted.planned(opened.graph.catalogue, asked, by)
        with progress("Writing", len(planned)) as tick:
            built = write_all(planned, opened.graph, words, 1 if writer == BUILTIN else concurrency, tick)
        settings: dict[str, Any] = {"counts": counts, "seed": seed, "writer": writer}
        if references != "catalogue":
            settings["references"] = references
        if kinds != MIX:
            settings["anchors"] = {kind: round(share, 3) for kind, share in kinds.items()}
        _save(partial, built, opened, planned, settings)
        if out.exists():
            raise UsageError(f"{out} was made by another run meanwhile. Give another --out.")
    typer.echo(as_markdown(statistics(planned)))
    for unfilled in shortfalls(planned, wanted, opened.graph.domains):
        typer.echo(unfilled)
    typer.echo(
        f"{len(built.queries):,} queries in {out / 'queries.jsonl'}; dropped by the string check:"
        f" {sum(built.dropped.values())}"
    )


def _hard(out: Path, opened: Opened, counts: str, seed: int) -> None:
    from bench.hard import build as hard

    queries = hard.build(opened.graph, counts, seed)
    if not queries:
        raise UsageError(
            f"the catalogue {opened.graph.catalogue.name!r} has nothing to make hard requests of."
        )
    kinds = dict(sorted(Counter(str(query.kind) for query in queries).items()))
    manifest = {
        "catalogue": _named(opened),
        "split": "hard",
        **{"counts": counts, "seed": seed, "versions": {"hard": hard.VERSION}},
        "queries": kinds,
    }
    with new_folder(out.resolve()) as partial:
        _write(partial, queries, manifest)
    typer.echo(
        f"{len(queries):,} queries in {out / 'queries.jsonl'}: "
        + ", ".join(f"{k} {n}" for k, n in kinds.items())
    )


def _named(opened: Opened) -> dict[str, str]:
    catalogue = opened.graph.catalogue
    return {"name": catalogue.name, "version": catalogue.version, "folder": opened.folder.name}


def _write(folder: Path, queries: Sequence[Query], manifest: Mapping[str, Any]) -> None:
    with (folder / "queries.jsonl").open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(query.model_dump_json(exclude_defaults=True) + "\n" for query in queries)
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def grammar(seed: int) -> Writer:
    """Return the built-in writer; every plan has a draw of its own from the seed."""
    return lambda plan, title: wording.write(plan, title, random.Random(f"{seed}/{plan.id}"))  # noqa: S311


def _writer(name: str, graph: KnowledgeGraph, seed: int) -> Writer:
    if name == BUILTIN:
        return grammar(seed)
    from agent.llm.cache import DiskCache
    from agent.models import chat_model
    from bench.read_back import reader
    from bench.writer import ModelWriter

    model, _ = chat_model(name, graph, cache=DiskCache())
    return ModelWriter(model, reader(graph)).write


def write_all(
    planned: Sequence[Plan],
    graph: KnowledgeGraph,
    writer: Writer,
    concurrency: int = 1,
    tick: Callable[[], None] = lambda: None,
) -> Built:
    """Put every plan into words, half of them direct and half situational, and leave out what lost a label.

    With `concurrency` the writer is asked from so many threads; the order of the queries stays that of the
    plans.

    Raises:
        DataError: a history shows an item that is true; the plans are wrong, not the words.
    """
    faults = audit(graph, planned)
    if faults:
        raise DataError(
            f"the plans do not hold: {faults[0]}", remedy="Report this; it is a fault of the planner."
        )
    dropped: Counter[str] = Counter()
    styled = [replace(plan, style=STYLES[place % len(STYLES)]) for place, plan in enumerate(planned)]

    def title(key: str) -> str:
        return graph.item(ItemId(key)).title

    def written(plan: Plan) -> str:
        text = writer(plan, title)
        tick()
        return text

    queries = []
    for plan, text in zip(styled, _each(written, styled, concurrency), strict=True):
        if wording.kept(plan, text, title) or wording.leaked(plan, text, title):
            dropped[plan.type] += 1
        else:
            queries.append(query_of(plan, text))
    return Built(queries, dropped)


def _each(write: Callable[[Plan], str], plans: Sequence[Plan], concurrency: int) -> Iterator[str]:
    if concurrency == 1:
        yield from map(write, plans)
        return
    with ThreadPoolExecutor(concurrency) as pool:
        try:
            yield from pool.map(write, plans)
        finally:
            pool.shutdown(cancel_futures=True)


def query_of(plan: Plan, text: str) -> Query:
    """Return a plan and its words as a line of a query file."""
    return Query(
        id=plan.id,
        domain="book" if plan.domain == "book" else "movie",
        type=plan.type,
        query=text,
        n_conditions=len(plan.conditions) or None,
        conditions=list(plan.conditions),
        references=list(plan.references),
        claim=plan.claim,
        user_id=plan.user_id,
        history=list(plan.history),
        profile=plan.profile,
        ground_truth=list(plan.truth),
        ground_truth_in_history=list(plan.truth_in_history),
        ignore=list(plan.ignore),
        shared_by=plan.shared_by,
    )


def _save(
    folder: Path, built: Built, opened: Opened, planned: Sequence[Plan], settings: Mapping[str, Any]
) -> None:
    users = [user.id for user in opened.graph.catalogue.users]
    write_split(split_users(users, settings["seed"]), folder / "split.json")
    manifest: dict[str, Any] = {
        "catalogue": _named(opened),
        **settings,
        "versions": {"plans": planning.VERSION, "words": wording.VERSION},
        "prompts": {
            name: key
            for name, key in prompts.hashes().items()
            if settings["writer"] != BUILTIN and name.startswith("bench/writer")
        },
        "queries": dict(sorted(Counter(query.type for query in built.queries).items())),
        "dropped": dict(sorted(built.dropped.items())),
        "statistics": [row._asdict() for row in statistics(planned)],
    }
    _write(folder, built.queries, manifest)


if __name__ == "__main__":
    run_app(app)
