"""What the graph remembers of a conversation, and what a run is given.

State is plain data, so that it can be stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Protocol

from langchain_core.messages import AnyMessage
from typing_extensions import TypedDict  # pydantic brings it, and makes no schema of typing's before 3.12

from agent.builtin.dialogue.earlier import Settled
from kg.policy import Policy
from tools.knowledge import Knowledge
from tools.toolsets import Tool

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from agent.builtin.replies import BuiltinReplies

MAX_STEPS = 12


class BoundModel(Protocol):
    """A model with its tools switched on."""

    def invoke(self, input: Any, *, run: Any = ...) -> Any:
        """Return the next message; a model that moves at once is handed what runs tools."""
        ...


def joined(messages: Any, more: Any) -> Any:
    """Return messages with more behind them, or in the place of those of the same id."""
    from langgraph.graph.message import add_messages  # late: a single question needs no LangGraph

    return add_messages(messages, more)


class State(TypedDict, total=False):
    """The conversation and the current turn.

    Of a long conversation `messages` has the last turns, and `earlier` what the turns before them settled.

    Of the turn: model calls made, repairs asked for, tokens of a ranking (None: there was none), the
    proposal, the answer, how its language model `failed` (`agent.answer.Failed`). `dialogue` is what a
    dialogue with a goal has settled (`agent.builtin.goal.state.Goal`), kept over turns; so is `wishes`, what
    the person wants over requests (`agent.standing_wishes.Wishes`).
    """

    messages: Annotated[list[AnyMessage], joined]
    earlier: Settled | None
    steps: int
    repairs: int
    ranking: int | None
    proposal: dict[str, Any] | None
    answer: dict[str, Any] | None
    dialogue: dict[str, Any] | None
    wishes: dict[str, Any] | None
    failed: dict[str, str] | None


@dataclass(frozen=True)
class Context:
    """What one run works with.

    The facts, the tools that are on, the model, how many model calls it may make, and whether somebody is
    there to be asked. `guarded` is off in ablations only. A language model gets a head start
    (`agent.head_start`) and may speak only of what tools found (`agent.guard.provenance`). A `ranker` puts
    what is proved in order (`agent.ranker`). Where it is `strict`, a server that fails is an error even if
    something is found already: a benchmark asks again later. A `policy` makes it
    a dialogue with a goal, and answers keep to it (`agent.policies`). A model that moves `at_once` needs no
    waiting: its tools are run where they are called, and its turn is one step of the graph. With a `drafter`,
    which is the built-in model, the model only decides what its draft leaves open (`agent.one_call`). What
    `stands_in` for a language model that failed says how that failed.
    """

    knowledge: Knowledge | None = None
    tools: Mapping[str, Tool] = field(default_factory=dict)
    model: BaseChatModel | BuiltinReplies | None = None
    system: str = ""
    max_steps: int = MAX_STEPS
    may_ask: bool = False
    guarded: bool = True
    language_model: bool = False
    ranker: BaseChatModel | None = None
    strict: bool = False
    policy: Policy = field(default_factory=Policy)
    at_once: bool = False
    drafter: BaseChatModel | None = None
    stands_in: Mapping[str, str] | None = None

    @property
    def falls_back(self) -> bool:
        """Whether the built-in model answers where this one fails."""
        return self.language_model and self.guarded and self.knowledge is not None

    @cached_property
    def bound(self) -> BoundModel | None:
        """The model that calls tools, with those switched on; None where there is no model."""
        if self.language_model:
            return self.model and self.bound_to(frozenset(self.tools))
        model = self.drafter or self.model
        if self.at_once or self.drafter is not None:  # the built-in one, which knows what the tools take
            return model and model.bind_tools(
                [{"type": "function", "function": {"name": name}} for name in self.tools]
            )
        return model and model.bind_tools([tool.schema for tool in self.tools.values()])

    @cached_property
    def _bindings(self) -> dict[frozenset[str], BoundModel]:
        return {}

    def bound_to(self, names: frozenset[str]) -> BoundModel:
        """Return a language model with some of the tools that are on, as it is offered them."""
        assert self.model is not None  # noqa: S101
        if names not in self._bindings:
            tools = [tool for name, tool in self.tools.items() if name in names]
            asked = {"dialogue": bool(self.policy), "facts": "describe_item" in names}
            schemas = [tool.offered(**asked) for tool in tools]
            self._bindings[names] = self.model.bind_tools(schemas)
        return self._bindings[names]

    @cached_property
    def heard(self) -> Context:
        """The same with the built-in model as one of LangChain's, of which those hear who listen to a run."""
        if self.language_model or self.drafter is not None:
            return self
        from agent.builtin.model import BuiltinModel
        from agent.builtin.replies import BuiltinReplies

        if not isinstance(self.bound, BuiltinReplies):
            return self
        return replace(self)._bound_as(self, BuiltinModel(replies=self.bound))

    @cached_property
    def drafting(self) -> Context:
        """The same with the drafter as its model."""
        return replace(self, model=self.drafter, drafter=None, at_once=True)._bound_as(self)

    def knowing(self, knowledge: Knowledge) -> Context:
        """Return the same with other knowledge; the model, which does not look at it, is bound once."""
        return replace(self, knowledge=knowledge)._bound_as(self)

    def _bound_as(self, other: Context, bound: BoundModel | None = None) -> Context:
        self.__dict__["_bindings"] = other._bindings
        self.__dict__["bound"] = bound or other.bound
        return self


def new_turn(request: str) -> State:
    """Return the input of a turn: the request, and the turn's own fields reset."""
    return {
        "messages": [{"role": "user", "content": _printable(request)}],  # type: ignore[list-item]
        "steps": 0,
        "repairs": 0,
        "ranking": None,
        "proposal": None,
        "answer": None,
        "failed": None,
    }


def _printable(text: str) -> str:
    """Return a text that can be encoded: a terminal may hand over half a character."""
    return text.encode("utf-8", "replace").decode("utf-8")
