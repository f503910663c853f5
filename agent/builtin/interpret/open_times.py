"""Times between two dates of an item: 'open on 15 June', 'still running in October', 'what is on in May'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.compared import Draft
from agent.builtin.lexicon.load import words
from agent.builtin.parse.calendar import ANY_YEAR, Said
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


def expiry_named(draft: Draft, first: int, dates: Sequence[Measure]) -> tuple[Measure, list[int]] | None:
    """Return the date up to which items are good, and the verb right before a time that is of it."""
    expiry, verb = _expiry(dates), _said_before(draft, first, "verbs of expiry")
    return (expiry, list(verb)) if expiry is not None and verb else None


def keeping(draft: Draft, op: str, first: int, measure: Measure) -> range:
    """Return the words by which items are to last until a time or longer: 'that KEEP until 2028'."""
    led = op == "<=" and draft.words(first, first + 1) in (["until"], ["till"], ["to"], ["up"], ["through"])
    return _said_before(draft, first, "keeping") if led and _expiry([measure]) is not None else range(0)


def _expiry(dates: Sequence[Measure]) -> Measure | None:
    """Return the date up to which items are good, where a table has one."""
    found = [each for each in dates if each.name in words("calendar", "names of expiry")]
    return found[0] if len(found) == 1 else None


def _said_before(draft: Draft, first: int, section: str) -> range:
    """Return where a phrase of a section stands right before a lexeme; an empty range if none does."""
    for length in (2, 1):
        if draft.text(first - length, first) in words("calendar", section):
            return range(first - length, first)
    return range(0)


def at_an_edge(draft: Draft, start: int, op: str) -> str:
    """Return how a time is compared that begins at a lexeme: 'before the END of 2026' is in 2026 too."""
    edge = draft.text(start, start + 1)
    if edge == "end":
        return "<=" if op == "<" else op
    return {">": ">=", "<=": "<"}.get(op, op) if edge in ("start", "beginning") else op


def of_year(time: Said, other: Said) -> Said:
    """Return the begin of a span in the year that only its end tells: 'SEPTEMBER to November 2025'."""
    year = other.last[:4]
    if not time.first.startswith(f"{ANY_YEAR}-") or year == str(ANY_YEAR):
        return time
    years = [year, str(int(year) - 1)]  # 'November to February 2026'
    first = next((told for each in years if (told := each + time.first[4:]) <= other.last), time.first)
    return time._replace(first=first, last=first)


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
    span = draft.measures.own and time.first != time.last  # '17TH CENTURY spoons'
    if not (op or span or not time.is_of_years) or (draft.measures.has_years and time.is_of_years):
        return None
    named = words("calendar", "names of events") if draft.measures.own else frozenset()
    events = [each for each in dates if each.name in named]
    released = [each for each in dates if "released" in each.topics]
    if time.relative and not op and time.first == time.last and not (events or released):
        return None  # who asks what there is TODAY says nothing of when it was bought
    later = words("calendar", "deeds of owners")
    likely = events or released or [e for e in dates if later.isdisjoint(e.name.split("_"))] or dates
    return next((each for each in (*likely, *dates) if _reaches(each, time)), likely[0])


def _reaches(measure: Measure, time: Said) -> bool:
    """Tell whether dates of items reach as far as years that are asked for."""
    values = () if measure.literals is None or not time.is_of_years else measure.literals.values
    if not len(values):
        return True
    first, last = int(time.first) * 10_000, int(time.last) * 10_000 + 9_999
    return bool(min(values) <= last and max(values) >= first)


def denied_before(draft: Draft, first: int) -> int | None:
    """Return where a denial stands right before a lexeme; None if none does."""
    return first - 1 if {*draft.words(first - 1, first)} & words("comparators", "negators") else None
