"""Names and kinds that a message only tells of beside its wish: 'I grew up on DISNEY CARTOONS'."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.clauses import clauses, words_of
from agent.builtin.parse.phrases import Phrases, places_said, said_after

_TOLD_PAST = Phrases(tables("clauses")["told of before"])
_POINTING_BACK = frozenset("ones others them those more".split())


def names_told(chunks: Sequence[Chunk]) -> frozenset[int]:
    """Return the places of names that are only told of beside a wish: 'I grew up on DISNEY CARTOONS'.

    Nothing where no other clause asks.
    """
    if not places_said(chunks, _TOLD_PAST):
        return frozenset()
    each = clauses(chunks)
    past = [clause for clause in each if _told_from(chunks, clause) is not None]
    asking = words("clauses", "wish") | {"where", "what", "which", "how"}
    rest = [clause for clause in each if clause not in past]
    asked = [said for c in rest if asking & (said := set(words_of(chunks[c.start : c.stop])))]
    if not past or not asked or any(_points_back(chunks[c.start : c.stop]) for c in rest):
        return frozenset()
    if not any(_names_something(chunks[c.start : c.stop]) for c in rest):
        return frozenset()  # 'we used to watch westerns. I'd like TO WATCH A FEW'
    named_apart = any(chunks[i].kind in ("entity", "category", "title") for c in rest for i in c)
    if not named_apart and all(_is_habit(chunks[c.start : c.stop]) for c in past):
        return frozenset()  # 'I USUALLY WATCH crime. Four films, please'
    named = ("entity", "category")
    return frozenset(
        i
        for clause in past
        for i in range(_first_told(chunks, clause), clause.stop)
        if chunks[i].kind in named
    )


def _first_told(chunks: Sequence[Chunk], clause: range) -> int:
    """Return from where on a clause only tells: all of it, where 'X IS WHAT I grew up with'."""
    told = _told_from(chunks, clause) or clause.start
    back = [chunk.text for chunk in chunks[clause.start : told]]
    return clause.start if ("is", "what") in pairwise(back) or ("are", "what") in pairwise(back) else told


def _points_back(clause: Sequence[Chunk]) -> bool:
    """Tell whether a wish is for more of what was told: not 'I am MORE OF A western person'."""
    said = words_of(clause)
    taste = any(
        three[0] == "more"
        for three in zip(said, said[1:], said[2:], strict=False)
        if three[1:] == ("of", "a")
    )
    wishes = (words("clauses", "wish") | {"where", "what", "which", "how"}) & set(said)
    return bool(_POINTING_BACK & set(said)) and bool(wishes) and not taste


def _is_habit(clause: Sequence[Chunk]) -> bool:
    """Tell whether a clause tells what somebody watches or reads to this day."""
    return not words("clauses", "habits").isdisjoint(words_of(clause))


def _names_something(clause: Sequence[Chunk]) -> bool:
    """Tell whether a clause names items, a kind of them, somebody or a title."""
    named = any(chunk.kind in ("category", "entity", "title") for chunk in clause)
    return named or bool((ITEM_NOUNS - {"one", "ones"}) & set(words_of(clause)))


def _told_from(chunks: Sequence[Chunk], clause: range) -> int | None:
    """Return the place from which on a clause tells of what was watched or read before, or is anyway."""
    for i in clause:
        if length := said_after(chunks, i, _TOLD_PAST):
            return i + length
    return None
