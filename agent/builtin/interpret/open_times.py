"""Times between two dates of an item: 'open on 15 June', 'still running in October', 'what is on in May'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.compared import Draft
from agent.builtin.lexicon.load import words
from agent.builtin.parse.calendar import Said
from agent.builtin.parse.measures import Measure

_REACH = 4  # lexemes of what says that items go on


def span_of_dates(dates: Sequence[Measure]) -> tuple[Measure, Measure] | None:
    """Return the dates on which items begin and end, where a table has one of each."""
    begins = [each for each in dates if words("calendar", "begins") & set(each.name.split("_"))]
    ends = [each for each in dates if words("calendar", "ends") & set(each.name.split("_"))]
    told = any(each.name in words("calendar", "names of events") for each in dates)
    single = len(begins) == len(ends) == 1 and begins != ends and not told
    return (begins[0], ends[0]) if single else None


def end_named(draft: Draft, first: int, dates: Sequence[Measure]) -> tuple[Measure, list[int]] | None:
    """Return which of two dates a verb right before a time is of, and its place: 'STARTING in July'."""
    both, said = span_of_dates(dates), draft.words(first - 1, first)
    for place, section in enumerate(("verbs of begins", "verbs of ends")) if both is not None else ():
        if both is not None and said and said[0] in words("calendar", section):
            return both[place], [first - 1]
    return None


def is_since(draft: Draft, first: int, day: str, last: str) -> bool:
    """Tell whether a single day is the first of many: 'listed FROM 20 April'."""
    whole = len(day) == len("2026-11-30") and day == last
    return whole and draft.measures.own and draft.words(first, first + 1) == ["from"]


def happens(draft: Draft, start: int) -> bool:
    """Tell whether 'open' is what items do once: 'WHICH shows OPEN in April', 'that OPEN in May'."""
    if draft.words(start, start + 1) not in (["open"], ["opens"], ["close"], ["closes"]):
        return False
    before = draft.words(start - 2, start)
    return before[-1:] in (["that"], ["which"]) or before[:1] in (["which"], ["what"])


def going_on(draft: Draft, first: int) -> int:
    """Return where what says that items go on begins, which ends at a lexeme: 'STILL OPEN in'."""
    start = first
    while start > max(0, first - _REACH) and draft.said[start - 1].text in words("calendar", "going on"):
        start -= 1
    return start


def default_date(draft: Draft, time: Said, op: str, dates: list[Measure]) -> Measure | None:
    """Return the relation that a time is of where none is named: none where items have years."""
    if not (op or not time.is_of_years) or (draft.measures.has_years and time.is_of_years):
        return None
    named = words("calendar", "names of events") if draft.measures.own else frozenset()
    events = [each for each in dates if each.name in named]
    released = [each for each in dates if "released" in each.topics]
    return (events or released or dates)[0]


def denied_before(draft: Draft, first: int) -> int | None:
    """Return where a denial stands right before a lexeme; None if none does."""
    return first - 1 if {*draft.words(first - 1, first)} & words("comparators", "negators") else None
