"""Which count or price of an item is asked for: 'how many SEEDS are in it', 'how many PEOPLE does X feed'."""

from __future__ import annotations

from agent.builtin.interpret.compared import Draft
from agent.builtin.interpret.fitting import PERSONS
from agent.builtin.lexicon.load import groups, tables
from agent.builtin.parse.measures import Measure
from agent.builtin.parse.numbers import unit_at
from kg.stems import is_alike, singular
from kg.types import Kind

_EXPLICIT = ("min", "max", "minimum", "maximum")
_CLOCK = "clock"  # the unit of times of the day
_OF_COUNTS = frozenset("per in of a the each number no count for".split())
_SMALL = frozenset("per of the for a in price cost".split())
_HEADS = dict.fromkeys(("head", "person", "people", "each", "pp", "guest", "persons"), "person")
_FORMER = frozenset("was rrp old before original previous former".split())


def asked_count(draft: Draft, start: int) -> Measure | None:
    """Return the count of a person's own table that is named from a lexeme on; None if none is."""
    if not draft.measures.own:
        return None
    return _count_of(draft, start) or _persons_of(draft, start) or _counted_in(draft, start)


def _counted_in(draft: Draft, start: int) -> Measure | None:
    """Return the only number that is told in what is asked for: 'how many DAYS does X need'."""
    unit, _ = unit_at(draft.said, start)
    numbers = [e for e in draft.measures.every if e.kind == Kind.NUMBER and unit is not None and e.said_unit]
    found = [
        e for e in numbers if e.said_unit is not None and unit and e.said_unit.dimension == unit.dimension
    ]
    return found[0] if len(found) == 1 else None


def _count_of(draft: Draft, start: int) -> Measure | None:
    """Return the count of an own table all of whose name is said: 'how many SEEDS are in the PACKET'."""
    said = [singular(each.text) for each in draft.said[start:]]
    found = [
        each
        for each in draft.measures.every
        if each.kind == Kind.NUMBER
        and (name := [singular(word) for word in each.name.split("_") if word not in _OF_COUNTS])
        and name[:1] == said[:1]
        and set(name) <= set(said)
    ]
    return found[0] if len(found) == 1 else None


def _persons_of(draft: Draft, start: int) -> Measure | None:
    """Return how many people an item is for, the most of them: 'how many PEOPLE does X FEED'."""
    asked = draft.words(start, start + 1)
    if not asked or asked[0] not in tables("comparators")["persons counted"]:
        return None
    persons = [e for e in draft.measures.every if e.kind == Kind.NUMBER and _counts_persons(e)]
    least = [each for each in persons if each.name.startswith("min")]
    told = [each for each in persons if each not in least] or persons
    return told[0] if len(told) == 1 else None


def _counts_persons(measure: Measure) -> bool:
    return bool(PERSONS & set(measure.topics)) or "players" in measure.name.split("_")


def asked_hours(draft: Draft, start: int) -> tuple[Measure, ...]:
    """Return when items open and when they close, where both are asked for: 'the OPENING HOURS of X'."""
    said = draft.text(start, len(draft.said))
    asked = any(
        f" {each}" in f" {said}" for each in ("opening hours", "opening times", "hours", "open hours")
    )
    clocks = [each for each in draft.measures.every if each.unit == _CLOCK and draft.measures.own]
    ends = [next((e for e in clocks if e.name.split("_")[-1] == end), None) for end in ("opens", "closes")]
    timed = any("hours" in each.name.split("_") for each in draft.measures.every)
    return tuple(e for e in ends if e is not None) if asked and all(ends) and not timed else ()


def other_end(draft: Draft, measure: Measure) -> Measure | None:
    """Return the other end of a range of which neither is told: 'the ESTIMATE on X'."""
    end, _, thing = measure.name.partition("_")
    said = {each.text for each in draft.said} & {*_EXPLICIT, "least", "most", "lowest", "highest", "up"}
    wanted = f"max_{thing}" if end == "min" and draft.measures.own and not said else ""
    return next((each for each in draft.measures.every if each.name == wanted), None)


def asked_clock(draft: Draft, start: int) -> Measure | None:
    """Return the time of the day that is asked for: 'when does X CLOSE on weekdays', 'when does X START'."""
    said = {form for each in draft.said[start:] for form in (each.text, singular(each.text))}
    said |= {name for name, words in groups("calendar", "named after").items() if said & set(words)}
    clocks = [each for each in draft.measures.every if each.unit == _CLOCK]
    found = [
        (len(said & set(each.name.split("_"))), each)
        for each in clocks
        if any(is_alike(word, end) or _means(word, end) for word in said for end in _deeds(each))
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _deeds(measure: Measure) -> list[str]:
    """Return what a time of the day is of: 'closes' of 'weekday closes'."""
    return [word for word in measure.name.split("_") if word not in groups("calendar", "named after")]


def _means(word: str, end: str) -> bool:
    """Tell whether a word says what a time is of by another one: 'FINISH' of ends."""
    return any(word in said and end in said for said in groups("calendar", "same deed").values())


def money_of(draft: Draft) -> list[Measure]:
    """Return what is told in money."""
    return [each for each in draft.measures.every if each.is_money]


def prices_of(draft: Draft) -> list[Measure]:
    """Return what 'how much is it' may ask for: on a person's own table the price that is told."""
    prices = money_of(draft)
    if not draft.measures.own or len(prices) < 2:
        return prices
    said = {_HEADS.get(each.text, each.text) for each in draft.said}
    words_of = {each.name: {_HEADS.get(word, word) for word in each.name.split("_")} for each in prices}
    told = [each for each in prices if said & (words_of[each.name] - _SMALL)]
    plain = [each for each in prices if each.name in ("price", "cost") and not each.is_beside_price]
    now = [e for e in prices if not (e.is_beside_price or _FORMER & set(e.name.split("_")))]
    plain = plain or (now if len(now) == 1 else [])
    return told if len(told) == 1 else plain if not told else []
