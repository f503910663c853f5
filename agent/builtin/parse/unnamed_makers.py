"""Who made an item, told by what sort of person and no name: 'WRITTEN by a woman'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Chunk

_LED = frozenset("by a an some any young old new black white gay local".split())
_REACH = 4  # chunks from a verb to what sort of person is meant


def unnamed_makers(chunks: Sequence[Chunk]) -> frozenset[int]:
    """Return the places of verbs that ask for no title's maker, as they say what sort of person it was."""
    return frozenset(
        i for i, chunk in enumerate(chunks) if chunk.kind == "trigger" and _says_what_sort(chunks, i)
    )


def _says_what_sort(chunks: Sequence[Chunk], i: int) -> bool:
    after = [chunk.text for chunk in chunks[i + 1 : i + 1 + _REACH]]
    led = "by" in (*after[:1], *chunks[i].text.split()[-1:])
    sort = next((word for word in after if word not in _LED), "")
    return led and sort in words("uses", "kinds of makers")
