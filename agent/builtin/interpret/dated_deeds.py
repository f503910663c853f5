"""What is done on a date by a verb that no relation is named after: 'OPENING in May', 'BUILT after 2000'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agent.builtin.interpret.compared import Draft
from agent.builtin.lexicon.load import groups, words
from agent.builtin.parse.measures import Measure
from kg.stems import is_alike
from kg.types import Kind


def deed_before(draft: Draft, first: int) -> int | None:
    """Return where a verb stands that says what is done at a time right behind it."""
    if not draft.measures.own or first < 1 or draft.said[first - 1].named or first - 1 in draft.taken:
        return None
    word = draft.said[first - 1].text
    known = words("measures", "joining") | words("measures", "dated deeds") | words("calendar", "going on")
    dates = [each for each in draft.measures.every if each.kind == Kind.DATE]
    return first - 1 if word in known or len(_dates_alike(word, dates)) == 1 else None


def deed_of(draft: Draft, done: int, dates: Sequence[Measure]) -> tuple[Measure, list[int]] | None:
    """Return the date that a verb tells of, and its place: by the verb's stem, or as one usually dates."""
    word = draft.said[done].text
    alike = _dates_alike(word, dates)
    if len(alike) == 1:
        return alike[0], [done]
    begun = word in words("measures", "made") | words("measures", "names released")
    released = [each for each in dates if "released" in each.topics]
    if begun and len(released) == 1:
        return released[0], [done]
    known = words("measures", "any deed")
    general = [each for each in dates if set(each.name.split("_")) & known]
    if begun and not all(set(each.name.split("_")) <= known for each in general):
        return None  # 'MADE before 1800' is not of the day of a sale
    return (general[0], [done]) if len(dates) == len(general) == 1 else None


def dated_by(draft: Draft, lexemes: range) -> Iterator[tuple[Measure, list[int]]]:
    """Yield the dates that verbs among some lexemes tell of: 'when does X LEAVE'."""
    dates = [each for each in draft.measures.every if draft.measures.own and each.kind == Kind.DATE]
    free = (i for i in lexemes if not draft.said[i].named)
    yield from (found for i in free if (found := deed_of(draft, i, dates)) is not None)


def _dates_alike(word: str, dates: Sequence[Measure]) -> list[Measure]:
    """Return the dates of what a verb says: 'REFITTED', 'BUY'."""
    same = _said_alike(word)
    return [m for m in dates if any(is_alike(word, a) or a in same for a in m.name.split("_"))]


def _said_alike(word: str) -> frozenset[str]:
    """Return what else dates of a deed are called: 'departure' for 'leaving'."""
    every = groups("measures", "deed").values()
    return frozenset(other for said in every if word in said for other in said)
