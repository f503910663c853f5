"""Capacities: how many people an item is for, where one number tells: 'for six people', 'we are five'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.compared import Comparison, Draft
from agent.builtin.interpret.fitting import PERSONS
from agent.builtin.interpret.pairs import said_of_persons
from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.bounds import Quantity
from agent.builtin.parse.measures import Measure
from kg.types import Kind, Op
from kg.values import shown

_PERSONS = ("sleeps", "serves", "seated")  # the likelier first
_EXACT = frozenset(("exactly", "precisely", "just", "only"))


def read_capacities(draft: Draft) -> None:
    """Note that an item must be for as many people as there are: at least so many."""
    counting = sorted(filter(_counts_persons, draft.measures.every), key=_likeness)
    measure = next(iter(counting), None)
    if measure is None:
        return
    _read_many(draft, measure)
    _read_party(draft, measure)
    for quantity in draft.quantities:
        more = draft.words(quantity.end - 1, quantity.end) in (["plus"], ["+"])
        compared = quantity.op not in ("", "is", "~") and not more  # but 'a family of SIX PLUS a dog'
        if compared or quantity.high is not None or _is_exact(draft, quantity):
            continue
        free = draft.taken.isdisjoint(range(quantity.first, quantity.end))
        span = said_of_persons(draft, quantity, _most(measure)) if free else None
        if span is None or _is_named(draft, quantity, measure):
            continue
        named = _named_before(draft, quantity, counting)
        measure, span = (named[0], range(named[1], span.stop)) if named else (counting[0], span)
        text, value = draft.text(span.start, span.stop), shown(Kind.NUMBER, quantity.low.value)
        said = set(draft.words(quantity.end, span.stop + 1))
        alone = quantity.low.value == 1 and _least(measure) >= 1  # every tent is for one at least
        op: Op = "is" if alone or said & {"man", "person"} else ">="
        draft.comparisons.append(Comparison(measure.name, op, value, text, unit=measure.unit))
        draft.take(span)


def _least(measure: Measure) -> float:
    held = [] if measure.literals is None else measure.literals.values.tolist()
    return min(held, default=0.0)


def _read_party(draft: Draft, measure: Measure) -> None:
    """Note how many those are together who are counted apart: 'TWO ADULTS AND FOUR KIDS'."""
    joining, parties = words("comparators", "adding to a party"), list[list[tuple[range, float]]]()
    for quantity in draft.quantities:
        span = _members(draft, quantity)
        if span is None or not draft.taken.isdisjoint(span):
            continue
        last = parties[-1][-1][0].stop if parties else 0
        joined = parties and set(draft.words(last, span.start)) <= joining
        parties = parties if joined else [*parties, []]
        parties[-1].append((span, quantity.low.value))
    for party in parties:
        if len(party) > 1:
            whole = range(party[0][0].start, party[-1][0].stop)
            text, value = draft.text(whole.start, whole.stop), sum(many for _, many in party)
            told = Comparison(measure.name, ">=", shown(Kind.NUMBER, value), text, unit=measure.unit)
            draft.comparisons.append(told)
            draft.take(whole)


def _members(draft: Draft, quantity: Quantity) -> range | None:
    """Return where it stands how many persons of a kind there are: 'FOUR KIDS'."""
    if quantity.op not in ("", "is", "~") or quantity.high is not None:
        return None
    if quantity.unit is not None:
        of_persons = quantity.unit.dimension == "players"
        return range(quantity.first, quantity.end) if of_persons else None
    behind = set(draft.words(quantity.end, quantity.end + 1))
    known = words("comparators", "members of a party") | frozenset(tables("comparators")["persons counted"])
    return range(quantity.first, quantity.end + 1) if behind & known else None


def _read_many(draft: Draft, measure: Measure) -> None:
    """Note 'for a lot of people': the highest third."""
    most = measure.third("high")
    for phrase in tables("comparators")["many persons"]:
        spoken = phrase.split()
        for i in range(len(draft.said) - len(spoken) + 1):
            span = range(i, i + len(spoken))
            if most is None or draft.words(i, span.stop) != spoken or draft.words(i - 1, i) != ["for"]:
                continue
            text = draft.text(i, span.stop)
            draft.comparisons.append(Comparison(measure.name, ">=", most, text, "third", unit=measure.unit))
            draft.take(range(i - 1, span.stop))


def _counts_persons(measure: Measure) -> bool:
    most = measure.name in ("max_players", "maximum_players")
    return measure.kind == Kind.NUMBER and (most or bool(PERSONS & set(measure.topics)))


def _named_before(
    draft: Draft, quantity: Quantity, counting: Sequence[Measure]
) -> tuple[Measure, int] | None:
    """Return which of several measures is named before how many there are, and where: 'SEATS for five'."""
    for each in draft.free() if len(counting) > 1 else ():
        own = [m for m in each.measures("name", "verb") if m in counting]
        if own and draft.words(each.end, quantity.first) == ["for"]:
            return own[0], each.first
    return None


def _likeness(measure: Measure) -> tuple[int, str]:
    """Return how far a measure is from what people are counted for: they sleep where they also sit."""
    most = [place for place, topic in enumerate(_PERSONS) if topic in measure.topics]
    return min(most, default=len(_PERSONS)), measure.name


def _is_exact(draft: Draft, quantity: Quantity) -> bool:
    return bool(_EXACT & set(draft.words(quantity.first - 1, quantity.low.first)))


def _is_named(draft: Draft, quantity: Quantity, measure: Measure) -> bool:
    """Tell whether the number is said of the measure itself: 'SLEEPS 6', '5 SEATS'."""
    leads = tables("comparators")["room for"]
    beside = (each for each in draft.phrases if each.end == quantity.first or each.first == quantity.end)
    return any(
        measure in each.measures("name", "verb") and draft.text(each.first, each.end) not in leads
        for each in beside
    )


def _most(measure: Measure) -> float:
    return float(measure.literals.values.max(initial=0)) if measure.literals is not None else 0.0
