"""The tasks that answer requests: a system over queries into a run folder, scored; or over lists (MAPB)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

import prompts
from bench import dataset, execute, official, placing, stamp
from bench.accounts import Accounts, said
from bench.attempts import Patience
from bench.console import console
from bench.execute import Asking
from bench.hard import table as by_kind
from bench.report import print_table, progress
from bench.score import judge, score, table
from bench.systems.base import Ranker, System
from bench.systems.roster import Setup, system
from bench.types import PROMPTS, VERSION, Answer, PromptName, Query, Truth
from kg import dotted
from kg.errors import UsageError
from kg.folders import file_hash
from kg.graph import KnowledgeGraph
from kg.store import Opened, open_catalogue

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


@dataclass(frozen=True, slots=True)
class Wish:
    """What a run was asked for; the options of `bench.run` by the same names."""

    system: str
    catalogue: str
    data: Path | None
    queries: Sequence[Path]
    official: Path | None
    tools: str
    model: str
    k: int | None
    answers: Path | None
    limit: int | None
    truth: Truth
    with_history: bool
    with_profile: bool
    seed: int
    out: Path | None
    fresh: bool
    embedder: str | None = None
    wide: bool = False
    prompt: PromptName = "usher"


class Job:
    """A wish with its catalogue open and its queries read; of official ones it says what was read.

    Raises:
        UsageError, DataError: no queries for this catalogue, or such that do not fit it.
    """

    def __init__(self, wish: Wish, accounts: Accounts, *, quiet: bool = False):
        if not wish.queries and not wish.official and wish.catalogue != "builtin":
            raise UsageError(
                f"the catalogue {wish.catalogue!r} has no queries of its own; name a file with --queries."
            )
        self.wish = wish
        self.accounts = accounts
        self.opened: Opened = open_catalogue(wish.catalogue, wish.data)
        self.paths: list[Path] = list(wish.queries) or [*dataset.DEFAULT]
        graph = self.opened.graph
        if wish.official is None:
            self.every = self.read(graph)
        else:
            self.every, found = official.read(wish.official, graph)
            self.paths = [path for _, _, path in official.files(wish.official, graph)]
            if not quiet:
                typer.echo("\n".join(found.lines()), err=True)

    def read(self, graph: KnowledgeGraph) -> list[Query]:
        """Return the queries of the files that were named."""
        return dataset.read(self.paths, graph)

    @property
    def queries(self) -> list[Query]:
        """The queries that are asked."""
        return self.every[: self.wish.limit]

    def made(self, driver: str | BaseChatModel) -> System:
        """Return the system, driven by a model."""
        wish = self.wish
        setup = Setup(
            graph=self.opened.graph,
            ids={query.id for query in self.every},
            catalogue=wish.catalogue,
            data=wish.data,
            tools=wish.tools,
            model=driver,
            k=wish.k,
            answers=wish.answers,
            with_history=wish.with_history,
            with_profile=wish.with_profile,
            seed=wish.seed,
            query_files=self.paths,
            embedder=wish.embedder,
            prompt=wish.prompt,
            askers={query.user_id for query in self.every if query.user_id is not None},
        )
        return system(wish.system, setup)

    @cached_property
    def identity(self) -> dict[str, Any]:
        """What the run is: everything that decides its answers."""
        wish = self.wish
        names = ("system", "tools", "model", "k", "with_history", "with_profile", "seed", "embedder")
        return {
            **{name: getattr(wish, name) for name in names},
            "benchmark": VERSION,
            "catalogue": self.opened.folder.name,
            "queries": [[path.name, file_hash(path)[:16]] for path in self.paths],
            "n_queries": len(self.queries),
            "answers": file_hash(wish.answers)[:16] if wish.answers else None,
            "prompts": prompts.hashes(),
            "commit": stamp.commit(),
            **({"prompt": wish.prompt} if wish.prompt != "usher" else {}),
            **self.accounts.identity,
            **{f"{path} code": dotted.digest(path) for path in _own(wish)},
        }

    def folder(self, identity: dict[str, Any], task: str = "") -> Path:
        """Return the run folder: the one that was named, or one below runs/ named by what runs."""
        name = f"{task}{self.wish.system.replace(':', '.')}-{self.wish.catalogue}-{stamp.short(identity)}"
        return self.wish.out or Path("runs") / name


def prompt_named(name: str) -> PromptName:
    """Return the prompt of a name.

    Raises:
        UsageError: there is no such prompt.
    """
    for prompt in PROMPTS:
        if prompt == name:
            return prompt
    raise UsageError.unknown("prompt", name, PROMPTS)


def _own(wish: Wish) -> list[str]:
    """Return the dotted paths that a person gave as system and embedder."""
    return [each for each in (wish.system, wish.embedder) if each and dotted.is_dotted(each)]


def estimate(job: Job, *, placed: bool = False) -> None:
    """Say what a run would use, and ask nothing; `placed`: one that ranks lists (`position_bias`)."""
    from bench.estimate import estimate as guessed

    graph, price = job.opened.graph, job.accounts.price
    if placed:
        listed = placing.lists(job.queries, graph)
        found = guessed(listed, lambda model: partial(placing.ranks, _ranker(job, model)), graph, price)
    else:
        found = guessed(job.queries, lambda model: job.made(model).answer, graph, price)
    typer.echo("\n".join(found.lines(price)))


def _ranker(job: Job, driver: BaseChatModel) -> Ranker:
    return placing.ranker(job.wish.system, job.made(driver))


def position_bias(job: Job) -> None:
    """Rank lists with the true item at every place in turn, and print MAPB."""
    chosen = job.made(job.accounts.model(job.opened.graph))
    placed = {"task": "position-bias", **job.identity}
    run = placing.Run(job.folder(placed, "position-bias-"), placed, job.wish.fresh, job.accounts)
    _say(placing.run(job.wish.system, chosen, job.queries, job.opened.graph, run))


def answer(job: Job, concurrency: int, patience: Patience, elsewhere: Asking | None = None) -> None:
    """Answer the queries, here or `elsewhere`, score the answers and print the table."""
    wish, graph = job.wish, job.opened.graph
    chosen = job.made(job.accounts.model(graph))
    folder = job.folder(job.identity)
    done = execute.open_run(folder, job.identity, job.queries, fresh=wish.fresh)
    job.accounts.open(folder, fresh=wish.fresh)
    start, given = datetime.now(UTC), list[Answer]()
    try:
        with progress("Answering", len(job.queries), already=len(done)) as tick:
            given = execute.run(
                *(folder, chosen, job.queries, done, wish.k, tick),
                concurrency=concurrency,
                patience=patience,
                elsewhere=elsewhere,
            )
    finally:
        used = job.accounts.close()
        written = {"what": job.identity, "times": stamp.times(start), **used}
        execute.write_json(folder / execute.MANIFEST, written)
    job.accounts.write_replay()
    rows = score(job.queries, given, graph, wish.truth)
    execute.write_json(folder / execute.SCORES, table(rows, wish.truth))
    print_table(rows, given, f"{wish.system} on {wish.catalogue}", folder, wide=wish.wide)
    _by_kind(job.queries, given, graph, wish)
    _say(used)


def _by_kind(queries: Sequence[Query], given: Sequence[Answer], graph: KnowledgeGraph, wish: Wish) -> None:
    """Print the scores of the hard split by what makes its requests hard."""
    hard = [query for query in queries if query.kind and query.has(wish.truth)]
    answers = {answer.id: answer for answer in given}
    values = {query.id: judge(query, answers[query.id], graph, which=wish.truth) for query in hard}
    if shown := by_kind.grid(hard, values):
        console(wide=wish.wide).print(shown)


def _say(used: dict[str, Any]) -> None:
    """Print what a run used, if it used anything."""
    typer.echo("".join(f"{name}: {words}\n" for name, words in said(used.get("usage")).items()), nl=False)
