"""What a message only tells around its wish, and what is left to be read of it.

A story bounds nothing: a number, a kind or somebody told of in it is no condition where another clause says
what is wanted and points at none of it. Titles stay: they say what is known and liked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from agent.builtin.interpret.audience import audience
from agent.builtin.interpret.plots import IDENTIFYING
from agent.builtin.interpret.profile import said_profile
from agent.builtin.interpret.spans import Span, Use
from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.clause_roles import Part, Role, clause_roles
from agent.builtin.parse.negation import is_negated
from agent.builtin.parse.origins import is_place
from agent.builtin.parse.phrases import places_said
from kg.text import NUMBER_WORDS

_LEAST, _CLAUSES = 12, 2  # chunks and clauses of a message that tells a story
_NAMED = frozenset(("entity", "category"))
_WISHES = frozenset((Role.ASKS, Role.OPEN))
_UNITS = frozenset("minutes minute mins hours hour hrs pages page".split())
_COMPARING = frozenset(
    "over under more less than at least most about around nearly almost all past page".split()
)
_GUESSING = frozenset("says say said thinks think thought reckons swears insists claims believes".split())
_ASKED = 4  # words of a question about what is looked for: 'WHO DIRECTED IT'
_ARTICLES = frozenset(("a", "an", "some"))
_LONGEST = 5  # chunks from a number to its unit: 'TWO and a half HOURS'
_TOLD = frozenset((Role.PAST, Role.LIFE, Role.WONDERS))


def without_tellings(text: str, chunks: list[Chunk]) -> tuple[str, list[Chunk], tuple[Span, ...]]:
    """Return a text and its chunks without what only tells, and the uses of what was left out."""
    told = _told(chunks)
    if not told:
        return text, chunks, ()
    blank = list(text)
    for i in told:
        blank[chunks[i].start : chunks[i].end] = " " * (chunks[i].end - chunks[i].start)
    spans = tuple(
        Span(chunks[i].start, chunks[i].end, chunks[i].text, _use(chunks[i]))
        for i in sorted(told)
        if chunks[i].kind != "mark"
    )
    return "".join(blank), [chunk for i, chunk in enumerate(chunks) if i not in told], spans


def _use(chunk: Chunk) -> Use:
    named = chunk.kind in _NAMED and chunk.text.casefold() not in ITEM_NOUNS
    return Use.UNUSED if named else Use.REMARK


def _told(chunks: Sequence[Chunk]) -> frozenset[int]:
    if len(chunks) < _LEAST:
        return frozenset()
    parts = clause_roles(chunks)
    wishes = [part for part in parts if part.role in _WISHES]
    if len(parts) < _CLAUSES or not any(part.role == Role.ASKS for part in parts):
        return frozenset(_guesses(chunks, parts))
    own = any(_says_what(chunks, part.places) for part in wishes)
    back = own and _points_back(chunks, wishes)
    kept = _about_people(chunks)
    found = _guesses(chunks, parts)
    for part in parts:
        if part.role in _TOLD:
            found |= _of_part(chunks, part, own=own, back=back)
    return frozenset(found - kept)


def _guesses(chunks: Sequence[Chunk], parts: Sequence[Part]) -> set[int]:
    """Return the places of what somebody takes an item for whose title is asked, and of questions about it.

    'What's it called? MY SISTER SAYS IT'S HEAT. And WHO MADE IT?'
    """
    if not places_said(chunks, IDENTIFYING) or any(chunk.text == "same" for chunk in chunks):
        return set()  # 'X, I think. THE SAME director, does that ring a bell?'
    found: set[int] = set()
    guessed = False
    for part in parts:
        said = [chunks[i].text for i in part.places if chunks[i].kind != "mark"]
        said = said[next((k for k, word in enumerate(said) if word not in ("and", "but", "so")), 0) :]
        titled = any(chunks[i].kind == "title" for i in part.places)
        wrong = guessed and "wrong" in said
        makers = said[:1] == ["who"] and len(said) <= _ASKED and said[-1:] in (["it"], ["that"])
        guessed = titled and not _GUESSING.isdisjoint(said)
        if guessed or wrong or makers:
            found |= set(part.places)
    return found


def _of_part(chunks: Sequence[Chunk], part: Part, *, own: bool, back: bool) -> set[int]:
    """Return the places of a clause that bound nothing: what is measured of what was, and names."""
    said = [chunks[i] for i in part.places]
    titled = any(chunk.kind == "title" for chunk in said)
    whole = any(chunk.text in words("tellings", "whole") for chunk in said)
    denied = any(chunk.text in words("tellings", "never") for chunk in said)
    told = titled or part.role != Role.LIFE  # 'I own X but could not get past PAGE 30'
    found = _measures_of_items(chunks, part.places) if told else set[int]()
    named = {i for i in part.places if chunks[i].kind in _NAMED and chunks[i].choices}
    if not own or back or titled or denied or (whole and named):
        return found
    if part.role == Role.LIFE:
        kinds = {i for i in named if chunks[i].kind == "category" and chunks[i - 1].text not in _ARTICLES}
        return kinds | {i for i in named if is_place(chunks[i])}  # 'she wants a western, he A MUSICAL'
    return found | named if part.role == Role.PAST else found


def _measures_of_items(chunks: Sequence[Chunk], places: range) -> set[int]:
    """Return the places that tell how long items were: 'the last three FILMS I saw were OVER TWO HOURS'."""
    found: set[int] = set()
    if not any(chunks[i].text in ITEM_NOUNS or chunks[i].kind in ("category", "title") for i in places):
        return found
    for i in places:
        if chunks[i].text == "page" and i + 1 < places.stop and _is_number(chunks[i + 1]):
            found |= {i, i + 1}
        end = next(
            (k for k in range(i + 1, min(i + _LONGEST, places.stop)) if chunks[k].text in _UNITS), None
        )
        if end is not None and _is_number(chunks[i]):
            first = i
            while first > places.start and chunks[first - 1].text in _COMPARING:
                first -= 1
            found |= set(range(first, end + 1))
    return found


def _is_number(chunk: Chunk) -> bool:
    return chunk.kind == "word" and (chunk.text.isdecimal() or chunk.text in NUMBER_WORDS)


def _says_what(chunks: Sequence[Chunk], places: Iterable[int]) -> bool:
    """Tell whether a clause says by a name or kind what is wanted."""
    return any(chunks[i].kind in _NAMED and chunks[i].choices and not is_negated(chunks, i) for i in places)


def _points_back(chunks: Sequence[Chunk], asked: Sequence[Part]) -> bool:
    """Tell whether what is asked for points at what was told."""
    said = [word for part in asked for i in part.places for word in chunks[i].text.casefold().split()]
    pointing = words("tellings", "pointing")
    return any(a in pointing and (a, b) != ("each", "other") for a, b in pairwise((*said, "")))


def _about_people(chunks: Sequence[Chunk]) -> set[int]:
    """Return the places that say who asks, and for whom."""
    whom = audience(chunks)
    starts = whom.starts if whom else frozenset[int]()
    asking = set(said_profile(chunks).words)
    return {i for i, a in enumerate(chunks) if a.start in starts or a.text.casefold() in asking}
