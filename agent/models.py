"""Models by name: `builtin`, or `openai:NAME` on any OpenAI-compatible server (docs/models.md)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.policy import Policy

Mode = Literal["loop", "one-call"]

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from agent.builtin.replies import BuiltinReplies
    from agent.llm.cache import Replies
    from agent.llm.settings import Settings
    from agent.llm.spending import Watch
    from agent.state import Context


def chat_model(
    model: str | BaseChatModel,
    graph: KnowledgeGraph,
    *,
    policy: Policy = Policy(),
    settings: Settings | None = None,
    cache: Replies | None = None,
    watch: Watch | None = None,
    repeat: int = 0,
) -> tuple[BaseChatModel, str]:
    """Return a model by name with its system prompt for this catalogue; the built-in model needs none.

    What follows the graph is for models on servers, see `agent.llm.client.Client.connect`; without `settings`
    they come from the environment.

    Raises:
        UsageError: the name is of no known kind, or it needs a key that is not there.
    """
    if isinstance(model, str) and model == "builtin":
        from agent.builtin.model import BuiltinModel

        return BuiltinModel(replies=builtin_replies(graph, policy)), ""
    system = system_prompt(graph)
    if not isinstance(model, str):
        return model, system
    from agent.llm.client import Client
    from agent.llm.settings import load, server_name

    name = server_name(model)
    own = settings or load(name)
    # A run with a cache finds out all by itself: a replay of it knows nothing else.
    made = Client.connect(name, own, cache=cache, watch=watch, repeat=repeat, remembers=cache is None)
    return made, system


def builtin_replies(graph: KnowledgeGraph, policy: Policy = Policy()) -> BuiltinReplies:
    """Return the built-in model for a catalogue as plain code; LangChain takes long to load."""
    from agent.builtin.parse.vocabulary import Vocabulary
    from agent.builtin.replies import BuiltinReplies

    return BuiltinReplies(Vocabulary.of_graph(graph), policy)


def system_prompt(graph: KnowledgeGraph, mode: Mode = "loop") -> str:
    """Return what a language model is told of every request to a catalogue."""
    import prompts

    domains = ", ".join(graph.domains)
    if mode == "one-call":
        return prompts.load("agent/one_call", domains=domains)
    relations = ", ".join(each.name for each in graph.relations)
    return prompts.load("agent/system", relations=relations, domains=domains)


def mode_of(model: str | BaseChatModel) -> Mode:
    """Return how a model is asked, by its settings."""
    if model == "builtin":
        return "loop"
    if not isinstance(model, str):
        return "one-call" if getattr(model, "mode", "") == "one-call" else "loop"
    from agent.llm.modes import chosen
    from agent.llm.settings import load, server_name

    name = server_name(model)
    return chosen(name, load(name))


def in_mode(context: Context, mode: Mode) -> Context:
    """Return what a run is given so that its language model is asked in a mode."""
    if mode == "loop" or context.knowledge is None:
        return context
    graph = context.knowledge.graph
    drafter, _ = chat_model("builtin", graph, policy=context.policy)
    return replace(context, system=system_prompt(graph, mode), drafter=drafter, language_model=False)


def ranking_model(model: str | BaseChatModel | None) -> BaseChatModel | None:
    """Return a model that puts items in order, by name; None if none is wanted.

    Raises:
        UsageError: the name is of no language model, or it needs a key that is not there.
    """
    if not isinstance(model, str):
        return model
    if not model.startswith("openai:"):
        raise UsageError(f"a ranker is a language model, openai:NAME (docs/models.md); got {model!r}.")
    from agent.llm.client import Client
    from agent.llm.settings import load, server_name

    name = server_name(model)
    return Client.connect(name, load(name), remembers=True)
