"""Kinds that are ruled out as one: 'no rom-coms' leaves romances, 'no scary thrillers' thrillers."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from agent.builtin.parse.chunks import Chunk


def ruled_out_together(chunks: Sequence[Chunk], negated: Collection[int]) -> list[tuple[int, ...]]:
    """Return the kinds, by their places, of which each run is one noun phrase that is ruled out."""
    found: list[tuple[int, ...]] = []
    for i in sorted(negated):
        if chunks[i].kind != "category":
            continue
        if found and found[-1][-1] == i - 1 and _is_one_phrase(chunks[i - 1], chunks[i]):
            found[-1] = (*found[-1], i)
        else:
            found.append((i,))
    return [run for run in found if len({chunks[i].best_id for i in run}) > 1]


def _is_one_phrase(left: Chunk, right: Chunk) -> bool:
    """Tell whether two kinds are one word, or an adjective and its noun: 'ROMANTIC COMEDIES'."""
    return left.start == right.start or 0 <= right.start - left.end <= 1
