"""A language model alone: no tools, no catalogue, only what it remembers (appendix A of arXiv 2503.09382)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

import prompts
from bench.titles_match import Matcher, Named
from bench.types import Answer, PromptName, Query
from kg.graph import KnowledgeGraph
from kg.types import ItemId

_WORDS = {"movie": ("film", "films"), "book": ("book", "books")}
_CHOSEN = {"movie": "watched", "book": "read"}
_NO_NUMBER = "as many {} as you see fit"


class _Named(NamedTuple):
    """A reply, and what it names in the catalogue."""

    reply: AIMessage
    named: Named


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
        # Titles of a history are no words of the instruction: a model may recommend them.
        reply, named = self._asked(
            query, self.instruction(query), self.instruction(query.model_copy(update={"history": []})), self.k
        )
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
            finish_reason=reply.response_metadata.get("finish_reason"),
        )

    def rank(self, query: Query, candidates: Sequence[str]) -> list[str]:
        """Return the candidates as the model orders them, without those it leaves out.

        It sees the request and the candidates' titles in their order; a history is not shown.
        """
        item, items = _WORDS[query.domain]
        listed = "\n".join(self.graph.item(ItemId(key)).name for key in candidates)
        told, own = (prompts.load("bench/rank", item=item, items=items, listed=each) for each in (listed, ""))
        offered = frozenset(candidates)
        return [found for found in self._asked(query, told, own).named.items if found in offered]

    def _asked(self, query: Query, told: str, own: str, k: int | None = None) -> _Named:
        """Return the reply to a system prompt and what it names; `own`: the prompt without items' titles."""
        reply = self.model.invoke([SystemMessage(told), HumanMessage(query.query)])
        cut = reply.response_metadata.get("finish_reason") == "length"
        asked = f"{own}\n{query.query}"
        return _Named(reply, self.matcher.read(str(reply.text), query.domain, k, asked=asked, cut=cut))

    def instruction(self, query: Query) -> str:
        """Return the system prompt of a query, of `prompts/bench`: `llm`, `paper` or these with a history."""
        known = "\n".join(self.graph.item(ItemId(key)).name for key in query.history)
        return instruction(query, self.prompt, self.k, known if self.with_history else "")


def instruction(query: Query, prompt: PromptName, k: int | None = None, known: str = "") -> str:
    """Return the system prompt of a query for `k` titles; `known` are those of a history that is shown."""
    history = {"history": known} if known else {}
    item, items = _WORDS[query.domain]
    counted = f"{k} {items if k != 1 else item}"
    if prompt == "paper":
        count = items if k is None else counted
        chosen = {"chosen": _CHOSEN[query.domain]} if known else {}
        name = "bench/paper_history" if known else "bench/paper"
        return prompts.load(name, items=items, count=count, **chosen, **history)
    count = _NO_NUMBER.format(items) if k is None else counted
    name = "bench/llm_history" if known else "bench/llm"
    return prompts.load(name, item=item, items=items, count=count, **history)
