"""Words for people and their ages, which say for whom something is: 'niece', 'who is turning 13'."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.profile_phrase import age_at

NOUNS = {
    noun: name
    for name in ("relative", "adult", "elder", "teen", "child")
    for noun in tables("audience")[name]
}
_TEENAGE = frozenset(("teenage", "teenaged", "teen", "adolescent"))
_TO_AGE = words("audience", "ages") | words("audience", "are")
_NOUNS_BEGIN = _TEENAGE.union(noun.partition(" ")[0] for noun in NOUNS)
_FOLLOWS = frozenset("and who which so but now today or that please soon".split())
_YEARS = words("audience", "years")
_REACH = 5  # chunks in which an age is said
_GROWN = 18


class Noun(NamedTuple):
    """A noun for people: its section and its length in chunks."""

    name: str
    length: int


def noun_at(chunks: Sequence[Chunk], i: int) -> Noun | None:
    """Return the noun for people at a position, by its section and length in chunks."""
    if i >= len(chunks) or chunks[i].kind not in ("word", "category", "title", "trigger"):
        return None
    first = chunks[i].text.partition(" ")[0]
    if not (first.isalpha() and first.islower()):
        first = first.casefold().replace("'", "").replace("’", "")
    if not (first in _NOUNS_BEGIN or first.removesuffix("s") in _NOUNS_BEGIN):
        return None
    single = [chunk.text.casefold().replace("'", "").replace("’", "") for chunk in chunks[i : i + 3]]
    for length in range(len(single), 0, -1):
        said = " ".join(single[(length > 1 and single[0] in _TEENAGE) : length])
        name = NOUNS.get(said) or NOUNS.get(said.removesuffix("s"))
        if name is not None:
            return Noun("teen" if length > 1 and single[0] in _TEENAGE else name, length)
    return None


def age_said(chunks: Sequence[Chunk], i: int) -> tuple[int | None, int]:
    """Return the age that is said at a position, and where it ends: '12-year-old', 'aged nine', 'ages 8'."""
    said = [chunk.text for chunk in chunks[i : i + _REACH]]
    if said[:1] == ["ages"]:
        said[0] = "age"
    piece = age_at(said, 0, bare=False)
    if piece is None or piece.kind != "age":
        return None, i
    end = i + piece.words
    while end < len(chunks) and chunks[end].text in ("olds", "old"):
        end += 1
    return int(piece.value), end


def age_after(chunks: Sequence[Chunk], i: int, *, of: bool = False) -> tuple[int | None, int]:
    """Return the age that is said after a noun: 'who is turning 13', '(9)', ', aged six'; the lower of two.

    Children may be `of` an age: 'children OF 5 and 9'.
    """
    j = i + (of and i + 1 < len(chunks) and chunks[i].text == "of" and chunks[i + 1].text.isdecimal())
    while j < min(i + _REACH, len(chunks)) and (
        chunks[j].text in _TO_AGE or (chunks[j].kind == "mark" and chunks[j].text in ",(")
    ):
        j += 1
    if j == i or j >= len(chunks):
        return None, i
    piece = age_at(["aged", chunks[j].text], 0, bare=True)
    if piece is None or piece.kind != "age":
        return None, i
    end = j + 1
    while end < len(chunks) and chunks[end].text in _YEARS | {"old"}:
        end += 1
    other = int(chunks[end + 1].text) if _is_other_age(chunks, end) else _GROWN
    if other < _GROWN:
        return min(int(piece.value), other), end + 2
    follows = end >= len(chunks) or chunks[end].kind == "mark" or end > j + 1 or chunks[end].text in _FOLLOWS
    return (int(piece.value), end) if follows else (None, i)  # not "my flatmate is three chapters in"


def _is_other_age(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether another number ends its clause: '5 AND 9'."""
    joined = i + 1 < len(chunks) and chunks[i].text in ("and", "or", "&") and chunks[i + 1].text.isdecimal()
    return joined and (i + 2 == len(chunks) or chunks[i + 2].kind == "mark")


def starts_of(chunks: Sequence[Chunk], start: int, end: int) -> frozenset[int]:
    """Return where the chunks between two places start in the text."""
    return frozenset(chunk.start for chunk in chunks[start:end])


def text_of(chunks: Sequence[Chunk], start: int, end: int) -> str:
    """Return what is said between two places, without marks."""
    return " ".join(chunk.text for chunk in chunks[start:end] if chunk.kind != "mark")
