"""Which item of a series is asked for by its place: 'the SECOND book of the Foundation series'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from kg.text import NUMBER_WORDS

ORDINALS = {
    word: place
    for place, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split())
}
_PARTS = ITEM_NOUNS | {"part", "volume", "instalment", "installment", "entry"}
_COUNTED = _PARTS - {"one"}
_LEADS = frozenset(("of", "in", "from"))
_NEAR = 3  # chunks from the noun to the name of the series


def place_in_series(chunks: Sequence[Chunk]) -> int | None:
    """Return the place, from 0 on, of the item of a series that is asked for; None where none is."""
    for i in range(len(chunks)):
        place = _place_at(chunks, i)
        if place is None or (i and chunks[i - 1].text in words("negation", "denying")):
            continue
        if _names_part(chunks, i) and not _is_told(chunks, i):
            return place
        near = chunks[i + 1 : i + 2 + _NEAR]
        named = next((k for k, a in enumerate(near) if "series" in a.held_roles), None)
        between = {a.text for a in near[:named]} if named is not None else set()
        noun = bool(_PARTS & between) or (i > 0 and chunks[i - 1].text in _PARTS)
        if named is not None and noun and _LEADS & between and not _is_told(chunks, i):
            return place
    return None


def _names_part(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether an ordinal counts the items of a series: 'the THIRD Harry Potter book'."""
    after = chunks[i + 1 : i + 3]
    led = i > 0 and chunks[i - 1].text in ("the", "a", "s")
    return led and len(after) > 1 and "series" in after[0].held_roles and after[1].text in _PARTS


def _place_at(chunks: Sequence[Chunk], i: int) -> int | None:
    """Return the place that words say: 'the THIRD book', 'BOOK THREE', 'part 2'."""
    said = chunks[i].text
    if said in ORDINALS:
        return ORDINALS[said]
    if i == 0 or chunks[i - 1].text not in _COUNTED:
        return None
    number = NUMBER_WORDS.get(said, said)
    return int(number) - 1 if number.isdecimal() and 0 < int(number) <= len(ORDINALS) else None


def _is_told(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether somebody knows it already: 'I finished the SECOND book of the series'."""
    done = words("surfeit", "done") | {"loved", "liked", "enjoyed", "since", "through"}
    before = [a.text for a in chunks[max(0, i - 4) : i] if a.sentence == chunks[i].sentence]
    return bool(done & set(before))
