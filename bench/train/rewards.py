"""How good a reply is, in shades: a model that is right nowhere yet still learns which miss was nearer.

All parts lie between 0 and 1 and are pure functions of what a reply names.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

WEIGHTS: Mapping[str, float] = {"conditions": 0.4, "precision": 0.3, "known": 0.2, "form": 0.1}
MOST = 10  # titles of a reply that may be taken for an answer
_DIGITS = 3  # replies that differ by less are alike: any difference, however small, would be strengthened


class Reply(NamedTuple):
    """What a reply names: items, each once, titles that name none, and how many lines it has of any kind."""

    items: Sequence[str]
    unmatched: Sequence[str]
    lines: int
    repeated: int


Satisfies = Callable[[str], float]  # an item id -> the share of the conditions that the graph proves of it


def conditions(reply: Reply, share: Satisfies) -> float:
    """Return the mean share of conditions that is satisfied; titles without an item satisfy none."""
    named = len(reply.items) + len(reply.unmatched)
    return sum(share(item) for item in reply.items) / named if named else 0.0


def precision(reply: Reply, proved: Collection[str]) -> float:
    """Return the share of what is named that the guard would let pass: items that satisfy everything."""
    named = len(reply.items) + len(reply.unmatched)
    return sum(item in proved for item in reply.items) / named if named else 0.0


def known(reply: Reply) -> float:
    """Return the share of what is named that is in the catalogue."""
    named = len(reply.items) + len(reply.unmatched)
    return len(reply.items) / named if named else 0.0


def form(reply: Reply) -> float:
    """Return the share of lines that name something for the first time; 0 for none, and for too many."""
    if not reply.lines or reply.lines > MOST:
        return 0.0
    named = len(reply.items) + len(reply.unmatched)
    return max(0.0, min(1.0, (named - reply.repeated) / reply.lines))


def reward(reply: Reply, share: Satisfies, proved: Collection[str]) -> float:
    """Return the weighted sum of all parts, rounded."""
    parts = {
        "conditions": conditions(reply, share),
        "precision": precision(reply, proved),
        "known": known(reply),
        "form": form(reply),
    }
    return round(sum(WEIGHTS[name] * part for name, part in parts.items()), _DIGITS)
