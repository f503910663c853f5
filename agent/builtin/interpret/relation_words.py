"""Words that only say of which relation or series a value beside them is: 'white FLOWERS', 'PART of Dune'."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Chunk

_SERIES_WITHIN = 3  # chunks: "of that series", "to the Dune series"
_CALLED = frozenset("series saga trilogy cycle sequence".split())
_STEM = 4  # letters that a word shares with a relation's name


def names_role_beside(chunks: Sequence[Chunk], place: int, named: Collection[str]) -> bool:
    """Tell whether a word says of which relation a value beside it is: 'white FLOWERS', 'fast GROWING'.

    `named` are the texts of the names that have a use.
    """
    word = chunks[place]
    if word.kind != "word" or len(word.text) < _STEM:
        return False
    if is_part_of_series(chunks, place):
        return True
    for beside in (place - 1, place + 1):
        near = chunks[beside] if 0 <= beside < len(chunks) else None
        if (
            near is None
            or near.text not in named
            or near.kind not in ("entity", "category")
            or not near.choices
        ):
            continue
        told = {part for choice in near.choices for role in choice.roles for part in role.split("_")}
        if any(len(part) >= _STEM and part[:_STEM] == word.text[:_STEM] for part in told):
            return True
    return False


def is_part_of_series(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word says that items are of a series: 'PART of Dune', 'that BELONG to that series'."""
    if chunks[place].text not in words("arguments", "is of a series"):
        return False
    after = [chunk.text for chunk in chunks[place + 1 : place + 2]]
    near = chunks[place + 2 : place + 2 + _SERIES_WITHIN]
    named = any("series" in choice.roles for chunk in near for choice in chunk.choices)
    return after in (["of"], ["to"]) and (named or any(chunk.text in _CALLED for chunk in near))


def is_lead(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word only leads to a place or theme: 'SET on', 'TAKES PLACE in'."""
    after = chunks[place + 1].text if place + 1 < len(chunks) else ""
    told = chunks[place].text in ("takes", "take", "took") and after == "place"
    leads = chunks[place].text in words("uses", "leads to place")
    return told or (leads and after in words("function", "prepositions"))
