"""What is said to a person, as the guard leaves it: everything in it is proved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from kg.types import Condition, ItemId
from tools.proposal import Act, Basis, Correction, Fact, Question
from tools.types import Order
from tools.wishes import Wish


@dataclass(slots=True)  # an answer has thousands, and frozen ones take three times as long to make
class Line:
    """A recommended item with the facts that prove it, `(relation, label)`, and what must be said with it."""

    id: ItemId
    title: str
    year: int | None
    proof: tuple[tuple[str, str], ...]
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Second:
    """The second reading of a request, proved too; what to ask if nothing decides between the two."""

    label: str
    items: tuple[Line, ...]
    conditions: tuple[Condition, ...]
    question: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A fact that answers a question, proved, with the title of its item."""

    fact: Fact
    title: str


@dataclass(frozen=True, slots=True)
class OfWish:
    """What is to be said of a standing wish.

    It was "noted" or "withdrawn", left something out ("held"), or the request asks for what it leaves out
    ("overridden"); "unread": no fact here tells the `words`. `always`: it is remembered beyond the
    conversation. `left_out`: how many items, None where nobody counts.
    """

    state: Literal["noted", "withdrawn", "held", "overridden", "unread"]
    wish: Wish | None = None
    always: bool = False
    words: str = ""
    left_out: int | None = None


class Failed(NamedTuple):
    """How a language model failed, and what it is that went wrong, where there are words for it."""

    why: Literal["unanswered", "too long", "words", "unproved", "steps", "repeats"]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a person.

    `conditions` are proved for every line; `removed` says what the guard took out. `only_known` are titles
    that the person named of items that are known here and not in the catalogue. `stands_in` says how the
    language model failed that the built-in one answers for (`Failed`, as plain data).
    """

    items: tuple[Line, ...] = ()
    conditions: tuple[Condition, ...] = ()
    any_of: tuple[Condition, ...] = ()
    none_of: tuple[Condition, ...] = ()
    corrections: tuple[Correction, ...] = ()
    note: str = ""
    also: Second | None = None
    removed: tuple[str, ...] = ()
    act: Act = "decline"
    basis: Basis | None = None
    facts: tuple[Told, ...] = ()
    unknown: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    question: Question | None = None
    order: tuple[Order, ...] = ()
    only_known: tuple[str, ...] = ()
    wishes: tuple[OfWish, ...] = ()
    stands_in: Mapping[str, str] | None = None


def swapped(answer: Answer, also: Second) -> Answer:
    """Return the answer under its second reading, once the person has chosen that.

    What was noted of the first reading is left out.
    """
    return replace(answer, items=also.items, conditions=also.conditions, note="", also=None)
