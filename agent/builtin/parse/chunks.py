"""A piece of a request: a linked name, a trigger, a word or a mark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from agent.builtin.lexicon.triggers import Trigger
from kg.relations import KINDS
from kg.types import Kind

WITHIN = "within"  # how a name matches that stands for every label that has it: 'diesel'
REGION = "region"  # how a name matches that stands for each of its choices
ChunkKind = Literal["entity", "title", "category", "trigger", "word", "mark"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the things a name may mean: an id, its label, and for entities relation -> number of items.

    `domain` is an item's, in a catalogue of several.
    """

    id: str
    label: str
    roles: dict[str, int]
    match: str
    score: float
    year: int | None
    domain: str | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a request. `text` is folded for words and as written for names; `sentence` counts from 0."""

    kind: ChunkKind
    text: str
    start: int
    end: int
    sentence: int
    choices: tuple[Candidate, ...] = ()
    entries: tuple[Trigger, ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        """The relations a trigger may mean."""
        return self.entries[0].roles if self.entries else ()

    @property
    def best_id(self) -> str:
        """The id of what a name most likely means; '' if it means nothing here."""
        return self.choices[0].id if self.choices else ""

    @property
    def held_roles(self) -> frozenset[str]:
        """The relations in which anything that a name may mean has items."""
        return frozenset(role for choice in self.choices for role in choice.roles)

    def differs_from(self, other: Chunk) -> bool:
        """Tell whether two values are surely of different relations, none of which persons have."""
        both = self.held_roles, other.held_roles
        persons = any(KINDS.get(role) == Kind.PERSON for held in both for role in held)
        return all(both) and both[0].isdisjoint(both[1]) and not persons

    def has_role(self, roles: Iterable[str]) -> bool:
        """Tell whether anything that a name may mean has one of these roles."""
        return not self.held_roles.isdisjoint(roles)
