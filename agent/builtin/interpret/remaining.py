"""What is counted down to nothing: 'in stock', 'sold out', 'fully booked', 'seats left', 'no deposit'."""

from __future__ import annotations

from collections.abc import Iterator

from agent.builtin.interpret.compared import Comparison, Draft
from agent.builtin.interpret.passing import is_item
from agent.builtin.lexicon.load import groups, tables, words
from agent.builtin.parse.measures import Measure
from kg.stems import singular
from kg.types import Kind, Op
from kg.values import shown

_STOCK = frozenset(("in_stock", "stock", "stock_quantity", "units_in_stock", "stock_level", "available"))
_OPS: dict[str, Op] = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "is": "is"}
_IS_NONE: Op = "is"
_DENIED_NONE: Op = ">"
_REACH = 5  # lexemes from a number to what says that so many are left
_NONE = frozenset("no without zero".split())
_CHARGING = frozenset(
    "charge charges charging ask asks take takes pay paying have has had require requires".split()
)
_NEVER = frozenset("dont doesnt not never wont havent hasnt hadnt didnt".split())
_PARTING = frozenset(("and", "but", ",", ";", ".", "plus", "also", "still", "thats"))
_COUNTED_BY = 2  # lexemes of what is in stock: 'thirty BAGS in stock'
_OF_USES = frozenset(("available", "not available", "unavailable"))
_AS = (["as"], ["for"], ["from"], ["in"], ["on"])
_STILL = frozenset("still some any has have with there are is a few that".split())
_ENDS = frozenset(
    ", . ; ! ? ( ) and but or please for with at in on needed required upfront up yet so".split()
)


def read_remaining(draft: Draft) -> None:
    """Note that something is still there or all gone, where it is counted; and that there is none at all."""
    for measure, phrases, op in _said_of_left(draft):
        for said in phrases:
            spoken = said.split()
            for i in range(len(draft.said) - len(spoken) + 1):
                span = range(i, i + len(spoken))
                of_other = said in _OF_USES and draft.words(span.stop, span.stop + 1)[:1] in _AS
                named = any(draft.said[place].named for place in span) and not _is_all_named(draft, span)
                if draft.words(i, span.stop) != spoken or named:
                    continue  # 'FULL board'
                if draft.taken.isdisjoint(span) and not of_other:
                    _note(draft, measure, span, op)
    _read_counted(draft)
    _read_none_of(draft)
    _read_none(draft)
    _read_some(draft)


def read_in_stock(draft: Draft) -> None:
    """Note 'more than 30 bags IN STOCK', '5 left IN STOCK'."""
    numbers = (each for each in draft.measures.every if each.kind == Kind.NUMBER)
    stock = next(filter(_is_stock, numbers), None)
    for quantity in draft.quantities if stock is not None else ():
        said = draft.words(quantity.end, quantity.end + _REACH)
        ends = [i for i in range(len(said) - 1) if said[i : i + 2] == ["in", "stock"]]
        if stock is None or not ends or ends[0] > _COUNTED_BY or quantity.high is not None:
            continue
        if _PARTING & set(said[: ends[0]]) or quantity.unit is not None:
            continue  # 'rated above 4 AND in stock'
        span = range(quantity.first, quantity.end + ends[0] + 2)
        if not draft.taken.isdisjoint(span):
            continue
        value, text = shown(Kind.NUMBER, quantity.low.value), draft.text(span.start, span.stop)
        draft.comparisons.append(Comparison(stock.name, _OPS.get(quantity.op, ">="), value, text))
        draft.take(span)


def _is_all_named(draft: Draft, span: range) -> bool:
    """Tell whether a name is nothing but some lexemes."""
    places = {draft.said[i].place for i in span}
    return all(i in span for i, each in enumerate(draft.said) if each.place in places)


def _is_stock(measure: Measure) -> bool:
    """Tell whether a number counts what is in stock: 'balls in stock'."""
    return measure.name in _STOCK or measure.name.endswith("_in_stock")


def _said_of_left(draft: Draft) -> Iterator[tuple[Measure, tuple[str, ...], Op]]:
    """Yield the counts of what is left, with what is said where there is none or some."""
    numbers = [each for each in draft.measures.every if each.kind == Kind.NUMBER]
    sold = groups("measures", "opposite").get("in stock", ())
    if stock := next(filter(_is_stock, numbers), None):
        yield stock, sold, "is"
        yield stock, ("in stock", "available"), ">"
    left, places = words("measures", "left over"), tables("measures")["places"]
    free = _left_of(draft)
    if free is None or _is_stock(free):
        return
    yield free, (*tables("measures")["taken up"], "full"), "is"
    for place in places:
        have = (f"{lead} {said}" for lead in ("have", "has", "still") for said in (f"a {place[:-1]}", place))
        yield free, tuple(have), ">"
        forms = (f"{place} {word}" for word in sorted(left))
        turned = (f"{word} {place}" for word in sorted(left))
        yield free, (*forms, *turned), ">"


def _read_counted(draft: Draft) -> None:
    """Note 'at least 8 PLACES STILL FREE', 'three spots LEFT'."""
    measure, left = _left_of(draft), words("measures", "left over")
    for quantity in draft.quantities if measure is not None else ():
        said = draft.words(quantity.end, quantity.end + _REACH)
        counted = quantity.unit is not None and draft.said[quantity.low.end - 1].text in _places()
        end = next((i for i, word in enumerate(said) if word not in _STILL | _places() | left), len(said))
        told = said[:end]
        while told and told[-1] not in left:
            told = told[:-1]
        if not told and measure is not None and _are_named(draft, quantity.end, measure):
            told, counted = said[:1], True  # 'at least four PLACES'
        if measure is None or not told or not (counted or _places() & set(told)) or quantity.high is not None:
            continue
        span = range(quantity.first, quantity.end + len(told))
        if draft.taken.isdisjoint(span):
            op = _OPS.get(quantity.op, ">=")
            text = draft.text(span.start, span.stop)
            draft.comparisons.append(
                Comparison(measure.name, op, shown(Kind.NUMBER, quantity.low.value), text)
            )
            draft.take(span)


def _are_named(draft: Draft, i: int, measure: Measure) -> bool:
    """Tell whether a lexeme is what a measure counts, and no noun for items."""
    place = draft.said[i].place if i < len(draft.said) else -1
    return place >= 0 and draft.chunks[place].text in _places() & set(measure.name.split("_"))


def _left_of(draft: Draft) -> Measure | None:
    """Return the count of what is left, if there is one."""
    left = words("measures", "left over")
    numbers = (each for each in draft.measures.every if each.kind == Kind.NUMBER and not each.unit)
    return next((each for each in numbers if left & set(each.name.split("_"))), None)


def _places() -> frozenset[str]:
    return words("measures", "places")


def _note(draft: Draft, measure: Measure, span: range, op: Op) -> None:
    """Note that there is none (`is`) or some (`>`) of a count; before it that may be denied or counted."""
    first = span.start
    while draft.words(first - 1, first) and draft.said[first - 1].text in _STILL:
        first -= 1
    before = draft.words(first - 1, first)
    if any(each.low.first <= i < each.end for each in draft.quantities for i in (span.start - 1, span.stop)):
        return  # 'at least THREE seats free'
    denied = before in (["not"], ["isnt"], ["arent"], ["no"], ["without"], ["never"])
    turned: Op = op if not denied else ">" if op == "is" else "is"
    text = draft.text(span.start - denied, span.stop)
    draft.comparisons.append(Comparison(measure.name, turned, "0", text))
    draft.take(range(first - denied, span.stop))


def _read_some(draft: Draft) -> None:
    """Note 'WITH AN AWARD', 'with CABINS': some of what is counted."""
    for phrase in draft.free() if draft.measures.own else ():
        own = [each for each in phrase.measures("name") if each.kind == Kind.NUMBER and not each.unit]
        article = draft.words(phrase.first - 1, phrase.first) in (["a"], ["an"], ["any"], ["some"])
        lead = draft.words(phrase.first - 1 - article, phrase.first - article)
        after = draft.words(phrase.end, phrase.end + 1)
        if not own or own[0].out_of or lead not in (["with"], ["has"], ["having"], ["have"]):
            continue
        held = own[0].literals
        if held is None or (after and after[0] not in _ENDS):
            continue
        if not article and singular(draft.said[phrase.end - 1].text) == draft.said[phrase.end - 1].text:
            continue  # 'with deposit 20'
        first = phrase.first - 1 - article
        noun = first > 0 and is_item(draft, first - 1)
        denied = noun and draft.words(first - 2, first - 1) in (["no"], ["not"])  # 'NO trains WITH changes'
        if denied and float(held.values.min(initial=1)) != 0:
            continue
        span = range(first - 2 * denied, phrase.end)
        text = draft.text(span.start, span.stop)
        draft.comparisons.append(Comparison(own[0].name, "is" if denied else ">", "0", text))
        draft.take(span)


def _read_none_of(draft: Draft) -> None:
    """Note what is called so because it has none of a thing: 'DIRECT trains' of changes, 'SUGARLESS'."""
    known = groups("measures", "none of")
    for measure in draft.measures.every if draft.measures.own else ():
        none = measure.kind == Kind.NUMBER and not measure.out_of and _least(measure) == 0
        for said in known.get(measure.name.split("_")[-1], ()) if none else ():
            spoken = said.split()
            for i in range(len(draft.said) - len(spoken) + 1):
                span = range(i, i + len(spoken))
                if draft.words(i, span.stop) == spoken and draft.taken.isdisjoint(span):
                    denied = draft.words(i - 1, i) in (["not"], ["no"], ["non"])
                    text, op = draft.text(i - denied, span.stop), _DENIED_NONE if denied else _IS_NONE
                    draft.comparisons.append(Comparison(measure.name, op, "0", text, unit=measure.unit))
                    draft.take(range(i - denied, span.stop))


def _least(measure: Measure) -> float:
    return 1.0 if measure.literals is None else float(measure.literals.values.min(initial=1))


def _read_none(draft: Draft) -> None:
    """Note 'NO deposit', where some items have a number of nothing; where none has, it is lost."""
    for phrase in draft.free() if draft.measures.own else ():
        own = [each for each in phrase.measures("name") if each.kind == Kind.NUMBER and not each.out_of]
        first = phrase.first - 1 - (draft.words(phrase.first - 1, phrase.first) in (["any"], ["a"]))
        first -= draft.words(first, first + 1)[:1] != [] and draft.said[first].text in _CHARGING
        after = draft.words(phrase.end, phrase.end + 1)
        charged = draft.words(first + 1, first + 2)[:1] != [] and draft.said[first + 1].text in _CHARGING
        none = _NONE | (_NEVER if charged else frozenset())
        ends = (
            not after
            or after[0] in _ENDS
            or (draft.said[first].text == "zero" and is_item(draft, phrase.end))
        )
        if not own or first < 0 or draft.said[first].text not in none or not ends:
            continue
        span = range(first, phrase.end)
        needed = bool(after) and after[0] in ("needed", "required", "necessary")
        if needed and not (own[0].is_money or own[0].unit):
            draft.take(range(first, phrase.end + 1))  # 'NO bedrooms NEEDED': any number will do
            continue
        if own[0].literals is None or float(own[0].literals.values.min(initial=1)) != 0:
            draft.lost |= set(span)
            continue
        span = range(first, phrase.end + (bool(after) and after[0] in ("needed", "required")))
        text = draft.text(span.start, span.stop)
        draft.comparisons.append(Comparison(own[0].name, "is", "0", text, unit=own[0].unit))
        draft.take(span)
