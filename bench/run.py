"""`python -m bench.run`: run a system over queries, score it, print the table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from agent.terminal import run_app
from bench import recbench
from bench.accounts import Accounts, Limits
from bench.attempts import Patience
from bench.options import WithHistory
from bench.recbench import Job, Wish
from bench.score import truth_named
from bench.workers import elsewhere
from kg.engines import PROCESSES, check_engine
from kg.errors import UsageError
from kg.store import known, open_catalogue
from tools.toolsets import toolset

app = typer.Typer(add_completion=False, rich_markup_mode=None)
PUBLISHED = (
    "mind",
    "microlens",
    "goodreads",
    "cds",
    "hm",
)  # of `bench.pair_wise.files`, not loaded for a name
TASKS = ("recbench", "next-item", "pair-wise", "position-bias", "tau-rec", "dialogue", "themes")


@app.command()
def main(
    system_name: Annotated[
        str | None,
        typer.Option(
            "--system",
            help="agent, llm, search, retrieval, bm25, popularity, random, item-knn, user-knn, ease, als,"
            " bpr, oracle, answers or my.module:Class; default: agent. With --task next-item or pair-wise a"
            " list with commas; default: all",
        ),
    ] = None,
    task: Annotated[
        str,
        typer.Option(
            help="recbench: answer queries; next-item: rank what everybody chose last; pair-wise: say who"
            " likes which item; position-bias: rank a list that has the true item at every place in"
            " turn; tau-rec: talk with a simulated person;"
            " dialogue: conditions told one at a time; themes: requests for a theme or a mood"
        ),
    ] = "recbench",
    catalogue: Annotated[
        str,
        typer.Option(
            help="builtin, ml-1m, ml-100k or librarything; of --task pair-wise also mind, microlens,"
            " goodreads, cds or hm with --from"
        ),
    ] = "builtin",
    data: Annotated[
        Path | None, typer.Option(help="the folder that holds raw sources, e.g. `ml-1m/`")
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            "--from", help="pair-wise: a publisher's file of interactions, that of titles beside it"
        ),
    ] = None,
    queries: Annotated[
        list[Path] | None, typer.Option(help="query files; default: the built-in ones")
    ] = None,
    official_folder: Annotated[
        Path | None, typer.Option("--official", help="the authors' `dataset` folder, instead of query files")
    ] = None,
    tools: Annotated[
        str, typer.Option(help="the toolset: full, no-verify, no-hops, no-find, no-ask, no-policy …")
    ] = "full",
    model: Annotated[str, typer.Option(help="builtin, or openai:NAME")] = "builtin",
    prompt: Annotated[
        str,
        typer.Option(help="of `llm`: usher, our own; or paper, what appendix A of arXiv 2503.09382 asks"),
    ] = "usher",
    embedder: Annotated[
        str | None,
        typer.Option(
            help="of `agent` and `retrieval`: static, lsa, sentence-transformers or my.module:Class"
        ),
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option(
            help="the file that the system `answers` scores; next-item: a folder of lists that others made"
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="only the first N queries, or users; pair-wise: N rows")
    ] = None,
    k: Annotated[int | None, typer.Option(min=1, help="only the first K items of every answer")] = None,
    truth: Annotated[
        str,
        typer.Option(help="kg: all items that satisfy; history: those of them that the source user chose"),
    ] = "kg",
    with_history: WithHistory = False,
    with_profile: Annotated[
        bool,
        typer.Option("--with-profile/--without-profile", help="show `agent` who asks, where a query says so"),
    ] = True,
    seed: Annotated[
        int, typer.Option(help="of the systems `random`, `als` and `bpr`, and of a simulated person")
    ] = 0,
    trials: Annotated[int, typer.Option(min=1, help="tau-rec: dialogues a task, for pass^k")] = 4,
    simulator: Annotated[
        str, typer.Option(help="tau-rec: who the person is: rules, or a model openai:NAME")
    ] = "rules",
    generate: Annotated[
        int | None,
        typer.Option(
            min=1, help="tau-rec: make so many tasks over --catalogue, instead of the published ones"
        ),
    ] = None,
    concurrency: Annotated[int, typer.Option(min=1, help="so many queries at once")] = 1,
    workers: Annotated[
        int, typer.Option(min=1, help="so many processes; for systems that ask no server")
    ] = 1,
    engine: Annotated[str, typer.Option(help="what runs them: processes, or ray (an extra)")] = "processes",
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
    wide: Annotated[bool, typer.Option("--wide", help="print every column, not only what fits 80")] = False,
) -> None:
    """Run a system over queries and print its scores. The same command again goes on where it stopped.

    Examples:

      python -m bench.run --system agent

      python -m bench.run --system agent --catalogue ml-1m --data DIR --queries movie.jsonl

      python -m bench.run --system answers --answers mine.jsonl --catalogue ml-1m --data DIR
    --queries movie.jsonl

      python -m bench.run --system llm --model openai:NAME --prompt paper --k 5

      python -m bench.run --task next-item --catalogue ml-1m --data DIR

      python -m bench.run --task pair-wise --catalogue ml-100k --data DIR

      python -m bench.run --task position-bias --system item-knn

      python -m bench.run --task tau-rec --data DIR --trials 4

      python -m bench.run --task themes --catalogue ml-1m --data DIR --queries hand.jsonl

      python -m bench.run --task dialogue --catalogue ml-1m --data DIR --queries movie.jsonl
    """
    toolset(tools)
    limits = Limits(max_cost, max_calls)
    if task not in TASKS:
        raise UsageError.unknown("task", task, TASKS)
    names = [*known(), *(PUBLISHED if task == "pair-wise" else ())]
    if catalogue not in names:
        raise UsageError.unknown("catalogue", catalogue, names)
    if file is not None and task != "pair-wise":
        raise UsageError("--from is for --task pair-wise.")
    check_engine(engine)
    if (workers > 1 or engine != PROCESSES) and (task != "recbench" or model != "builtin" or dry_run):
        raise UsageError(
            f"--workers {workers} --engine {engine} is for requests (--task recbench) that the built-in model"
            " or a recommender answers; a server is asked more at once with --concurrency."
        )
    told = recbench.prompt_named(prompt)
    if told != "usher" and (system_name != "llm" or task != "recbench"):
        raise UsageError("--prompt is for --system llm, a language model alone that answers queries.")
    if task == "next-item":
        from bench.next_item import roster
        from bench.next_item import task as next_item

        if queries or official_folder:
            raise UsageError("--task next-item asks for what users chose last; it takes no queries.")
        if dry_run or replay or record or limits != Limits() or model != "builtin":
            raise UsageError(
                "--task next-item asks no model; --model, --dry-run, --replay, --record, --max-cost and"
                " --max-calls are for the other tasks."
            )
        wished = next_item.Asked(system_name or roster.ALL, limit, seed, out, fresh, wide, answers)
        next_item.run(open_catalogue(catalogue, data), wished)
        return
    if task == "pair-wise":
        from bench.pair_wise import roster as pairs
        from bench.pair_wise import task as pair_wise

        if queries or official_folder or dry_run:
            raise UsageError(
                "--task pair-wise asks about rows of its data set; it takes no queries and no --dry-run."
            )
        chosen = system_name or pairs.ALL
        wanted = "llm" if "llm" in chosen.split(",") else chosen
        accounts = Accounts(wanted, model, replay=replay, record=record, limits=limits)
        pair_wise.run(pair_wise.Asked(chosen, catalogue, data, file, limit, seed, out, fresh, wide), accounts)
        return
    if task == "tau-rec":
        from bench.tau_rec import run as tau_rec

        if dry_run:
            raise UsageError("--dry-run is for requests; --limit 1 --trials 1 shows what a dialogue takes.")
        name = system_name or "agent"
        accounts = Accounts(name, model, replay=replay, record=record, limits=limits)
        tau = tau_rec.Wish(
            name, data, tools, model, simulator, trials, seed, limit, out, fresh, catalogue, generate
        )
        tau_rec.run(tau, accounts)
        return
    if task == "dialogue":
        from bench.dialogue import run as dialogue

        if dry_run or official_folder:
            raise UsageError(
                "--task dialogue takes --queries FILE; --dry-run and --official are for recbench."
            )
        name = system_name or "agent"
        accounts = Accounts(name, model, replay=replay, record=record, limits=limits)
        talk = dialogue.Wish(
            name, catalogue, data, queries or (), tools, model, with_history, seed, limit, out, fresh
        )
        dialogue.run(talk, accounts)
        return
    wish = Wish(
        system=system_name or "agent",
        catalogue=catalogue,
        data=data,
        queries=queries or (),
        official=official_folder,
        tools=tools,
        model=model,
        k=k,
        answers=answers,
        limit=limit,
        truth=truth_named(truth),
        with_history=with_history,
        with_profile=with_profile,
        seed=seed,
        out=out,
        fresh=fresh,
        embedder=embedder,
        wide=wide,
        prompt=told,
    )
    if task == "themes":
        from bench import themes

        if dry_run or official_folder:
            raise UsageError("--task themes takes --queries FILE; --dry-run and --official are for recbench.")
        accounts = Accounts(wish.system, model, replay=replay, record=record, limits=limits)
        themes.run(wish, accounts, concurrency, Patience(retries, timeout))
        return
    job = Job(wish, Accounts(wish.system, model, replay=replay, record=record, limits=limits))
    if dry_run:
        recbench.estimate(job, placed=task == "position-bias")
    elif task == "position-bias":
        recbench.position_bias(job)
    else:
        patience = Patience(retries, timeout)
        recbench.answer(job, concurrency, patience, elsewhere(engine, wish, patience, workers))


if __name__ == "__main__":
    run_app(app)
