"""A partly interpreted request, by positions of chunks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from agent.builtin.parse.arguments import Predicate

Roles = tuple[str, ...]


class RoleConstraint(NamedTuple):
    """A name that is wanted in one of these roles (none: the graph decides)."""

    roles: Roles
    name: int


class RoleReference(NamedTuple):
    """Whatever the titles have in common in one of these roles."""

    roles: Roles
    titles: tuple[int, ...]


class RoleClaim(NamedTuple):
    """An assertion that a name has one of these roles on the titles; `of_item`: more is wanted of theirs."""

    roles: Roles
    name: int
    titles: tuple[int, ...]
    of_item: bool


class DescribedReference(NamedTuple):
    """Who has one of these roles on the items that a predicate describes: 'of the film that N shot'."""

    roles: Roles
    description: Predicate


class ExplicitRole(NamedTuple):
    """A role that a name, by id or as written, is wanted in in so many words."""

    roles: Roles
    who: str


@dataclass
class PartialRequest:
    """What is interpreted so far.

    `wanted_as` are the roles in which who is found by a reference is wanted; `places` says where a reference
    is made; `open_roles` are those of references to nothing in this text. Still open: `anaphors` ("that
    director"), `unattached` predicates on a title that ask for nothing by themselves ("the music in X was
    great") and `unattached_names`.
    """

    wanted: list[RoleConstraint] = field(default_factory=list)
    references: list[RoleReference] = field(default_factory=list)
    described: list[DescribedReference] = field(default_factory=list)
    claims: list[RoleClaim] = field(default_factory=list)
    none_of: list[RoleConstraint] = field(default_factory=list)
    explicit_roles: list[ExplicitRole] = field(default_factory=list)
    wanted_as: dict[RoleReference, list[Roles]] = field(default_factory=dict)
    places: dict[RoleReference, int] = field(default_factory=dict)
    open_roles: list[str] = field(default_factory=list)
    anaphors: list[Predicate] = field(default_factory=list)
    unattached: list[Predicate] = field(default_factory=list)
    unattached_names: list[int] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is wanted, referred to or claimed."""
        return not (self.wanted or self.references or self.claims or self.described)

    @property
    def used_titles(self) -> frozenset[int]:
        """The titles that a reference or a claim is about."""
        runs = [each.titles for each in self.references] + [each.titles for each in self.claims]
        return frozenset(i for run in runs for i in run)

    def drop_reference(self, reference: RoleReference) -> None:
        """Take a reference back, if it still stands."""
        if reference in self.references:
            self.references.remove(reference)


def overlap(left: Roles, right: Iterable[str]) -> Roles:
    """Return the roles of `left` that are in `right` too, in their order."""
    return tuple(role for role in left if role in right)
