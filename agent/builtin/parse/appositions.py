"""What only tells which item of a title is meant: 'Murder on the Orient Express, THE OLD ONE WITH FINNEY'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.parse.chunks import Chunk

_VERSIONS = frozenset("one version adaptation original remake".split())
_LEADS = frozenset("with by from starring featuring".split())
_MOST = 3  # chunks from 'the' to the noun


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
