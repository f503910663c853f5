"""Facts in words: what every interface and the built-in model say alike."""

from __future__ import annotations

from collections.abc import Sequence

PASSIVE = {
    "director": "directed by",
    "cinematographer": "photographed by",
    "composer": "scored by",
    "writer": "written by",
    "producer": "produced by",
    "editor": "edited by",
    "author": "written by",
    "publisher": "published by",
    "distributor": "distributed by",
}


def listed(names: Sequence[str]) -> str:
    """Return names as a list in a sentence: 'A', 'A and B', 'A, B and C'."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
