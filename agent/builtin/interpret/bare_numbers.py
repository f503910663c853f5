"""Numbers without a unit or a name: of which measure they are, by stated rules; else of none.

They are of the price with money words near or 'k' behind ('I can spend 20', 'under 45k'), or as an upper
limit among the prices right behind what is asked for ('a red under 20'); of the rating where a part of its
name stands by ('on imdb') or only ratings are so compared ('4.4 or better'); of the only number
right behind what is asked for ('films under 90').
"""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.compared import Draft
from agent.builtin.interpret.fitting import PERSONS, is_near, is_told_for, name_words, told_anywhere
from agent.builtin.lexicon.load import tables
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.bounds import Quantity
from agent.builtin.parse.measures import Measure
from kg.types import Kind

_NEAR = 5
_ANYTHING = frozenset(("anything", "something", "one", "ones", "any"))
_OF_MONEY = frozenset(("k", "grand", "tenner", "fiver"))
_UPPER = ("<", "<=", "~")


def meant(draft: Draft, quantity: Quantity, numbers: Sequence[Measure]) -> list[tuple[Measure, list[int]]]:
    """Return the measure of a bare number with the lexemes that say so; empty if no rule gives one."""
    if len(numbers) == 1 and is_among(numbers[0], quantity) and _is_item(draft, quantity.first - 1):
        return [(numbers[0], [])]
    ratings = _ratings(draft, quantity, [each for each in numbers if each.out_of])
    ratings = ratings or _only_fitting(quantity, numbers)
    if ratings:
        return [(ratings[0], distinct_places(draft, quantity, ratings[0]))]
    if room := _room(draft, quantity, numbers):
        return [(room[0], [])]
    return [(each, []) for each in _price_told(draft, numbers) if _is_price(draft, quantity, each)]


def _room(draft: Draft, quantity: Quantity, numbers: Sequence[Measure]) -> list[Measure]:
    """Return what has room for persons, as a list, where so many are compared: 'FOR at least 30'."""
    led = draft.words(quantity.first - 1, quantity.first) == ["for"]
    after = draft.words(quantity.end, quantity.end + 1)
    ends = not after or not after[0].isalpha() or after[0] in ("and", "with", "in", "at", "please")
    own = [each for each in numbers if PERSONS & set(each.topics) and is_among(each, quantity)]
    return own if led and ends and quantity.op and draft.measures.own else []


def _only_fitting(quantity: Quantity, numbers: Sequence[Measure]) -> list[Measure]:
    """Return the rating, as a list, where a fraction that is compared can be of nothing else: 'over 8.4'."""
    value = quantity.low.value
    if not quantity.op or value == int(value):
        return []
    fit = [each for each in numbers if is_among(each, quantity) and _is_in_parts(each)]
    return fit if len(fit) == 1 and fit[0].out_of else []


def _is_in_parts(measure: Measure) -> bool:
    """Tell whether items have values that are no whole numbers."""
    held = [] if measure.literals is None else measure.literals.values.tolist()
    return any(value != int(value) for value in held)


def in_thousands(draft: Draft, quantity: Quantity, numbers: Sequence[Measure]) -> list[Measure]:
    """Return the price, as a list, where a bare number is said as money is: 'under 45k', 'fifty grand'."""
    ends = [quantity.low, *([quantity.high] if quantity.high else [])]
    said = {word for each in ends for word in draft.words(each.first, each.end)}
    told = _price_told(draft, numbers) if said & _OF_MONEY else []
    if told and draft.measures.own and not is_near(told[0], quantity):
        return [
            each for each in numbers if not each.is_money and is_among(each, quantity)
        ]  # 'below 20k' of heat
    return told


def _price_told(draft: Draft, numbers: Sequence[Measure]) -> list[Measure]:
    """Return the price, as a list: of several the one that a word of the message tells, 'for a WEEKDAY'."""
    prices = _prices(numbers)
    words = [
        e.text
        for i, e in enumerate(draft.said)
        if draft.measures.own and not e.named and i not in draft.taken
    ]
    told = told_anywhere(words, prices)
    return [told] if told is not None else prices[:1]


def _prices(numbers: Sequence[Measure]) -> list[Measure]:
    return sorted(
        (m for m in numbers if m.is_money), key=lambda m: (m.is_beside_price, m.name.count("_"), m.name)
    )


def _ratings(draft: Draft, quantity: Quantity, ratings: Sequence[Measure]) -> list[Measure]:
    """Return the ratings that a bare number may be of, by the words around it and by its value."""
    value = quantity.low.value
    fit = [each for each in ratings if value <= each.out_of]
    own = [each for each in fit if distinct_places(draft, quantity, each)]
    if own:
        return own
    said = set(draft.words(quantity.low.end, quantity.end))
    finer = value != int(value) and bool({"higher", "above", "up"} & said)
    better = "better" in {*said, *draft.words(quantity.first, quantity.low.first)}
    return fit if better or finer else []


def distinct_places(
    draft: Draft, quantity: Quantity, measure: Measure, named: Sequence[int] = ()
) -> list[int]:
    """Return where words near a number name a rating by what only it has: '8 or higher on IMDB'."""
    first = min([quantity.first, *named])
    near = (*range(max(0, first - 3), first), *range(quantity.end, quantity.end + 3))
    own = _distinct_words(measure)
    return [i for i in near if i < len(draft.said) and draft.said[i].text in own]


def _distinct_words(measure: Measure) -> set[str]:
    """Return the words of a name that only this rating has: 'imdb'."""
    common = {word for head in ("topic", "names") for word in tables("measures")[f"{head} rating"]}
    return {*measure.name.split("_")} - common - {"avg", "average", "mean", "user", "number", "of", "my"}


def _is_price(draft: Draft, quantity: Quantity, price: Measure) -> bool:
    """Tell whether a bare number is money."""
    near = {*draft.words(quantity.first - _NEAR, quantity.end), *draft.words(quantity.end, quantity.end + 3)}
    if near & set(tables("comparators")["money"]):
        return True
    if quantity.low.rate and is_told_for(price, quantity.low.rate):
        return True  # 'under 30 A MONTH'
    rate = draft.words(quantity.end, quantity.end + 2)
    if len(rate) > 1 and rate[0] in ("a", "an", "per", "each") and rate[1] in name_words(price):
        return True  # 'under 200 A NIGHT'
    among = is_among(price, quantity)
    if among and draft.measures.own and draft.words(quantity.first - 1, quantity.first) == ["for"]:
        return bool(quantity.op) and not _is_of_persons(draft, quantity)  # 'FOR at least 800'
    before = draft.words(quantity.first - 1, quantity.first)
    opens = quantity.first == 0 or before in ([","], ["for"], ["but"], ["and"])
    opens = opens or _ends_order(draft, quantity.first) or _ends_flag(draft, quantity.first)
    compared = quantity.op in _UPPER or _is_range_of(draft, quantity, price)
    return compared and among and (opens or _is_item(draft, quantity.first - 1))


def _is_of_persons(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether a number may be of those an item has room for."""
    room = (each for each in draft.measures.every if PERSONS & set(each.topics))
    return any(is_among(each, quantity) for each in room)


def _is_range_of(draft: Draft, quantity: Quantity, price: Measure) -> bool:
    """Tell whether a range without a unit lies among the prices, and among no other numbers."""
    if quantity.high is None or not draft.measures.own:
        return False
    numbers = [each for each in draft.measures.every if each.kind == Kind.NUMBER and not each.is_money]
    ends = (quantity.low.value, quantity.high.value)
    return not any(_least(each) <= end <= _most(each) for each in numbers for end in ends)


def _least(measure: Measure) -> float:
    held = [] if measure.literals is None else measure.literals.values.tolist()
    return float(min(held, default=0.0))


def _most(measure: Measure) -> float:
    held = [] if measure.literals is None else measure.literals.values.tolist()
    return float(max(held, default=0.0))


def _ends_order(draft: Draft, end: int) -> bool:
    """Tell whether an end of something else stands before a lexeme: 'the BEST BATTERY LIFE under 100'."""
    return any(each.end == end and each.measures("lowest", "highest") for each in draft.phrases)


def _ends_flag(draft: Draft, end: int) -> bool:
    """Tell whether the name of a flag stands before a lexeme: 'FROST FREE under 500'."""
    flags = (m for each in draft.phrases if each.end == end for m in each.measures("name"))
    return draft.measures.own and any(each.kind == Kind.FLAG for each in flags)


def is_among(measure: Measure, quantity: Quantity) -> bool:
    """Tell whether a number is one that items may have of a measure."""
    held = measure.literals
    if held is None or not len(held.values):
        return False
    return float(held.values.min()) <= quantity.low.value <= 2 * float(held.values.max())


def _is_item(draft: Draft, i: int) -> bool:
    if draft.words(i, i + 1) and draft.said[i].text in _ANYTHING:
        return True
    place = draft.said[i].place
    chunk = draft.chunks[place] if place >= 0 else None
    return chunk is not None and (chunk.kind in ("category", "entity") or chunk.text in ITEM_NOUNS)


def _is_measured(draft: Draft, places: range) -> bool:
    """Tell whether a measure of this catalogue is called so: 'CHARGES in' of a charging time."""
    known = {word for m in draft.measures.every for word in m.name.split("_")}
    verb = draft.said[places.start].text.removesuffix("s").removesuffix("ed")
    if any(word.startswith(verb) for word in known):
        return True  # 'TOWS' of towing, 'DELIVERED' of delivery
    return any(
        each.first in places and any(m.kind == Kind.NUMBER for m in each.measures("name", "verb"))
        for each in draft.phrases
    )


def told_of_other(draft: Draft, quantity: Quantity) -> range | None:
    """Return where a quantity stands with the thing it measures, if that is no measure of items here.

    'Listening time no more than 9 hours', 'less than 10,000 miles on the clock'.
    """
    if (
        not quantity.op
        and quantity.high is None
        and draft.words(quantity.first - 1, quantity.first) == ["than"]
    ):
        return range(max(0, quantity.first - 2), quantity.end)  # 'wider than 1 m', where nothing has a width
    known = {word for each in draft.measures.every for word in each.name.split("_")}
    if known & set(tables("comparators")["tells distance driven"]):
        return None
    for phrase in tables("comparators")["of something else, behind"]:
        spoken = phrase.split()
        behind = range(quantity.end, quantity.end + len(spoken))
        of_age = spoken == ["old"] and any("age" in m.topics for m in draft.measures.every)
        if draft.words(behind.start, behind.stop) == spoken and not (of_age or _is_measured(draft, behind)):
            return range(quantity.first, quantity.end + len(spoken))
    for phrase in tables("comparators")["of something else, before"]:
        spoken = phrase.split()
        for gap in range(3):
            end = quantity.first - gap
            start = end - len(spoken)
            if (
                start >= 0
                and draft.words(start, end) == spoken
                and not _is_measured(draft, range(start, end))
            ):
                return range(start, quantity.end)
    return None
