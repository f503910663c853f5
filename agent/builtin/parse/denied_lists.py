"""Lists of names or kinds with commas and a joint before the last: 'westerns, musicals and war films'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.lexicon.load import tables
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.phrases import Phrases, said_before

_JOINTS = frozenset(("and", "or", "nor", "&"))
_NAMED = frozenset(("category", "entity", "title"))
_EXCEPTING = Phrases(tables("negation")["excepting"])
_SMALL = frozenset("the a an all any".split())
_WHATEVER = frozenset(
    "anything everything whatever films movies books stuff with by from starring featuring".split()
)
_PARTING = _JOINTS | {","}
_INSIDE = _SMALL | _WHATEVER
_JOINING = frozenset(("or", "and", "nor", ",", "/", "any"))
_FURTHER = frozenset("a an anything something one ones that which is are".split())  # behind 'or'


def list_head(chunks: Sequence[Chunk], i: int) -> int | None:
    """Return the place of the first of the list that `i` is in; None where no comma and joint make one."""
    found = list_around(chunks, i)
    return found[0] if found else None


def list_around(chunks: Sequence[Chunk], i: int) -> tuple[int, int] | None:
    """Return the first and the last of the list that `i` is in; None where no comma and joint make one."""
    first = last = i
    while (before := _before(chunks, first)) is not None:
        first = before
    while (after := _after(chunks, last)) is not None:
        last = after
    said = {chunk.text for chunk in chunks[first:last] if chunk.kind in ("word", "mark")}
    return (first, last) if "," in said and said & _JOINTS else None


def _before(chunks: Sequence[Chunk], i: int) -> int | None:
    j = i - 1
    while j >= 0 and chunks[j].text in _INSIDE:
        j -= 1
    if j < 1 or chunks[j].text not in _PARTING:
        return None
    mixed = any(chunk.text in _WHATEVER for chunk in chunks[j + 1 : i])  # "X, Y and ANYTHING WITH Z"
    j -= 1 + (chunks[j].text in _JOINTS and chunks[j - 1].text == ",")
    return j if j >= 0 and _are_alike(chunks[j], chunks[i], mixed=mixed) else None


def _after(chunks: Sequence[Chunk], i: int) -> int | None:
    j = i + 1
    while j < len(chunks) and (chunks[j].text in _PARTING or chunks[j].text in _INSIDE):
        j += 1
    if not (i + 1 < j < len(chunks) and chunks[i + 1].text in _PARTING):
        return None
    mixed = any(chunk.text in _WHATEVER for chunk in chunks[i + 1 : j])
    return j if _are_alike(chunks[j], chunks[i], mixed=mixed) else None


def _are_alike(one: Chunk, other: Chunk, *, mixed: bool) -> bool:
    return one.kind == other.kind if not mixed else {one.kind, other.kind} <= _NAMED


def is_excepted(chunks: Sequence[Chunk], j: int, i: int) -> bool:
    """Tell whether 'and' at `j` joins one more name to a list of exceptions: 'except X and Y'."""
    first = j - 1
    if j != i - 1 or first < 0 or chunks[first].kind not in _NAMED:
        return False
    while first > 1 and chunks[first - 1].text in (",", "and") and chunks[first - 2].kind in _NAMED:
        first -= 2
    return bool(said_before(chunks, first, _EXCEPTING))


def are_joined(between: Sequence[str]) -> bool:
    """Tell whether words join two names of a list: 'a project OR SOMETHING THAT needs work'."""
    further = _FURTHER if between[:1] in (["or"], ["nor"]) else frozenset[str]()
    return all(word in _JOINING or word in further for word in between)
