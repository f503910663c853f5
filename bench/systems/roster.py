"""The systems by name, and a person's own by a dotted path."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench.systems.base import System
from bench.systems.fitting import training_users
from bench.types import PromptName
from kg import dotted
from kg.catalogue import Histories
from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.taste.types import Scorer

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


@dataclass(frozen=True, slots=True)
class Setup:
    """What a run was asked for; every system takes from it what it needs.

    `with_history` shows an agent or a language model what the person chose before, `with_profile` an agent
    who asks, where a query says so; `prompt` is what a language model is told; `seed` is that of random
    answers and starts. What learns from histories leaves out the users that the split beside `query_files`
    keeps apart, and those whose history it is shown, `askers`.
    """

    graph: KnowledgeGraph
    ids: Collection[str]
    catalogue: str
    data: Path | None
    tools: str
    model: str | BaseChatModel
    k: int | None
    answers: Path | None
    with_history: bool = False
    with_profile: bool = True
    seed: int = 0
    query_files: Sequence[Path] = ()
    askers: Collection[str] = ()
    embedder: str | None = None
    prompt: PromptName = "usher"


def _agent(setup: Setup) -> System:
    from agent.assistant import Assistant
    from bench.systems.assistant import AgentSystem

    shown = setup.askers if setup.with_history else ()
    users = training_users(setup.query_files, shown, setup.graph.catalogue)
    assistant = Assistant(
        setup.catalogue,
        data=setup.data,
        tools=setup.tools,
        model=setup.model,
        embedder=setup.embedder,
        users=users,
    )
    system = AgentSystem(assistant, with_history=setup.with_history, with_profile=setup.with_profile)
    system.prepare()
    return system


def _llm(setup: Setup) -> System:
    from agent.models import chat_model
    from bench.systems.llm import LanguageModel

    if setup.model == "builtin":
        raise UsageError(
            "the system `llm` needs a language model: --model openai:NAME."
            "\n  The built-in model knows nothing without tools; measure it with --system agent."
        )
    model, _ = chat_model(setup.model, setup.graph)
    return LanguageModel(setup.graph, model, setup.k, with_history=setup.with_history, prompt=setup.prompt)


def _retrieval(setup: Setup) -> System:
    from agent.assistant import Assistant
    from bench.systems.retrieval import Retrieval

    index = Assistant(setup.catalogue, data=setup.data, embedder=setup.embedder).knowledge.index
    return Retrieval(setup.graph, index, setup.k)


def _bm25(setup: Setup) -> System:
    from agent.assistant import Assistant
    from bench.systems.bm25 import Bm25

    return Bm25(setup.graph, Assistant(setup.catalogue, data=setup.data).knowledge.texts, setup.k)


def _search(setup: Setup) -> System:
    from agent.assistant import Assistant
    from bench.systems.search import Search

    assistant = Assistant(setup.catalogue, data=setup.data, embedder=setup.embedder)
    return Search(assistant.knowledge, setup.k)


def _popularity(setup: Setup) -> System:
    from bench.systems.popularity import Popularity

    return Popularity(setup.graph, setup.k)


def _random(setup: Setup) -> System:
    from bench.systems.random_items import RandomItems

    return RandomItems(setup.graph, setup.k, setup.seed)


def _classical(setup: Setup, fit: Callable[[Histories, int], Scorer]) -> System:
    from bench.systems.classical import Classical
    from bench.systems.fitting import training_histories
    from kg.taste import popularity

    catalogue = setup.graph.catalogue
    histories = training_histories(setup.query_files, setup.askers, catalogue)
    n_items = catalogue.offered
    fallback = popularity.fit(histories, n_items)
    return Classical(setup.graph, fit(histories, n_items), fallback, setup.k)


def _item_knn(setup: Setup) -> System:
    from kg.taste import neighbours

    return _classical(setup, partial(neighbours.fit, weights="bm25"))


def _user_knn(setup: Setup) -> System:
    from kg.taste import users

    return _classical(setup, users.fit)


def _ease(setup: Setup) -> System:
    from kg.taste import ease

    return _classical(setup, ease.fit)


def _als(setup: Setup) -> System:
    from bench.systems import factors

    return _classical(setup, partial(factors.fit_als, seed=setup.seed))


def _bpr(setup: Setup) -> System:
    from bench.systems import factors

    return _classical(setup, partial(factors.fit_bpr, seed=setup.seed))


def _oracle(_: Setup) -> System:
    from bench.systems.oracle import Oracle

    return Oracle()


def _answers(setup: Setup) -> System:
    from bench.systems.answers import Answers

    if setup.answers is None:
        raise UsageError("the system `answers` needs a file: --answers FILE.")
    return Answers(setup.answers, setup.graph, setup.ids, setup.k)


SYSTEMS: dict[str, Callable[[Setup], System]] = {
    "agent": _agent,
    "llm": _llm,
    "retrieval": _retrieval,
    "bm25": _bm25,
    "search": _search,
    "popularity": _popularity,
    "random": _random,
    "item-knn": _item_knn,
    "user-knn": _user_knn,
    "ease": _ease,
    "als": _als,
    "bpr": _bpr,
    "oracle": _oracle,
    "answers": _answers,
}


def system(name: str, setup: Setup) -> System:
    """Return a system by name; a dotted path names what makes one of a `Setup`, as a class does.

    Raises:
        UsageError: there is no such system, or it lacks something it needs.
    """
    if dotted.is_dotted(name):
        told = "one argument, the run's `Setup`"
        own: System = dotted.made(name, "--system", setup, takes=told, methods=("answer",))
        return own
    if name not in SYSTEMS:
        raise UsageError.unknown("system", name, [*SYSTEMS, "my.module:Class"])
    return SYSTEMS[name](setup)
