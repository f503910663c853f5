"""A parsed request: constraints, references, claims, examples; what interpretation hands to the policy."""

from __future__ import annotations

from dataclasses import dataclass

from agent.builtin.interpret.audience import Audience
from agent.builtin.interpret.compared import Asked, Comparison, Shift, Sort
from agent.builtin.interpret.profile import NOBODY, SaidProfile
from agent.builtin.parse.chunks import Candidate


@dataclass(frozen=True, slots=True)
class EntityMention:
    """A named person, company or series, as written and with what it may mean.

    There are no choices if nobody has that name.
    """

    text: str
    choices: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class ItemMention:
    """A named item, as written and with the items it may mean."""

    text: str
    choices: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Constraint:
    """A condition: items related to `name`, by one of `roles` (empty: the graph decides)."""

    roles: tuple[str, ...]
    name: EntityMention


@dataclass(frozen=True, slots=True)
class Reference:
    """A condition by reference: whatever `titles` have in common on one of `roles`.

    It is wanted in each of `wanted_as`, or in the role it was found in. Without titles, it refers to items
    from `years` that match `described_by`.
    """

    roles: tuple[str, ...]
    titles: tuple[ItemMention, ...]
    wanted_as: tuple[tuple[str, ...], ...] = ()
    described_by: tuple[Constraint, ...] = ()
    years: tuple[int | None, int | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Claim:
    """Something asserted in passing: of `titles`, `name` is the `roles`.

    `of_item`: more is wanted of what they have; `aside`: it is said by the way, and the titles are liked.
    """

    roles: tuple[str, ...]
    name: EntityMention
    titles: tuple[ItemMention, ...]
    of_item: bool
    asked: bool = True
    aside: bool = False


@dataclass(frozen=True, slots=True)
class ParsedRequest:
    """A request as understood.

    `more_of` and `less_of` are categories that there should be more and less of than in the examples.
    `mentioned` are all titles named; `examples` those that nothing else is said of, `done_with` those of
    which the whole series is not wanted. `likes` are told of and not asked for: what is theirs comes
    first. `none_together` are kinds of which no item is wanted that is all of them: 'no rom-coms' leaves
    romances. `timed` are the places in the text where words that say the `years` start. `places` are
    named, and nothing says that items are from there: only a conversation does. `comparisons` are
    conditions on numbers, dates, flags and scales, `sorts` the order that is asked for; `measured` are
    the places in the text of the words that say so, `unmeasured` those of quantities that nothing here is
    compared by. `asked` is a question of such a fact, `measured_claims` what is told in numbers of
    titles; `units` are those of relations. `spared` are genres that come last, or not at all, for the
    sake of whom it is for.
    `shifts` are words that only a conversation gives a number: 'cheaper'. It is of a person's `own` table
    or not.
    """

    text: str
    wanted: tuple[Constraint, ...] = ()
    references: tuple[Reference, ...] = ()
    claims: tuple[Claim, ...] = ()
    categories: tuple[EntityMention, ...] = ()
    more_of: tuple[EntityMention, ...] = ()
    less_of: tuple[EntityMention, ...] = ()
    none_of: tuple[Constraint, ...] = ()
    mentioned: tuple[ItemMention, ...] = ()
    examples: tuple[ItemMention, ...] = ()
    done_with: tuple[ItemMention, ...] = ()
    years: tuple[int | None, int | None] = (None, None)
    not_years: tuple[int, int] | None = None
    domain: str | None = None
    any_of: tuple[Constraint, ...] = ()
    order: str = ""
    limit: int | None = None
    profile: SaidProfile = NOBODY
    open_roles: tuple[str, ...] = ()
    likes: tuple[Constraint, ...] = ()
    none_together: tuple[tuple[EntityMention, ...], ...] = ()
    audience: Audience | None = None
    timed: frozenset[int] = frozenset()
    places: tuple[Constraint, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    sorts: tuple[Sort, ...] = ()
    measured: frozenset[int] = frozenset()
    unmeasured: frozenset[int] = frozenset()
    asked: Asked | None = None
    measured_claims: tuple[tuple[str, Comparison], ...] = ()
    units: tuple[tuple[str, str], ...] = ()
    shifts: tuple[Shift, ...] = ()
    own: bool = False
    texts: bool = True
    spared: tuple[str, ...] = ()
