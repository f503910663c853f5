"""Lists of values of one relation, parted by commas: 'no white, pink or red flowers'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.parse.chunks import Chunk

_HAVING = frozenset("no without contain contains containing any".split())  # 'does not CONTAIN soya, wheat'
_ENDS = frozenset((".", "!", "?"))
_LED = 2  # chunks before a list


def goes_on_listing(chunks: Sequence[Chunk], comma: int, i: int) -> bool:
    """Tell whether a comma parts members of a list that ends with a joint: 'no white, PINK or red'."""
    alike = 0 < comma == i - 1 and chunks[comma].text == "," and _are_alike(chunks, comma - 1, i)
    while alike and i + 2 < len(chunks) and _are_alike(chunks, i, i + 2):
        if chunks[i + 1].text in ("or", "nor", "and"):
            return True
        alike = chunks[i + 1].text == ","
        i += 2
    ended = i + 1 == len(chunks) or chunks[i + 1].text in _ENDS
    first = comma - 1
    while first > 1 and chunks[first - 1].text == "," and _are_alike(chunks, first - 2, first):
        first -= 2
    return alike and ended and not _HAVING.isdisjoint(a.text for a in chunks[max(0, first - _LED) : first])


def _are_alike(chunks: Sequence[Chunk], one: int, other: int) -> bool:
    """Tell whether two values are of one relation."""
    shared = chunks[one].held_roles & chunks[other].held_roles
    return bool(shared) and chunks[one].kind == chunks[other].kind
