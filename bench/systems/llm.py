"""A language model alone: no tools, no catalogue, only what it remembers (appendix A of arXiv 2503.09382)."""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage

import prompts
from bench.titles_match import Matcher
from bench.types import Answer, PromptName, Query
from kg.graph import KnowledgeGraph
from kg.types import ItemId

_WORDS = {"movie": ("film", "films"), "book": ("book", "books")}
_CHOSEN = {"movie": "watched", "book": "read"}
_NO_NUMBER = "as many {} as you see fit"


class LanguageModel:
    """Asks a chat model for titles, without or with the person's history, and matches them to the catalogue.

    How many it may name is said only if the run has a `k`: people do not say it ("Evaluation Metrics" in the
    paper). A query without a history is asked without one. The reply is a list of titles and nothing else.
    """

    def __init__(
        self,
        graph: KnowledgeGraph,
        model: BaseChatModel,
        k: int | None = None,
        *,
        with_history: bool = False,
        prompt: PromptName = "usher",
    ):
        self.graph = graph
        self.model = model
        self.k = k
        self.with_history = with_history
        self.prompt = prompt
        self.matcher = Matcher(graph)

    def answer(self, query: Query) -> Answer:
        """Return what the model recommends; titles that name nothing in the catalogue are unmatched."""
        reply = self.model.invoke([SystemMessage(self.instruction(query)), HumanMessage(query.query)])
        finish = reply.response_metadata.get("finish_reason")
        # Titles of a history are no words of the instruction: a model may recommend them.
        asked = f"{self.instruction(query.model_copy(update={'history': []}))}\n{query.query}"
        named = self.matcher.read(str(reply.text), query.domain, self.k, asked=asked, cut=finish == "length")
        usage = getattr(reply, "usage_metadata", None) or {}
        return Answer(
            id=query.id,
            items=named.items,
            titles=named.titles,
            unmatched=named.unmatched,
            calls=1,
            tokens=usage.get("total_tokens", 0),
            tokens_in=usage.get("input_tokens", 0),
            tokens_out=usage.get("output_tokens", 0),
            finish_reason=finish,
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
        """Return the system prompt of a query, of `prompts/bench`: `llm`, `paper` or these with a history."""
        known = "\n".join(self.graph.item(ItemId(key)).name for key in query.history)
        shown = self.with_history and known
        history = {"history": known} if shown else {}
        item, items = _WORDS[query.domain]
        counted = f"{self.k} {items if self.k != 1 else item}"
        if self.prompt == "paper":
            count = items if self.k is None else counted
            chosen = {"chosen": _CHOSEN[query.domain]} if shown else {}
            name = "bench/paper_history" if shown else "bench/paper"
            return prompts.load(name, items=items, count=count, **chosen, **history)
        count = _NO_NUMBER.format(items) if self.k is None else counted
        name = "bench/llm_history" if shown else "bench/llm"
        return prompts.load(name, item=item, items=items, count=count, **history)
