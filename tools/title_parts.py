"""Parts of titles that stand for the items called so: 'BMW', 'Hondas'.

Only where items are not works with titles of their own: a word of a film's title says nothing of other films.
A word that is often said must begin several titles; one that is not may stand anywhere in one.
"""

from __future__ import annotations

from kg.graph import KnowledgeGraph
from kg.stems import singulars
from kg.text import fold
from kg.title_words import TitleWords
from tools.english import common_words, is_everyday

_SEVERAL = 2  # titles that an everyday word must begin
_WORKS = frozenset(("movie", "book"))


def titles_of(graph: KnowledgeGraph) -> TitleWords | None:
    """Return the words of a catalogue's titles; None where items are works."""
    return None if _WORKS & set(graph.domains) else graph.title_words


def part_of(said: str, titles: TitleWords) -> str | None:
    """Return the part of titles that words mean, as they are or in the singular; None if they mean none."""
    first, _, last = said.rpartition(" ")
    alone = (f"{first} {one}".strip() for one in singulars(fold(last)))
    for form in dict.fromkeys((said, *alone)):
        if _is_part(form, titles):
            return form
    return None


def _is_part(said: str, titles: TitleWords) -> bool:
    spoken = [fold(word) for word in said.split()]
    if all(word in common_words() for word in spoken) or not len(titles.having(said)):
        return False
    rare = [word for word in spoken if not is_everyday(word) and len(word) > 1]
    begun = titles.leading(said) >= (1 if len(spoken) > 1 else _SEVERAL)
    return bool(rare) or begun or titles.ending(said) >= _SEVERAL
