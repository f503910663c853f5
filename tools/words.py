"""Words of titles and descriptions: which items speak of something, letter for letter but for plurals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.graph import KnowledgeGraph
from kg.text import fold, tokens
from kg.types import ItemId

_PLURALS = (("ies", "y"), ("ves", "f"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"))
_SHORT = 3  # letters of a word whose last s is no plural: "gas", "spy"


def singular(word: str) -> str:
    """Return a folded word without the ending of its plural: 'spies' -> 'spy', 'wolves' -> 'wolf'."""
    for ending, instead in _PLURALS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + instead
    plural = word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > _SHORT
    return word[:-1] if plural else word


def stems(text: str) -> set[str]:
    """Return the words of a text, folded and singular."""
    return {singular(fold(token.raw)) for token in tokens(text)}


class WordIndex:
    """The items whose title or description has a word: singular word -> positions.

    Titles alone say too little of what an item is about: without descriptions nothing is found.
    """

    def __init__(self, graph: KnowledgeGraph):
        self._places: Mapping[str, set[int]] = _places(
            (position, f"{item.title} {graph.catalogue.texts.get(ItemId(item.id), '')}")
            for position, item in enumerate(graph.catalogue.items if graph.catalogue.texts else ())
        )

    def having(self, word: str) -> set[int]:
        """Return the positions of the items that have a word."""
        return self._places.get(singular(fold(word)), set())


def _places(texts: Iterable[tuple[int, str]]) -> Mapping[str, set[int]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for position, text in texts:
        for stem in stems(text):
            found[stem].add(position)
    return dict(found)
