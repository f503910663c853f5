"""Titles that are named and not liked: 'HEAT bored me', 'still not over ALIEN', 'EMMA not really'.

They are no examples of what is wanted, and are not offered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from agent.builtin.interpret.opinions import not_liked
from agent.builtin.interpret.request import Constraint, EntityMention
from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.negation import is_negated, points_at_ruled_out
from agent.builtin.parse.phrases import Phrases, places_said, said_after, said_before

_BEFORE = Phrases(tables("surfeit")["before what is not liked"])
_AFTER = Phrases(tables("surfeit")["after what is not liked"])
_SO_FAR = Phrases(tables("surfeit")["how far somebody got"])
_UNLIKE = Phrases(tables("acts")["unlike that"])
_HATING = frozenset("hated loathed despised detested".split())
_NO = frozenset("no nah nope not meh".split())
_BEING = frozenset("found finds find is was felt feels seemed seems s got gets".split())
_FAULTS = frozenset(tables("surfeit")["faults"])
_ALL = Phrases(tables("surfeit")["all of a series"])
_NEAR = 7  # chunks after a title in which all of its series is spoken of
_LEADING = frozenset("it which that i we she he".split())
_NAMING = frozenset("was is called named s watched saw".split())
_UPSET = frozenset("sob cry cried scream bawl cringe yawn squirm wrong".split())
_BACK = 4  # chunks from how far somebody got to what says so
_FAULT = 8  # chunks after a title in which it is said to be too much of something


def unliked(text: str, chunks: Sequence[Chunk], titles: Collection[int]) -> frozenset[int]:
    """Return which titles, by place, the person did not like."""
    if not titles:
        return frozenset()
    judged = not_liked(text, chunks)
    pointed = _unlike_that(chunks, titles)
    return frozenset(
        i
        for i in titles
        if judged & {choice.id for choice in chunks[i].choices[:1]}
        or _is_put_aside(chunks, i)
        or _is_turned_down(chunks, i)
        or i in pointed
    )


def _unlike_that(chunks: Sequence[Chunk], titles: Collection[int]) -> frozenset[int]:
    """Return the titles that a later word points at as what items should not be like: 'NOTHING LIKE THAT'."""
    said = (j for j, _ in places_said(chunks, _UNLIKE))
    before = ([i for i in titles if i < j and chunks[j].sentence == chunks[i].sentence] for j in said)
    return frozenset(max(each) for each in before if each)


def _is_turned_down(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether somebody else's proposal is refused and no more is said of it: 'she says HEAT BUT NO'."""
    after = [chunk.text for chunk in chunks[i + 1 : i + 4]]
    ends = i + 3 >= len(chunks) or chunks[i + 3].kind == "mark"
    return after[:1] == ["but"] and after[1:2] != [] and after[1] in _NO and ends


def done_with(chunks: Sequence[Chunk], titles: Collection[int], denied: Collection[int]) -> tuple[int, ...]:
    """Return which titles stand for all that goes with them: 'HEAT, seen all three', 'no INDIANA JONES'."""
    begun = {i for i in denied if not {c.match for c in chunks[i].choices[:1]} & {"full", "alias"}}
    begun |= {i for i in denied if i and chunks[i - 1].text == "no"}  # 'no STAR WARS' is none of them
    return tuple(i for i in titles if i in begun or _is_whole(chunks, i))


def _is_whole(chunks: Sequence[Chunk], i: int) -> bool:
    for j in range(i + 1, min(i + 1 + _NEAR, len(chunks))):
        if chunks[j].kind == "title":
            return False
        if said_after(chunks, j, _ALL):
            return True
    return False


def _is_put_aside(chunks: Sequence[Chunk], i: int) -> bool:
    start = i - (i > 0 and chunks[i - 1].text == "the")
    if said_before(chunks, start, _BEFORE) or said_after(chunks, i + 1, _AFTER):
        return True
    left = _is_left_halfway(chunks, start) or _is_turned_off(chunks, i)
    return left or _has_fault(chunks, i) or _is_worst(chunks, i) or _is_hated(chunks, i)


def _is_left_halfway(chunks: Sequence[Chunk], start: int) -> bool:
    """Tell whether somebody only got so far in what is named: 'I GOT forty PAGES INTO X and lent it'."""
    length = said_before(chunks, start, _SO_FAR)
    before = [a.text for a in chunks[max(0, start - length - _BACK) : start - length]]
    return bool(length) and bool(words("surfeit", "getting so far") & set(before))


def _is_turned_off(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether somebody turned off what is named: 'I TURNED X OFF halfway'."""
    after = [a.text for a in chunks[i + 1 : i + 2]]
    off = after in (["off"], ["down"], ["aside"], ["away"])
    return off and i > 0 and chunks[i - 1].text in words("surfeit", "turned off")


def _is_hated(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether somebody hated what is named before: 'we had to read X at school AND HATED every page'."""
    for before, chunk in pairwise(chunks[i + 1 : i + _FAULT]):
        if chunk.kind == "title" or chunk.sentence != chunks[i].sentence:
            return False
        if chunk.text in _HATING:
            return before.text in ("and", "but", "i", "we", "really", "absolutely", ",")
    return False


def _is_worst(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a title is named as the worst of all: 'the MOST BORING film of my life, it was HEAT'."""
    said = [c.text for c in chunks[max(0, i - 2 * _FAULT) : i] if c.sentence == chunks[i].sentence]
    worst = "worst" in said or any(a == "most" and b in _FAULTS for a, b in pairwise(said))
    led = [text for text in said if text not in ("the", "a")][-1:]
    return worst and led != [] and led[0] in (*_NAMING, ":", ",", "-")


def _has_fault(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a title is said to be too much of something: 'HEAT was too long', 'EMMA felt smug'."""
    said = [c.text for c in chunks[i + 1 : i + _FAULT] if c.sentence == chunks[i].sentence]
    while said and (said[0] in _LEADING or said[0] == ","):
        said = said[1:]
    if said[:1] == ["made"]:
        return bool(_UPSET & set(said[1:]))
    found = said[:1] != [] and said[0] in _BEING and ("too" in said[1:4] or bool(_FAULTS & set(said[1:4])))
    return found and said[1:2] != ["not"]


def series_ruled_out(
    chunks: Sequence[Chunk], titles: Iterable[int], referred: Collection[int] = ()
) -> tuple[Constraint, ...]:
    """Return the series that titles which are ruled out also name: 'not Star Wars, seen all of those'.

    Who made one of the `referred` titles is wanted, so only that title is not: 'by the author of X. Not X'.
    """
    own = {chunks[i].best_id for i in referred}
    return tuple(
        Constraint(("series",), EntityMention(chunks[i].text, series))
        for i in titles
        if chunks[i].best_id not in own
        and (series := tuple(choice for choice in chunks[i].choices if "series" in choice.roles))
        and (is_negated(chunks, i) or points_at_ruled_out(chunks, i))
    )
