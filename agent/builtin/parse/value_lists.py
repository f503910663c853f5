"""Lists of values of one relation, parted by commas: 'no white, pink or red flowers'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.parse.chunks import Chunk
from kg.relations import KINDS
from kg.types import Kind

_HAVING = frozenset("no without contain contains containing any".split())  # 'does not CONTAIN soya, wheat'
_ENDS = frozenset((".", "!", "?"))
_LED = 3  # chunks up to a comma


def goes_on_listing(chunks: Sequence[Chunk], comma: int, i: int) -> bool:
    """Tell whether a comma parts members of a list that ends with a joint: 'no white, PINK or red'."""
    alike = 0 < comma == i - 1 and chunks[comma].text == "," and _are_alike(chunks, comma - 1, i)
    while alike and i + 2 < len(chunks) and _are_alike(chunks, i, i + 2):
        if chunks[i + 1].text in ("or", "nor", "and"):
            return True
        alike = chunks[i + 1].text == ","
        i += 2
    ended = i + 1 == len(chunks) or chunks[i + 1].text in _ENDS
    return (
        alike and ended and not _HAVING.isdisjoint(chunk.text for chunk in chunks[max(0, comma - 3) : comma])
    )


def _are_alike(chunks: Sequence[Chunk], one: int, other: int) -> bool:
    """Tell whether two values are of one relation that no person has."""
    roles = chunks[one].held_roles & chunks[other].held_roles
    return (
        bool(roles)
        and chunks[one].kind == chunks[other].kind
        and all(KINDS.get(r) != Kind.PERSON for r in roles)
    )
