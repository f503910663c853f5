"""`bench.run --dry-run`: about how many calls, tokens and how much money a run would take, without a call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, convert_to_openai_messages
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from pydantic import PrivateAttr

from agent.llm.prices import Price
from agent.llm.spending import rough_tokens
from agent.models import chat_model
from kg.graph import KnowledgeGraph

T = TypeVar("T")
SAMPLE = 50  # queries that are driven
REPLY = 300  # tokens of a list of titles


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run may take: queries, calls, tokens sent and written, USD (None: unknown price)."""

    queries: int
    driven: int
    calls: int
    input: int
    output: int
    cost: float | None

    def lines(self, price: Price | None) -> list[str]:
        """Return it in words, with what it rests on."""
        money = "unknown price" if self.cost is None else f"about ${self.cost:,.2f}"
        as_of = f" (prices as of {price.as_of}: check them)" if price else " (USHER_PRICES, docs/models.md)"
        return [
            f"{self.queries:,} queries: about {self.calls:,} calls, {self.input:,} tokens in,"
            f" {self.output:,} out; {money}{as_of}",
            f"Estimated from {self.driven} queries driven by the built-in model, four characters a token. A"
            " language model may take more steps; what is in the cache already costs nothing.",
        ]


class Sizing(BaseChatModel):
    """Makes the calls of the built-in model, or says nothing where there are no tools, and adds up sizes."""

    _driver: BaseChatModel = PrivateAttr()
    _sums: dict[str, int] = PrivateAttr(default_factory=lambda: {"calls": 0, "input": 0, "output": 0})

    @classmethod
    def on(cls, graph: KnowledgeGraph) -> Sizing:
        """Return one for a catalogue."""
        made = cls()
        made._driver, _ = chat_model("builtin", graph)
        return made

    @property
    def _llm_type(self) -> str:
        return "usher-sizing"

    @property
    def sums(self) -> dict[str, int]:
        """Calls, and tokens sent and written, so far."""
        return self._sums

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> Runnable[Any, AIMessage]:
        """Return the model with these tools switched on."""
        return self.bind(tools=list(tools), **kwargs)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        tools = kwargs.get("tools")
        reply = self._driver.bind_tools(tools).invoke(messages) if tools else AIMessage("")
        self._sums["calls"] += 1
        self._sums["input"] += rough_tokens([convert_to_openai_messages(messages), tools])
        self._sums["output"] += rough_tokens(reply.tool_calls) if tools else REPLY
        return ChatResult(generations=[ChatGeneration(message=reply)])


def estimate(
    queries: Sequence[T],
    make: Callable[[Sizing], Callable[[T], object]],
    graph: KnowledgeGraph,
    price: Price | None,
) -> Estimate:
    """Drive some of the queries, evenly spread, and scale up to all; `make` returns what asks one."""
    step = max(1, len(queries) // SAMPLE)
    driven = queries[::step][:SAMPLE]
    sizing = Sizing.on(graph)
    ask = make(sizing)
    for query in driven:
        ask(query)
    scale = len(queries) / max(1, len(driven))
    calls, sent, written = (round(sizing.sums[name] * scale) for name in ("calls", "input", "output"))
    cost = price.cost(sent, 0, written) if price else None
    return Estimate(len(queries), len(driven), calls, sent, written, cost)
