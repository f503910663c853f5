"""Numbers that are tied to nothing that items have, where a person's own table is asked.

'My van is 2.05 m TALL': what the asker has, which items must fit. '50 red roses', 'a dozen tulips': so many
of a label of a list, which items have and are not. Nothing compares them, so they are said to be unused.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent.builtin.interpret.compared import Draft
from agent.builtin.parse.bounds import Quantity
from kg.stems import singular
from kg.text import NUMBER_WORDS

_OWNERS = frozenset(("my", "our", "ours", "mine", "i", "ive", "we", "weve", "his", "her"))
_BEING = frozenset("is are s im measures measure weighs weigh being of have got has".split())
_ABOUT = frozenset("about around roughly nearly just only over under exactly a an at".split())
_SIZES = frozenset("tall long wide high deep heavy across beam draught".split())
_DOZEN = "dozen"
_BACK = 6
_LABELS = 3  # words of what is counted: '50 LONG RED ROSES'


def untied(draft: Draft) -> Iterator[int]:
    """Yield the lexemes of quantities and counts that nothing here is compared with."""
    for quantity in draft.quantities:
        span = range(quantity.first, quantity.end)
        if quantity.unit is not None and draft.taken.isdisjoint(span) and _is_of_asker(draft, quantity):
            yield from span
    for i, each in enumerate(draft.said):
        count = each.is_number or NUMBER_WORDS.get(each.text, "").isdecimal() or each.text == _DOZEN
        if count and i not in draft.taken and not each.named and _counts_labels(draft, i + 1):
            yield i


def _is_of_asker(draft: Draft, quantity: Quantity) -> bool:
    """Tell whether a size is of something that the asker has: 'my van IS 2.05 m tall', '12 ft ACROSS'."""
    before = draft.words(quantity.first - _BACK, quantity.first)
    while before and before[-1] in _ABOUT:
        before.pop()
    sized = draft.words(quantity.end, quantity.end + 1)
    if bool(before) and before[-1] in _BEING and not _OWNERS.isdisjoint(before):
        return True
    owned = not _OWNERS.isdisjoint(draft.words(0, quantity.first))
    return owned and bool(sized) and sized[0] in _SIZES


def _counts_labels(draft: Draft, i: int) -> bool:
    """Tell whether labels follow of which the last is several of a list: '50 red ROSES'."""
    end = i
    while end < min(i + _LABELS, len(draft.said)) and draft.said[end].named:
        end += 1
    place = draft.said[end - 1].place if end > i else -1
    if place < 0 or (end < len(draft.said) and draft.chunks[draft.said[end].place].text == "items"):
        return False
    several = singular(draft.said[end - 1].text) != draft.said[end - 1].text
    choices = draft.chunks[place].choices
    return several and bool(choices) and all(draft.measures.lists & set(each.roles) for each in choices[:1])
