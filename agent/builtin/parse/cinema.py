"""'Iranian CINEMA', 'the cinema of Senegal': films from there, and no place to see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.origins import is_place

_ADJECTIVES = frozenset("new classic modern contemporary recent old silent world".split())


def with_cinema_of_countries(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Return chunks in which the cinema of a country is called its films."""
    return [replace(c, text="films") if _is_of_country(chunks, i) else c for i, c in enumerate(chunks)]


def _is_of_country(chunks: Sequence[Chunk], i: int) -> bool:
    if chunks[i].kind != "word" or chunks[i].text != "cinema":
        return False
    before = chunks[i - 1] if i else None
    after = chunks[i + 1 : i + 3]
    owned = len(after) > 1 and after[0].text in ("of", "from") and is_place(after[1])
    return owned or (before is not None and (is_place(before) or before.text in _ADJECTIVES))
