"""What names and titles mean together: mentions of one thing, and what narrows a title."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from agent.builtin.interpret.partial import Roles
from agent.builtin.interpret.relation_words import is_part_of_series
from agent.builtin.interpret.request import Constraint, EntityMention, ItemMention
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.regions import is_region

_ONE_OF = frozenset("a an another any first second third fourth fifth last latest next".split())
_OF_SERIES = frozenset(("series", "books", "novels", "saga", "cycle", "trilogy", "sequence"))
_PARTIAL = ("surname", "short")
_SURE = 0.5  # the score of a title that is meant for sure
_LEADING = 3  # chunks: "part of the"
_DATED = 5  # chunks after a title in which a year says which item is meant


def entity_at(chunks: Sequence[Chunk], i: int) -> EntityMention:
    """Return the name at a position."""
    return EntityMention(chunks[i].text, chunks[i].choices)


def constraints_at(chunks: Sequence[Chunk], wanted: Iterable[tuple[Roles, int]]) -> tuple[Constraint, ...]:
    """Return the conditions that names at some positions make; a region is any of its countries."""
    return tuple(
        Constraint(roles, name)
        for roles, i in wanted
        for name in (
            [EntityMention(chunks[i].text, (choice,)) for choice in chunks[i].choices]
            if is_region(chunks[i])
            else [entity_at(chunks, i)]
        )
    )


def without(chunks: list[Chunk], places: Collection[int]) -> list[Chunk]:
    """Return chunks of which some say nothing but what they were read for."""
    blank = {i: replace(chunks[i], kind="word", text="·", choices=(), entries=()) for i in places}
    return [blank.get(i, a) for i, a in enumerate(chunks)] if blank else chunks


def as_words(chunks: list[Chunk], places: Collection[int]) -> list[Chunk]:
    """Return chunks of which some name nothing."""
    words = {i: replace(chunks[i], kind="word", choices=(), entries=()) for i in places}
    return [words.get(i, a) for i, a in enumerate(chunks)] if words else chunks


def title_at(chunks: Sequence[Chunk], i: int) -> ItemMention:
    """Return a title, narrowed by a year that stands right after it.

    As in 'Titanic (1997)', 'Papillon, the 1973 one'.
    """
    chunk = chunks[i]
    items = tuple(choice for choice in chunk.choices if not choice.roles)
    following = [a.text for a in chunks[i + 1 : i + 1 + _DATED] if a.kind == "word"]
    years = {int(word) for word in following if word.isdecimal() and len(word) == 4}
    dated = tuple(choice for choice in items if choice.year in years)
    return ItemMention(chunk.text, dated or items)


def titles_at(chunks: Sequence[Chunk], places: Sequence[int]) -> tuple[ItemMention, ...]:
    """Return the titles at these positions."""
    return tuple(title_at(chunks, i) for i in places)


def unify(chunks: list[Chunk]) -> list[Chunk]:
    """Let a surname alone mean the person whose full name stands elsewhere, and a title its series."""
    named = [a for a in chunks if a.kind == "entity" and a.choices]
    known = {choice.id for a in named if a.choices[0].match != "surname" for choice in a.choices}
    if known and any(a.choices[0].match in _PARTIAL for a in named):
        chunks = [_narrowed(chunk, known) for chunk in chunks]
    return _series_not_titles(chunks)


def _narrowed(chunk: Chunk, known: set[str]) -> Chunk:
    if chunk.kind != "entity" or not chunk.choices or chunk.choices[0].match not in _PARTIAL:
        return chunk
    same = tuple(choice for choice in chunk.choices if choice.id in known)
    return replace(chunk, choices=same or chunk.choices)


def _series_not_titles(chunks: list[Chunk]) -> list[Chunk]:
    """Read a name that is a series and a book as the series if 'series' or 'books' stands beside it.

    The word may stand beside this occurrence of the name or another one.
    """
    named = (i for i, chunk in enumerate(chunks) if chunk.choices)
    series = {chunks[i].text.casefold() for i in named if _is_called_series(chunks, i)}
    if not series:
        return chunks
    return [
        replace(chunk, kind="entity", choices=tuple(c for c in chunk.choices if c.roles))
        if chunk.text.casefold() in series
        and chunk.kind in ("title", "entity")
        and not _is_outdone(chunks, i)
        else chunk
        for i, chunk in enumerate(chunks)
    ]


def _is_outdone(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a title is compared with: 'of the Dune books, what is cheaper than DUNE?'."""
    return chunks[i].kind == "title" and i > 0 and chunks[i - 1].text == "than"


def _is_called_series(chunks: Sequence[Chunk], i: int) -> bool:
    if not chunks[i].has_role(("series",)):
        return False
    before, after = [a.text for a in chunks[max(0, i - 1) : i]], [a.text for a in chunks[i + 1 : i + 2]]
    one_of_it = (
        after in (["novel"], ["book"]) and bool(before) and before[0] in _ONE_OF
    )  # "a Foundation novel"
    beside = not _OF_SERIES.isdisjoint((*before, *after))
    within = any(is_part_of_series(chunks, k) for k in range(max(0, i - _LEADING), i - 1))
    return beside or one_of_it or within


def domain_of(chunks: Sequence[Chunk], titles: Sequence[int]) -> str | None:
    """Return the one domain of which all liked titles are: 'I liked Titanic, a romance from the nineties'."""
    sure = [i for i in titles if chunks[i].choices[0].score >= _SURE]
    each = [{choice.domain for choice in chunks[i].choices if not choice.roles} for i in sure]
    domains = set.intersection(*each) if each else set()
    return domains.pop() if len(domains) == 1 else None
