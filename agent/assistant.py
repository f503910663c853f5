"""Usher as a function: a request in, a proved answer out.

Every interface and the benchmark go through this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from langchain_core.messages import AIMessage

import prompts
from agent.messages import answered_calls, this_turn
from agent.models import Mode, builtin_replies, chat_model, in_mode, mode_of, ranking_model
from agent.opening import open_taste, open_text_index, open_texts
from agent.policy_text import rules
from agent.state import Context, State, new_turn
from agent.state_cache import StateCache
from agent.straight import straight
from kg import chroma as chroma_server
from kg import embedder_roster
from kg.errors import DataError
from kg.graph import KnowledgeGraph
from kg.policy import Policy
from kg.store import open_catalogue
from tools.knowledge import Asker, Knowledge
from tools.toolsets import OF_DIALOGUES, toolset

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.runnables import RunnableConfig

    from agent.graph import Graph

_MOST_NODES = 64  # of a turn
_MOST_POLICIES = 64  # that a client asked for and that stay ready


@dataclass(frozen=True, slots=True)
class Step:
    """One tool call of a turn: what was asked, what came back (JSON, or a refusal)."""

    tool: str
    arguments: dict[str, Any]
    result: str
    refused: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """An answer as plain data (`agent.answer_json`) and the steps that led to it.

    `tokens` are those that models read and wrote, `written` those they wrote.
    """

    answer: dict[str, Any]
    steps: tuple[Step, ...]
    model_calls: int
    tokens: int = 0
    written: int = 0


class Assistant:
    """A catalogue, a toolset and a model, ready to answer. `guarded` is switched off in ablations only.

    Where it is `strict`, as in benchmarks, a server that fails is an error even if something was found.

    Taste is learned from all users of the catalogue, or from `users` only, by position. A `ranker` is a
    language model, by name or ready, that puts the proved items in order. `states` are those of conversations
    whose clients send all messages every time (`agent.conversation`). Answers keep to the policy of the
    catalogue and to the `policy` given, unless the toolset lacks `check_policy`. In the `mode` one-call a
    language model only decides what the built-in reading left open (`agent.one_call`); without a mode, its
    settings tell (`agent.models.mode_of`).
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
        embedder: str | None = None,
        chroma: str | None = None,
        users: Sequence[int] | None = None,
        ranker: str | BaseChatModel | None = None,
        policy: Policy | None = None,
        mode: Mode | None = None,
    ):
        embedder_roster.check(embedder)
        chroma_server.check(chroma)
        self._on = on = toolset(tools)
        self.opened = open_catalogue(catalogue, data)
        if data is not None and not data.is_dir():  # one that was not needed
            raise DataError("not a folder", path=data, remedy="Give one that is there, or leave --data out.")
        self.policy = _policy(self.graph, policy) if "check_policy" in on else Policy()
        idle = frozenset() if self.policy else OF_DIALOGUES
        self.tools = {name: tool for name, tool in on.items() if name not in idle}
        self.knowledge = Knowledge(
            self.graph,
            lambda: open_text_index(self.opened, embedder, chroma),
            lambda: open_taste(self.opened, users),
            policy=self.policy,
            open_texts=lambda: open_texts(self.opened),
        )
        self._model = model
        self._ranker = ranker
        self._mode = mode
        self.states = StateCache()
        self._under: dict[str, Assistant] = {}

    def under(self, policy: Policy) -> Assistant:
        """Return an assistant that keeps to some rules too, with nothing opened twice; perhaps this one."""
        if not policy or "check_policy" not in self._on:
            return self
        known = self._under.get(said := repr(policy))
        if known is None:
            known = copy(self)
            for name in ("context", "policy_key"):
                known.__dict__.pop(name, None)
            known.policy = self.policy | policy
            known.tools = dict(self._on)
            known.knowledge = self.knowledge.under(known.policy)
            known._under = {}
            if len(self._under) < _MOST_POLICIES:
                self._under[said] = known
        return known

    @property
    def graph(self) -> KnowledgeGraph:
        """The knowledge graph that answers are proved on."""
        return self.opened.graph

    @cached_property
    def policy_key(self) -> bytes:
        """What differs where the rules differ that answers keep to."""
        return repr(self.policy).encode()

    @cached_property
    def context(self) -> Context:
        """What the loop is given."""
        own = self._model == "builtin"
        model: Any = builtin_replies(self.graph, self.policy)
        system = ""
        if not own:
            model, system = chat_model(self._model, self.graph, policy=self.policy)
        context = Context(
            self.knowledge,
            self.tools,
            model,
            _with_rules(system, self.policy),
            guarded=self.guarded,
            language_model=not own,
            ranker=ranking_model(self._ranker),
            strict=self.strict,
            policy=self.policy,
            at_once=own,
        )
        return context if own else in_mode(context, self._mode or mode_of(self._model))

    def ask(self, request: str, *, asker: Asker = Asker()) -> Turn:
        """Answer one request without memory of others, on behalf of somebody if anything is known of them."""
        return turn_of(self.after({}, request, asker=asker))

    def after(
        self,
        state: State,
        request: str,
        on_step: Callable[[Step], None] | None = None,
        *,
        asker: Asker = Asker(),
    ) -> State:
        """Return the state of a conversation after one more turn; `state` is that before it, and stays.

        `on_step` sees every tool call as it ends.
        """
        sent = new_turn(request)
        sent = {**state, **sent, "messages": [*state.get("messages", []), *sent["messages"]]}
        context = self.context_of(asker)
        if on_step is None and context.at_once:
            return straight(context, sent, _MOST_NODES)
        from agent.graph import without_memory  # late: a single question needs no LangGraph

        config: RunnableConfig = {"recursion_limit": _MOST_NODES}
        if on_step is None:
            return cast(State, without_memory().invoke(sent, config, context=context))
        states = without_memory().stream(sent, config, context=context, stream_mode="values")
        return cast(State, _Watch(on_step).last(states))

    def context_of(self, asker: Asker) -> Context:
        """Return what the loop is given on behalf of somebody; what left the catalogue is not told."""
        kept = tuple(item for item in asker.history if item in self.graph)
        known = replace(asker, history=kept)
        told = known or known.wishes or known.keeps
        return self.context.knowing(self.knowledge.asked_by(known)) if told else self.context

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
        config: RunnableConfig = {"configurable": {"thread_id": thread}, "recursion_limit": _MOST_NODES}
        context = replace(self.context_of(asker), may_ask=on_question is not None)
        watch = _Watch(on_step)
        sent: Any = new_turn(request)
        while True:
            states = graph.stream(sent, config, context=context, stream_mode="values", durability="exit")
            state = watch.last(states)
            asked = state.get("__interrupt__")
            if not asked or on_question is None:
                return turn_of(state)
            from langgraph.types import Command

            put = asked[0].value
            sent = Command(resume=on_question(put["question"], put["choices"]))


class _Watch:
    """Says the tool calls of a turn as they end, also where the turn is resumed."""

    def __init__(self, on_step: Callable[[Step], None]):
        self._on_step = on_step
        self._seen = 0

    def last(self, states: Iterable[dict[str, Any]]) -> dict[str, Any]:
        """Return the last of a run's states."""
        state: dict[str, Any] = {}
        for state in states:
            steps = list(steps_of(state))
            for step in steps[self._seen :]:
                self._on_step(step)
            self._seen = len(steps)
        return state


def _policy(graph: KnowledgeGraph, given: Policy | None) -> Policy:
    """Return the rules of a catalogue and those given beside it."""
    own = graph.catalogue.policy
    return own if given is None else own | given


def _with_rules(system: str, policy: Policy) -> str:
    """Return a language model's system prompt with the rules of a policy; the built-in model has none."""
    if not system or not policy:
        return system
    told = prompts.load("agent/policy", rules="\n".join(f"- {rule}" for rule in rules(policy)))
    return f"{system}\n\n{told}"


def turn_of(state: State | dict[str, Any]) -> Turn:
    """Return the last turn of a finished run."""
    answer = state.get("answer")
    assert answer is not None
    ranking = state.get("ranking")
    made = int(state.get("steps", 0)) + (ranking is not None)
    used = [message.usage_metadata for message in _replies(state) if message.usage_metadata]
    tokens = sum(each["total_tokens"] for each in used) + (ranking or 0)
    return Turn(answer, tuple(steps_of(state)), made, tokens, sum(each["output_tokens"] for each in used))


def steps_of(state: State | dict[str, Any]) -> Iterator[Step]:
    """Yield the tool calls of the current turn, in order."""
    for call in answered_calls(this_turn(state.get("messages", []))):
        yield Step(*call)


def _replies(state: State | dict[str, Any]) -> list[AIMessage]:
    return [message for message in this_turn(state.get("messages", [])) if isinstance(message, AIMessage)]
