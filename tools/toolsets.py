"""The tools as a model sees them, and the toolsets: a name -> which tools are on."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, ValidationError, create_model
from pydantic_core import PydanticSerializationError, to_json

from kg.errors import UsageError
from tools.check import check_fact
from tools.connect import find_connection
from tools.describe import describe_item
from tools.errors import ToolError
from tools.find import find_items
from tools.groups import group_favourites
from tools.knowledge import Knowledge
from tools.link import link_entities
from tools.narrow import narrow_down
from tools.offered import offered
from tools.policy import check_policy
from tools.rank import rank_for_user
from tools.recommend import recommend
from tools.resolve import resolve_reference
from tools.search import search_items
from tools.similar import similar_items

_FORM = ConfigDict(extra="forbid", coerce_numbers_to_str=True)  # a year may come as a number


@dataclass(frozen=True)
class Tool:
    """A function as a tool: its docstring is the description, its signature the schema of its arguments."""

    function: Callable[..., Any]

    @property
    def name(self) -> str:
        """The name a model calls it by."""
        return self.function.__name__

    @cached_property
    def arguments(self) -> type[BaseModel]:
        """The arguments as a model of pydantic; unknown ones are refused."""
        hints = get_type_hints(self.function)
        fields: dict[str, Any] = {
            name: (hints[name], ... if parameter.default is inspect.Parameter.empty else parameter.default)
            for name, parameter in list(inspect.signature(self.function).parameters.items())[1:]
        }
        return create_model(self.name, __config__=_FORM, **fields)

    @cached_property
    def schema(self) -> dict[str, Any]:
        """The tool in the form chat-completion protocols use."""
        description = inspect.cleandoc(self.function.__doc__ or "")
        parameters = self.arguments.model_json_schema()
        parameters.pop("title", None)
        return {
            "type": "function",
            "function": {"name": self.name, "description": description, "parameters": parameters},
        }

    def offered(self, *, dialogue: bool = False, facts: bool = True) -> dict[str, Any]:
        """Return the same in as few words as a language model needs (`tools.offered`)."""
        return offered(self.schema, dialogue=dialogue, facts=facts)

    def call(self, knowledge: Knowledge, arguments: Mapping[str, Any]) -> Any:
        """Check the arguments and run the tool.

        Raises:
            ToolError: the arguments are not those of the schema, or make no sense in this catalogue.
        """
        try:
            checked = self.arguments.model_validate(arguments)
        except ValidationError as error:
            problems = "; ".join(
                f"{'.'.join(map(str, e['loc'])) or 'arguments'}: {e['msg']}"
                for e in error.errors(include_url=False)
            )
            expected = ", ".join(self.arguments.model_fields)
            raise ToolError(f"{self.name} takes {expected}. {problems}.") from None
        try:
            to_json(checked)
        except PydanticSerializationError as error:  # half of a surrogate pair: no answer could repeat it
            raise ToolError(f"{self.name} was given text that is not Unicode: {error}.") from None
        return self.function(
            knowledge, **{name: getattr(checked, name) for name in self.arguments.model_fields}
        )


_FUNCTIONS: tuple[Callable[..., Any], ...] = (
    link_entities,
    check_fact,
    resolve_reference,
    describe_item,
    find_connection,
    find_items,
    search_items,
    similar_items,
    group_favourites,
    rank_for_user,
    narrow_down,
    check_policy,
    recommend,
)
TOOLS: dict[str, Tool] = {function.__name__: Tool(function) for function in _FUNCTIONS}

TOOLSETS: dict[str, frozenset[str]] = {
    "full": frozenset(TOOLS),
    "no-verify": frozenset(TOOLS) - {"check_fact"},
    "no-hops": frozenset(TOOLS) - {"resolve_reference"},
    "no-find": frozenset(TOOLS) - {"find_items"},
    "no-search": frozenset(TOOLS) - {"search_items"},
    "no-ask": frozenset(TOOLS) - {"narrow_down"},
    "no-policy": frozenset(TOOLS) - {"check_policy"},
    "no-profile": frozenset(TOOLS) - {"similar_items", "group_favourites", "rank_for_user"},
    "none": frozenset({"recommend"}),
}

FINDERS = frozenset(
    ("find_items", "search_items", "similar_items", "group_favourites", "narrow_down")
)  # whose items may be shown


# What dialogues under a policy need; other requests are not slowed down by more tools to choose from.
OF_DIALOGUES = frozenset(("narrow_down", "check_policy"))


def toolset(name: str) -> dict[str, Tool]:
    """Return the tools of a toolset by name.

    Raises:
        UsageError: there is no such toolset.
    """
    if name not in TOOLSETS:
        raise UsageError.unknown("toolset", name, TOOLSETS)
    return {key: tool for key, tool in TOOLS.items() if key in TOOLSETS[name]}


def as_json(result: object) -> str:
    """Return a tool's result as compact JSON: equal results give equal bytes."""
    return to_json(result).decode()
