"""Comparisons of which one is enough: 'under 10 or over 50', 'at least 8 or cheaper than 20 euros'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from agent.builtin.interpret.compared import Compared, Comparison, Draft
from agent.builtin.parse.bounds import Quantity
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.lists import alternatives

RANGED = (["but"], ["and"], [",", "but"])  # "more than 200 BUT fewer than 300 pages"


def with_shared_units(draft: Draft, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Give a quantity without a unit that of the one it is joined to: 'under 90 or over 180 MINUTES'."""
    found = list(quantities)
    for i, (one, other) in enumerate(pairwise(quantities)):
        ranged = one.op and one.unit is None and draft.words(one.end, other.first) in RANGED
        named = one.unit is None and _is_named_apart(draft, one)
        joined = ranged or _are_joined(draft, one, other)
        if joined and not named and (one.unit is None) != (other.unit is None):
            said, place = (one, i + 1) if other.unit is None else (other, i)
            amount = found[place].low._replace(unit=said.unit, spelling=(said.high or said.low).spelling)
            found[place] = found[place]._replace(low=amount)
    return found


def _is_named_apart(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether what counts without a unit is named before a quantity: 'DIFFICULTY 4 or above'."""
    beside = (each for each in draft.phrases if each.end == quantity.first)
    named = [each for phrase in beside for each in phrase.measures("name") if not each.unit]
    return draft.measures.own and bool(named) and not any(each.is_money for each in named)


def joined_before(draft: Draft, quantity: Quantity) -> Comparison | None:
    """Return the comparison that a quantity is the alternative of: 'price UNDER 10 or over 50'."""
    at = draft.quantities.index(quantity)
    if not at or not _are_joined(draft, draft.quantities[at - 1], quantity):
        return None
    before = draft.quantities[at - 1]
    return next((each for each, span in draft.placed if before.low.first in span), None)


def narrowed_before(draft: Draft, quantity: Quantity) -> Comparison | None:
    """Return the comparison that a range in brackets says more of: 'around 15 km (14 TO 16 is fine)'."""
    before = [each for each, span in draft.placed if draft.words(span.stop, quantity.first) == ["("]]
    return before[0] if before and quantity.high is not None else None


def read_either(draft: Draft) -> None:
    """Note that one of two joined comparisons is enough, where both together would be none or another."""
    spans = {span.start: span for _, span in draft.placed}
    for one, other in pairwise(spans[start] for start in sorted(spans)):
        pair = [each for each, span in draft.placed if span in (one, other)]
        if len(pair) != len((one, other)) or not _joins(draft, one.stop, other.start):
            continue
        if _is_either(*pair):
            group = next((each.either for each in draft.comparisons if each in pair and each.either), 0)
            draft.comparisons = [
                replace(each, either=group or one.start + 1) if each in pair else each
                for each in draft.comparisons
            ]
            draft.take(range(one.stop, other.start))


def one_group(compared: Compared) -> tuple[Compared, frozenset[int]]:
    """Leave out all alternatives but the first ones: an answer has one list of them.

    Returns what is left, and the places of the chunks that were left out.
    """
    groups = [each.either for each in compared.comparisons if each.either]
    later = [each for each in compared.comparisons if each.either and each.either != groups[0]]
    lost = frozenset(place for each, span in compared.spans if each in later for place in span)
    kept = tuple(each for each in compared.comparisons if each not in later)
    return replace(compared, comparisons=kept), lost


def without_alternatives(compared: Compared, chunks: Sequence[Chunk]) -> tuple[Compared, frozenset[int]]:
    """Leave out comparisons of which one is enough, beside names of which one is: one list cannot hold both.

    Returns what is left, and where the words left out stand in the text.
    """
    either = [each for each in compared.comparisons if each.either]
    words = {word for each in either for word in each.text.split()}
    lost = frozenset(chunks[i].start for i in compared.used if chunks[i].text in words)
    kept = tuple(each for each in compared.comparisons if not each.either)
    return replace(compared, comparisons=kept), lost


def alternatives_again(chunks: list[Chunk], wanted: list[int]) -> tuple[int, ...]:
    """Return the names that are alternatives where they are named again: 'I have X and Y, so X or Y'."""
    ids = {chunks[i].best_id for i in wanted}
    places = [i for i, chunk in enumerate(chunks) if chunk.kind == "entity" and chunk.best_id in ids]
    return alternatives(chunks, places, []) if len(places) > len(wanted) else ()


def _is_either(one: Comparison, other: Comparison) -> bool:
    """Tell whether no value has to satisfy both: on two relations, or on both sides of a gap."""
    if one.relation != other.relation or one.op == other.op == "is":
        return True
    return {one.op, other.op} not in ({"<", "<="}, {">", ">="}) and one.op != other.op


def _are_joined(draft: Draft, one: Quantity, other: Quantity) -> bool:
    return _joins(draft, one.end, other.first)


def _joins(draft: Draft, end: int, start: int) -> bool:
    between = draft.words(end, start)
    return "or" in between and all(word in ("or", ",", "else", "either") for word in between)
