"""Items of different times that are asked for one by one: 'two films for tonight, ONE OLD, ONE NEW'."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk

_TIMES = words("parts", "times of one")
_JOINING = frozenset((",", "and", "&", ";"))
_LEAST = 2


def of_each_time(chunks: Sequence[Chunk]) -> list[list[Chunk]]:
    """Return a message as one request for each time that one item is asked of; [] if it is but one."""
    places = [i for i in range(len(chunks) - 1) if chunks[i].text == "one" and chunks[i + 1].text in _TIMES]
    if len(places) < _LEAST or not _are_listed(chunks, places):
        return []
    rest = [*chunks[: places[0]], *chunks[places[-1] + 2 :]]
    noun = next((i for i, chunk in enumerate(rest) if _is_item(chunk)), None)
    times = [chunks[i + 1] for i in places]
    if noun is None:
        return [[*chunks[: places[0]], time, chunks[i]] for i, time in zip(places, times, strict=True)]
    return [[*rest[:noun], time, *rest[noun:]] for time in times]


def _are_listed(chunks: Sequence[Chunk], places: Sequence[int]) -> bool:
    pairs = pairwise(places)
    return all(chunk.text in _JOINING for left, right in pairs for chunk in chunks[left + 2 : right])


def _is_item(chunk: Chunk) -> bool:
    return chunk.kind == "category" or (chunk.kind == "word" and chunk.text in ITEM_NOUNS - {"one", "ones"})
