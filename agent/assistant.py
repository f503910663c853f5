"""Usher as a function: a request in, a proved answer out.

Every interface and the benchmark go through this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage
from langgraph.types import Command

from agent.graph import Graph, without_memory
from agent.messages import answered_calls, this_turn
from agent.models import chat_model, ranking_model
from agent.state import Context, State, new_turn
from kg.embedders import Embedder, SentenceTransformers, lsa_for
from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.policy import Policy
from kg.store import Opened, open_catalogue
from kg.taste.model import Taste
from kg.vectors import Retriever, documents, open_index, open_served_index
from tools.knowledge import Asker, Knowledge
from tools.toolsets import OF_DIALOGUES, toolset

EMBEDDERS = ("lsa", "sentence-transformers")


@dataclass(frozen=True, slots=True)
class Step:
    """One tool call of a turn: what was asked, what came back (JSON, or a refusal)."""

    tool: str
    arguments: dict[str, Any]
    result: str
    refused: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """An answer as plain data (`agent.answer_json`), the steps that led to it, and tokens in and out."""

    answer: dict[str, Any]
    steps: tuple[Step, ...]
    model_calls: int
    tokens: int = 0


class Assistant:
    """A catalogue, a toolset and a model, ready to answer. `guarded` is switched off in ablations only.

    Where it is `strict`, as in benchmarks, a server that fails is an error even if something was found.

    Taste is learned from all users of the catalogue, or from `users` only, by position. A `ranker` is a
    language model, by name or ready, that puts the proved items in order.
    """

    guarded = True
    strict = False

    def __init__(
        self,
        catalogue: str = "builtin",
        *,
        data: Path | None = None,
        tools: str = "full",
        model: str | BaseChatModel = "builtin",
        embedder: str = "lsa",
        chroma: str | None = None,
        users: Sequence[int] | None = None,
        ranker: str | BaseChatModel | None = None,
        policy: Policy = Policy(),
    ):
        if embedder not in EMBEDDERS:
            raise UsageError.unknown("embedder", embedder, EMBEDDERS)
        self.policy = policy
        idle = frozenset() if policy else OF_DIALOGUES
        self.tools = {name: tool for name, tool in toolset(tools).items() if name not in idle}
        self.opened = open_catalogue(catalogue, data)
        taste = Taste(self.opened.graph.catalogue, self.opened.folder, users)
        self.knowledge = Knowledge(
            self.opened.graph, lambda: open_text_index(self.opened, embedder, chroma), taste
        )
        self._model = model
        self._ranker = ranker

    @property
    def graph(self) -> KnowledgeGraph:
        """The knowledge graph that answers are proved on."""
        return self.opened.graph

    @cached_property
    def context(self) -> Context:
        """What the loop is given."""
        model, system = chat_model(self._model, self.graph, policy=self.policy)
        return Context(
            self.knowledge,
            self.tools,
            model,
            system,
            guarded=self.guarded,
            language_model=self._model != "builtin",
            ranker=ranking_model(self._ranker),
            strict=self.strict,
            policy=self.policy,
        )

    def ask(self, request: str, *, asker: Asker = Asker()) -> Turn:
        """Answer one request without memory of others, on behalf of somebody if anything is known of them."""
        context = self._context_for(asker)
        state = without_memory().invoke(new_turn(request), context=context, config={"recursion_limit": 64})
        return turn_of(state)

    def _context_for(self, asker: Asker) -> Context:
        kept = tuple(item for item in asker.history if item in self.graph)  # others left the catalogue
        known = replace(asker, history=kept)
        return replace(self.context, knowledge=self.knowledge.asked_by(known)) if known else self.context

    def chat(
        self,
        graph: Graph,
        thread: str,
        request: str,
        on_step: Callable[[Step], None],
        on_question: Callable[[str, Sequence[str]], int] | None = None,
        *,
        asker: Asker = Asker(),
    ) -> Turn:
        """Answer one request of a conversation that `graph` remembers, on behalf of somebody if known.

        `on_step` sees every tool call as it ends. `on_question` is asked where nothing decides between two
        readings, and returns the place of the choice; without it the likelier reading is the answer.
        """
        config: Any = {"configurable": {"thread_id": thread}, "recursion_limit": 64}
        context = replace(self._context_for(asker), may_ask=on_question is not None)
        seen = 0
        sent: Any = new_turn(request)
        state: dict[str, Any] = {}
        while sent is not None:
            for state in graph.stream(sent, config, context=context, stream_mode="values", durability="exit"):
                steps = list(steps_of(state))
                for step in steps[seen:]:
                    on_step(step)
                seen = len(steps)
            asked = state.get("__interrupt__")
            sent = None
            if asked and on_question is not None:
                put = asked[0].value
                sent = Command(resume=on_question(put["question"], put["choices"]))
        return turn_of(state)


def open_text_index(opened: Opened, name: str, chroma: str | None = None) -> Retriever:
    """Open the text index of a catalogue with an embedder by name, on disk or on the Chroma server at a URL.

    Raises:
        UsageError: there is no such embedder, or no such server.
    """
    embedder: Embedder
    if name == "lsa":
        embedder = lsa_for(opened.folder / "lsa", documents(opened.graph))
    else:
        embedder = SentenceTransformers()
    if chroma is not None:
        return open_served_index(opened.graph, chroma, embedder)
    return open_index(opened.graph, opened.folder, embedder)


def turn_of(state: State | dict[str, Any]) -> Turn:
    """Return the last turn of a finished run."""
    answer = state.get("answer")
    assert answer is not None
    ranking = state.get("ranking")
    made = int(state.get("steps", 0)) + (ranking is not None)
    return Turn(answer, tuple(steps_of(state)), made, _tokens(state) + (ranking or 0))


def steps_of(state: State | dict[str, Any]) -> Iterator[Step]:
    """Yield the tool calls of the current turn, in order."""
    for call in answered_calls(this_turn(state.get("messages", []))):
        yield Step(*call)


def _tokens(state: State | dict[str, Any]) -> int:
    said = [message for message in this_turn(state.get("messages", [])) if isinstance(message, AIMessage)]
    return sum(message.usage_metadata["total_tokens"] for message in said if message.usage_metadata)
