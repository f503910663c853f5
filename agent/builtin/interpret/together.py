"""What is ruled out as one: 'no rom-coms' leaves romances, 'no comedies with X' other comedies and X."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.negation import is_negated

_LEADS = frozenset("with by from in of starring featuring directed written made set the a any".split())
_REACH = 5  # chunks from a kind to the name that it is told to have


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


def ruled_out_with_names(chunks: Sequence[Chunk], negated: Collection[int]) -> list[tuple[int, ...]]:
    """Return the kinds that are ruled out only with a name, and the name: 'no COMEDIES with ADAM SANDLER'."""
    found: list[tuple[int, ...]] = []
    for i, chunk in enumerate(chunks):
        if chunk.kind == "entity" and chunk.choices and i not in negated:
            kind = _kind_before(chunks, i)
            if kind is not None and kind in negated and is_negated(chunks, kind):
                found.append((kind, i))
    return found


def _kind_before(chunks: Sequence[Chunk], i: int) -> int | None:
    """Return the kind that a name says more of: 'COMEDIES with', 'KIDS stuff from the'."""
    for j in range(i - 1, max(-1, i - 1 - _REACH), -1):
        if chunks[j].kind == "category":
            return j if i - j > 1 else None
        if chunks[j].kind not in ("word", "trigger") or chunks[j].text not in _LEADS | ITEM_NOUNS:
            return None
    return None
