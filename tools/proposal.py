"""What a model proposes to answer, by `recommend`; nothing of it is proved yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kg.types import Condition
from tools.types import Evidence, Order

Act = Literal["recommend", "inform", "ask", "acknowledge", "decline"]
Basis = Literal["proved", "taste", "text", "popular"]


@dataclass(frozen=True, slots=True)
class Correction:
    """A false claim and the truth: of `items`, not `claimed` but `true` are the `relation`."""

    items: list[str]
    relation: str
    claimed: str
    true: list[str]


@dataclass(frozen=True, slots=True)
class SecondReading:
    """Another way to read the request, offered beside the answer and not counted as it.

    `question`, if nothing in the request decides between the two: a short question whose answers are the two
    `choices`, the answer's reading first. Where somebody is there to be asked, it is asked.
    """

    label: str
    items: list[str]
    conditions: list[Condition]
    question: str = ""
    choices: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Fact:
    """An answer to a question of fact: the `values` that `item` has on `relation`, none where it has none.

    Relations are those of the catalogue, `year`, or `description`. `verdict` answers a question that asks
    for yes or no about the value `asked`; None where that is not known, or not what was asked.
    """

    item: str
    relation: str
    values: list[str]
    verdict: Literal["yes", "no"] | None = None
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One short question to the person, the slot that its answer fills, and answers to choose from."""

    text: str
    slot: str = ""
    choices: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a model wants to answer; the guard has still to prove it.

    `act` and `basis` may be left to the guard. `unknown` are words of the message that name nothing here,
    `unused` those that decided nothing.
    """

    items: tuple[str, ...]
    conditions: tuple[Condition, ...]
    corrections: tuple[Correction, ...]
    note: str
    also: SecondReading | None
    any_of: tuple[Condition, ...] = ()
    none_of: tuple[Condition, ...] = ()
    act: Act | None = None
    basis: Basis | None = None
    facts: tuple[Fact, ...] = ()
    unknown: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    question: Question | None = None
    order: tuple[Order, ...] = ()
    evidence: tuple[Evidence, ...] = ()
