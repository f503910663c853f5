"""Degrees: orders ('the cheapest'), ends of what there is ('cheap'), items ('shorter than X')."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from agent.builtin.interpret.compared import Comparison, Draft, Phrase, Shift
from agent.builtin.interpret.denied_apart import denial_before, is_averse
from agent.builtin.interpret.fitting import distinct_words, told_anywhere
from agent.builtin.interpret.orders import read_orders
from agent.builtin.interpret.passing import is_before_noun, is_item, is_no_wish, is_of_people, is_owned
from agent.builtin.interpret.size_words import is_untold_size
from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.measures import End, Measure
from kg.types import Kind, Op

_NEAR = 3  # lexemes from 'near' to what is near
_ENDS: tuple[End, End] = ("low", "high")
_OPS: dict[str, Op] = {"low": "<=", "high": ">="}
_NOT: dict[str, Op] = {"low": ">", "high": "<"}
_WITH = frozenset("with has have having a".split())
_TIMES = frozenset("twice double triple half thrice times".split())
_POINTING = frozenset("that this it those these them".split())


def read_degrees(draft: Draft) -> None:
    """Note comparisons with items, orders, and ends of measures."""
    _read_items(draft)
    read_orders(draft)
    for phrase in draft.free():
        for end in _ENDS:
            if phrase.measures(end) and draft.taken.isdisjoint(range(phrase.first, phrase.end)):
                _read_end(draft, phrase, end)
    _read_shifts(draft)


# Items


def _read_items(draft: Draft) -> None:
    """Note 'shorter than Heat', 'cheaper than the second', 'as long as Heat', 'costs less than that'."""
    for phrase in draft.free():
        for form, op in (("lower", "<"), ("higher", ">")):
            own = phrase.measures(form)  # type: ignore[arg-type]
            if own and draft.words(phrase.end, phrase.end + 1) in (["than"], ["then"], ["as"]):
                _compare(draft, phrase.first, phrase.end + 1, own, op)
            elif own:
                _compare_named(draft, phrase, op)
        own = phrase.measures("low", "high", "name")
        before, after = draft.words(phrase.first - 1, phrase.first), draft.words(phrase.end, phrase.end + 1)
        times = draft.words(phrase.first - 2, phrase.first - 1)
        if before == ["as"] and after == ["as"] and times and times[0] in _TIMES:
            draft.lost |= set(range(phrase.first - 2, phrase.end + 1))
            continue
        if own and after == ["as"] and before in (["as"], ["same"], ["equally"]):
            least = draft.words(phrase.first - 3, phrase.first - 1) == ["at", "least"]
            _compare(draft, phrase.first - (3 if least else 1), phrase.end + 1, own, ">=" if least else "~")
        as_much = before in (["many"], ["much"]) and times == ["as"] and after == ["as"]
        if own and as_much and _TIMES & set(draft.words(phrase.first - 3, phrase.first - 2)):
            draft.lost |= set(range(phrase.first - 3, phrase.end + 1))  # 'TWICE AS MANY lifts AS X'
        elif own and before == ["many"] and as_much:
            least = draft.words(phrase.first - 4, phrase.first - 2) == ["at", "least"]
            _compare(draft, phrase.first - (4 if least else 2), phrase.end + 1, own, ">=" if least else "~")
        elif own and after == ["of"] and (ratio := _ratio_before(draft, phrase.first)) is not None:
            draft.lost |= set(range(ratio, phrase.end))  # 'HALF THE price OF X'
        costs = phrase.measures("verb", "name")
        if costs and draft.words(phrase.end, phrase.end + 2) in (["less", "than"], ["more", "than"]):
            _compare(draft, phrase.first, phrase.end + 2, costs, "<" if after == ["less"] else ">")
        many, least = _as_many_behind(draft, phrase.end)
        if costs and many and draft.words(many, many + 1) == ["as"]:
            _compare(draft, phrase.first, many + 1, costs, ">=" if least else "~")
    _read_second_halves(draft)


def _as_many_behind(draft: Draft, end: int) -> tuple[int, bool]:
    """Return where 'as many' behind a verb ends, 0 without it; and if more will do: 'AT LEAST AS MANY'."""
    least = 2 * (draft.words(end, end + 2) == ["at", "least"])
    said = draft.words(end + least, end + least + 2) in (["as", "many"], ["as", "much"])
    return (end + least + 2) * said, bool(least)


def _ratio_before(draft: Draft, first: int) -> int | None:
    """Return where 'half', 'twice the', 'three times the' begins that ends right before a lexeme."""
    at = first - (draft.words(first - 1, first) in (["the"], ["a"]))
    return at - 1 if _TIMES & set(draft.words(at - 1, at)) else None


def _compare_named(draft: Draft, phrase: Phrase, op: str) -> None:
    """Note 'smaller IN HEIGHT than X', 'lower in price than the second'."""
    named = (each for each in draft.free() if draft.words(phrase.end, each.first) == ["in"])
    name = next((each for each in named if each.measures("name")), None)
    if name is not None and draft.words(name.end, name.end + 1) in (["than"], ["then"]):
        _compare(draft, phrase.first, name.end + 1, name.measures("name"), op)


def _read_second_halves(draft: Draft) -> None:
    """Note what is said of the same item once more: 'cheaper than X and BETTER RATED', '… but COSTS LESS'."""
    against = {each.title for each in draft.comparisons if each.title}
    if len(against) != 1:
        return
    title = next(iter(against))
    for phrase in draft.free():
        if not draft.taken.isdisjoint(range(phrase.first, phrase.end)):
            continue
        half = _second_half(draft, phrase)
        if half is None or not _adds(draft, half[0]):
            continue
        first, end, measure, op = half
        text = f"{draft.text(first, end)} than {title}"
        draft.comparisons.append(Comparison(measure.name, op, "", text, title=title, unit=measure.unit))
        draft.take(range(first, end))


def _second_half(draft: Draft, phrase: Phrase) -> tuple[int, int, Measure, Op] | None:
    """Return where a comparison without 'than' stands, its measure and how it compares."""
    after = draft.words(phrase.end, phrase.end + 1)
    forms: tuple[tuple[Literal["lower", "higher"], Op], ...] = (("lower", "<"), ("higher", ">"))
    for form, op in forms:
        measure = next((m for m in phrase.measures(form) if not _is_by_year(draft, m)), None)
        if measure is not None and after not in (["than"], ["then"], ["first"]):
            return phrase.first, phrase.end, measure, op
    own = phrase.measures("verb", "name")
    before = draft.words(phrase.first - 2, phrase.first)
    if own and before in (["as", "much"], ["as", "many"]) and after != ["as"]:  # 'but at least AS MUCH ram'
        least = draft.words(phrase.first - 4, phrase.first - 2) == ["at", "least"]
        return phrase.first - (4 if least else 2), phrase.end, own[0], ">="
    many, _ = _as_many_behind(draft, phrase.end)
    if own and many and draft.words(many, many + 1) != ["as"]:  # 'but SLEEPS AS MANY or more'
        return phrase.first, many + 2 * (draft.words(many, many + 2) == ["or", "more"]), own[0], ">="
    if own and after in (["less"], ["more"]) and draft.words(phrase.end + 1, phrase.end + 2) != ["than"]:
        return phrase.first, phrase.end + 1, own[0], "<" if after == ["less"] else ">"
    return None


def _is_by_year(draft: Draft, measure: Measure) -> bool:
    return measure.kind == Kind.DATE and draft.measures.has_years


def _adds(draft: Draft, first: int) -> bool:
    """Tell whether what begins at a lexeme is joined to what stands before it."""
    i = first - 1
    while i >= 0 and draft.said[i].text in words("comparators", "adds a comparison"):
        i -= 1
    return i < first - 1


def _compare(draft: Draft, first: int, end: int, own: tuple[Measure, ...], op: str) -> None:
    """Note a comparison with the item that stands at `end`, if one does."""
    target = _item_at(draft, end)
    if target is None:
        return
    said, past = target
    turned = denial_before(draft, first)
    if turned is not None and op in ("<", ">"):
        first, op = turned, {"<": ">=", ">": "<="}[op]
    measure = own[0]
    text = draft.text(first, past)
    draft.comparisons.append(Comparison(measure.name, op, "", text, title=said, unit=measure.unit))  # type: ignore[arg-type]
    draft.take(range(first, end))
    draft.take(i for i in range(end, past) if not draft.said[i].named)


def _item_at(draft: Draft, i: int) -> tuple[str, int] | None:
    """Return the item that stands at a lexeme, as a title or in words that point, and where it ends."""
    i += draft.words(i, i + 1) in (["in"], ["for"], ["on"], ["with"])  # 'fewer enrolled than IN X'
    i += (
        draft.words(i, i + 1) in (["the"], ["a"], ["an"], ["my"], ["our"])
        and draft.said[i + 1 : i + 2] != []
        and draft.said[i + 1].named
    )
    if i >= len(draft.said):
        return None
    place = draft.said[i].place
    if draft.said[i].named and draft.chunks[place].kind == "title":
        end = i
        while end < len(draft.said) and draft.said[end].place == place:
            end += 1
        return draft.chunks[place].text, end
    end = i
    while end < len(draft.said) and draft.said[end].text in words("comparators", "pointing"):
        end += 1
    said = draft.words(i, end)
    if end == i or not (_POINTING & set(said) or {"one", "first", "last"} & set(said) or len(said) > 1):
        return None
    return " ".join(said), end


# Ends


def _read_shifts(draft: Draft) -> None:
    """Note 'cheaper', 'too long': of which items, only a conversation tells."""
    for phrase in draft.free():
        too = draft.words(phrase.first - 1, phrase.first) == ["too"]
        lower = phrase.measures("lower") or (phrase.measures("high") if too else ())
        higher = phrase.measures("higher") or (phrase.measures("low") if too else ())
        for own, is_lower in ((lower, True), (higher, False)):
            measure = next((each for each in own if each.kind != Kind.DATE), None)
            if measure is not None:
                text = draft.text(phrase.first - too, phrase.end)
                draft.shifts.append(Shift(measure.name, is_lower, text))


def _read_end(draft: Draft, phrase: Phrase, end: End) -> None:
    """Note 'cheap', 'not too long' as a third of what the catalogue has."""
    own = [each for each in phrase.measures(end) if _bound(each, end) is not None]
    away = _from_what(draft, phrase, own)
    told = {each.relation for each in draft.comparisons if each.by != "third"}
    free = [
        e.text
        for i, e in enumerate(draft.said)
        if draft.measures.own and not e.named and i not in draft.taken
    ]
    measure = away or next((each for each in own if each.name in told), None)
    measure = measure or told_anywhere(free, own) or next(iter(own), None)
    untold = measure is not None and not away and measure.name not in told
    if untold and told_anywhere(free, own) is None and is_untold_size(draft, phrase, own):
        draft.lost |= set(range(phrase.first, phrase.end))
        return
    denial = denial_before(draft, phrase.first)
    describes = bool(away) or (not _is_of_ways(draft, phrase) and _describes(draft, phrase, denial))
    if measure is None or not describes or _is_idle(draft, phrase):
        return
    start, op = phrase.first, _OPS[end]
    before = draft.words(phrase.first - 1, phrase.first)
    if denial is not None:
        start, op = denial, _NOT[end]
    elif before == ["too"]:
        return  # what was shown is said to be so
    elif before in (["a"], ["how"], ["as"], ["so"]) and draft.said[phrase.first].text in ("few", "many"):
        return  # 'a FEW reviews' are some
    denied = denial is not None or draft.said[phrase.first].text == "not"  # 'NOT TOO HARD' may be medium
    wide = denied or "certificate" in measure.topics
    value = _bound(measure, end, wide=wide) or ""
    text = draft.text(phrase.first, phrase.end)
    draft.comparisons.append(Comparison(measure.name, op, value, text, "third", unit=measure.unit))
    draft.take(range(start, phrase.end))


def _is_of_ways(draft: Draft, phrase: Phrase) -> bool:
    """Tell whether a word says how far something is, which is of no item by itself: 'NEAR the lake'."""
    return draft.words(phrase.first, phrase.end)[0] in words("measures", "of ways")


def _from_what(draft: Draft, phrase: Phrase, own: Sequence[Measure]) -> Measure | None:
    """Return the distance that is told by what it is to: 'near the BEACH', 'far from the STATION'."""
    if not _is_of_ways(draft, phrase):
        return None
    numbers = [each for each in draft.measures.every if each.kind == Kind.NUMBER]
    for i in range(phrase.end, min(phrase.end + _NEAR, len(draft.said))):
        word = draft.said[i].text.rstrip("s")
        found = next((each for each in own if word in distinct_words(each, numbers)), None)
        if found is not None:
            draft.take([i])
            return found
    return None


def _bound(measure: Measure, end: End, *, wide: bool = False) -> str | None:
    """Return the value that bounds a third: of the values, or of the labels of a scale."""
    if not measure.scale:
        return measure.third(end) if measure.kind in (Kind.NUMBER, Kind.DATE) else None
    count = len(measure.scale)
    place = (count - 1) // 3 if wide else max(0, round(count / 3) - 1)
    return measure.scale[place if end == "low" else len(measure.scale) - 1 - place]


def _is_idle(draft: Draft, phrase: Phrase) -> bool:
    """Tell whether a word is part of a saying: 'LONG story short'."""
    if draft.words(phrase.first - 2, phrase.first) == ["not", "even"]:
        return True  # 'no battle scenes, NOT EVEN SHORT ones'
    said = f" {draft.text(max(0, phrase.first - 3), phrase.end + 2)} "
    own = f" {draft.text(phrase.first, phrase.end)} "
    return any(f" {idiom} " in said and f" {idiom} " not in own for idiom in tables("measures")["idioms"])


def _describes(draft: Draft, phrase: Phrase, denial: int | None) -> bool:
    """Tell whether an adjective says how items should be: 'a cheap red', 'something short'."""
    if is_of_people(draft, phrase) or is_owned(draft, phrase) or is_no_wish(draft, phrase):
        return False
    if is_before_noun(draft, phrase.end):
        return True
    closed = phrase.end >= len(draft.said) or draft.said[phrase.end].text in words(
        "comparators", "behind an end"
    )
    i = (phrase.first if denial is None else denial) - 1
    while i >= 0 and draft.said[i].text in words("comparators", "degree"):
        i -= 1
    before = draft.said[i].text if i >= 0 else ""
    named = draft.measures.own and phrase.end - phrase.first > 1 and before in _WITH
    return closed and (
        i < 0
        or named
        or before in words("comparators", "leads to an end")
        or (denial is not None and (before in (".", "that", "which") or is_averse(draft, denial)))
        or is_item(draft, i)
    )
