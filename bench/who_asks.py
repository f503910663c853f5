"""`python -m bench.who_asks`: demographic requests with who asks given beside the text, said in it or hidden.

What knowing a person is worth, and whether it matters how it is known.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from rich.console import Console

from agent.assistant import Assistant
from agent.terminal import run_app
from bench import ablate, dataset, execute, wording
from bench.plans.types import Plan
from bench.report import progress
from bench.score import judge
from bench.systems.assistant import AgentSystem
from bench.systems.fitting import training_users
from bench.types import VERSION, Query
from bench.wording.write import compose
from kg.errors import UsageError
from kg.folders import file_hash
from kg.graph import KnowledgeGraph
from kg.store import open_catalogue
from kg.types import ItemId

GIVEN, SAID, HIDDEN = "given", "said", "hidden"
SHOWN = ("precision", "recall", "ndcg", "mrr")
TITLE = "Who asks: difference to hidden [95 % interval]; in brackets where 0 is inside it"
_UNSAID = "demographic:unsaid"
_DRAWS = 40

app = typer.Typer(add_completion=False, rich_markup_mode=None)


class Worded(NamedTuple):
    """Requests without a word about who asks, and the same requests with it; the same ids in both."""

    unsaid: list[Query]
    said: list[Query]


@app.command()
def main(
    queries: Annotated[
        list[Path], typer.Option(help="query files; their demographic requests are asked, in words of ours")
    ],
    out: Annotated[
        Path | None, typer.Option(help="the folder for three runs; default: one below runs/")
    ] = None,
    catalogue: Annotated[str, typer.Option(help="a catalogue with users, such as ml-1m")] = "ml-1m",
    data: Annotated[Path | None, typer.Option(help="the folder that holds raw sources")] = None,
    model: Annotated[str, typer.Option(help="builtin, or openai:NAME")] = "builtin",
    limit: Annotated[int | None, typer.Option(min=1, help="only the first N queries")] = None,
    seed: Annotated[int, typer.Option(help="of the words")] = 0,
) -> None:
    """Ask every demographic request three times and print what knowing who asks is worth.

    Given: the profile beside a text that does not say it. Said: in the text alone. Hidden: neither. The same
    command again goes on where it stopped.

    Example:

      python -m bench.who_asks --catalogue ml-1m --data DIR --queries recbench-films/queries.jsonl
    """
    graph = open_catalogue(catalogue, data).graph
    worded = words(dataset.read(list(queries), graph), graph, seed)
    if not worded.said:
        raise UsageError("no demographic request of these files says who asks.")
    asked = {GIVEN: worded.unsaid[:limit], SAID: worded.said[:limit], HIDDEN: worded.unsaid[:limit]}
    folder = out or Path("runs") / f"who-asks-{catalogue}-{queries[0].stem}"
    users = training_users(queries, (), graph.catalogue)
    assistant = Assistant(catalogue, data=data, model=model, users=users)
    values: dict[str, ablate.Values] = {}
    for name, texts in asked.items():
        identity = {
            "benchmark": VERSION,
            "who asks": name,
            "catalogue": assistant.opened.folder.name,
            "model": model,
            "queries": [[path.name, file_hash(path)[:16]] for path in queries],
            "n_queries": len(texts),
            "words": [wording.VERSION, seed],
        }
        values[name] = _run(name, texts, folder / name, assistant, identity)
    Console(width=150).print(
        ablate.table(asked[HIDDEN], values, base=HIDDEN, title=TITLE, shown=SHOWN), highlight=False
    )


def words(queries: Sequence[Query], graph: KnowledgeGraph, seed: int = 0) -> Worded:
    """Return the demographic queries in two wordings; without those whose profile has no words."""
    found = Worded([], [])
    for query in queries:
        if query.type != "demographic" or query.profile is None:
            continue
        said = _said(query, graph, seed)
        if said is not None:
            found.said.append(query.model_copy(update={"query": said}))
            unsaid = _text(query, graph, seed, silent=True)[0]
            found.unsaid.append(query.model_copy(update={"query": unsaid}))
    return found


def _said(query: Query, graph: KnowledgeGraph, seed: int) -> str | None:
    for draw in range(_DRAWS):
        text, construction = _text(query, graph, seed + draw, silent=False)
        if construction != _UNSAID:
            return text
    return None


def _text(query: Query, graph: KnowledgeGraph, seed: int, *, silent: bool) -> tuple[str, str]:
    """Return a text of the built-in writer, and the construction it chose."""
    plan = Plan(
        id=query.id,
        domain=query.domain,
        type="demographic",
        conditions=tuple(query.conditions),
        profile=None if silent else query.profile,
    )
    rng = random.Random(f"{seed}/{query.id}")  # noqa: S311
    text, trace = compose(plan, lambda key: graph.item(ItemId(key)).title, rng)
    return text, trace[0]


def _run(
    name: str, queries: Sequence[Query], folder: Path, assistant: Assistant, identity: dict[str, object]
) -> dict[str, dict[str, float]]:
    done = execute.open_run(folder, identity, queries)
    system = AgentSystem(assistant, with_profile=name == GIVEN)
    system.prepare()
    with progress(name, len(queries), already=len(done)) as tick:
        given = execute.run(folder, system, queries, done, None, tick)
    by_id = {answer.id: answer for answer in given}
    return {query.id: judge(query, by_id[query.id], assistant.graph) for query in queries}


if __name__ == "__main__":
    run_app(app)
