"""What only tells which item of a title is meant: 'Murder on the Orient Express, THE OLD ONE WITH FINNEY'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk

_VERSIONS = frozenset("one version adaptation original remake".split())
_LEADS = frozenset("with by from starring featuring".split())
_MOST = 3  # chunks from 'the' to the noun
_LEADING = frozenset(("the", "that", "this"))
_WHOLE = frozenset(("full", "alias"))
KIND_OF_TITLE = "title"  # what a kind that only says what a title is stands for


def appositions(chunks: Sequence[Chunk]) -> frozenset[int]:
    """Return the places of words and names that only tell a title from its namesakes."""
    found = (place for i, chunk in enumerate(chunks) if chunk.kind == "title" for place in _behind(chunks, i))
    return frozenset(found)


def _behind(chunks: Sequence[Chunk], title: int) -> range:
    start = title + 1
    while start < len(chunks) and chunks[start].text in (",", "(", "-"):
        start += 1
    if start >= len(chunks) or chunks[start].text != "the":
        return range(0)
    near = range(start + 1, min(start + 1 + _MOST, len(chunks)))
    noun = next((i for i in near if chunks[i].text in _VERSIONS), None)
    if noun is None or any(chunks[i].kind not in ("word", "category") for i in range(start, noun)):
        return range(0)
    named = noun + 2 < len(chunks) and chunks[noun + 1].text in _LEADS and chunks[noun + 2].kind == "entity"
    if not named and noun == start + 1:
        return range(0)  # 'the one of 1997' dates the title
    return range(start, noun + 3 if named else noun + 1)


def with_kinds_of_titles(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Return chunks in which a kind that only says what a title is is a noun for it: 'the COMEDY Big'."""
    out = list(chunks)
    for i in range(len(out) - 2, 0, -1):
        if out[i].kind != "category" or out[i + 1].kind == "mark":
            continue
        titled = out[i + 1].kind == "title" and bool(out[i + 1].choices)
        called = titled and out[i + 1].choices[0].match in _WHOLE and out[i + 1].text[:1].isupper()
        if called and out[i - 1].text.casefold() in _LEADING:
            noun = out[i].text.casefold().split()[-1]
            text = noun if noun in ITEM_NOUNS else KIND_OF_TITLE
            out[i] = replace(out[i], kind="word", text=text, choices=(), entries=())
    return out
