"""Degrees: orders ('the cheapest'), ends of what there is ('cheap'), items ('shorter than X')."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.compared import Draft
from agent.builtin.parse.chunks import Chunk


def read_degrees(draft: Draft, chunks: Sequence[Chunk]) -> None:
    """Note orders, ends of measures and comparisons with items."""
