"""`python -m bench.run`: run a system over queries, score it, print the table."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import prompts
from agent.terminal import run_app
from bench import dataset, execute, official, placing, stamp
from bench.accounts import Accounts, Limits, said
from bench.attempts import Patience
from bench.report import print_table, progress
from bench.score import score, table, truth_named
from bench.systems.base import System
from bench.systems.roster import Setup, system
from bench.types import VERSION, Query
from kg.errors import UsageError
from kg.folders import file_hash
from kg.store import Opened, known, open_catalogue
from tools.toolsets import toolset

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

app = typer.Typer(add_completion=False, rich_markup_mode=None)
TASKS = ("recbench", "next-item", "position-bias")


@app.command()
def main(
    system_name: Annotated[
        str | None,
        typer.Option(
            "--system",
            help="agent, llm, retrieval, popularity, random, item-knn, user-knn, ease, als, bpr, oracle or"
            " answers; default: agent. With --task next-item a list with commas of its systems; default: all",
        ),
    ] = None,
    task: Annotated[
        str,
        typer.Option(
            help="recbench: answer queries; next-item: rank what everybody chose last; position-bias: rank"
            " a list that has the true item at every place in turn"
        ),
    ] = "recbench",
    catalogue: Annotated[str, typer.Option(help="builtin, ml-1m, ml-100k or librarything")] = "builtin",
    data: Annotated[
        Path | None, typer.Option(help="the folder that holds raw sources, e.g. `ml-1m/`")
    ] = None,
    queries: Annotated[
        list[Path] | None, typer.Option(help="query files; default: the built-in ones")
    ] = None,
    official_folder: Annotated[
        Path | None, typer.Option("--official", help="the authors' `dataset` folder, instead of query files")
    ] = None,
    tools: Annotated[str, typer.Option(help="the toolset: full, no-verify, no-hops, no-find …")] = "full",
    model: Annotated[str, typer.Option(help="builtin, or openai:NAME")] = "builtin",
    answers: Annotated[Path | None, typer.Option(help="the file that the system `answers` scores")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="only the first N queries, or users")] = None,
    k: Annotated[int | None, typer.Option(min=1, help="only the first K items of every answer")] = None,
    truth: Annotated[
        str,
        typer.Option(help="kg: all items that satisfy; history: those of them that the source user chose"),
    ] = "kg",
    with_history: Annotated[
        bool, typer.Option("--with-history", help="show `agent` or `llm` what the person chose before")
    ] = False,
    with_profile: Annotated[
        bool,
        typer.Option("--with-profile/--without-profile", help="show `agent` who asks, where a query says so"),
    ] = True,
    seed: Annotated[int, typer.Option(help="of the systems `random`, `als` and `bpr`")] = 0,
    concurrency: Annotated[int, typer.Option(min=1, help="so many queries at once")] = 1,
    timeout: Annotated[
        float, typer.Option(min=0.001, help="seconds for a query, with all its attempts")
    ] = 300.0,
    retries: Annotated[
        int, typer.Option(min=0, help="further attempts where a server is busy or not reached")
    ] = 4,
    replay: Annotated[
        Path | None, typer.Option(help="take every reply of the model from this file; nothing is asked")
    ] = None,
    record: Annotated[
        Path | None, typer.Option(help="write the replies this run used to this file, for --replay")
    ] = None,
    max_cost: Annotated[float | None, typer.Option(min=0, help="stop before it costs more, in USD")] = None,
    max_calls: Annotated[
        int | None, typer.Option(min=0, help="stop before a server answers more calls")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="estimate calls, tokens and money, and stop")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="the run folder; default: one below runs/ named by what runs")
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="start over instead of going on with the run folder")
    ] = False,
) -> None:
    """Run a system over queries and print its scores. The same command again goes on where it stopped.

    Examples:

      python -m bench.run --system agent

      python -m bench.run --system agent --catalogue ml-1m --data DIR --queries movie.jsonl

      python -m bench.run --system answers --answers mine.jsonl --catalogue ml-1m --data DIR
    --queries movie.jsonl

      python -m bench.run --task next-item --catalogue ml-1m --data DIR

      python -m bench.run --task position-bias --system item-knn
    """
    toolset(tools)
    wanted = truth_named(truth)
    if catalogue not in known():
        raise UsageError.unknown("catalogue", catalogue, known())
    if task not in TASKS:
        raise UsageError.unknown("task", task, TASKS)
    if task == "next-item":
        from bench.next_item import task as next_item

        if queries or official_folder:
            raise UsageError("--task next-item asks for what users chose last; it takes no queries.")
        wished = next_item.Asked(system_name or next_item.ALL, limit, seed, out, fresh)
        next_item.run(open_catalogue(catalogue, data), wished)
        return
    system_name = system_name or "agent"
    if not queries and not official_folder and catalogue != "builtin":
        raise UsageError(
            f"the catalogue {catalogue!r} has no queries of its own; name a file with --queries."
        )
    opened = open_catalogue(catalogue, data)
    paths = queries or [dataset.BUILTIN]
    if official_folder is not None:
        every, found = official.read(official_folder, opened.graph)
        paths = [path for _, _, path in official.files(official_folder, opened.graph)]
        typer.echo("\n".join(found.lines()), err=True)
    else:
        every = dataset.read(paths, opened.graph)
    asked, ids = every[:limit], {query.id for query in every}
    askers = {query.user_id for query in every if query.user_id is not None}
    accounts = Accounts(system_name, model, replay=replay, record=record, limits=Limits(max_cost, max_calls))

    def made(driver: str | BaseChatModel) -> System:
        setup = Setup(
            *(opened.graph, ids, catalogue, data, tools, driver, k, answers),
            with_history=with_history,
            with_profile=with_profile,
            seed=seed,
            query_files=paths,
            askers=askers,
        )
        return system(system_name, setup)

    if dry_run:
        from bench.estimate import estimate

        guess = estimate(asked, made, opened.graph, accounts.price)
        typer.echo("\n".join(guess.lines(accounts.price)))
        return
    chosen = made(accounts.model(opened.graph))
    settings = {"system": system_name, "tools": tools, "model": model, "k": k, "answers": answers}
    shown = {"with_history": with_history, "with_profile": with_profile}
    identity = _identity(opened, paths, asked, **settings, **shown, seed=seed) | accounts.identity
    if task == "position-bias":
        placed = {"task": task, **identity}
        folder = out or Path("runs") / f"{task}-{system_name}-{catalogue}-{stamp.short(placed)}"
        placing.run(system_name, chosen, asked, opened.graph, placing.Run(folder, placed, fresh))
        return
    folder = out or Path("runs") / f"{system_name}-{catalogue}-{stamp.short(identity)}"
    done = execute.open_run(folder, identity, asked, fresh=fresh)
    accounts.open(folder, fresh=fresh)
    start = datetime.now(UTC)
    try:
        with progress("Answering", len(asked), already=len(done)) as tick:
            patience = Patience(retries, timeout)
            given = execute.run(
                folder, chosen, asked, done, k, tick, concurrency=concurrency, patience=patience
            )
    finally:
        used = accounts.close()
        written = {"what": identity, "times": stamp.times(start), **used}
        execute.write_json(folder / execute.MANIFEST, written)
    accounts.write_replay()
    rows = score(asked, given, opened.graph, wanted)
    execute.write_json(folder / execute.SCORES, table(rows, wanted))
    print_table(rows, given, f"{system_name} on {catalogue}", folder)
    typer.echo("".join(f"{name}: {words}\n" for name, words in said(used.get("usage")).items()), nl=False)


def _identity(opened: Opened, paths: list[Path], asked: list[Query], **settings: Any) -> dict[str, Any]:
    """Return what a run is: everything that decides its answers."""
    answers = settings.pop("answers")
    return {
        **settings,
        "benchmark": VERSION,
        "catalogue": opened.folder.name,
        "queries": [[path.name, file_hash(path)[:16]] for path in paths],
        "n_queries": len(asked),
        "answers": file_hash(answers)[:16] if answers else None,
        "prompts": prompts.hashes(),
        "commit": stamp.commit(),
    }


if __name__ == "__main__":
    run_app(app)
