"""What is left open of a draft, and what an answer to it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from agent.messages import Answered

Stated = dict[str, Any]  # a condition as `recommend` takes it


@dataclass(frozen=True, slots=True)
class Draft:
    """The proposal of the built-in model, and the tool calls of this turn that led to it.

    `links` is what `link_entities` said of the message. `aside` are names, as said and their labels, whose
    role nobody says, in a clause that asks for nothing. `kinds` are the relations whose values are kinds of
    items. `ruled_out` are names, as `name_key`, that words of the message deny. A draft is `ordered` by what
    the person likes, wants it to be about, or asked to have first. Where the `person_decides` between two
    readings, no model does.
    """

    proposal: dict[str, Any]
    calls: Sequence[Answered]
    links: dict[str, Any]
    aside: tuple[tuple[str, str], ...] = ()
    kinds: frozenset[str] = frozenset()
    ruled_out: frozenset[str] = frozenset()
    ordered: bool = False
    person_decides: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a draft.

    `second` takes the draft's second reading; `dropped` are conditions of the draft that hold no longer.
    Every item has `all_of` and none has `none_of`; items with `first` come first, those with `last` last.
    `words` are looked for in descriptions. `used` are the words of the message that now decide something,
    `read_as` the name that they stand for, where it is another; `unused` are those that decide nothing now.
    """

    second: bool = False
    dropped: tuple[Stated, ...] = ()
    all_of: tuple[Stated, ...] = ()
    none_of: tuple[Stated, ...] = ()
    first: tuple[Stated, ...] = ()
    last: tuple[Stated, ...] = ()
    words: tuple[str, ...] = ()
    used: str = ""
    read_as: str = ""
    unused: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a model may reply, and its edit; None leaves the draft as it is."""

    value: str
    edit: Edit | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A thing that the words of a message leave open, and the answers to it, the draft's first."""

    key: str
    options: tuple[Option, ...]

    def option(self, value: object) -> Option | None:
        """Return the option of a value; None if it is no value of this choice."""
        return next((each for each in self.options if each.value == value), None)
