"""Years of items of which one is enough: 'built before 1970 or after 2010', 'from 1969 or 1973'."""

from __future__ import annotations

from agent.builtin.interpret.compared import Comparison, Draft
from agent.builtin.interpret.timed import operator_before
from agent.builtin.lexicon.load import words
from agent.builtin.parse.calendar import Said, time_at
from agent.builtin.parse.measures import YEAR_OF_ITEMS, Measure
from kg.types import Kind, Op

_OPS: dict[str, Op] = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "is": "is"}


def read_either_years(draft: Draft) -> None:
    """Note years of a person's own items that are alternatives, where no date is named that has them."""
    if not draft.measures.own:
        return
    for i in range(1, len(draft.said) - 1):
        if draft.said[i].text != "or" or i in draft.taken:
            continue
        before, after = _year(draft, i - 1), _after(draft, i + 1)
        if before is None or after is None:
            continue
        op, first = operator_before(draft, i - 1)
        op = op or ("is" if _stands_alone(draft, range(i - 1, after[1].end)) else "")
        other_op, other = after
        other_op = other_op or op
        alike = op == other_op == "is"
        if not (alike or {op, other_op} <= _OPS.keys() - {"is"}):
            continue
        dated = _dated(draft, first)
        if dated is None and not draft.measures.has_years:
            continue
        measure, first = dated or (YEAR_OF_ITEMS, first)
        made = words("measures", "names released") | words("measures", "made")
        first -= bool(made & set(draft.words(first - 1, first)))
        text = draft.text(first, other.end)
        draft.comparisons += [
            Comparison(measure.name, _OPS[each], year.first, text, either=first + 1)
            for each, year in ((op, before), (other_op, other))
        ]
        draft.take(range(first, other.end))


def _year(draft: Draft, i: int) -> Said | None:
    """Return the year that stands at a lexeme, if one does."""
    time = time_at(draft.said, i) if i < len(draft.said) and not draft.said[i].named else None
    return time if time is not None and time.is_read_elsewhere and time.first == time.last else None


def _after(draft: Draft, i: int) -> tuple[str, Said] | None:
    """Return how the year is compared that the words from a lexeme on lead to, and the year."""
    for at in range(i, min(i + 4, len(draft.said))):
        if (year := _year(draft, at)) is not None:
            op, first = operator_before(draft, at)
            return (op, year) if first == i else None
    return None


def _stands_alone(draft: Draft, span: range) -> bool:
    """Tell whether years stand between marks, or behind their noun: 'cheap, 1991 OR 1992'."""
    before, after = draft.words(span.start - 1, span.start), draft.words(span.stop, span.stop + 1)
    opens = not before or before[0] in ("year", "years") or not before[0].isalnum()
    return opens and (not after or not after[0].isalnum())


def _dated(draft: Draft, first: int) -> tuple[Measure, int] | None:
    """Return the date of its own that is named before the years, and where: 'LISTED before 2020'."""
    for each in draft.phrases:
        dates = [m for m in each.measures("name", "verb") if m.kind == Kind.DATE]
        if each.end == first and dates:
            return dates[0], each.first
    return None
