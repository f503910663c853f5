"""Kinds that are only told of beside a request with its own: 'I am stuck in DRAMAS. A comedy, please.'."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.clauses import asking, tells
from agent.builtin.parse.eras import eras
from agent.builtin.parse.negation import is_negated

_BEING = frozenset("im ive were weve hes shes theyre".split())
_ASKED = frozenset("ask asked if genre genres".split())


def kinds_told(chunks: Sequence[Chunk]) -> frozenset[int]:
    """Return the places of kinds in clauses that ask for nothing, where another asks for a kind.

    A kind in the name of a time is none: "between the WARS".
    """
    if all(chunk.kind != "category" for chunk in chunks):
        return frozenset()
    return _told_of(chunks) | {i for era in eras(chunks) for i in era.used}


def _told_of(chunks: Sequence[Chunk]) -> frozenset[int]:
    each = asking(chunks)
    complained = [i for clause, _ in each for i in clause if _is_of_everything(chunks, clause, i)]
    asked = [i for clause, wishes in each if wishes for i in clause if _is_wanted(chunks, i)]
    if not set(asked) - set(complained):
        return frozenset(complained if len(each) > 1 else ())
    told = [clause for clause, wishes in each if not wishes and _is_of_somebody(chunks, clause)]
    return frozenset((*complained, *(i for clause in told for i in clause if _is_wanted(chunks, i))))


def _is_of_somebody(chunks: Sequence[Chunk], clause: range) -> bool:
    """Tell whether somebody is told of: not 'the genre must be drama', 'what if I ASKED FOR comedies'."""
    said = [chunk.text for chunk in chunks[clause.start : clause.stop]]
    before = chunks[clause.start - 1].text if clause.start else ""
    first = next((word for word in said if word.isalpha()), "")
    tells_so = first in _BEING or tells(chunks[clause.start : clause.stop])
    other = _ASKED | words("clauses", "liking now")
    return first in words("clauses", "somebody") and tells_so and before != "if" and not other & set(said)


def _is_of_everything(chunks: Sequence[Chunk], clause: range, i: int) -> bool:
    """Tell whether it is complained that all there is has a kind: 'EVERYTHING HAS a love story in it'."""
    said = [chunk.text for chunk in chunks[clause.start : i]]
    return _is_wanted(chunks, i) and any(
        one in ("everything", "everyone") and other in ("has", "is", "s", "seems")
        for one, other in pairwise(said)
    )


def _is_wanted(chunks: Sequence[Chunk], i: int) -> bool:
    named = chunks[i].kind == "category" and chunks[i].text.casefold() not in ITEM_NOUNS
    return named and not is_negated(chunks, i)
