"""Times between two dates of an item: 'open on 15 June', 'still running in October', 'what is on in May'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.compared import Draft
from agent.builtin.lexicon.load import words
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


def going_on(draft: Draft, first: int) -> int:
    """Return where what says that items go on begins, which ends at a lexeme: 'STILL OPEN in'."""
    start = first
    while start > max(0, first - _REACH) and draft.said[start - 1].text in words("calendar", "going on"):
        start -= 1
    return start
