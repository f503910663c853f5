"""How old items are: 'younger than 5 years', 'older than 50 years', 'surveyed more than two years ago'.

A date tells it, or the year of items. Where items have an age of their own, that is asked instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from agent.builtin.interpret.compared import Comparison, Draft
from agent.builtin.interpret.date_orders import date_of_age, dates_named
from agent.builtin.parse.bounds import comparison_before
from agent.builtin.parse.calendar import today
from agent.builtin.parse.measures import YEAR_OF_ITEMS, Measure
from agent.builtin.parse.time_spans import amount_of_time, day_before
from kg.types import Kind, Op

_NEWER: dict[tuple[str, ...], Op] = {
    ("younger", "than"): ">",
    ("newer", "than"): ">",
    ("more", "recent", "than"): ">",
    ("more", "recently", "than"): ">",
    ("not", "older", "than"): ">=",
    ("no", "older", "than"): ">=",
    ("older", "than"): "<",
    ("longer", "ago", "than"): "<",
    ("not", "younger", "than"): "<=",
    ("no", "younger", "than"): "<=",
    ("no", "newer", "than"): "<=",
}
_TURNED: dict[str, Op] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_PEOPLE = frozenset(
    "kid kids child children toddler toddlers son daughter people person i we he she who".split()
)
_NOT_DONE = frozenset("not hasnt havent hadnt wasnt werent never".split())
_NEAR = 4  # lexemes from an age to the date that tells it, or to whose age it is


class _Age(NamedTuple):
    op: Op
    amount: int
    unit: str
    span: range


def read_item_ages(draft: Draft) -> None:
    """Note the ages that are asked for; what no date tells is lost."""
    aged = any("age" in each.topics for each in draft.measures.every)
    for age in _ages(draft) if draft.measures.own and not aged else ():
        before = draft.words(age.span.start - _NEAR, age.span.start)
        if not draft.taken.isdisjoint(age.span) or _PEOPLE & set(before):
            continue
        named = dates_named(draft, age.span, _NEAR)
        measure = named[0] if named else YEAR_OF_ITEMS if draft.measures.has_years else date_of_age(draft)
        if measure is None:
            draft.lost |= set(age.span)
            continue
        first = min([age.span.start, *(named[1] if named else ())])
        end = max([age.span.stop, *(i + 1 for i in (named[1] if named else ()))])
        draft.comparisons.append(_compared(age, measure, draft.text(first, end)))
        draft.take(range(first, end))


def _undone(draft: Draft, end: int) -> int | None:
    """Return where it begins that something has not been done: 'NOT SURVEYED for five years'."""
    for i in range(end - 1, max(-1, end - 1 - _NEAR), -1):
        if draft.said[i].text in _NOT_DONE:
            named = (e for e in draft.phrases if i < e.first and e.end <= end)
            dated = any(m.kind == Kind.DATE for each in named for m in each.measures("name", "verb"))
            return i if dated else None
    return None


def _compared(age: _Age, measure: Measure, text: str) -> Comparison:
    day = day_before(today(), age.amount, age.unit)
    value = str(day.year) if measure is YEAR_OF_ITEMS else day.isoformat()
    return Comparison(measure.name, age.op, value, text)


def _ages(draft: Draft) -> Iterator[_Age]:
    """Yield the ages that are compared, in their order."""
    i = 0
    while i < len(draft.said):
        amount = amount_of_time(draft.said, i) if not draft.said[i].named else None
        age = None if amount is None else _age(draft, i, *amount)
        if age is not None:
            yield age
        i = age.span.stop if age is not None else i + 1


def _age(draft: Draft, first: int, count: int, unit: str, end: int) -> _Age | None:
    for words, op in sorted(_NEWER.items(), key=lambda each: -len(each[0])):
        start = first - len(words)
        if start >= 0 and tuple(draft.words(start, first)) == words:
            old = draft.words(end, end + 1) in (["old"], ["ago"])
            return _Age(op, count, unit, range(start, end + old))
    if (
        draft.words(first - 1, first) in (["for"], ["in"])
        and (denied := _undone(draft, first - 1)) is not None
    ):
        return _Age("<", count, unit, range(denied, end))
    after = draft.words(end, end + 2)
    if after[:1] not in (["old"], ["ago"]) and after not in (["of", "age"],):
        return None
    end += 2 if after[0] == "of" else 1
    said, start = comparison_before(draft.said, first, 0, draft.measures)
    behind = draft.words(end, end + 2)
    if behind in (["or", "newer"], ["or", "younger"], ["or", "less"]):
        return _Age(">=", count, unit, range(first, end + 2))
    if behind in (["or", "older"], ["or", "more"], ["or", "longer"]):
        return _Age("<=", count, unit, range(first, end + 2))
    return _Age(_TURNED[said], count, unit, range(start, end)) if said in _TURNED else None
