"""What quantities are that no measure carries: years, counts, amounts of something else."""

from __future__ import annotations

from agent.builtin.interpret.compared import Draft
from agent.builtin.lexicon.load import words
from agent.builtin.parse.bounds import Quantity
from agent.builtin.parse.topics import names_of_topics

_YEARS = range(1500, 2051)
_TELLING = frozenset("place set happens happen unfolds unfold spans plays told".split())  # 'takes PLACE over'


def is_year(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether a bare number is a year: written as one, where items have years or nothing compares it."""
    ends = [quantity.low, *([quantity.high] if quantity.high else [])]
    written = [draft.words(each.first, each.end) for each in ends]
    like = all(len(said) == 1 and said[0].isdecimal() and int(said[0]) in _YEARS for said in written)
    return like and (draft.measures.has_years or not quantity.op)


def is_of_other(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether a number is said of something that this catalogue does not have: 'RATED over 90'."""
    i = quantity.first - 1
    while i >= 0 and draft.said[i].text in words("comparators", "fillers"):
        i -= 1
    return i >= 0 and draft.said[i].text in names_of_topics()


def is_of_many(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether a number counts what is asked for: 'at least three wines'."""
    return any(
        word in ("items", "ones", "options", "ideas") for word in draft.words(quantity.end, quantity.end + 2)
    )


def is_counted(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether a quantity says something of items, though nothing here is measured by it."""
    told = quantity.unit is not None or bool(quantity.low.out_of)
    return (told or bool(quantity.op and not is_of_many(draft, quantity))) and not is_year(draft, quantity)


def is_time_of_story(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether a time is how long a story goes on, and no length of items: 'takes place OVER ONE DAY'."""
    before = draft.words(max(0, quantity.first - 1), quantity.first)
    return quantity.unit is not None and before[-1:] != [] and before[-1] in _TELLING
