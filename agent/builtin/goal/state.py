"""The dialogue state of a goal: what a person told, was asked and was offered, as plain data.

Constraints stand in conjunctive form, each with its source. `agent.builtin.goal.track` changes it by what the
person says, `agent.builtin.goal.note` by what Usher answers; neither asks a model.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

Source = Literal["said", "inferred"]
Change = Literal["told", "rejected", "accepted", "confirmed", "refused", "open", "nothing"]
KEPT = 500  # items that were offered or turned down
PERSON = "person"  # the slot of what a person has, in a question
KNOWN = "known"  # the slot of what the person has seen already, in a question


@dataclass(frozen=True, slots=True)
class Constraint:
    """A condition on items, and whether it was said or guessed from what was turned down."""

    relation: str
    op: str
    value: str
    source: Source = "said"

    @property
    def condition(self) -> dict[str, str]:
        """The condition as a tool's argument."""
        return {"relation": self.relation, "op": self.op, "value": self.value}


@dataclass(frozen=True, slots=True)
class Goal:
    """What holds in a dialogue that looks for one item.

    `all_of`, `one_of` (one of each group) and `none_of` are the constraints, `preferred` what is liked and
    need not be. `closed` are the slots that were
    answered or left open by the person, `asked` those that Usher asked about, in `questions` messages;
    `pending` those of the last message. `confirming` is the restricted label that the last message asked
    about, as (relation, label); `confirmed` and `refused` what was answered. `has` is what the person has, by
    relation; empty where they have nothing or do not mind. `offered` is the item offered last, `gone` all
    that were turned down or are known; `accepted` the one that was taken. `change` says what the last message
    did, `used` which of its words say something that only a dialogue reads.
    """

    all_of: tuple[Constraint, ...] = ()
    one_of: tuple[tuple[Constraint, ...], ...] = ()
    none_of: tuple[Constraint, ...] = ()
    preferred: tuple[Constraint, ...] = ()
    closed: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    questions: int = 0
    pending: tuple[str, ...] = ()
    confirming: tuple[tuple[str, str], ...] = ()
    confirmed: tuple[tuple[str, str], ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    has: tuple[tuple[str, tuple[str, ...]], ...] = ()
    offered: str | None = None
    gone: tuple[str, ...] = ()
    accepted: str | None = None
    change: Change = "nothing"
    domain: str | None = None
    used: tuple[str, ...] = ()

    @property
    def said(self) -> frozenset[str]:
        """The relations of which anything was said, or that are left open."""
        told = (*self.all_of, *self.none_of, *(each for group in self.one_of for each in group))
        return frozenset(each.relation for each in told if each.source == "said") | set(self.closed)

    @property
    def inferred(self) -> list[Constraint]:
        """The constraints that were guessed."""
        return [each for each in (*self.all_of, *self.none_of) if each.source == "inferred"]

    def owned(self, relation: str) -> tuple[str, ...] | None:
        """Return what the person has of a relation; None if that is not known."""
        return next((labels for name, labels in self.has if name == relation), None)

    def as_data(self) -> dict[str, Any]:
        """Return the state as plain data; what is empty is left out."""
        return {name: value for name, value in asdict(self).items() if value not in ((), None, 0)}

    @classmethod
    def of_data(cls, data: Mapping[str, Any] | None) -> Goal:
        """Return the state from plain data, as `as_data` gives it or as JSON brings it back."""
        if not data:
            return cls()
        given = {each.name: data[each.name] for each in fields(cls) if each.name in data}
        for name in ("all_of", "none_of", "preferred"):
            given[name] = tuple(Constraint(**each) for each in given.get(name, ()))
        given["one_of"] = tuple(
            tuple(Constraint(**each) for each in group) for group in given.get("one_of", ())
        )
        for name in ("confirming", "confirmed", "refused"):
            given[name] = tuple((relation, label) for relation, label in given.get(name, ()))
        given["has"] = tuple((relation, tuple(labels)) for relation, labels in given.get("has", ()))
        for name in ("closed", "asked", "pending", "gone", "used"):
            given[name] = tuple(given.get(name, ()))
        return cls(**given)


def joined(some: Iterable[str], more: Iterable[str], most: int = KEPT) -> tuple[str, ...]:
    """Return both without repeats, the last `most` of them."""
    return tuple(dict.fromkeys([*some, *more]))[-most:]


def conditions(constraints: Sequence[Constraint]) -> list[dict[str, str]]:
    """Return constraints as a tool takes them."""
    return [each.condition for each in constraints]
