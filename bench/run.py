"""`python -m bench.run`: run a system over queries, score it, print the table."""

from __future__ import annotations

import hashlib
import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import prompts
from agent.terminal import run_app
from bench import dataset, execute, official
from bench.accounts import Accounts, Limits, said
from bench.attempts import Patience
from bench.report import print_table, progress
from bench.score import score, table
from bench.systems.base import System
from bench.systems.roster import Setup, system
from bench.types import Query
from kg.catalogue import file_hash
from kg.errors import UsageError
from kg.store import Opened, known, open_catalogue
from tools.toolsets import toolset

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def main(
    system_name: Annotated[
        str,
        typer.Option("--system", help="agent, llm, retrieval, popularity, random, oracle or answers"),
    ] = "agent",
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
    limit: Annotated[int | None, typer.Option(min=1, help="only the first N queries")] = None,
    k: Annotated[int | None, typer.Option(min=1, help="only the first K items of every answer")] = None,
    with_history: Annotated[
        bool, typer.Option("--with-history", help="show `llm` what the person chose before")
    ] = False,
    seed: Annotated[int, typer.Option(help="of the system `random`")] = 0,
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
    """
    toolset(tools)
    if catalogue not in known():
        raise UsageError.unknown("catalogue", catalogue, known())
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
    accounts = Accounts(system_name, model, replay=replay, record=record, limits=Limits(max_cost, max_calls))

    def made(driver: str | BaseChatModel) -> System:
        setup = Setup(opened.graph, ids, catalogue, data, tools, driver, k, answers, with_history, seed)
        return system(system_name, setup)

    if dry_run:
        from bench.estimate import estimate

        guess = estimate(asked, made, opened.graph, accounts.price)
        typer.echo("\n".join(guess.lines(accounts.price)))
        return
    chosen = made(accounts.model(opened.graph))
    settings = {"system": system_name, "tools": tools, "model": model, "k": k, "answers": answers}
    identity = _identity(opened, paths, asked, **settings, with_history=with_history, seed=seed)
    identity |= accounts.identity
    folder = out or Path("runs") / f"{system_name}-{catalogue}-{_short(identity)}"
    done = execute.open_run(folder, identity, fresh=fresh)
    accounts.open(folder, fresh=fresh)
    start = datetime.now(UTC)
    try:
        with progress("Answering", len(asked), already=len(done)) as tick:
            patience = Patience(retries, timeout)
            given = execute.run(
                folder, chosen, asked, done, k, tick, concurrency=concurrency, patience=patience
            )
    finally:
        times = {
            "last_started": start.isoformat(timespec="seconds"),
            "last_ended": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        used = accounts.close()
        execute.write_json(folder / execute.MANIFEST, {"what": identity, "times": times, **used})
    accounts.write_replay()
    rows = score(asked, given, opened.graph)
    execute.write_json(folder / execute.SCORES, table(rows))
    print_table(rows, given, f"{system_name} on {catalogue}", folder)
    typer.echo("".join(f"{name}: {words}\n" for name, words in said(used.get("usage")).items()), nl=False)


def _identity(opened: Opened, paths: list[Path], asked: list[Query], **settings: Any) -> dict[str, Any]:
    """Return what a run is: everything that decides its answers."""
    answers = settings.pop("answers")
    return {
        **settings,
        "catalogue": opened.folder.name,
        "queries": [[path.name, file_hash(path)[:16]] for path in paths],
        "n_queries": len(asked),
        "answers": file_hash(answers)[:16] if answers else None,
        "prompts": prompts.hashes(),
        "commit": _commit(),
    }


def _commit() -> str:
    """Return the commit of the checkout, with a mark if it was changed since; 'unknown' outside of one."""
    here = Path(__file__).parent
    described = ["git", "-C", str(here), "describe", "--always", "--dirty", "--exclude=*"]
    try:
        found = subprocess.run(  # noqa: S603
            described, capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    return found.stdout.strip()


def _short(identity: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()[:8]


if __name__ == "__main__":
    run_app(app)
