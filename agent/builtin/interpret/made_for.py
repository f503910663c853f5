"""Conditions that follow from for whom something is: what is made for children, and what is not."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.audience import Audience, suited, unsuited
from agent.builtin.interpret.request import Constraint, EntityMention
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.vocabulary import Vocabulary


def made_for(
    whom: Audience | None, categories: Sequence[int], chunks: Sequence[Chunk], vocabulary: Vocabulary
) -> tuple[Constraint, ...]:
    """Return the genres made for children or young people as alternatives, if none of them is asked for."""
    genres = suited(whom, vocabulary)
    asked = {choice.id for i in categories for choice in chunks[i].choices}
    if any(each.id in asked for each in genres):
        return ()
    return tuple(Constraint(("genre",), EntityMention(each.label, (each,))) for each in genres)


def not_made_for(
    whom: Audience | None, chunks: Sequence[Chunk], vocabulary: Vocabulary
) -> tuple[Constraint, ...]:
    """Return the genres made for the young as ruled out, if it is for adults."""
    genres = unsuited(whom, chunks, vocabulary)
    return tuple(Constraint(("genre",), EntityMention(each.label, (each,))) for each in genres)
