"""A request as understood: conditions, references, claims, examples; what the reader hands to the policy."""

from __future__ import annotations

from dataclasses import dataclass

from agent.builtin.atoms import Choice
from agent.builtin.profile import NOBODY, SaidProfile


@dataclass(frozen=True, slots=True)
class Name:
    """A named person, company or series, as written and with what it may mean.

    There are no choices if nobody has that name.
    """

    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """A named item, as written and with the items it may mean."""

    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A condition: items related to `name`, by one of `roles` (empty: the graph decides)."""

    roles: tuple[str, ...]
    name: Name


@dataclass(frozen=True, slots=True)
class Reference:
    """A condition by reference: whatever `titles` have in common on one of `roles`.

    It is wanted in each of `wanted_as`, or in the role it was found in. Without titles, the items meant are
    those of `years` that satisfy `told`.
    """

    roles: tuple[str, ...]
    titles: tuple[Title, ...]
    wanted_as: tuple[tuple[str, ...], ...] = ()
    told: tuple[Wanted, ...] = ()
    years: tuple[int | None, int | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Claim:
    """Something asserted in passing: of `titles`, `name` is the `roles`.

    `of_item`: more is wanted of what they have.
    """

    roles: tuple[str, ...]
    name: Name
    titles: tuple[Title, ...]
    of_item: bool
    asked: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """A request as understood.

    `mentioned` are all titles named; `examples` those that nothing else is said of.
    """

    text: str
    wanted: tuple[Wanted, ...] = ()
    references: tuple[Reference, ...] = ()
    claims: tuple[Claim, ...] = ()
    categories: tuple[Name, ...] = ()
    unwanted: tuple[Wanted, ...] = ()
    mentioned: tuple[Title, ...] = ()
    examples: tuple[Title, ...] = ()
    years: tuple[int | None, int | None] = (None, None)
    domain: str | None = None
    either: tuple[Wanted, ...] = ()
    order: str = ""
    limit: int | None = None
    profile: SaidProfile = NOBODY
    open_roles: tuple[str, ...] = ()
