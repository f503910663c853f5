"""What is read of one message in a dialogue with a goal, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from agent.builtin.goal.state import Constraint
from agent.builtin.parse.measures import Measure
from kg.policy import Policy


@dataclass(frozen=True, slots=True)
class Frame:
    """What a message is read in: the policy, the measures, the labels of relations that have few.

    `facts` are those of the item offered last, by relation.
    """

    policy: Policy
    measures: tuple[Measure, ...] = ()
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facts: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """What a message states: constraints, what the person has, what may be and what not, slots left open.

    `used` are words that say so which nothing else may read.
    """

    all_of: tuple[Constraint, ...] = ()
    one_of: tuple[tuple[Constraint, ...], ...] = ()
    none_of: tuple[Constraint, ...] = ()
    has: tuple[str, ...] | None = None
    permitted: tuple[tuple[str, str], ...] = ()
    barred: tuple[tuple[str, str], ...] = ()
    used: tuple[str, ...] = ()
    preferred: tuple[Constraint, ...] = ()
    dropped: tuple[str, ...] = ()

    @property
    def relations(self) -> frozenset[str]:
        """The relations that something was stated of."""
        told = (*self.all_of, *self.none_of, *(each for group in self.one_of for each in group))
        return frozenset(each.relation for each in told)

    def __bool__(self) -> bool:
        """Tell whether anything was stated."""
        stated = self.all_of or self.one_of or self.none_of or self.dropped or self.preferred
        return bool(stated or self.has is not None or self.permitted or self.barred)


def more(found: Told, **added: tuple[object, ...]) -> Told:
    """Return what was read with more behind it, by field."""
    held = {name: getattr(found, name) for name in Told.__slots__}
    return Told(**held | {name: (*(held[name] or ()), *values) for name, values in added.items()})
