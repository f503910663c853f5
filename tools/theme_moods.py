"""Which items feel as people call it, by their tags: of dark ones these say 'bleak' or 'black comedy'."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kg.graph import Positions
from tools.knowledge import Knowledge
from tools.moods import Mood
from tools.theme_clauses import IN_TAG, clauses, said
from tools.theme_coverage import having_all, joined

_READ = 2000  # items whose tags are read, of those that have the words

Mask = npt.NDArray[np.bool_]


def feeling(knowledge: Knowledge, mood: Mood, among: Positions | None = None) -> Mask:
    """Return which items have a tag that says a mood, (n_items,); of those `among` which is looked."""
    catalogue = knowledge.graph.catalogue
    found = np.zeros(len(catalogue.items), dtype=np.bool_)
    having = [having_all(knowledge.texts, way)[0] for way in mood.ways if way]
    places = joined(knowledge.texts, having)
    if among is not None:
        looked = np.zeros_like(found)
        looked[among] = True
        places = places[looked[places]]
    ways = [way for way in mood.ways if way]
    for place in places[:_READ].tolist():
        found[place] = _says(catalogue.texts.get(catalogue.items[place].id, ""), ways)
    return found


def _says(text: str, ways: Sequence[Sequence[str]]) -> bool:
    tags = tuple(part for part in clauses(text) if part.tells == 1)
    had = {each for part in tags for each in part.stems}
    possible = ([{each} for each in way] for way in ways if had.issuperset(way))
    return any(said(tags, way) >= IN_TAG for way in possible)
