"""Sentences about numbers: what a third is, who has the same value, of how many a value is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from agent.builtin.interpret.compared import Comparison
from agent.headings import in_words
from agent.phrasing import listed, said
from agent.quantity_text import with_unit

NO_AGGREGATE = "I can't tell which items that number is asked of."
_AGGREGATES = {
    "mean": "average",
    "median": "median",
    "sum": "total",
    "lowest": "lowest",
    "highest": "highest",
}
_NAMED = 2  # titles in a sentence


def value(title: str, relation: str, values: Sequence[str], unit: str, *, mid: bool = False) -> str:
    """Return what an item has on a relation, as a sentence, or the `mid`dle of one."""
    if not values:
        return f"The catalogue lists no {said(relation)} for {title}."
    if values in (["yes"], ["no"]):
        return f"{title} is {'' if values == ['yes'] else 'not '}listed as {said(relation)}."
    told = with_unit(listed(values), unit)
    if unit == said(relation):
        return f"{title} has {told}."  # "450 pages" need no other name
    return f"{'the' if mid else 'The'} {said(relation)} of {title} is {told}."


def third(word: str, relation: str, op: str, value: str, unit: str) -> str:
    """Return what a word such as 'cheap' was taken for."""
    low = op in ("<=", ">")
    bound = f"{'up to' if low else 'from'} {with_unit(value, unit)}"
    denied = op in ("<", ">")
    end = f"the {'lowest' if low else 'highest'} third by {said(relation)} here, {bound}"
    return f"Not “{word}”: outside {end}." if denied else f"“{word}”: {end}."


def softened(thirds: Sequence[Comparison]) -> str:
    """Return that what was found is not 'cheap' as that word is taken here, and its order."""
    told = (
        f"“{each.text}” ({'up to' if each.op == '<=' else 'from'} {with_unit(each.value, each.unit)})"
        for each in thirds
    )
    orders = (f"{'lowest' if each.op == '<=' else 'highest'} {said(each.relation)}" for each in thirds)
    return f"Nothing that fits is {listed(list(told))}; the {listed(list(orders))} first."


def around(words: str) -> str:
    """Return what a number that is only about right was taken for."""
    return f"“{words}”: within 10 %."


def not_known(count: int, relations: Sequence[str]) -> str:
    """Return of how many items what is compared is not known."""
    names = listed([said(each) for each in dict.fromkeys(relations)], "or")
    return f"Of {count} more the {names} is not known." if count else ""


def same_value(titles: Sequence[str], relation: str) -> str:
    """Return which further items have the same value as the last one shown."""
    if not titles:
        return ""
    named = [*titles[:_NAMED], *([f"{len(titles) - _NAMED} more"] if len(titles) > _NAMED else [])]
    return f"{listed(named)} {'has' if len(titles) == 1 else 'have'} the same {said(relation)}."


def none_known(relation: str) -> str:
    """Return that none of the items shown can be compared with."""
    return f"The catalogue lists no {said(relation)} for these."


def nothing_beyond(relation: str, *, lower: bool) -> str:
    """Return that nothing of the kind has a lower or higher value."""
    return f"Nothing here that fits has a {'lower' if lower else 'higher'} {said(relation)} than these."


def value_not_known(title: str, relation: str) -> str:
    """Return that an item cannot be compared with."""
    return f"The {said(relation)} of {title} is not known here, so I can't compare with it."


def unsorted(items: int, relation: str) -> str:
    """Return what stands at the end of an order."""
    last = f"the last {items}" if items > 1 else "the last"
    return f"Of {last} the {relation.replace('_', ' ')} is not known."


def aggregate(
    function: str, relation: str, value: float, unit: str, count: int, unknown: int, stated: Mapping[str, Any]
) -> str:
    """Return one number of many items, of how many it is, and of how many it could not be."""
    named = in_words([*stated.get("conditions", ()), *stated.get("any_of", ())]) if stated else ""
    of = f"{count} {'title' if count == 1 else 'titles'}{f' ({named})' if named else ''}"
    shown = with_unit(f"{value:.2f}".rstrip("0").rstrip("."), unit)
    left = not_known(unknown, [relation])
    return " ".join(filter(None, (f"The {_AGGREGATES[function]} {said(relation)} of {of} is {shown}.", left)))


def counted(count: int, stated: Mapping[str, Any]) -> str:
    """Return how many items fit what was asked."""
    named = in_words([*stated.get("conditions", ()), *stated.get("any_of", ())])
    return f"{count}: {named}." if named else f"{count}."


def read_as(slips: Mapping[str, str]) -> str:
    """Return how misspelt words were read."""
    return " ".join(f"I read “{said}” as “{meant}”." for said, meant in slips.items())


def not_told(title: str) -> str:
    """Return that what is asked of an item is not stored."""
    return f"Nothing here tells that of {title}."


def which_measure(relations: Sequence[str]) -> str:
    """Return the question which of several measures is meant."""
    return f"Which one do you mean: {listed([said(each) for each in relations], 'or')}?"


def not_comparable(relation: str, title: str) -> str:
    """Return that of an item a value is not known, so that nothing can be compared with it."""
    return f"The catalogue lists no {relation.replace('_', ' ')} for {title}, so I can't compare with it."
