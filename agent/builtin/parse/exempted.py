"""What is only excepted from what is ruled out: 'no comedies unless WILDER made it'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.indifferent import is_indifferent
from agent.builtin.parse.negation import is_denied_before


def exempted(chunks: Sequence[Chunk]) -> set[int]:
    """Return the places of what is only excepted from what is ruled out: 'no comedies unless WILDER made it'.

    Nobody asks for it, and it is not ruled out; where nothing else is ruled out it is all that is wanted:
    "don't bother unless it's a western". Nor is somebody wanted by whom it need not be.
    """
    found: set[int] = set()
    for j, chunk in enumerate(chunks):
        here = [a for a in chunks[:j] if a.sentence == chunk.sentence] if chunk.text == "unless" else []
        named = any(a.kind in ("category", "entity") for a in here)
        if named and is_denied_before(chunks, j):
            found |= {i for i in range(j + 1, len(chunks)) if chunks[i].sentence == chunk.sentence}
    entities = (i for i, a in enumerate(chunks) if i and a.kind == "entity" and chunks[i - 1].text == "by")
    return found | {i for i in entities if is_indifferent(chunks, i)}
