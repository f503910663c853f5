"""Times of the day: 'after 6 pm', 'starting at 18:00', 'ends before 20:00', 'evening classes'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agent.builtin.interpret.compared import Comparison, Draft
from agent.builtin.interpret.open_times import denied_before
from agent.builtin.interpret.timed import TURNED, is_told, operator_before
from agent.builtin.lexicon.load import groups, tables
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.calendar import time_at
from agent.builtin.parse.day_times import DayTime, day_time_at, hour_at
from agent.builtin.parse.measures import Measure
from agent.builtin.parse.numbers import unit_at
from kg.stems import singular
from kg.text import NUMBER_WORDS
from kg.types import Kind, Op

CLOCK = "clock"  # the unit of what is counted in minutes since midnight
_ENDS = frozenset(
    "to until till end ends ending close closes closing shut shuts finish finishes arrive arrives arriving"
    " arrival over done finishing finished ended".split()
)
_UNTIL = frozenset("until till by".split())
_SAID_BY = frozenset("by ends end ending finish finishes finishing finished over done".split())
_OPS: dict[str, Op] = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "is": "is"}
_NOON = 720
_NEAR = 4  # lexemes from a time back to what it is of
_PARTS: dict[str, tuple[tuple[Op, int], ...]] = {
    "morning": (("<", _NOON),),
    "afternoon": ((">=", _NOON), ("<", 17 * 60)),
    "evening": ((">=", 17 * 60),),
}
_MORNING = 360  # minutes from midnight
_OPENS, _CLOSES = frozenset(("open", "opens", "opening")), frozenset(("close", "closes", "closing"))
_STILL = frozenset("still even late there something out".split())
_VISITING = frozenset("open eat dine visit go come shop drink arrive lunch dinner swim".split())


def read_clocks(draft: Draft) -> None:
    """Note the times of the day that are asked for, where items have one."""
    clocks = [each for each in draft.measures.every if each.kind == Kind.NUMBER and each.unit == CLOCK]
    if not clocks:
        return
    clocks, told = _told(draft, clocks)
    _read_all_day(draft, clocks)
    times = list(_times(draft, clocks))
    for k, time in enumerate(times):
        if is_told(draft, time.span.start):
            continue  # 'I START WORK AT 7'
        if draft.taken.isdisjoint(time.span) and not _read_between(draft, times[k : k + 2], clocks):
            _read(draft, time, clocks)
    for i, each in enumerate(draft.said):
        part = each.text.removesuffix("s")
        if part in _PARTS and i not in draft.taken and not each.named and _is_of_items(draft, i):
            measure = _meant(clocks, ends=False)
            draft.comparisons += [
                Comparison(measure.name, op, str(value), each.text, unit=CLOCK) for op, value in _PARTS[part]
            ]
            draft.take([i])
    if any(
        each.unit == CLOCK and each.relation in {clock.name for clock in clocks} for each in draft.comparisons
    ):
        draft.take(told)
    else:
        draft.lost |= {*told, *_parts_beside(draft, told)}  # 'open on SATURDAY AFTERNOON'


def _parts_beside(draft: Draft, told: range) -> Iterator[int]:
    """Yield the part of a day that stands behind it, and what opens then before it."""
    if draft.words(told.stop, told.stop + 1)[:1] and draft.said[told.stop].text.removesuffix("s") in _PARTS:
        yield told.stop
    if told and draft.words(told.start - 1, told.start)[:1] and draft.said[told.start - 1].text in _VISITING:
        yield told.start - 1


def _told(draft: Draft, clocks: Sequence[Measure]) -> tuple[list[Measure], range]:
    """Return the times that a word of the message tells apart, and where: 'open till 8 AT WEEKENDS'."""
    known = groups("calendar", "named after")
    for i, each in enumerate(draft.said):
        called = {singular(each.text), *(day for day, said in known.items() if each.text in said)}
        own = [clock for clock in clocks if called & set(clock.name.split("_")) - _ENDS - _STARTS]
        if own and len(own) < len(clocks):
            return own, range(i - (draft.words(i - 1, i) in (["on"], ["at"], ["the"])), i + 1)
    return list(clocks), range(0)


def _read_all_day(draft: Draft, clocks: Sequence[Measure]) -> None:
    """Note 'OPEN ALL NIGHT', 'ROUND THE CLOCK': what opens at midnight and closes then."""
    closing = next((each for each in clocks if _CLOSES & set(each.name.split("_"))), None)
    opening = next((each for each in clocks if _OPENS & set(each.name.split("_"))), None)
    for said in sorted(tables("clauses")["all day and night"], key=len, reverse=True):
        spoken = said.split()
        for i in range(len(draft.said) - len(spoken) + 1):
            span = range(i, i + len(spoken))
            if closing is None or opening is None or draft.words(i, span.stop) != spoken:
                continue
            if not draft.taken.isdisjoint(span):
                continue
            led = draft.words(i - 1, i) in (["open"], ["opens"], ["opening"])
            first = i - led
            behind = "".join(draft.words(span.stop, span.stop + 1)) in ("access", "opening", "entry")
            span = range(i, span.stop + behind)  # '24 hour ACCESS'
            text, last = draft.text(first, span.stop), str(2 * _NOON)
            draft.comparisons += [
                Comparison(opening.name, "<=", "0", text, unit=CLOCK),
                Comparison(closing.name, ">=", last, text, unit=CLOCK),
            ]
            draft.take(range(first, span.stop))


def _read_between(draft: Draft, times: Sequence[DayTime], clocks: Sequence[Measure]) -> bool:
    """Note 'between 9 and 11 am', 'from 9 to 11'; False if no two times stand so."""
    if not times[1:]:
        return False
    low, high = times
    opener, joint = (
        draft.words(low.span.start - 1, low.span.start),
        draft.words(low.span.stop, high.span.start),
    )
    if (
        opener not in (["between"], ["from"])
        or joint not in (["and"], ["to"], ["until"], ["-"])
        or opener + joint == ["from", "and"]
    ):
        return False
    first = low.span.start - 1
    measure = _meant(clocks, ends=bool(_OF_END & set(draft.words(first - _NEAR, first))))
    text = draft.text(first, high.span.stop)
    for op, time in ((">=", low), ("<=", high)):
        draft.comparisons.append(Comparison(measure.name, _OPS[op], str(time.minutes), text, unit=CLOCK))
    draft.take(range(first, high.span.stop))
    return True


def _read(draft: Draft, time: DayTime, clocks: Sequence[Measure]) -> None:
    op, first = operator_before(draft, time.span.start)
    before = draft.words(first - _NEAR, time.span.start)
    ends = bool(_ENDS - {"to"} & set(before)) or before[-1:] == ["to"]
    if _is_of_other_end(clocks, before):
        draft.lost |= set(range(first, time.span.stop))
        return
    if _read_while_open(draft, time, clocks, op, first):
        return
    lasting = _is_still_open(draft, first, op) and before[-1:] != ["by"]
    by = before[-1:] == ["by"] and not _OF_START & set(before)
    measure = _meant(clocks, ends=ends or lasting or by)
    op = {"<=": ">=", "is": ">="}.get(op, op) if lasting and _ENDS & set(measure.name.split("_")) else op
    until = not _SAID_BY & set(draft.words(first - 1, time.span.start))
    op = (
        ">=" if op == "<=" and until and _UNTIL & set(measure.name.split("_")) else op
    )  # 'music UNTIL midnight'
    if before[-1:] == ["at"]:
        op, first = "is", time.span.start - 1
    elif op == "is" and before[-1:] == ["from"]:
        op = ">="
    end = time.span.stop
    further = end + 2 < len(draft.said) and day_time_at(draft.said, end + 2) is not None  # 'or before 7 am'
    if not further and draft.words(end, end + 2) in (["or", "later"], ["and", "later"], ["or", "after"]):
        op, end = ">=", end + 2
    elif not further and draft.words(end, end + 2) in (["or", "earlier"], ["or", "before"]):
        op, end = "<=", end + 2
    elif draft.words(end, end + 1) in (["onwards"], ["onward"]):
        op, end = ">=", end + 1
    elif draft.words(end, end + 2) in (["at", "least"], ["or", "longer"]):
        op, end = ">=", end + 2
    names = {*(word for each in clocks for word in each.name.split("_")), *_ENDS, *_STARTS}
    while first and draft.said[first - 1].text in names and first - 1 not in draft.taken:
        first -= 1
    if (denial := denied_before(draft, first)) is not None and op in TURNED:
        op, first = TURNED[op], denial  # 'NOT before 8'
    text = draft.text(first, end)
    read = Comparison(measure.name, _OPS.get(op, "is"), str(_as_late(time, measure)), text, unit=CLOCK)
    draft.comparisons.append(read)
    draft.placed.append((read, range(first, end)))
    draft.take(range(first, end))


def _read_while_open(draft: Draft, time: DayTime, clocks: Sequence[Measure], op: str, first: int) -> bool:
    """Note 'OPEN after 10 pm', 'EAT at 9 pm' where items open and close: they close after it."""
    closing = next((each for each in clocks if _CLOSES & set(each.name.split("_"))), None)
    opening = next((each for each in clocks if _OPENS & set(each.name.split("_"))), None)
    at = draft.words(first - 1, first) == ["at"]
    start = first - at
    while start and draft.said[start - 1].text in _STILL:
        start -= 1
    said = draft.words(start - 1, start)
    if closing is None or opening is None or not said or said[0] not in _VISITING:
        return False
    if not (at or op in (">", ">=")) or draft.words(time.span.stop, time.span.stop + 1) in (["or"], ["and"]):
        return False  # 'open at 10 OR EARLIER'
    text = draft.text(start - 1, time.span.stop)
    closed: tuple[Measure, Op] = (closing, ">")
    opened: tuple[Measure, Op] = (opening, "<=")
    bounds = [closed, opened] if at else [closed]
    for measure, bound in bounds:
        told = str(_as_late(time, measure))
        draft.comparisons.append(Comparison(measure.name, bound, told, text, unit=CLOCK))
    draft.take(range(start - 1, time.span.stop))
    return True


def _as_late(time: DayTime, measure: Measure) -> int:
    """Return a time in minutes; one of the night comes after the day where items go on past midnight."""
    last = 0.0 if measure.literals is None else float(measure.literals.values.max(initial=0))
    return time.minutes + (2 * _NOON if time.minutes < _MORNING and last >= 2 * _NOON else 0)


def _is_still_open(draft: Draft, first: int, op: str) -> bool:
    """Tell whether items are to go on to a time: 'OPEN UNTIL 8 pm', 'STAYS OPEN after 5:30'."""
    said = draft.words(first - 2, first)
    stays = said[:1] != [] and said[0] in _STAYING and said[-1] == "open"
    return said[-1:] == ["open"] and (op == "<=" or (stays and op in (">", ">=")))


_STAYING = frozenset("stay stays staying still remain remains keep keeps".split())
_LASTING = frozenset("after past beyond".split())
_LEADS = frozenset("at before after by until till from past between than".split())
_STARTS = frozenset(
    "start starts starting begin begins beginning open opens opening from depart departs departing departure"
    " leave leaves leaving".split()
)
_OF_START, _OF_END = _STARTS - {"from"}, _ENDS - {"to", "until", "till", "over", "done"}


def _is_of_other_end(clocks: Sequence[Measure], before: Sequence[str]) -> bool:
    """Tell whether a time is of what no clock here tells: 'ARRIVING before 8' of departures."""
    names = {word for each in clocks for word in each.name.split("_")}
    for said, other in ((_OF_START, _OF_END), (_OF_END, _OF_START)):
        if said & set(before) and not other & set(before) and names & other and not names & said:
            return True
    return False


def _meant(clocks: Sequence[Measure], *, ends: bool) -> Measure:
    """Return the time of the day when items begin, or end; the only one where there is one."""
    alike = [each for each in clocks if bool(_ENDS & set(each.name.split("_"))) == ends]
    return (alike or clocks)[0]


def _times(draft: Draft, clocks: Sequence[Measure]) -> Iterator[DayTime]:
    names = {word for each in clocks for word in each.name.split("_")} | _STARTS | _ENDS
    i = 0
    while i < len(draft.said):
        time = (day_time_at(draft.said, i) or _first_of_two(draft, i)) if i not in draft.taken else None
        if time is None and names & set(draft.words(i - _NEAR - 1, i)) and i not in draft.taken:
            time = _bare_time(draft, i, clocks)
        if time is not None:
            yield time
        i = time.span.stop if time is not None else i + 1


def _bare_time(draft: Draft, i: int, clocks: Sequence[Measure]) -> DayTime | None:
    """Return an hour without its half of the day: 'opens AT 10', by what the half can be here."""
    before = draft.words(i - 1, i)
    joined = before == ["and"] and "between" in draft.words(i - _NEAR, i)
    hour = hour_at(draft.said, i)
    if hour is None or not (joined or (before and before[0] in _LEADS)) or _counts(draft, i + 1):
        return None
    if time_at(draft.said, i) is not None:
        return None  # 'before 15 JANUARY'
    said = set(draft.words(i - _NEAR, i))
    lasting = "open" in said and not said.isdisjoint(_LASTING)  # 'OPEN AFTER six'
    measure = _meant(clocks, ends=bool(_ENDS & said) or lasting)
    held = [] if measure.literals is None else measure.literals.values.tolist()
    ways = [60 * each for each in (hour, hour + 12) if held and min(held) - 60 < 60 * each < max(held) + 60]
    return DayTime(ways[0], range(i, i + 1)) if len(ways) == 1 else None


def _first_of_two(draft: Draft, i: int) -> DayTime | None:
    """Return the hour of a span whose end alone says its half of the day: 'between 9 and 11 am'."""
    opened = draft.words(i - 1, i) in (["between"], ["from"]) and draft.words(i + 1, i + 2) in (
        ["and"],
        ["to"],
    )
    hour = hour_at(draft.said, i) if opened else None
    end = day_time_at(draft.said, i + 2) if hour is not None and i + 2 < len(draft.said) else None
    if hour is None or end is None:
        return None
    ways = [60 * each for each in (hour % 24, hour + 12) if 60 * each < end.minutes]
    return DayTime(ways[-1], range(i, i + 1)) if ways else None


def _counts(draft: Draft, i: int) -> bool:
    """Tell whether a number that ends at a lexeme counts something: 'opens 6 DAYS a week'."""
    unit = i < len(draft.said) and unit_at(draft.said, i)[0] is not None
    return unit or any(each.first == i and each.measures("name") for each in draft.phrases)


def _is_of_items(draft: Draft, i: int) -> bool:
    """Tell whether a part of the day is of items: 'EVENING courses', 'in the EVENING', 'EVENINGS only'."""
    before, after = draft.words(i - 2, i), draft.words(i + 1, i + 2)
    place = draft.said[i + 1].place if i + 1 < len(draft.said) else -1
    noun = bool(after) and (after[0] in ITEM_NOUNS or (place >= 0 and draft.chunks[place].text == "items"))
    counted = bool(before) and (before[-1].isdecimal() or before[-1] in NUMBER_WORDS)
    return noun or before == ["in", "the"] or (draft.said[i].text.endswith("s") and not counted)
