"""What several orders have to do with each other, and which end of a range is put in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from agent.builtin.interpret.compared import Draft, Sort
from agent.builtin.parse.measures import YEAR_OF_ITEMS, Measure
from kg.types import Kind

_IN_ORDER = (["in", "order"], ["in", "that", "order"], ["in", "the", "right", "order"])


def share_limit(draft: Draft) -> None:
    """Give the first order the number of items that another one came with: 'fewest first, ten of them'."""
    limits = [each.limit for each in draft.sorts if each.limit]
    if len(draft.sorts) > 1 and limits and not draft.sorts[0].limit:
        draft.sorts[0] = replace(draft.sorts[0], limit=limits[0])


def read_told_order(draft: Draft) -> None:
    """Take what only says again that there is an order, 'IN ORDER', and note what else tells one."""
    _read_which_is_more(draft)
    for phrase in draft.free():
        own = [each for each in phrase.measures("name") if each.kind != Kind.FLAG]
        whole = range(phrase.first - 1, phrase.end + 1)
        framed = [*draft.words(whole.start, phrase.first), *draft.words(phrase.end, whole.stop)]
        if own and framed == ["in", "order"] and not draft.sorts:  # 'in PRICE order'
            draft.sorts.append(Sort(own[0].name, descending=False, text=draft.text(whole.start, whole.stop)))
            draft.take(whole)
    for said in _IN_ORDER if draft.sorts else ():
        for i in range(len(draft.said) - len(said) + 1):
            end = i + len(said)
            if draft.words(i, end) == said and draft.words(end, end + 1) != ["of"]:
                draft.take(range(i, end))


def _read_which_is_more(draft: Draft) -> None:
    """Note which of those asked for has most or least: 'WHICH boat at Arden IS CHEAPER?'."""
    asks = draft.words(0, 1) in (["which"], ["whichs"]) or draft.words(0, 1) == ["of"]
    named = any(each.named for each in draft.said)
    titled = any(chunk.kind == "title" for chunk in draft.chunks)
    if not (draft.measures.own and asks and named) or titled:
        return
    ages = [(range(i, i + 1), YEAR_OF_ITEMS, way) for i, way in _ages(draft)]
    ends = [
        (range(each.first, each.end), own[0], form == "higher")
        for each in draft.free()
        for form in ("lower", "higher")
        if (own := each.measures(form))
    ]
    for span, measure, descending in (*ages, *ends):
        after = draft.words(span.stop, span.stop + 1)
        last = not after or not after[0].isalnum()
        led = draft.words(span.start - 1, span.start)
        if last and not draft.sorts and led in (["is"], ["s"], ["was"], ["the"]):
            text = draft.text(span.start - 1, span.stop)
            draft.sorts.append(Sort(measure.name, descending, 1, text=text))
            draft.take(range(span.start - 1, span.stop))


def _ages(draft: Draft) -> Iterator[tuple[int, bool]]:
    """Yield where items are said to be older or newer than others, and whether newer."""
    for i, each in enumerate(draft.said) if draft.measures.has_years else ():
        if each.text in ("older", "newer", "younger") and i not in draft.taken:
            yield i, each.text != "older"


def leave_out_opposite(draft: Draft) -> None:
    """Note as lost an order that the first one contradicts: 'the cheapest AND THE DEAREST'."""
    for each in draft.sorts[1:] if draft.measures.own else ():
        first = draft.sorts[0]
        if each.relation == first.relation and each.descending != first.descending and each.text:
            span = draft.places_of(each.text)
            draft.taken -= set(span)
            draft.lost |= set(span)
            draft.sorts.remove(each)


def end_of_prices(draft: Draft, measure: Measure, *, denied: bool) -> Measure:
    """Return the end of several prices that is meant: the lowest, or the highest of 'NO ticket over £20'."""
    first, _, rest = measure.name.partition("_")
    if not (draft.measures.own and measure.is_money and first in ("min", "max")):
        return measure
    told = {"max", "maximum", "highest", "top"} & {each.text for each in draft.said} and first == "max"
    wanted = f"max_{rest}" if denied or told else f"min_{rest}"
    return next((each for each in draft.measures.every if each.name == wanted), measure)


def farther_end(draft: Draft, measure: Measure) -> Measure:
    """Return the upper end of a range whose lower one is put in order: 'LASTS the longest'."""
    if not draft.measures.own or not measure.name.startswith("min_"):
        return measure
    other = f"max_{measure.name.removeprefix('min_')}"
    return next((each for each in draft.measures.every if each.name == other), measure)
