"""Orders: 'the cheapest', 'the three longest comedies', 'the second shortest', 'sorted by price'."""

from __future__ import annotations

from functools import cache
from itertools import chain

from agent.builtin.interpret.compared import Draft, Phrase, Sort
from agent.builtin.interpret.date_orders import (
    ages,
    is_by_year,
    read_dates_first,
    read_first_of_all,
    read_first_to_be,
    recent,
)
from agent.builtin.interpret.fitting import name_words
from agent.builtin.interpret.order_ends import farther_end, leave_out_opposite, read_told_order, share_limit
from agent.builtin.interpret.order_names import (
    is_told,
    leave_out_denied,
    measure_of_end,
    names_end,
    past_first,
    past_name,
    read_told_directions,
    sorting_before,
)
from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.parse.lexemes import lexemes
from agent.builtin.parse.measures import YEAR_OF_ITEMS, Measure
from kg.stems import singular
from kg.text import NUMBER_WORDS, ORDINALS
from kg.types import Kind

_REACH = 5  # lexemes from a superlative to its noun
_NEAR = 2  # lexemes from 'best' to what it judges
_GOOD = frozenset(("rating", "count"))  # topics of which the highest is best
_MOST = 50
_SMALL = frozenset("to be that were was which are it".split())
_ENDINGS = frozenset(("st", "nd", "rd", "th"))
_ONE = frozenset(("one", "item"))


def read_orders(draft: Draft) -> None:
    """Note the orders that are asked for."""
    leave_out_denied(draft)
    _read_sorting(draft)
    _read_last(draft)
    read_first_to_be(draft)
    read_first_of_all(draft)
    read_dates_first(draft)
    for phrase, dated, descending in chain(recent(draft), ages(draft)):
        _read_superlative(draft, phrase, dated, descending=descending)
    for phrase in draft.free():
        for form, descending in (("lowest", False), ("highest", True)):
            own = phrase.measures(form)  # type: ignore[arg-type]
            measure = next((each for each in own if not is_by_year(each, draft.measures)), None)
            if (
                measure is None
                or not _is_of_items(draft, phrase)
                or is_told(draft, phrase, noun=_is_before_noun(draft, phrase))
            ):
                continue
            if draft.taken.isdisjoint(range(phrase.first, phrase.end)):
                if (meant := measure_of_end(draft, phrase, own, measure)) is None:
                    draft.lost |= set(range(phrase.first, phrase.end))
                    continue
                _read_superlative(draft, phrase, meant, descending=descending)
    share_limit(draft)
    read_told_order(draft)
    leave_out_opposite(draft)


def read_limits(draft: Draft) -> None:
    """Note 'top 3 fuel economy', 'top 4 rated easy games': a number of items, no amount."""
    for phrase in draft.free():
        own = [each for each in phrase.measures("name", "verb") if each.kind == Kind.NUMBER]
        before = draft.words(phrase.first - 2, phrase.first)
        count = _number(draft, phrase.first - 1)
        if own and count is not None and len(before) == 2 and before[0] in ("top", "best", "bottom", "worst"):
            first, highest = phrase.first - 2, before[0] in ("top", "best")
            measure = own[0]
            text = draft.text(first, phrase.end)
            draft.sorts.append(Sort(measure.name, highest != measure.is_money, count, text=text))
            draft.take(range(first, phrase.end))


def _read_last(draft: Draft) -> None:
    """Note 'the last three released', 'first five films published': the newest or the oldest."""
    every = [*draft.measures.every, *([YEAR_OF_ITEMS] if draft.measures.has_years else [])]
    measure = next((each for each in every if "released" in each.topics), None)
    for i, word in enumerate(draft.words(0, len(draft.said))):
        count = _number(draft, i + 1)
        if measure is None or word not in ("last", "first") or count is None:
            continue
        end = i + 2
        while end < len(draft.said) and (_noun(draft, end) or draft.said[end].text in _SMALL):
            end += 1
        if draft.words(end, end + 1) and draft.said[end].text in words("measures", "names released"):
            text = draft.text(i, end + 1)
            draft.sorts.append(Sort(measure.name, word == "last", count, text=text))
            draft.take(range(i, end + 1))


def _read_superlative(draft: Draft, phrase: Phrase, measure: Measure, *, descending: bool) -> None:
    measure = farther_end(draft, measure) if descending else measure
    if (past := past_first(draft, past_name(draft, phrase.end, measure))) > phrase.end:
        text = draft.text(phrase.first, past)
        draft.sorts.insert(0, Sort(measure.name, descending, _top(draft), text=text))
        draft.take(range(phrase.first, past))
        return
    rank, count, first = _counted_before(draft, phrase.first)
    end = past_name(draft, phrase.end, measure)
    if count is None and (after := _number(draft, end)) is not None and rank == 1:
        count, end = after, end + 1
    if count is None and rank == 1:
        count = _top(draft)
    if count is None and (rank > 1 or _is_one(draft, phrase, end)):
        count = 1
    draft.sorts.append(Sort(measure.name, descending, count, rank, draft.text(first, end)))
    draft.take(range(first, end))
    own = name_words(measure) - _SMALL
    beside = (
        e for e in draft.free() if measure in e.measures("name", "verb") and 0 <= first - e.end <= _NEAR
    )
    draft.take(i for each in beside for i in range(each.first, each.end))  # 'which STARTS the earliest'
    near = range(end, min(end + _REACH, len(draft.said)))
    draft.take(i for i in near if draft.words(i - 1, i) == ["the"] and draft.said[i].text in own)


def _is_before_noun(draft: Draft, phrase: Phrase) -> bool:
    return any(_noun(draft, i) for i in range(phrase.end, min(phrase.end + _NEAR, len(draft.said))))


def _is_of_items(draft: Draft, phrase: Phrase) -> bool:
    """Tell whether a judgement is of items: 'the BEST thrillers', 'BEST first'; not 'the BEST part of it'."""
    if draft.words(phrase.first, phrase.end) not in (["best"], ["worst"]):
        return True
    after = draft.words(phrase.end, phrase.end + 1)
    if draft.words(phrase.end, phrase.end + 2) in (["thing", "about"], ["thing", "in"]):
        return False
    plain = bool(after) and after[0] not in words("measures", "first")
    number = _number(draft, phrase.end) is not None
    near = range(phrase.end, min(phrase.end + _NEAR, len(draft.said)))
    return not plain or number or any(_noun(draft, i) for i in near)


def _counted_before(draft: Draft, first: int) -> tuple[int, int | None, int]:
    """Return the rank, the number and the start of 'SECOND shortest', 'THREE cheapest', 'TOP 5 longest'."""
    i = first - 1
    if i >= 0 and draft.said[i].text in ("single", "very", "absolute"):
        i -= 1
    word = draft.said[i].text if i >= 0 else ""
    if word in _ENDINGS and draft.words(i - 1, i) and draft.said[i - 1].text + word in _ordinals():
        i, word = i - 1, draft.said[i - 1].text + word  # '2 ND cheapest'
    rank = int(ORDINALS.get(word, word)[:-2] or "0") if word in _ordinals() else 0
    if rank > 1:
        return rank, None, i
    if rank == 1:
        return 1, 1, i
    count = _number(draft, i)
    if count is None and draft.words(i - 1, i + 1) in (["with", "the"], ["having", "the"]):
        count, i = _number(draft, i - 2), i - 2  # 'the THREE with the longest range'
    if count is None:
        return 1, None, first
    top = i and draft.said[i - 1].text in ("top", "bottom")
    return 1, count, i - bool(top)


def _top(draft: Draft) -> int | None:
    """Return how many are asked for elsewhere, and take that: 'heaviest cars, TOP 5'."""
    for i, each in enumerate(draft.said):
        if each.text in ("top", "best") and (count := _number(draft, i + 1)) is not None:
            draft.take(range(i, i + 2))
            return count
        behind = draft.words(i + 1, i + 3) in (["of", "them"], ["of", "those"]) and draft.measures.own
        if behind and (count := _number(draft, i)) is not None:
            draft.take(range(i, i + 3))
            return count  # 'fewest downloads first, TEN OF THEM'
    return None


@cache
def _ordinals() -> frozenset[str]:
    return frozenset((*ORDINALS, *ORDINALS.values()))


def _number(draft: Draft, i: int) -> int | None:
    if not 0 <= i < len(draft.said) or i in draft.taken or draft.said[i].named:
        return None
    word = draft.said[i].text
    number = NUMBER_WORDS.get(word, word)
    return int(number) if number.isdecimal() and word != "one" and 1 <= int(number) <= _MOST else None


def _is_one(draft: Draft, phrase: Phrase, end: int) -> bool:
    """Tell whether one item is asked for: 'the cheapest red', 'the longest one'; not 'the longest films'."""
    ends = draft.said[phrase.end - 1].text in words("measures", "ends of doing")
    if ends and phrase.end - phrase.first > 1 and draft.said[phrase.first].text.endswith("s"):
        return True  # 'which of them COSTS THE LEAST'
    nouns, kind = [], False
    for i in range(end, min(end + _REACH, len(draft.said))):
        if draft.said[i].place < 0 or draft.said[i].text in words("comparators", "breaks a noun phrase"):
            break
        if word := _noun(draft, i):
            nouns.append(word)
            is_kind = draft.chunks[draft.said[i].place].kind == "category" and word not in ITEM_NOUNS
            kind = is_kind and word not in words("measures", "kinds that are counted")
    before = draft.words(phrase.first - 4, phrase.first)
    if not nouns:
        nouns = [word for i in range(max(0, phrase.first - 4), phrase.first) if (word := _noun(draft, i))]
    asked = before[-1:] == ["the"] or {"which", "what", "is"} & set(before)
    if nouns and (asked or not kind):  # 'highest rated horror' is many
        return not _is_plural(nouns[-1])
    if nouns:
        return False
    plural = any(_is_plural(word) for word in draft.words(end, end + 2))
    alone = draft.measures.own and not plural
    return (bool(asked) or alone) and not {"are", "some"} & set(before)


def _is_plural(word: str) -> bool:
    return word.endswith("s") and singular(word) != word


def _noun(draft: Draft, i: int) -> str:
    """Return the word at a lexeme if it names items; '' if not."""
    chunk = draft.chunks[draft.said[i].place] if draft.said[i].place >= 0 else None
    named = chunk is not None and (chunk.kind in ("category", "entity") or chunk.text in ITEM_NOUNS | _ONE)
    return draft.said[i].text if named else ""


def _read_sorting(draft: Draft) -> None:
    """Note 'sorted by price', 'by rating, best first', 'in order of length, descending'."""
    _read_directions(draft)
    for phrase in draft.free():
        own = [each for each in phrase.measures("name", "verb") if each.kind != Kind.FLAG]
        if not own:
            continue
        start = sorting_before(draft, phrase.first)
        if start is None or names_end(draft, start, phrase, own[0]):
            continue
        measure = own[0]
        end, descending = _direction(draft, phrase.end, measure)
        count = _top(draft)
        told = end > phrase.end  # 'top five by mileage, LOWEST FIRST'
        descending = (
            measure.kind == Kind.NUMBER and not measure.is_money if count and not told else descending
        )
        draft.sorts.append(Sort(measure.name, descending, count, text=draft.text(start, end)))
        draft.take(range(start, end))


def _read_directions(draft: Draft) -> None:
    """Note 'from highest to lowest points', 'high to low price', 'cheapest to most expensive'."""
    read_told_directions(draft)
    for phrase in draft.free():
        joint = draft.words(phrase.first - 1, phrase.first) == ["to"]
        for form, opposite, descending in (("lowest", "highest", True), ("highest", "lowest", False)):
            measure = next(iter(phrase.measures(form)), None)  # type: ignore[arg-type]
            if not joint or measure is None:
                continue
            start = _opposite_before(draft, phrase.first - 1, measure, opposite)
            if start is not None:
                start -= draft.words(start - 1, start) == ["from"]
                text = draft.text(start, phrase.end)
                draft.sorts.append(Sort(measure.name, descending, text=text))
                draft.take(range(start, phrase.end))


def _opposite_before(draft: Draft, end: int, measure: Measure, form: str) -> int | None:
    """Return where the other end of an order begins: 'HIGHEST to lowest points', 'CHEAPEST to dearest'."""
    if draft.words(end - 1, end) and draft.said[end - 1].text in tables("measures")[f"any {form}"]:
        return end - 1
    said = (each for each in draft.phrases if each.end == end and measure in each.measures(form))  # type: ignore[arg-type]
    return next((each.first for each in said), None)


def _direction(draft: Draft, end: int, measure: Measure) -> tuple[int, bool]:
    """Return where words of direction behind a sorting end, and whether it descends."""
    start = end + (draft.words(end, end + 1) in ([","], ["("], ["with"]))
    start += draft.words(start, start + 1) == ["the"]
    for descending, section in ((False, "ascending"), (True, "descending")):
        for phrase in tables("measures")[section]:
            spoken = tuple(each.text for each in lexemes(phrase))
            if tuple(draft.words(start, start + len(spoken))) == spoken:
                return start + len(spoken), descending
    for other in draft.phrases:
        following = draft.words(other.end, other.end + 1)
        if other.first == start and following and following[0] in words("measures", "first"):
            for form, descending in (("lowest", False), ("highest", True)):
                if measure in other.measures(form):  # type: ignore[arg-type]
                    return other.end + 1, descending
    if draft.words(start, start + 2) in (["best", "first"], ["highest", "first"], ["top", "first"]):
        return start + 2, True
    if draft.words(start, start + 2) in (["lowest", "first"], ["worst", "first"]):
        return start + 2, False
    return end, bool(_GOOD & set(measure.topics))
