"""Which years a catalogue has, and from them what counts as recent and as old in it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from agent.builtin.parse.calendar import today
from kg.graph import KnowledgeGraph

_DATED = 0.1  # with a smaller share of dated items, a year decides nothing
_RECENT = 10
_OLD = 25


class CatalogueYears(NamedTuple):
    """The first and the last year of a catalogue; `recent` and `old` bound what is called so in it.

    `now` is the year that 'the last five years' end with: that of today, for a person's own table.
    """

    first: int
    last: int
    recent: int
    old: int
    now: int

    @classmethod
    def of_graph(cls, graph: KnowledgeGraph) -> CatalogueYears | None:
        """Return the years of a catalogue, None if hardly any item has one.

        Recent are the last ten years that it has. Old is its oldest third, and no item within 25 years of the
        last: in a catalogue of one decade nothing is old.
        """
        years = graph.years[: graph.catalogue.offered]
        dated = np.sort(years[years > 0])
        if not len(dated) or len(dated) < _DATED * len(years):
            return None
        first, third, last = (int(dated[place]) for place in (0, len(dated) // 3, -1))
        own = bool((graph.catalogue.notes.get("wording") or {}).get("relations"))
        now = max(last, today().year) if own else last
        return cls(first, last, last - _RECENT, min(third, last - _OLD), now)
