"""Verbs of making that tell of no maker: 'X MADE me cry', 'it was well MADE', 'somebody else WROTE it'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.clauses import asks, clauses, tells

_CAUSING = frozenset("made makes make making".split())
_LIT = frozenset("light lights lit lighting".split())
_MOVED = frozenset("me us him her them my our you everyone people".split())
_JUDGING = words("arguments", "how it was made")
_BEING = frozenset("was is were are looks looked feels felt its".split())
_OTHERS = frozenset("somebody someone anybody anyone".split())
_POINTING_BACK = words("stories", "pointing back") | {
    "else",
    "whoever",
    "who",
    "whose",
    "that",
    "she",
    "he",
    "they",
}
_LONG = 30  # chunks; a longer message tells a story


def idle_verbs(chunks: Sequence[Chunk]) -> frozenset[int]:
    """Return the places of verbs that nothing is asked by."""
    return frozenset(
        i
        for i, chunk in enumerate(chunks)
        if chunk.kind == "trigger"
        and (
            _lights_up(chunks, i)
            or _moves(chunks, i)
            or _is_judged(chunks, i)
            or _is_of_another(chunks, i)
            or _is_of_each(chunks, i)
        )
    )


def _lights_up(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether somebody is glad: 'she LIGHTS UP whenever he sings'."""
    return chunks[i].text in _LIT and [chunk.text for chunk in chunks[i + 1 : i + 2]] == ["up"]


def _moves(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether something made somebody do something: 'About Time MADE ME call my mother'."""
    after = [chunk.text for chunk in chunks[i + 1 : i + 3]]
    return (
        chunks[i].text in _CAUSING and after[:1] != [] and after[0] in _MOVED and not {"by", "a"} & set(after)
    )


def _is_judged(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether it is said how well something was made, and not by whom: 'it WAS WELL MADE'."""
    after = chunks[i + 1].text if i + 1 < len(chunks) else ""
    before = [chunk.text for chunk in chunks[max(0, i - 3) : i]]
    return after != "by" and before[-1:] != [] and before[-1] in _JUDGING and bool(_BEING & set(before[:-1]))


def _is_of_another(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether somebody else is to have done it: 'but SOMEBODY ELSE wrote it'."""
    before = [chunk.text for chunk in chunks[max(0, i - 2) : i]]
    return before[-1:] == ["else"] and before[0] in _OTHERS


def _is_of_each(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether it is asked of whatever is found: 'name three and say WHO DIRECTED EACH'."""
    before = [chunk.text for chunk in chunks[max(0, i - 2) : i]]
    after = chunks[i + 1].text if i + 1 < len(chunks) else ""
    return "who" in before and after == "each"


def told_in_story(chunks: Sequence[Chunk]) -> frozenset[int]:
    """Return the places of what a long message tells, where what it asks points at none of it."""
    if len(chunks) < _LONG:
        return frozenset()
    each = [(clause, chunks[clause.start : clause.stop]) for clause in clauses(chunks)]
    asked = [said for _, said in each if asks(said)]
    if not asked or any(chunk.text in _POINTING_BACK for said in asked for chunk in said):
        return frozenset()
    return frozenset(place for clause, said in each if tells(said) for place in clause)
