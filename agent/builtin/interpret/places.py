"""Countries and languages among what is wanted: which are conditions, which are alternatives."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from agent.builtin.interpret.partial import RoleConstraint
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.origins import is_place
from agent.builtin.parse.regions import is_region

_ROLES = ("country", "language")


def in_roles(
    chunks: Sequence[Chunk], wanted: Iterable[RoleConstraint], negated: Collection[int]
) -> list[RoleConstraint]:
    """Leave out places of which nothing says that items are from there; one that is ruled out is meant so."""
    found = []
    for each in wanted:
        loose = is_place(chunks[each.name]) and not chunks[each.name].has_role(each.roles)
        if not loose:
            found.append(each)
        elif each.name in negated:
            found.append(RoleConstraint(_ROLES, each.name))
    return found


def alternative_places(chunks: Sequence[Chunk], wanted: Iterable[RoleConstraint]) -> tuple[int, ...]:
    """Return the places of which one is enough: nothing is from two countries unless it is said."""
    places = [each.name for each in wanted if set(each.roles) & set(_ROLES) and is_place(chunks[each.name])]
    several = len({chunks[i].best_id for i in places}) > 1
    return tuple(places) if several or any(is_region(chunks[i]) for i in places) else ()
