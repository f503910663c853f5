"""A model that goes round: it writes the same again and again and would until its reply is full."""

from __future__ import annotations

_TAIL = 600  # characters at the end of a text
_LONGEST = 150  # characters of what is written again and again, at most: four times then


def goes_round(text: str) -> bool:
    """Tell whether the end of a text is one piece again and again."""
    tail = text[-_TAIL:]
    if len(tail) < _TAIL:
        return False
    again = (tail + tail).find(tail[:_LONGEST], 1)
    return 0 < again <= _LONGEST and tail[again:] == tail[:-again]
