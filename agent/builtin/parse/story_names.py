"""Names that belong to the story around a wish: where somebody works, whose turn it is, who lent what.

'I work in ROCHESTER', 'my boyfriend MARK', 'ANNA's turn', 'left us on VHS', 'last year DAVE chose': such a
word names nobody and nothing that items are asked by, whoever is called so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import COMPANIES, ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.clauses import asking, clauses, tells
from agent.builtin.parse.origins import is_place

_NEARBY = words("stories", "before a place")
_SOMEBODY = words("stories", "before somebody")
_OWNED = words("stories", "what is somebody's")
_DID = words("clauses", "did")
_DONE_BY_PEOPLE = words("stories", "what people do")
_BOTH = frozenset("either both those these our".split())
_WHERE = frozenset("place places country countries".split())
_OPENING = 2  # chunks of a clause that a question begins with: 'so which'
_BESIDE = 2  # chunks from a name to what says its role
_WEAK = frozenset(("surname", "spelling", "short"))


_LONG = 30  # chunks; a longer message tells a story
_OWN = frozenset("i we my our were im ive weve".split())


def with_story_names(chunks: list[Chunk]) -> list[Chunk]:
    """Return chunks in which the names of a story are words."""
    named = [i for i, a in enumerate(chunks) if a.kind in ("entity", "title") and " " not in a.text]
    told = _told(chunks) if named else frozenset()
    of_story = {i for i in named if _is_of_story(chunks, i, told)}
    if not of_story:
        return chunks
    return [_as_word(chunk) if i in of_story else chunk for i, chunk in enumerate(chunks)]


def _told(chunks: Sequence[Chunk]) -> frozenset[int]:
    """Return the places of clauses that ask for nothing, of a message that does elsewhere."""
    each = [(clause, chunks[clause.start : clause.stop]) for clause in clauses(chunks)]
    wishes = [asked for _, asked in asking(chunks)]
    told = [
        clause
        for (clause, said), asked in zip(each, wishes, strict=True)
        if not _is_question(said) and (not asked or tells(said))
    ]
    if len(told) == len(each):
        return frozenset()
    if len(chunks) > _LONG:
        told += [clause for clause, said in each if _is_idle(said)]
    return frozenset(place for clause in told for place in clause)


def _is_idle(clause: Sequence[Chunk]) -> bool:
    """Tell whether a clause of a story names nothing to ask for: 'there's an old VHS player up there'."""
    said = {chunk.text for chunk in clause}
    wishing = words("clauses", "clear wish") | words("stories", "asking") | words("clauses", "request")
    named = ITEM_NOUNS & said or any(chunk.kind == "category" for chunk in clause)
    return not (wishing & said or named or _is_question(clause)) and bool(_OWN & said or "there" in said)


def _is_question(clause: Sequence[Chunk]) -> bool:
    return any(chunk.text in words("clauses", "starts") for chunk in clause[:_OPENING])


def _as_word(chunk: Chunk) -> Chunk:
    return replace(chunk, kind="word", text=chunk.text.casefold(), choices=(), entries=())


def _is_of_story(chunks: Sequence[Chunk], i: int, told: frozenset[int]) -> bool:
    chunk = chunks[i]
    if _is_somebody(chunks, i):
        return True
    if chunk.kind == "title":
        return i in told and _is_town(chunks, i)
    if not chunk.choices:
        return False
    if chunk.choices[0].match in _WEAK and _is_near(chunks, i):
        return True
    if is_place(chunk) and (_is_learnt(chunks, i) or _is_of_sound(chunks, i)):
        return True
    if chunk.choices[0].match in _WEAK and chunk.held_roles <= COMPANIES and not _is_published(chunks, i):
        return True  # 'DIAL it down a notch'
    if i not in told:
        return False
    if is_place(chunk):
        if i and chunks[i - 1].text == "in" and chunk.text.casefold() in words("places", "of countries"):
            return True  # 'I have read in POLISH many books'
        named = chunk.text.casefold() in words("places", "countries")
        return named and _is_near(chunks, i, nouns=True) and not _is_meant_later(chunks, i)
    return chunk.choices[0].match == "spelling" or (
        chunk.held_roles <= COMPANIES and not _has_role(chunks, i)
    )


def _is_learnt(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a language is one that somebody learns, teaches or speaks: 'I teach 8th grade ENGLISH'."""
    before = chunks[i - 1].text if i else ""
    after = [chunk.text for chunk in chunks[i + 1 : i + 3]]
    taught = before in words("stories", "before what is learnt")
    return taught or (after[:1] == ["is"] and after[-1] in ("my", "not"))


def _is_of_sound(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a language is heard or read instead: 'dubbed in GERMAN', 'with SPANISH audio'."""
    before = [chunk.text for chunk in chunks[max(0, i - 2) : i]]
    after = chunks[i + 1].text if i + 1 < len(chunks) else ""
    instead = words("stories", "heard or read instead")
    return after in instead or (
        before[:1] != [] and before[0] in instead and before[1:] in (["in"], ["into"])
    )


def _is_meant_later(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether items of a place are asked for after all: 'three weeks in Japan. Films FROM THERE'."""
    return any(
        (a.text == "from" and b.text == "there") or (a.text in _BOTH and b.text in _WHERE)
        for a, b in pairwise(chunks[i:])
    )


def _is_published(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether items of a company are meant: 'by Heinemann', 'any PENGUIN', 'Penguin paperbacks'."""
    after = chunks[i + 1 : i + 2]
    items = bool(after) and (after[0].text in ITEM_NOUNS | {"classics"} or after[0].kind == "category")
    led = i > 0 and chunks[i - 1].text in ("any", "some", "another", "more", "only", "the")
    return items or led or len(chunks) == 1 or _has_role(chunks, i)


def _has_role(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether words beside a company say what it did: 'the ones HEINEMANN published', 'from PENGUIN'."""
    beside = chunks[max(0, i - _BESIDE) : i + _BESIDE + 1]
    return any(chunk.kind == "trigger" or chunk.text in ("by", "from") for chunk in beside)


def _is_town(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether what is also a title is where somebody goes: 'a train ride TO CHICAGO'."""
    led = i > 0 and chunks[i - 1].text in ("to", "near", "into", "around")
    return led and chunks[i].text.casefold() in words("places", "towns") | words("places", "countries")


def _is_somebody(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a first name is somebody's whom the person knows: 'my friend MARK', 'DAVE chose'."""
    if chunks[i].kind == "entity" and chunks[i].choices and chunks[i].choices[0].match not in _WEAK:
        return False
    if _is_addressed(chunks, i):
        return True
    before = chunks[i - 1].text if i else ""
    after = [chunk.text for chunk in chunks[i + 1 : i + 3]]
    if chunks[i].kind == "entity" and before in _SOMEBODY and after[:1] != ["s"]:
        return True
    known = chunks[i].text.casefold() in _given_names()
    if after[:1] == ["s"]:
        return known and after[-1] in _OWNED
    return bool(after) and (after[0] in _DONE_BY_PEOPLE or (known and after[0] in _DID))


def _is_addressed(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a surname is of somebody who made nothing: 'a MR King', 'DR. Allen told me'."""
    said = [chunk.text for chunk in chunks[max(0, i - 4) : i] if chunk.text != "."]
    after = chunks[i + 1 : i + 3]
    owned = after[1:] and (after[1].text in ITEM_NOUNS or after[1].kind == "category")
    owns = bool(owned) and after[0].text == "s"
    if said[-1:] == [] or said[-1] not in words("stories", "titles of address") or owns:
        return False
    return said[-2:-1] == [] or said[-2] not in words("stories", "before a maker")


def _is_near(chunks: Sequence[Chunk], i: int, *, nouns: bool = False) -> bool:
    """Tell whether a place is named: 'a hospital IN Rochester'; without `nouns` none of items."""
    after = chunks[i + 1].text if i + 1 < len(chunks) else ""
    if not nouns and i > 1 and chunks[i - 2].kind == "category":
        return False  # 'crime films from X'
    before = [chunk.text for chunk in chunks[max(0, i - 2) : i]]
    of_items = ITEM_NOUNS | {"set", "interested", "anything", "something"}
    apart = {"set", "interested"} if nouns else of_items
    return (
        bool(before[:1])
        and before[0] not in apart
        and before[-1] in _NEARBY
        and after not in ITEM_NOUNS | {"s"}
    )


@cache
def _given_names() -> frozenset[str]:
    return frozenset(name for section in tables("given_names").values() for name in section)
