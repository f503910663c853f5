"""Words of what no fact tells here: 'feel-good', 'Academy Award', 'subtitles'."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from agent.builtin.interpret.spans import Use
from agent.builtin.lexicon.load import tables
from agent.builtin.parse.chunks import Chunk


@cache
def unknowable() -> frozenset[str]:
    """Return the words of what no fact tells: of tickets, awards, how things feel."""
    return frozenset(word for section in tables("unknowable").values() for word in section)


def is_unknowable(chunks: Sequence[Chunk], place: int, use: Use, *, asked: bool) -> bool:
    """Tell whether no fact tells what is said: 'feel-good', 'Academy Award'."""
    named = use == Use.UNKNOWN and set(chunks[place].text.casefold().split()) <= unknowable()
    return named or (asked and chunks[place].text in _of_compounds() and _is_compound(chunks, place))


def _is_compound(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a word is part of a compound that nothing here is compared by: 'feel-good'."""
    near = [chunk.text for chunk in chunks[max(0, place - 1) : place + 2] if chunk.kind == "word"]
    joined = {"-".join(pair) for pair in pairwise(near)}
    return any(chunks[place].text in pair.split("-") for pair in joined & _compounds())


@cache
def _compounds() -> frozenset[str]:
    plain = unknowable() - set(tables("unknowable")["plot"])
    return frozenset(said for said in plain if "-" in said)


@cache
def _of_compounds() -> frozenset[str]:
    return frozenset(part for said in _compounds() for part in said.split("-"))
