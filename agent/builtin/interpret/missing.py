"""Values that are asked for as missing: 'energy class NOT GIVEN', 'UNKNOWN age'. No answer can tell them."""

from __future__ import annotations

from collections.abc import Iterator

from agent.builtin.interpret.compared import Draft
from agent.builtin.lexicon.load import tables

_SMALL = frozenset("is are was were has have been being of the a an it its whether which still".split())
_REACH = 4  # lexemes between a name and what says that its value is missing


def read_missing(draft: Draft) -> None:
    """Note what is asked for as missing as lost, and leave out the names it is said of."""
    for span in list(_missing(draft)) if draft.measures.own else ():
        draft.lost |= set(span)
        draft.phrases = [e for e in draft.phrases if not set(span) & set(range(e.first, e.end))]


def _missing(draft: Draft) -> Iterator[range]:
    for said in tables("measures")["missing"]:
        words = said.split()
        for i in range(len(draft.said) - len(words) + 1):
            span = range(i, i + len(words))
            if draft.words(i, span.stop) != words or any(draft.said[place].named for place in span):
                continue
            if (first := _name_before(draft, i)) is not None:
                yield range(first, span.stop)
            elif (end := _name_behind(draft, span.stop)) is not None:
                yield range(i, end)


def _name_before(draft: Draft, i: int) -> int | None:
    """Return where the name of a measure begins behind which a lexeme stands: 'the AGE is unknown'."""
    for phrase in draft.phrases:
        between = draft.words(phrase.end, i)
        if phrase.end <= i and len(between) <= _REACH and set(between) <= _SMALL and phrase.measures("name"):
            denied = draft.words(phrase.first - 1, phrase.first) in (["without"], ["no"])
            return phrase.first - denied
    return None


def _name_behind(draft: Draft, end: int) -> int | None:
    """Return where the name of a measure ends that a lexeme leads to: 'unknown number of EPISODES'."""
    for phrase in draft.phrases:
        between = set(draft.words(end, phrase.first))
        near = 0 <= phrase.first - end <= _REACH and between <= _SMALL | {"number", "amount"}
        if near and phrase.measures("name"):
            return phrase.end
    return None
