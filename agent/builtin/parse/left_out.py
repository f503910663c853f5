"""Names that are left out by what stands around them: "leave the dramas OUT", "X SHOULD NOT BE IN IT"."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.denied_lists import list_around
from agent.builtin.parse.phrases import Phrases, places_said, said_after

_AFTER = Phrases(tables("negation")["left out after"])
_BANNING, _LACKING, _TAKING_PART = (
    Phrases(tables("negation")[f"absent {n}"]) for n in ("by wish", "told", "from")
)
_RULING = Phrases((*tables("negation")["phrases"], *tables("negation")["averse"]))
_VERBS = words("negation", "left out by")
_TAKING = words("negation", "taking out")
_BETWEEN = frozenset("the all any of those these your my a an films movies books novels ones stuff".split())
_JOINTS = frozenset(("and", "or", "&"))
_RELATIVE = frozenset(("that", "which", "where"))
_ENDING = frozenset(("but", "and", "or", "please", "pls", "though"))
_NOUNS = ITEM_NOUNS | {"s", "stuff", "ones"}
_NAMED = frozenset(("category", "entity", "title"))
_ALL = frozenset(("everything", "anything", "all"))
_NEAR = 3  # chunks from such a verb to what is left out
_REACH = 6  # chunks from the verb to the last of what is left out


def is_left_out(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether the name or kind at `i` is left out by words behind it, perhaps with others in a list."""
    end = _list_end(chunks, i)
    if end < len(chunks) and chunks[end].text == "out":
        return _is_taken_out(chunks, i)
    return bool(_length_after(chunks, i, end))


def _length_after(chunks: Sequence[Chunk], i: int, end: int) -> int:
    """Return how many chunks from `end` on leave out the names before: 'EXCLUDED', 'SHOULD NOT BE IN IT'."""
    if length := said_after(chunks, end, _AFTER):
        return length
    banned = said_after(chunks, end, _BANNING)
    first, _ = list_around(chunks, i) or (i, i)
    while first > 1 and chunks[first - 1].text in _JOINTS and chunks[first - 2].kind == chunks[i].kind:
        first -= 2
    told = first > 0 and chunks[first - 1].text in _RELATIVE  # "a film THAT X is not in"
    length = banned or (said_after(chunks, end, _LACKING) if told else 0)
    if not length or chunks[i].kind != "entity":
        return 0
    part = said_after(chunks, end + length, _TAKING_PART)
    rest = chunks[end + length : end + length + 1]
    alone = banned and (not rest or rest[0].kind == "mark" or rest[0].text in _ENDING)
    return length + part if part or alone else 0


def leaves_out(chunks: Sequence[Chunk], j: int) -> bool:
    """Tell whether a verb of leaving out stands at `j`: 'DROP everything before 1990'."""
    if chunks[j].kind != "word":
        return False
    after = chunks[j + 1].text if j + 1 < len(chunks) else ""
    if chunks[j].text == "out":
        return j > 0 and chunks[j - 1].text in _TAKING
    return chunks[j].text in _VERBS or (chunks[j].text == "forget" and after in _ALL)


def leaving(chunks: Sequence[Chunk]) -> set[int]:
    """Return the places of the words that leave names out: 'LEAVE the dramas OUT', 'DROP X', 'X EXCLUDED'."""
    found: set[int] = set()
    for i, chunk in enumerate(chunks):
        if chunk.kind in _NAMED and is_left_out(chunks, i):
            end = _list_end(chunks, i)
            found |= set(range(end, end + max(1, _length_after(chunks, i, end))))
            found |= {j for j in range(max(0, i - _REACH), i) if chunks[j].text in _TAKING}
        elif chunk.kind == "word" and chunk.text in _VERBS:
            after = chunks[i + 1 : i + 1 + _NEAR]
            found |= {i} if any(each.kind in _NAMED or each.text in _ALL for each in after) else set()
    return found


def ruling(chunks: Sequence[Chunk]) -> set[int]:
    """Return the places of phrases that rule out what follows: 'HOLD THE romance', 'SPARE ME X'."""
    said = places_said(chunks, _RULING)
    return {place for i, length in said for place in range(i, i + length)}


def _list_end(chunks: Sequence[Chunk], i: int) -> int:
    end = (list_around(chunks, i) or (i, i))[1] + 1
    while end < len(chunks):
        chunk = chunks[end]
        noun = chunk.text in _NOUNS
        joined = chunk.text in _JOINTS and [a.kind for a in chunks[end + 1 : end + 2]] == [chunks[i].kind]
        if not (noun or joined or (chunk.kind in _NAMED and chunks[end - 1].text in _JOINTS)):
            break
        end += 1
    return end


def _is_taken_out(chunks: Sequence[Chunk], i: int) -> bool:
    first, _ = list_around(chunks, i) or (i, i)
    for j in range(first - 1, max(-1, first - 1 - _REACH), -1):
        if chunks[j].text in _TAKING:
            return True
        if not (chunks[j].kind in _NAMED or chunks[j].text in _BETWEEN | _JOINTS):
            return False
    return False
