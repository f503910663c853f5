"""A language model alone: no tools, no catalogue, only what it remembers (appendix A of arXiv 2503.09382)."""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage

import prompts
from bench.titles_match import Matcher
from bench.types import Answer, Query
from kg.graph import KnowledgeGraph
from kg.types import ItemId

_WORDS = {"movie": ("film", "films"), "book": ("book", "books")}
_NO_NUMBER = "as many {} as you see fit"


class LanguageModel:
    """Asks a chat model for titles, without or with the person's history, and matches them to the catalogue.

    How many it may name is said only if the run has a `k`: people do not say it ("Evaluation Metrics" in the
    paper). A query without a history is asked without one. The reply is a list of titles and nothing else.
    """

    def __init__(
        self, graph: KnowledgeGraph, model: BaseChatModel, k: int | None = None, *, with_history: bool = False
    ):
        self.graph = graph
        self.model = model
        self.k = k
        self.with_history = with_history
        self.matcher = Matcher(graph)

    def answer(self, query: Query) -> Answer:
        """Return what the model recommends; titles that name nothing in the catalogue are unmatched."""
        reply = self.model.invoke([SystemMessage(self.instruction(query)), HumanMessage(query.query)])
        named = self.matcher.read(str(reply.text), query.domain, self.k)
        usage = getattr(reply, "usage_metadata", None) or {}
        return Answer(
            id=query.id,
            items=named.items,
            titles=named.titles,
            unmatched=named.unmatched,
            calls=1,
            tokens=usage.get("total_tokens", 0),
        )

    def rank(self, query: Query, candidates: Sequence[str]) -> list[str]:
        """Return the candidates as the model orders them, without those it leaves out.

        It sees the request and the candidates' titles in their order; a history is not shown.
        """
        item, items = _WORDS[query.domain]
        listed = "\n".join(self.graph.item(ItemId(key)).name for key in candidates)
        said = prompts.load("bench/rank", item=item, items=items, listed=listed)
        reply = self.model.invoke([SystemMessage(said), HumanMessage(query.query)])
        offered = frozenset(candidates)
        named = self.matcher.read(str(reply.text), query.domain)
        return [found for found in named.items if found in offered]

    def instruction(self, query: Query) -> str:
        """Return the system prompt of a query: `prompts/bench/llm.md` or `llm_history.md`, filled."""
        item, items = _WORDS[query.domain]
        count = _NO_NUMBER.format(items) if self.k is None else f"{self.k} {items if self.k > 1 else item}"
        if not (self.with_history and query.history):
            return prompts.load("bench/llm", item=item, items=items, count=count)
        known = [self.graph.item(ItemId(key)).name for key in query.history]
        return prompts.load(
            "bench/llm_history", item=item, items=items, count=count, history="\n".join(known)
        )
