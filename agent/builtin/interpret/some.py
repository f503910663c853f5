"""What there should be some of, where a number tells how much: 'with a FREE TRIAL', 'a STUDENT DISCOUNT'."""

from __future__ import annotations

from agent.builtin.interpret.compared import Comparison, Draft, Phrase
from agent.builtin.interpret.passing import is_item
from agent.builtin.parse.measures import Measure
from kg.types import Kind, Op

_WITH = frozenset("with has have having offers offer offering gives give including includes include".split())
_SMALL = frozenset("a an any some the".split())
_WORDS = 2  # of a name that is said alone


def read_some(draft: Draft) -> None:
    """Note that a number is to be more than nothing, where some items have nothing of it."""
    for phrase in draft.free() if draft.measures.own else ():
        own = [each for each in phrase.measures("name") if _may_be_nothing(each)]
        if not own or not _is_whole(draft, phrase) or any(draft.said[i].named for i in _span(phrase)):
            continue
        first = phrase.first
        while draft.words(first - 1, first) and draft.said[first - 1].text in _SMALL:
            first -= 1
        lead = draft.words(first - 1, first)
        led = bool(lead) and lead[0] in _WITH
        alone = first == 0 and phrase.end - phrase.first >= _WORDS
        if not (led or alone) or _asks(draft):
            continue
        text = draft.text(first, phrase.end)
        past = first - led - (led and is_item(draft, first - led - 1))
        none = draft.words(past - 1, past) in (["no"], ["not"], ["without"])  # 'NO trains WITH CHANGES'
        op: Op = "is" if none else ">"
        draft.comparisons.append(Comparison(own[0].name, op, "0", text, unit=own[0].unit))
        draft.take(range(past - 1 if none else first - led, phrase.end))


def _span(phrase: Phrase) -> range:
    return range(phrase.first, phrase.end)


def _may_be_nothing(measure: Measure) -> bool:
    held = [] if measure.literals is None else measure.literals.values.tolist()
    return measure.kind == Kind.NUMBER and measure.unit != "clock" and min(held, default=1) == 0 < max(held)


def _is_whole(draft: Draft, phrase: Phrase) -> bool:
    """Tell whether nothing is said of how much: no number, and no word that goes on behind the name."""
    beside = range(phrase.first - 2, phrase.end + 3)
    counted = any(quantity.first in beside or quantity.end - 1 in beside for quantity in draft.quantities)
    after = draft.words(phrase.end, phrase.end + 1)
    parted = not after or not after[0].isalpha() or after[0] in ("and", "in", "or", "but", "please", "near")
    return not counted and parted


def _asks(draft: Draft) -> bool:
    return draft.words(0, 1) in (["how"], ["what"], ["whats"], ["when"])
