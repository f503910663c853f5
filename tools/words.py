"""Words of titles and descriptions: which items speak of something, by the words in any of their forms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from kg.graph import KnowledgeGraph
from kg.text import fold, raw_words, tokens, word_parts
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


def root(word: str) -> str:
    """Return a singular word without the ending of its form: 'cooking' -> 'cook', 'living' -> 'liv'."""
    for ending in ("ing", "ed", "er", "e"):
        if word.endswith(ending) and len(word) - len(ending) > _SHORT - (ending == "e"):
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > _SHORT and word[-1] == word[-2] and word[-1] not in "ls" else word


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
            for position, item in enumerate(graph.offered if graph.catalogue.texts else ())
        )

    def having(self, word: str) -> set[int]:
        """Return the positions of the items that have a word: 'train|railway' is one of them.

        Where no item has it, those that have a word with the same root: 'cooking' for 'cooks'.
        """
        said = [singular(fold(part)) for part in word.split("|")]
        found: set[int] = set().union(*(self._places.get(part, set()) for part in said))
        return found or set().union(*(self._places[each] for each in self._of_root.get(root(said[0]), ())))

    @cached_property
    def _of_root(self) -> Mapping[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._places:
            found[root(word)].append(word)
        return dict(found)


def _places(texts: Iterable[tuple[int, str]]) -> Mapping[str, set[int]]:
    by_word: defaultdict[str, set[int]] = defaultdict(set)
    for position, text in texts:
        for word in raw_words(text):
            by_word[word].add(position)
    found: defaultdict[str, set[int]] = defaultdict(set)
    for word, places in by_word.items():  # every form of a word is folded once
        for part in word_parts(word):
            found[singular(fold(part))] |= places
    return dict(found)
