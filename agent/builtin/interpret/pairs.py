"""Pairs: a minimum and a maximum of one thing, such as players; what is said of it lies between both.

'For 5 players', 'we are 6', 'solo': the minimum is at most N and the maximum at least N.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from agent.builtin.interpret.compared import Comparison, Draft
from agent.builtin.interpret.fitting import PERSONS, in_unit, is_near
from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.units import unit_called
from agent.builtin.parse.bounds import Quantity
from agent.builtin.parse.measures import Measure
from kg.types import Kind, Op
from kg.values import shown

_ENDS = {"min": "max", "minimum": "maximum"}
_CONTEXT = 4  # lexemes from who they are to how many


class Pair(NamedTuple):
    """The measures of the least and the most of a thing, and its name in one or more words."""

    low: Measure
    high: Measure
    thing: str

    @property
    def is_of_persons(self) -> bool:
        """Whether those who ask may be counted by it."""
        unit = unit_called(self.thing)
        return (unit is not None and unit.dimension == "players") or bool(PERSONS & set(self.high.topics))


def read_pairs(draft: Draft) -> None:
    """Note how many of a thing, of which items have a minimum and a maximum, there are to be."""
    for pair in _pairs(draft):
        for quantity in draft.quantities:
            free = draft.taken.isdisjoint(range(quantity.first, quantity.end))
            span = _span(draft, quantity, pair) if free else None
            if span is not None:
                draft.take(_words_of_thing(draft, quantity, pair))
                _note(draft, pair, _conditions(draft, quantity, span, pair), span)
        if pair.is_of_persons:
            _read_alone(draft, pair)


def _pairs(draft: Draft) -> Iterator[Pair]:
    by_name = {each.name: each for each in draft.measures.every if each.kind == Kind.NUMBER}
    for name, low in by_name.items():
        words = name.split("_")
        for least, most in _ENDS.items():
            if least in words and len(words) > 1:
                high = by_name.get("_".join(most if word == least else word for word in words))
                if high is not None and not low.is_money:  # what costs £8 to £14 is had for £8
                    yield Pair(low, high, " ".join(word for word in words if word != least))


def _span(draft: Draft, quantity: Quantity, pair: Pair) -> range | None:
    """Return the lexemes of a quantity of a pair, with what says so; None if it is of another thing."""
    unit, said = quantity.unit, draft.words(quantity.end, quantity.end + 1)
    first, end = quantity.first, quantity.end
    own = unit_called(pair.thing)
    if any(word in _explicit() for word in draft.words(first - 2, end)) and unit is None:
        return None
    if unit is None and draft.measures.own and _is_up_to(draft, quantity, pair):
        return range(first, end)
    if unit is not None:
        alike = own is not None and own.dimension == unit.dimension
        near = is_near(pair.low, quantity) or is_near(pair.high, quantity)
        measured = in_unit(quantity.low, unit, pair.low) is not None and _is_of_thing(draft, quantity, pair)
        measured = measured and (near or not draft.measures.own)
        return range(first, end) if alike or measured else None
    if said == pair.thing.split()[:1]:
        return range(first, end + len(pair.thing.split()))
    if (start := _named_before(draft, quantity, pair)) is not None:
        return range(start, end)
    return said_of_persons(draft, quantity, _most(pair)) if pair.is_of_persons else None


def _is_up_to(draft: Draft, quantity: Quantity, pair: Pair) -> bool:
    """Tell whether a size is named that items go up to: 'UP TO A SIZE 13'."""
    said = draft.words(quantity.first, quantity.low.first)
    return said[:2] == ["up", "to"] and pair.thing.split()[0] in said


def _named_before(draft: Draft, quantity: Quantity, pair: Pair) -> int | None:
    """Return where the name of a pair begins right before a bare number: 'PH 8', 'to FEED 25'."""
    if quantity.op not in ("", "is", "~") or quantity.high is not None or not draft.measures.own:
        return None
    for phrase in draft.free():
        between = draft.words(phrase.end, quantity.first)
        own = {pair.low, pair.high} & set(phrase.measures("name", "verb"))
        if own and phrase.end <= quantity.first and set(between) <= words("comparators", "fillers"):
            said = set(draft.words(phrase.first, phrase.end))
            return phrase.first if said.isdisjoint(_explicit()) and len(between) < _CONTEXT else None
    return None


def _is_of_thing(draft: Draft, quantity: Quantity, pair: Pair) -> bool:
    """Tell whether a length is that of who or what an item is for: 'I'M 1.80 m', 'for a RIDER of 172 cm'.

    What else is measured needs no such words: 'under an hour'.
    """
    if not _is_of_lengths(pair):
        return True
    near = {
        *draft.words(quantity.first - _CONTEXT, quantity.low.first),
        *draft.words(quantity.end, quantity.end + 2),
    }
    return bool(near & (words("comparators", "whose height") | set(pair.thing.split())))


def _words_of_thing(draft: Draft, quantity: Quantity, pair: Pair) -> list[int]:
    """Return where the words stand that say whose length it is: 'RIDERS of 1.80 m', '1.80 m TALL'."""
    told = {*pair.thing.split(), "tall", "height"}
    near = range(max(0, quantity.first - _CONTEXT), min(len(draft.said), quantity.end + 2))
    return [i for i in near if draft.said[i].text.rstrip("s") in told and quantity.unit is not None]


def said_of_persons(draft: Draft, quantity: Quantity, most: float) -> range | None:
    """Return the lexemes that say how many people there are: 'we are FIVE', 'FOUR friends', 'for TWO'.

    `most` is the largest number that items have.
    """
    first, end = quantity.first, quantity.end
    if quantity.unit is not None:
        return range(first, end) if quantity.unit.dimension == "players" else None
    texts = draft.words(first - _CONTEXT, quantity.low.first)
    if any(
        " ".join(texts[i:j]) in _asking() for i in range(len(texts)) for j in range(i + 1, len(texts) + 1)
    ):
        return range(first, end)
    behind = draft.words(end, end + 2)
    if behind[:1] and (behind[0] in _persons() or " ".join(behind) in ("of us", "of them")):
        return range(first, end + (2 if behind[0] == "of" else 1))
    if draft.words(first - 1, first) == ["for"] and quantity.low.value <= most and not quantity.op:
        marks = (",", ".", "!", "?", "and", "please")
        last = not behind or behind[0] in marks or behind[0] in words("comparators", "behind a party")
        return range(first, end) if last else None
    return None


def _explicit() -> frozenset[str]:
    return frozenset((*_ENDS, *_ENDS.values()))


def _asking() -> frozenset[str]:
    return frozenset(tables("comparators")["counts those who ask"])


def _persons() -> frozenset[str]:
    return frozenset(tables("comparators")["persons counted"])


def _most(pair: Pair) -> float:
    return float(pair.high.literals.values.max(initial=0)) if pair.high.literals is not None else 0.0


def _conditions(draft: Draft, quantity: Quantity, span: range, pair: Pair) -> list[tuple[bool, Op, float]]:
    """Return conditions on the high (True) or low end of a pair.

    What is measured lies within a bound as a whole: 'under an hour' at most, 'at least 20 minutes' at least.
    """
    number = quantity.low.value
    if end := _end_said(draft, quantity, span):
        return [
            (
                end == "max",
                "<=" if end == "max" else ">=",
                in_unit(quantity.low, quantity.unit, pair.low) or number,
            )
        ]
    if pair.low.said_unit is not None and (unit := quantity.unit) is not None:
        number = in_unit(quantity.low, unit, pair.low) or number
        if _is_of_lengths(pair):
            whose = not draft.measures.own or _is_of_body(draft, quantity, pair)
            return _fitting(quantity, number, pair, whole=not whose)
        if quantity.high is not None:
            most = in_unit(quantity.high, quantity.high.unit or unit, pair.low)
            return [(False, ">=", number), (True, "<=", most or quantity.high.value)]
        if quantity.op in (">", ">="):
            return [(False, quantity.op, number)]
    if quantity.high is not None:
        return [(False, "<=", number), (True, ">=", quantity.high.value)]
    near = [i for i in (span.stop, span.start - 1, span.start - 2) if 0 <= i < len(draft.said)]
    only = [i for i in near if draft.said[i].text in ("only", "strictly")]
    draft.take(only)
    if only and quantity.op in ("", "is"):
        return [(False, "is", number), (True, "is", number)]
    if quantity.op in (">", ">="):
        return [(True, quantity.op, number)]
    if draft.measures.own and pair.low.said_unit is None and _is_up_to(draft, quantity, pair):
        return [(True, ">=", number)]
    if quantity.op in ("<", "<="):
        return [(True, quantity.op, number)]
    return [(False, "<=", number), (True, ">=", number)]


def _end_said(draft: Draft, quantity: Quantity, span: range) -> str:
    """Return which end of a thing is named before a number that nothing compares: 'MAXIMUM depth 18 m'."""
    if quantity.unit is None or quantity.op not in ("", "is", "~") or quantity.high is not None:
        return ""
    near = draft.words(min(span.start, quantity.first) - _CONTEXT, quantity.first)
    told = [word.removesuffix("imum") for word in near if word in _explicit()]
    return told[-1] if told and draft.measures.own else ""


def _is_of_body(draft: Draft, quantity: Quantity, pair: Pair) -> bool:
    """Tell whether a length is of somebody whom items must fit, and no end of what items are themselves."""
    near = {
        *draft.words(quantity.first - _CONTEXT, quantity.low.first),
        *draft.words(quantity.end, quantity.end + 2),
    }
    return bool((near | set(pair.thing.split())) & words("comparators", "whose height"))


def _fitting(
    quantity: Quantity, number: float, pair: Pair, *, whole: bool = False
) -> list[tuple[bool, Op, float]]:
    """Return conditions on what must fit somebody of a height: 'riders over 1.90 m'.

    What is a length of items themselves lies as a `whole` below an upper bound: 'a depth under 20 m'.
    """
    if quantity.high is not None:
        most = in_unit(quantity.high, quantity.high.unit or quantity.unit, pair.low) or number
        return [(False, "<=", number), (True, ">=", most)]
    if quantity.op in (">", ">="):
        return [(True, quantity.op, number)]
    if quantity.op in ("<", "<="):
        return [(whole, quantity.op, number)]
    return [(False, "<=", number), (True, ">=", number)]


def _is_of_lengths(pair: Pair) -> bool:
    own = pair.low.said_unit
    return own is not None and own.dimension in ("length", "distance")


def _note(draft: Draft, pair: Pair, conditions: list[tuple[bool, Op, float]], span: range) -> None:
    text = draft.text(span.start, span.stop)
    for is_high, op, value in conditions:
        measure = pair.high if is_high else pair.low
        draft.comparisons.append(
            Comparison(measure.name, op, shown(Kind.NUMBER, value), text, unit=measure.unit)
        )
    draft.take(span)


def _read_alone(draft: Draft, pair: Pair) -> None:
    """Note that one person is enough: 'solo', 'can be played alone'."""
    for phrase in tables("comparators")["alone"]:
        spoken = phrase.split()
        for i in range(len(draft.said) - len(spoken) + 1):
            span = range(i, i + len(spoken))
            if draft.words(i, span.stop) == spoken and draft.taken.isdisjoint(span):
                lead = i
                while lead and draft.said[lead - 1].text in tables("comparators")["leads to alone"]:
                    lead -= 1
                _note(draft, pair, [(False, "<=", 1.0), (True, ">=", 1.0)], range(lead, span.stop))
                return
