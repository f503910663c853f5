"""The part of a clause that asks, where the whole is not read: 'is it horror *by your books*'."""

from __future__ import annotations

from collections.abc import Iterator

from agent.builtin.interpret.questions.clauses import Clause, heads, is_head, openings
from agent.builtin.interpret.questions.types import FactQuestion
from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import PERSON_NOUNS

_MARKS = frozenset(",;:()-–—/")
_HEADS = heads() | openings("opinions")
_LEAST = 2  # words of a question
_OF_ITEMS = frozenset(("value", "yes_no", "about", "opinion", "series", "neighbour", "same", "compare"))
_ENDING = frozenset("by for in at on with from since because but or and so as when while than if".split())
_NO_SUBJECT = PERSON_NOUNS | {"a", "an", "the", "to", "that", "this", "someone", "somebody"}
_JOINTS = frozenset("and but or so".split())
_KNOWN = frozenset("know knew knows".split())


def parts(clause: Clause) -> Iterator[Clause]:
    """Yield the parts of a clause that may be its question: without its end, then from later words on.

    An end begins at a mark inside the clause, or with a word that joins it; the longest part comes first.
    """
    yield from beginnings(clause)
    yield from later_parts(clause)


def later_parts(clause: Clause) -> Iterator[Clause]:
    """Yield what a clause asks from a later word on, and its beginnings."""
    for place in range(1, len(clause) - 1):
        if clause.words[place] not in _HEADS:
            continue
        rest = clause.since(place)
        if rest.at("opinions") or (is_head(rest) and not _is_relative(clause, place)):
            yield rest
            yield from beginnings(rest)


def after_mark(clause: Clause) -> Clause | None:
    """Return a clause up to its first inner mark; None if it has none."""
    place = next(_marked(clause), None)
    return clause.since(0, place) if place else None


def is_sure(question: FactQuestion | None) -> bool:
    """Tell whether a part says enough to be answered: what is asked, and of which item."""
    if question is None or question.kind not in _OF_ITEMS:
        return False
    subject = question.subject
    return bool(subject.titles) or (subject.points and not subject.slot)


def is_of_one(clause: Clause) -> bool:
    """Tell whether a clause asks something of one item, whatever follows: 'is it horror by your books'."""
    pointing = clause.words[1:2] and clause.words[1] in ("it", "that", "this")
    return bool(clause.at("yes or no") and pointing) and not clause.has("lists")


def beginnings(clause: Clause) -> Iterator[Clause]:
    """Yield a clause without its end, the longest part first."""
    marked = list(_marked(clause))
    joined = [i for i in range(_LEAST, len(clause)) if clause.words[i] in _ENDING and i not in marked]
    for end in (*reversed(marked), *reversed(joined)):
        if end >= _LEAST:
            yield clause.since(0, end)


def _marked(clause: Clause) -> Iterator[int]:
    """Yield the places of a clause that a mark stands before."""
    pairs = zip(clause.pieces, clause.pieces[1:], strict=False)
    for i, (left, right) in enumerate(pairs, 1):
        between = clause.text[left.end : right.start]
        if _MARKS & set(between) and (between.strip() != "-" or " " in between):
            yield i


def _is_relative(clause: Clause, place: int) -> bool:
    """Tell whether a word of asking only belongs to what stands before it: 'the guy *who* shot it'."""
    before = clause.words[place - 1]
    if clause.words[place] in words("questions", "yes or no"):
        return before not in _JOINTS  # 'what *was* the first'
    agent = bool(before) and clause.pieces[place - 1].chunk.kind == "trigger"
    named = agent or not before or before in _NO_SUBJECT or before in words("questions", "item nouns")
    return named or before in words("questions", "many nouns") or bool(_KNOWN & set(clause.words[:place]))
