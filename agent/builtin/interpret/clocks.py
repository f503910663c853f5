"""Times of the day: 'after 6 pm', 'starting at 18:00', 'ends before 20:00', 'evening classes'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agent.builtin.interpret.compared import Comparison, Draft
from agent.builtin.interpret.timed import operator_before
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.lexemes import Lexeme
from agent.builtin.parse.measures import Measure
from kg.text import NUMBER_WORDS
from kg.types import Kind, Op

CLOCK = "clock"  # the unit of what is counted in minutes since midnight
_ENDS = frozenset(
    "to until till end ends ending closes closing finish finishes arrives arrival over done".split()
)
_UNTIL = frozenset("until till by".split())
_OPS: dict[str, Op] = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "is": "is"}
_NOON, _MIDNIGHT, _HOURS = 720, 1440, 24
_NEAR = 4  # lexemes from a time back to what it is of
_PARTS: dict[str, tuple[tuple[Op, int], ...]] = {
    "morning": (("<", _NOON),),
    "afternoon": ((">=", _NOON), ("<", 17 * 60)),
    "evening": ((">=", 17 * 60),),
}


class _Time(NamedTuple):
    minutes: int
    span: range


def read_clocks(draft: Draft) -> None:
    """Note the times of the day that are asked for, where items have one."""
    clocks = [each for each in draft.measures.every if each.kind == Kind.NUMBER and each.unit == CLOCK]
    if not clocks:
        return
    for time in _times(draft):
        _read(draft, time, clocks)
    for i, each in enumerate(draft.said):
        part = each.text.removesuffix("s")
        if part in _PARTS and i not in draft.taken and not each.named and _is_of_items(draft, i):
            measure = _meant(clocks, ends=False)
            draft.comparisons += [
                Comparison(measure.name, op, str(value), each.text, unit=CLOCK) for op, value in _PARTS[part]
            ]
            draft.take([i])


def _read(draft: Draft, time: _Time, clocks: Sequence[Measure]) -> None:
    op, first = operator_before(draft, time.span.start)
    before = draft.words(first - _NEAR, time.span.start)
    measure = _meant(clocks, ends=bool(_ENDS & set(before)) or before[-1:] == ["by"])
    if before[-1:] == ["at"]:
        op, first = "is", time.span.start - 1
    elif op == "is" and before[-1:] == ["from"]:
        op = ">="
    end = time.span.stop
    if draft.words(end, end + 2) in (["or", "later"], ["and", "later"], ["or", "after"]):
        op, end = ">=", end + 2
    elif draft.words(end, end + 2) in (["or", "earlier"], ["or", "before"]):
        op, end = "<=", end + 2
    elif draft.words(end, end + 1) in (["onwards"], ["onward"]):
        op, end = ">=", end + 1
    names = {*(word for each in clocks for word in each.name.split("_")), *_ENDS, *_STARTS}
    while first and draft.said[first - 1].text in names and first - 1 not in draft.taken:
        first -= 1
    text = draft.text(first, end)
    draft.comparisons.append(
        Comparison(measure.name, _OPS.get(op, "is"), str(time.minutes), text, unit=CLOCK)
    )
    draft.take(range(first, end))


_STARTS = frozenset("start starts starting begin begins beginning open opens opening from".split())


def _meant(clocks: Sequence[Measure], *, ends: bool) -> Measure:
    """Return the time of the day when items begin, or end; the only one where there is one."""
    alike = [each for each in clocks if bool(_ENDS & set(each.name.split("_"))) == ends]
    return (alike or clocks)[0]


def _times(draft: Draft) -> Iterator[_Time]:
    i = 0
    while i < len(draft.said):
        time = _time_at(draft.said, i) if i not in draft.taken else None
        if time is not None:
            yield time
        i = time.span.stop if time is not None else i + 1


def _time_at(said: Sequence[Lexeme], i: int) -> _Time | None:
    """Return the time of the day that stands at a lexeme: '18:00', '6 pm', '6.30 pm', 'noon'."""
    if said[i].text in ("noon", "midday", "midnight") and not said[i].named:
        return _Time(_MIDNIGHT if said[i].text == "midnight" else _NOON, range(i, i + 1))
    words = [each.text for each in said[i : i + 5]]
    hours, _, minutes = words[0].partition(".")
    if (
        not hours.isdecimal()
        or int(hours) > _HOURS
        or (minutes and not (len(minutes) == 2 and int(minutes) < 60))
    ):
        return None
    end = i + 1
    if not minutes and words[1:2] == [":"] and words[2:3] and words[2].isdecimal() and len(words[2]) == 2:
        minutes, end = words[2], i + 3
    half = [each.text for each in said[end : end + 3]]
    length = 3 if half[:1] in (["p"], ["a"]) and half[1:2] == ["."] else 1
    if half[:1] in (["pm"], ["am"], ["p"], ["a"]) and int(hours) <= _NOON // 60:
        hour = int(hours) % 12 + (12 if half[0][0] == "p" else 0)
        return _Time(60 * hour + int(minutes or 0), range(i, end + (length if len(half[0]) == 1 else 1)))
    told = end > i + 1 or half[:1] == ["oclock"]
    return (
        _Time(60 * int(hours) + int(minutes or 0), range(i, end + (half[:1] == ["oclock"]))) if told else None
    )


def _is_of_items(draft: Draft, i: int) -> bool:
    """Tell whether a part of the day is of items: 'EVENING courses', 'in the EVENING', 'EVENINGS only'."""
    before, after = draft.words(i - 2, i), draft.words(i + 1, i + 2)
    place = draft.said[i + 1].place if i + 1 < len(draft.said) else -1
    noun = bool(after) and (after[0] in ITEM_NOUNS or (place >= 0 and draft.chunks[place].text == "items"))
    counted = bool(before) and (before[-1].isdecimal() or before[-1] in NUMBER_WORDS)
    return noun or before == ["in", "the"] or (draft.said[i].text.endswith("s") and not counted)
