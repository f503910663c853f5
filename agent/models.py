"""Models by name: `builtin`, or `openai:NAME` on any OpenAI-compatible server."""

from __future__ import annotations

from langchain_core.language_models import BaseChatModel

from kg.errors import UsageError
from kg.graph import KnowledgeGraph

TIMEOUT = 60.0  # seconds


def chat_model(model: str | BaseChatModel, graph: KnowledgeGraph) -> tuple[BaseChatModel, str]:
    """Return a model by name with its system prompt for this catalogue; the built-in model needs none.

    Raises:
        UsageError: the name is of no known kind, or it needs a key that is not there.
    """
    if isinstance(model, str) and model == "builtin":
        from agent.builtin.atoms import Vocabulary
        from agent.builtin.model import BuiltinModel

        relations = [each.name for each in graph.relations]
        wording = graph.catalogue.notes.get("wording")
        return BuiltinModel(vocabulary=Vocabulary.of(relations, graph.domains, wording)), ""
    import prompts

    system = prompts.load(
        "agent/system",
        relations=", ".join(each.name for each in graph.relations),
        domains=", ".join(graph.domains),
    )
    return (_by_name(model) if isinstance(model, str) else model), system


def _by_name(name: str) -> BaseChatModel:
    provider, _, model = name.partition(":")
    if provider != "openai" or not model:
        raise UsageError(f"unknown model {name!r}. Known models: builtin, openai:NAME (with OPENAI_API_KEY).")
    import os

    from langchain_openai import ChatOpenAI

    base = os.environ.get("USHER_BASE_URL") or os.environ.get("OPENAI_BASE_URL")
    if not base and not os.environ.get("OPENAI_API_KEY"):
        raise UsageError(
            f"the model {name!r} needs OPENAI_API_KEY, or USHER_BASE_URL for a server of your own."
            " Without either, use the model `builtin`."
        )
    key = os.environ.get("OPENAI_API_KEY") or "none"  # a local server takes any
    return ChatOpenAI(
        model=model, base_url=base, api_key=lambda: key, temperature=0, timeout=TIMEOUT, max_retries=2
    )
