"""Which names and kinds of a request are ruled out, alone or together."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from agent.builtin.interpret.amounts import Amounts
from agent.builtin.interpret.kept_kinds import of_degree, of_habit, taken_back, wanted_after_all
from agent.builtin.interpret.partial import PartialRequest, RoleConstraint
from agent.builtin.interpret.together import ruled_out_together, ruled_out_with_names
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.measures import Measures
from agent.builtin.parse.negation import is_negated, points_at_ruled_out
from agent.builtin.parse.other_makers import replaced_makers
from agent.builtin.parse.own_labels import denied_labels
from agent.builtin.parse.surfeit import is_surfeit, series_among_titles

_ACTING = "actor"  # before the camera


class RuledOut(NamedTuple):
    """The `places` of what is ruled out, and those of which only an item that is all of them is."""

    places: frozenset[int]
    together: tuple[tuple[int, ...], ...]


def ruled_out(
    chunks: list[Chunk], partial: PartialRequest, amounts: Amounts, measures: Measures
) -> tuple[RuledOut, Amounts]:
    """Return what is ruled out; what denies labels of one's own table is said as well."""
    named = [i for i, chunk in enumerate(chunks) if chunk.kind in ("entity", "category")]
    negated = {i for i in named if is_negated(chunks, i) or points_at_ruled_out(chunks, i)}
    negated -= wanted_after_all(chunks, negated) | of_degree(chunks, negated) | of_habit(chunks, negated)
    negated |= taken_back(chunks, negated)
    if measures.own:
        beside = denied_labels(chunks, named)
        negated = (negated | beside.denied) - beside.wanted
        used = {chunks[i].start for i in beside.used}
        amounts = replace(amounts, measured=amounts.measured | used)
    drained = {chunks[i].best_id for i in negated if is_surfeit(chunks, i)}
    negated |= {i for i, a in enumerate(chunks) if a.kind == "entity" and a.best_id in drained}
    negated |= _ruled_out_later(chunks, partial, negated) | replaced_makers(chunks, named)
    negated |= series_among_titles(chunks)
    with_names = ruled_out_with_names(chunks, negated)
    negated |= {i for pair in with_names for i in pair}
    together = (*ruled_out_together(chunks, negated), *with_names)
    return RuledOut(frozenset(negated), together), amounts


def _ruled_out_later(chunks: list[Chunk], partial: PartialRequest, negated: set[int]) -> set[int]:
    """Return the names that are ruled out where they are named again: 'we saw an X film, so no X'.

    Who is asked for behind the camera is then not wanted before it: 'directed by X, but without X'.
    """
    again = {chunks[i].best_id: i for i in sorted(negated) if chunks[i].kind == "entity"}
    found = set[int]()
    for each in partial.wanted:
        place = again.get(chunks[each.name].best_id, -1)
        if place > each.name and (not each.roles or _ACTING in each.roles):
            found.add(each.name)
        elif place > each.name and chunks[place].has_role((_ACTING,)):
            partial.none_of.append(RoleConstraint((_ACTING,), place))
    return found
