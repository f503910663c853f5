"""Alternatives of a request: names, kinds and comparisons of which one is enough."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from agent.builtin.interpret.amounts import Amounts
from agent.builtin.interpret.either import alternatives_again
from agent.builtin.interpret.mentions import constraints_at
from agent.builtin.interpret.mixed_alternatives import Mixed, mixed_alternatives
from agent.builtin.interpret.partial import RoleConstraint, Roles
from agent.builtin.interpret.places import alternative_places
from agent.builtin.interpret.request import Constraint
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.lists import alternatives
from agent.builtin.parse.measures import Measures
from agent.builtin.parse.own_labels import of_one_value


class Offered(NamedTuple):
    """The positions `any_of` which is enough, as conditions `either`; what else is `negated`.

    `elsewhere` are positions that no condition by itself is read from, `again` those of names that were
    alternatives before. `roles_of` are the roles of all names and kinds.
    """

    any_of: Sequence[int]
    either: tuple[Constraint, ...]
    roles_of: Mapping[int, Roles]
    negated: frozenset[int]
    elsewhere: frozenset[int]
    again: frozenset[int]
    amounts: Amounts


def offered(
    chunks: list[Chunk],
    wanted: Sequence[RoleConstraint],
    categories: Sequence[int],
    negated: Collection[int],
    amounts: Amounts,
    measures: Measures,
    tastes: Sequence[int],
) -> Offered:
    """Return of which names and kinds one is enough; `tastes` are the kinds of several people."""
    kept = [each for each in wanted if each.name not in negated]
    kinds = [i for i in categories if i not in negated]
    any_of = tastes or _listed(chunks, kept, kinds, measures)
    ids = {chunks[i].best_id for i in any_of}
    again_kinds = {i for i in {*negated, *categories} if chunks[i].best_id in ids}
    negated = frozenset(negated) - again_kinds  # 'horror or comedies, we hated SCARY MOVIE'
    again = frozenset(each.name for each in wanted if any_of and chunks[each.name].best_id in ids)
    roles_of = _roles_of(chunks, wanted, categories, any_of)
    either = constraints_at(chunks, [(roles_of[i], i) for i in any_of])
    amounts, more = (amounts.without_alternatives() if either else amounts).in_one_group()
    names = [i for i in roles_of if i not in negated]
    mixed: Mixed = mixed_alternatives(amounts.said, amounts.compared, names, any_of)
    amounts = amounts.mixed_with(mixed, more)
    joined = () if mixed.lost else mixed.names
    either = either or constraints_at(chunks, [(roles_of[i], i) for i in joined])
    elsewhere = frozenset({*negated, *any_of, *mixed.names, *again_kinds})
    return Offered(any_of, either, roles_of, negated, elsewhere, again, amounts)


def _listed(
    chunks: list[Chunk], wanted: Sequence[RoleConstraint], kinds: Sequence[int], measures: Measures
) -> Sequence[int]:
    """Return the positions of names and kinds that 'or' or a list offers."""
    names = [each.name for each in wanted]
    return (
        alternative_places(chunks, wanted)
        or alternatives(chunks, names, kinds)
        or alternatives_again(chunks, names)
        or of_one_value(chunks, iter(names), measures)
    )


def _roles_of(
    chunks: Sequence[Chunk], wanted: Sequence[RoleConstraint], kinds: Sequence[int], any_of: Sequence[int]
) -> Mapping[int, Roles]:
    """Return the roles of names and kinds by position; one that is offered may have been named before."""
    found: dict[int, Roles] = {i: roles for roles, i in reversed(wanted)}
    found |= dict.fromkeys(kinds, ("genre",))
    by_id = {chunks[i].best_id: roles for i, roles in found.items()}
    return found | {i: by_id[chunks[i].best_id] for i in any_of if i not in found}
