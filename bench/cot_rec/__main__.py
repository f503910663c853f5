"""`python -m bench.cot_rec`: CoT-Rec end to end, tables 1 and 2 in small."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean, stdev
from typing import Annotated, Any

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

import prompts
from agent.llm.client import Client
from agent.llm.settings import server_name
from agent.terminal import run_app
from bench import execute, stamp
from bench.accounts import Accounts, Limits, said
from bench.cot_rec.extraction import Counters, Extractor, Kept, Written
from bench.cot_rec.measure import Material, People, Ranking, Retrieval, RetrieverRow, rankings, retrievers
from bench.cot_rec.ranker import Asked, Counted, Ranker
from bench.cot_rec.retriever import ROWS, Encode
from bench.next_item.measure import Task, choose, fitted
from bench.next_item.roster import row_of
from bench.next_item.split import LeaveOneOut, leave_one_out
from bench.report import progress
from kg.embedders import Lsa
from kg.errors import UsageError
from kg.store import Opened, open_catalogue

app = typer.Typer(add_completion=False, rich_markup_mode=None)
EXTRACTED = "extracted.jsonl"
BUILTIN = "builtin"
_NOUNS = {"movie": "films", "book": "books"}


@app.command()
def main(
    catalogue: Annotated[str, typer.Option(help="a catalogue with histories, such as ml-1m")] = BUILTIN,
    data: Annotated[Path | None, typer.Option(help="the folder that holds raw sources")] = None,
    retriever: Annotated[
        str, typer.Option(help="a system of --task next-item, or my.module:fit")
    ] = "successors",
    model: Annotated[
        str, typer.Option(help="who extracts and ranks: builtin, counters of facts; or openai:NAME")
    ] = BUILTIN,
    limit: Annotated[int, typer.Option(min=1, help="so many users a repeat")] = 200,
    repeats: Annotated[int, typer.Option(min=1, help="independent runs, of users of their own")] = 5,
    reach: Annotated[int, typer.Option(min=1, help="latest batches of choices a model reads")] = 5,
    described: Annotated[
        int | None,
        typer.Option(min=1, help="a model describes so many of the most chosen items, facts the others"),
    ] = None,
    seed: Annotated[int, typer.Option(help="of the first repeat; the next one's is one more")] = 0,
    replay: Annotated[
        Path | None, typer.Option(help="take every reply of the model from this file; nothing is asked")
    ] = None,
    record: Annotated[
        Path | None, typer.Option(help="write the replies that were used, for --replay")
    ] = None,
    max_cost: Annotated[float | None, typer.Option(min=0, help="stop before it costs more, in USD")] = None,
    max_calls: Annotated[int | None, typer.Option(min=0, help="stop before more calls are answered")] = None,
    out: Annotated[Path | None, typer.Option(help="the run folder; default: one below runs/")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="start over instead of going on")] = False,
) -> None:
    """Extract preferences and perceptions, retrieve and rank with and without them, and print both tables.

    Everybody's last choice is the test, the one before it the validation. What a model said is kept: the same
    command again asks nothing twice.

    Examples:

      python -m bench.cot_rec --catalogue ml-1m --data DIR

      python -m bench.cot_rec --catalogue ml-1m --data DIR --model openai:NAME --limit 20 --repeats 1
    """
    opened = open_catalogue(catalogue, data)
    accounts = Accounts("llm", model, replay=replay, record=record, limits=Limits(max_cost, max_calls))
    split = _split(opened)
    identity = {
        "task": "cot-rec",
        "catalogue": opened.folder.name,
        **{
            "retriever": retriever,
            "model": model,
            "limit": limit,
            "repeats": repeats,
            "reach": reach,
            "described": described,
            "seed": seed,
        },
        "prompts": {name: key for name, key in prompts.hashes().items() if name.startswith("bench/cot_")},
        "commit": stamp.commit(),
        **accounts.identity,
    }
    folder = out or Path("runs") / f"cot-rec-{catalogue}-{stamp.short(identity)}"
    execute.prepare(folder, identity, EXTRACTED, fresh=fresh)
    accounts.open(folder, fresh=fresh)
    start = datetime.now(UTC)
    try:
        first, second, kept = _measured(opened, split, identity, accounts)
    finally:
        used = accounts.close()
        execute.write_json(folder / execute.MANIFEST, {"what": identity, "times": stamp.times(start), **used})
    accounts.write_replay()
    _write(folder, first, second, kept)
    console = Console(width=100)
    console.print(table_1(first), table_2(second))
    if unheard := sum(each.unheard for found in second for each in found.values()):
        console.print(f"lists of which no letter was among the likeliest tokens: {unheard}", highlight=False)
    for name, words in said(used.get("usage")).items():
        console.print(f"{name}: {words}", highlight=False)
    console.print(f"run folder: {folder}", highlight=False, soft_wrap=True)


Retrieved = Sequence[Mapping[RetrieverRow, Retrieval]]  # a repeat each
Ranked = Sequence[Mapping[tuple[str, str], Ranking]]


def _measured(
    opened: Opened, split: LeaveOneOut, what: Mapping[str, Any], accounts: Accounts
) -> tuple[Retrieved, Ranked, Kept]:
    graph = opened.graph
    validation, test = list(split.validation()), list(split.test())
    everybody = Task(split.train, graph.catalogue.offered, validation[: what["limit"]], test, what["seed"])
    row = row_of(what["retriever"])
    scorer = fitted(row, everybody, choose(row, everybody))
    extractor, rankers = _driven(opened, what, accounts)
    kept = _kept(extractor, opened, split, what["described"])
    material = Material(graph, scorer, kept, _encoder(opened))
    first, second = [], []
    with progress("Ranking", what["repeats"] * 2 * 3) as tick:
        for repeat in range(what["repeats"]):
            seed = what["seed"] + repeat
            places = _drawn(len(test), what["limit"], seed)
            names = [graph.catalogue.users[test[at].user].id for at in places]
            people = People([validation[at] for at in places], [test[at] for at in places], names)
            first.append(retrievers(material, people, seed))
            second.append(rankings(material, people, first[-1], rankers(kept), tick))
    return first, second, kept


def _kept(extractor: Extractor, opened: Opened, split: LeaveOneOut, described: int | None) -> Kept:
    """Return what keeps an extraction; only so many of the most chosen items are described by it."""
    if described is None:
        return Kept(extractor)
    items = opened.graph.catalogue.items
    most = np.argsort(-np.bincount(split.train.items, minlength=len(items)), kind="stable")[:described]
    return Kept(extractor, Counters(opened.graph), frozenset(items[at].id for at in most.tolist()))


def _split(opened: Opened) -> LeaveOneOut:
    histories = opened.graph.catalogue.histories
    split = leave_one_out(histories) if histories is not None else None
    if split is None or not split.users:
        raise UsageError(
            f"the catalogue {opened.graph.catalogue.name!r} has no histories long enough;"
            " choose one that has, such as ml-1m."
        )
    return split


def _driven(opened: Opened, what: Mapping[str, Any], accounts: Accounts) -> tuple[Extractor, Any]:
    """Return who extracts, and what makes the rankers of table 2 of an extraction."""
    graph = opened.graph
    if accounts.settings is None:
        name = "counted"

        def counted(kept: Kept) -> dict[str, Ranker | None]:
            return {"None": None, name: Counted(graph), f"{name}++": Counted(graph, kept)}

        return Counters(graph), counted
    # Streams of many servers lose log-probabilities.
    settings = accounts.settings.model_copy(update={"stream": False})
    model = Client.connect(server_name(accounts.name), settings, cache=accounts.cache, watch=accounts)
    items = _NOUNS.get(graph.domains[0], "items") if len(graph.domains) == 1 else "items"

    def asked(kept: Kept) -> dict[str, Ranker | None]:
        return {"None": None, "LLM": Asked(graph, model, items), "LLM++": Asked(graph, model, items, kept)}

    return Written(graph, model, what["reach"]), asked


def _encoder(opened: Opened) -> Encode:
    """Return Encode & Map: latent semantic analysis of the catalogue's names, facts and texts."""
    graph = opened.graph
    counters = Counters(graph)
    items = graph.catalogue.items[: graph.catalogue.offered]
    return Lsa.fit([f"{item.name}. {counters.description(item.id)}" for item in items]).embed


def _drawn(n: int, limit: int, seed: int) -> list[int]:
    """Return the places of so many test users of a repeat, ascending."""
    drawn = np.random.default_rng(seed).choice(n, min(limit, n), replace=False)
    return sorted(int(place) for place in drawn)


def table_1(found: Retrieved) -> Table:
    """Return the retrievers: means over repeats, ± their standard deviation."""
    table = _grid(f"retrieving among all items, {len(found)} repeats", ("user vectors", "item vectors"))
    for name in ("Hit@10", "nDCG@10"):
        table.add_column(name, justify="right")
    for row in ROWS:
        listed = [each[row] for each in found]
        table.add_row(*row, spread([each.hit for each in listed]), spread([each.ndcg for each in listed]))
    return table


def table_2(found: Ranked) -> Table:
    """Return the rankers on ten candidates, by retriever."""
    table = _grid(f"ranking ten candidates, {len(found)} repeats", ("retriever", "ranker"))
    for name in ("nDCG@10", "MAPB", "n of MAPB"):
        table.add_column(name, justify="right")
    for key in found[0]:
        listed = [each[key] for each in found]
        biases = [each.mapb for each in listed if each.mapb is not None]
        shown = spread(biases) if biases else "–"
        table.add_row(
            *key, spread([each.ndcg for each in listed]), shown, str(sum(each.n for each in listed))
        )
    return table


def spread(values: Sequence[float]) -> str:
    """Return a mean and, of several values, their standard deviation: `.0837 ± .0021`."""
    mean = f"{fmean(values):.4f}".removeprefix("0")
    return f"{mean} ± {f'{stdev(values):.4f}'.removeprefix('0')}" if len(values) > 1 else mean


def _grid(title: str, names: Sequence[str]) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for name in names:
        table.add_column(name, no_wrap=True)
    return table


def _write(folder: Path, first: Retrieved, second: Ranked, kept: Kept) -> None:
    retrieved = [
        {
            "repeat": at,
            "user_vector": row[0],
            "item_vector": row[1],
            "hit": each.hit,
            "ndcg": each.ndcg,
            **each.weighed._asdict(),
        }
        for at, found in enumerate(first)
        for row, each in found.items()
    ]
    ranked = [
        {"repeat": at, "retriever": key[0], "ranker": key[1], **each._asdict()}
        for at, found in enumerate(second)
        for key, each in found.items()
    ]
    execute.write_json(folder / execute.SCORES, {"retrievers": retrieved, "rankers": ranked})
    with (folder / EXTRACTED).open("w", encoding="utf-8", newline="\n") as stream:
        for user, taste in kept.tastes.items():
            _line(stream, {"user": user, "preference": taste.text})
        for (user, item), seen in kept.perceptions.items():
            _line(stream, {"user": user, "item": item, **seen._asdict()})


def _line(stream: Any, row: Mapping[str, Any]) -> None:
    stream.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    run_app(app)
