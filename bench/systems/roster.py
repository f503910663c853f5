"""The systems by name."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.systems.base import System
from kg.errors import UsageError
from kg.graph import KnowledgeGraph

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


@dataclass(frozen=True, slots=True)
class Setup:
    """What a run was asked for; every system takes from it what it needs.

    `with_history` shows a language model what the person chose before; `seed` is that of random answers.
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
    seed: int = 0


def _agent(setup: Setup) -> System:
    from agent.assistant import Assistant
    from bench.systems.assistant import AgentSystem

    assistant = Assistant(setup.catalogue, data=setup.data, tools=setup.tools, model=setup.model)
    system = AgentSystem(assistant)
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
    return LanguageModel(setup.graph, model, setup.k, with_history=setup.with_history)


def _retrieval(setup: Setup) -> System:
    from agent.assistant import Assistant
    from bench.systems.retrieval import Retrieval

    index = Assistant(setup.catalogue, data=setup.data).knowledge.index
    return Retrieval(setup.graph, index, setup.k)


def _popularity(setup: Setup) -> System:
    from bench.systems.popularity import Popularity

    return Popularity(setup.graph, setup.k)


def _random(setup: Setup) -> System:
    from bench.systems.random_items import RandomItems

    return RandomItems(setup.graph, setup.k, setup.seed)


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
    "popularity": _popularity,
    "random": _random,
    "oracle": _oracle,
    "answers": _answers,
}


def system(name: str, setup: Setup) -> System:
    """Return a system by name.

    Raises:
        UsageError: there is no such system, or it lacks something it needs.
    """
    if name not in SYSTEMS:
        raise UsageError.unknown("system", name, SYSTEMS)
    return SYSTEMS[name](setup)
