"""Times that are named by what happened, with the year behind: 'before we were born, that is 1975'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from agent.builtin.lexicon.load import tables
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.phrases import Phrases, said_before

_EXPLAINING = Phrases(tables("years")["explaining"])
_OPERATORS: Mapping[str, Literal["before", "after", "from", "to"]] = {
    "before": "before",
    "after": "after",
    "since": "from",
    "until": "to",
    "till": "to",
}
_MOST = 7  # chunks of what happened


def explained(
    chunks: Sequence[Chunk], start: int
) -> tuple[Literal["before", "after", "from", "to"], int] | None:
    """Return how a year that explains what happened bounds a time, and its begin; None otherwise."""
    length = said_before(chunks, start, _EXPLAINING)
    end = start - length
    if not length or end < 1 or chunks[end - 1].text not in (",", "(", "-"):
        return None
    for i in range(end - 2, max(-1, end - 2 - _MOST), -1):
        if chunks[i].kind != "word":
            return None
        if chunks[i].text in _OPERATORS:
            led = i > 0 and chunks[i - 1].text == "from"
            return _OPERATORS[chunks[i].text], i - led
    return None
