"""Kinds that a denial leaves as they are: asked for all the same, or only not to be too much of."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.kinds import is_of_saying
from agent.builtin.parse.lists import is_degree

_CORRECTING = frozenset("no wait actually sorry scratch nope".split())
_ARTICLED = frozenset("a an basically really actually more of like such just practically essentially".split())
_NOT = frozenset("dont doesnt not didnt never".split())
_HABITUAL = frozenset("usually normally generally typically often".split())
_HABIT = 5  # chunks from "don't usually" to a kind
_REACH = 8  # chunks from a kind to where it is taken back


def wanted_after_all(chunks: Sequence[Chunk], negated: Collection[int]) -> set[int]:
    """Return the kinds that are ruled out and asked for later: 'I am not into X, but a film that is X'."""
    kinds = (i for i, a in enumerate(chunks) if a.kind == "category" and i not in negated)
    later = {chunks[i].best_id: i for i in kinds if not (is_hardly(chunks, i) or is_of_saying(chunks, i))}
    return {i for i in negated if chunks[i].kind == "category" and later.get(chunks[i].best_id, 0) > i}


def of_habit(chunks: Sequence[Chunk], negated: Collection[int]) -> set[int]:
    """Return the kinds that somebody only does not take to as a habit: "I DON'T USUALLY do HORROR"."""
    found: set[int] = set()
    for i in negated:
        before = [chunk.text for chunk in chunks[max(0, i - _HABIT) : i]]
        habit = next((k for k, word in enumerate(before) if word in _HABITUAL), 0)
        if habit and before[habit - 1] in _NOT and chunks[i].kind == "category":
            found.add(i)
    return found


def taken_back(chunks: Sequence[Chunk], negated: Collection[int]) -> set[int]:
    """Return the kinds that are taken back: 'a WAR FILM, no wait, not a war film'."""
    ruled = {chunks[i].best_id: i for i in sorted(negated) if chunks[i].kind == "category"}
    return {
        i
        for i, chunk in enumerate(chunks)
        if chunk.kind == "category"
        and i < ruled.get(chunk.best_id, 0) <= i + _REACH
        and any(each.text in _CORRECTING for each in chunks[i + 1 : ruled[chunk.best_id]])
    }


def is_hardly(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether something is told to be no such kind: 'although that is HARDLY A musical'."""
    said = [chunk.text for chunk in chunks[max(0, i - 2) : i]]
    return said[:1] != [] and said[0] in ("hardly", "barely", "scarcely") and said[-1] in ("a", "an")


def is_told_of_one(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a kind is what a title that was seen is: 'I read Dracula, IT'S basically A thriller'.

    Not what is asked for: 'something else that is a thriller'.
    """
    k = i - 1
    while k > 0 and chunks[k].kind == "word" and chunks[k].text in _ARTICLED:
        k -= 1
    told = [chunk.text for chunk in chunks[max(0, k - 1) : k + 1]]
    opens = k > 1 and (
        chunks[k - 2].kind == "mark" or chunks[k - 2].text in ("and", "but", "though", "although")
    )
    being = k < i - 1 and opens and told[:1] == ["it"] and told[-1] in ("s", "is", "was")
    return being and chunks[i - 1].text in ("a", "an") and any(a.kind == "title" for a in chunks[:k])


def of_degree(chunks: Sequence[Chunk], negated: Collection[int]) -> set[int]:
    """Return the kinds of which there is only not to be too much: 'a scary film but NOT TOO SCARY'.

    Also what is only so for something: 'a comedy, not FUNNY FOR its time'.
    """
    wanted = {a.best_id for i, a in enumerate(chunks) if a.kind == "category" and i not in negated}
    limited = {
        i for i in negated if is_degree(chunks, i) or [a.text for a in chunks[i + 1 : i + 2]] == ["for"]
    }
    return {i for i in limited if chunks[i].best_id in wanted}


def is_only_degree(chunks: Sequence[Chunk], place: int) -> bool:
    """Tell whether a kind only says how much of it is wanted: 'scary but not too SCARY'."""
    if not is_degree(chunks, place):
        return False
    said = chunks[place].best_id
    return any(chunk.kind == "category" and chunk.best_id == said for chunk in chunks[:place])
