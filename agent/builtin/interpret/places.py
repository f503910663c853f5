"""Countries and languages among what is wanted: which are conditions, which are alternatives."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cache

from agent.builtin.interpret.partial import RoleConstraint
from agent.builtin.lexicon.load import tables
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.origins import is_place
from agent.builtin.parse.regions import is_region

_ROLES = ("country", "language")


def in_roles(
    chunks: Sequence[Chunk],
    wanted: Iterable[RoleConstraint],
    negated: Collection[int],
    *,
    settled: bool = False,
) -> list[RoleConstraint]:
    """Leave out places of which nothing says that items are from there; one that is ruled out is meant so.

    `settled`: more is said of the items, and a place that stands for itself is one condition of it.
    """
    found = []
    for each in wanted:
        if not _is_loose(chunks, each):
            found.append(each)
        elif each.name in negated or (settled and not _describes(chunks, each.name)):
            found.append(RoleConstraint(_ROLES, each.name))
    return found


def loose_places(chunks: Sequence[Chunk], wanted: Iterable[RoleConstraint]) -> list[RoleConstraint]:
    """Return the places that stand for themselves: 'italian', 'all American'; not 'French subtitles'.

    After an answer they say where items are from, or should not be from.
    """
    loose = [each for each in wanted if _is_loose(chunks, each)]
    return [RoleConstraint(_ROLES, each.name) for each in loose if not _describes(chunks, each.name)]


def _is_loose(chunks: Sequence[Chunk], wanted: RoleConstraint) -> bool:
    return is_place(chunks[wanted.name]) and not chunks[wanted.name].has_role(wanted.roles)


def _describes(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a place only describes what comes after it: 'French *subtitles*'."""
    after = chunks[place + 1 : place + 2]
    return bool(after) and after[0].kind in ("word", "trigger") and after[0].text not in _small() | {"·"}


@cache
def _small() -> frozenset[str]:
    spoken = (*tables("dialogue")["fillers"], "please", "pls", "plz")
    return ITEM_NOUNS.union(spoken, *tables("function").values())


def _are_joined(chunks: Sequence[Chunk], places: Sequence[int]) -> bool:
    """Tell whether 'and' joins names, and no 'or'."""
    between = {chunk.text for chunk in chunks[min(places) : max(places)]}
    return "and" in between and "or" not in between


def alternative_places(chunks: Sequence[Chunk], wanted: Sequence[RoleConstraint]) -> tuple[int, ...]:
    """Return the places of which one is enough: nothing is from two countries unless it is said."""
    places = [each.name for each in wanted if set(each.roles) & set(_ROLES) and is_place(chunks[each.name])]
    places = places or [each.name for each in wanted if is_region(chunks[each.name])]
    several = len({chunks[i].best_id for i in places}) > 1
    spoken = [each.name for each in wanted if each.roles == ("language",) and each.name in places]
    if several and spoken == places and _are_joined(chunks, places):
        return ()  # 'in English AND French'
    return tuple(places) if several or any(is_region(chunks[i]) for i in places) else ()
