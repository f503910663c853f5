"""Models by name: `builtin`, or `openai:NAME` on any OpenAI-compatible server (docs/models.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from langchain_core.language_models import BaseChatModel

from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.policy import Policy

if TYPE_CHECKING:
    from agent.llm.cache import Replies
    from agent.llm.settings import Settings
    from agent.llm.spending import Watch


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
        from agent.builtin.parse.vocabulary import Vocabulary

        return BuiltinModel(vocabulary=Vocabulary.of_graph(graph), policy=policy), ""
    import prompts

    system = prompts.load(
        "agent/system",
        relations=", ".join(each.name for each in graph.relations),
        domains=", ".join(graph.domains),
    )
    if not isinstance(model, str):
        return model, system
    from agent.llm.client import Client
    from agent.llm.settings import load, server_name

    name = server_name(model)
    own = settings or load(name)
    return Client.connect(name, own, cache=cache, watch=watch, repeat=repeat), system


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
    return Client.connect(name, load(name))
