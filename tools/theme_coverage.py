"""How much of what is wanted the texts of items speak of, and which items speak of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from kg.graph import Positions
from kg.text_index import TextIndex
from tools.theme_phrases import Stems
from tools.theme_words import Group, Wanted


def covered(index: TextIndex, wanted: Wanted) -> tuple[float, tuple[str, ...]]:
    """Return the largest share of the idf mass of what is wanted that one text covers, and what no text has.

    Of what is joined by 'or' the better counts; of what is joined by 'and' one text may have all, or
    different texts each. Without words, all is covered.
    """
    told = [group for group in wanted.groups if not group.together]
    having = {group.stems: speaking(index, group) for group in told}
    phrases = {word for subject in wanted.phrases for word in subject.said.split()}
    unheard = tuple(g.said for g in told if not len(having[g.stems]) and g.said not in phrases)
    shares = [
        max(
            _share(index, {group.stems: having[group.stems] for part in parts for group in part}),
            min(_share(index, {group.stems: having[group.stems] for group in part}) for part in parts),
        )
        for parts in wanted.parts
    ]
    return round(max(shares, default=1.0), 4), unheard


def _share(index: TextIndex, having: Mapping[Stems, Positions]) -> float:
    mass = np.zeros(index.n_items)
    whole = 0.0
    for places in having.values():
        idf = index.idf(len(places))
        mass[places] += idf
        whole += idf
    return float(mass.max(initial=0)) / whole


def speaking(index: TextIndex, group: Group) -> Positions:
    """Return the items, ascending, whose text has a word of a group."""
    found = [index.postings(each)[0] for each in (*group.stems, *group.related)]
    found += [having_all(index, phrase)[0] for phrase in group.phrases]
    return joined(index, found)


def joined(index: TextIndex, found: Sequence[Positions]) -> Positions:
    """Return the items, ascending, that are in one of several lists, each ascending."""
    if len(some := [each for each in found if len(each)]) == 1:
        return some[0]
    inside = np.zeros(index.n_items, dtype=bool)
    for each in some:
        inside[each] = True
    return np.flatnonzero(inside).astype(np.int32)


def having_all(index: TextIndex, stems: Sequence[str]) -> tuple[Positions, npt.NDArray[np.floating]]:
    """Return the items, ascending, that have all of some stems, and the sum of what these weigh in each."""
    items, weights = index.postings(stems[0])
    total: npt.NDArray[np.floating] = weights
    for each in dict.fromkeys(stems[1:]):
        if not len(items):
            break
        others, more = index.postings(each)
        places = np.searchsorted(others, items)
        inside = places < len(others)
        inside[inside] = others[places[inside]] == items[inside]
        items, total = items[inside], total[inside] + more[places[inside]]
    return items, total
