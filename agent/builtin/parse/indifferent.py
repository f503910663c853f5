"""What is neither wanted nor ruled out: "it doesn't have to be a western"."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.phrases import Phrases, said_before

_OPEN = Phrases(tables("negation")["open"])
_FORGETTING = words("negation", "forgetting")


def is_indifferent(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether something is neither wanted nor ruled out: "it doesn't have to be a western"."""
    for j in range(i - 1, max(-1, i - 4), -1):
        if chunks[j].kind != "word":
            return False
        if chunks[j].text in _FORGETTING:
            return all(a.text in ("the", "about", "any", "all") for a in chunks[j + 1 : i])
        if length := said_before(chunks, j + 1, _OPEN):
            before = [a.text for a in chunks[max(0, j + 1 - length - 2) : j + 1 - length]]
            return bool(words("negation", "open denial") & set(before))
    return False
