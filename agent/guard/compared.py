"""What the guard asks of measures in words of a language model: how long, how old, and beside which other?

A stretch or a comparison that the stored values bear out is taken out of the words, so that what is left can
be asked for what stands behind it; one that they do not bear out is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from agent.builtin.lexicon.load import words
from agent.guard.known import Known, has_phrase
from agent.guard.names import titled
from agent.guard.spans import Span, ratios, spans
from kg.graph import KnowledgeGraph
from kg.types import YEAR, ItemId
from tools.types import Links, Mention

_UNITS = {"min": ("min", "minutes"), "page": ("pages", "page")}
_LATER = frozenset(("later", "newer", "younger", "after", "longer"))
_YEARS = frozenset(
    ("older", "newer", "younger", "oldest", "newest", "earliest", "latest", "earlier", "later")
)
_MORE = frozenset(("newer", "younger", "later", "longer", "newest", "latest", "longest"))
_MOST = frozenset(("oldest", "newest", "earliest", "latest", "longest", "shortest"))
_COMPARED = re.compile(
    r"\b(?:(?P<most>oldest|newest|earliest|latest|longest|shortest)"
    r"|(?P<than>older|newer|younger|longer|shorter)|(?P<the>(?<=the )(?:earlier|later)))\b",
    re.IGNORECASE,
)
_SIZE = re.compile(
    r"(?<!so )(?<!as )(?<!how )(?<!too )\b(?:(?P<short>short|brief|slim)|(?P<long>long))\b(?! as| ago)"
)
_NO_ITEM = re.compile(
    r"\b(?:no|any|some\w*|anything|what\w*|rather|much|order\w*|from|to)\s+$", re.IGNORECASE
)
_SHOWN = re.compile(
    r"\s+\w+\s+here\b|(?:\s+(?:one|film|movie|book|novel)\b)?\s*"
    r"(?:$|[,.;:!)]|(?:and|but|here|with|yet|at|from|is|was|who|by\s+far)\b|of\s+(?:these|those|them|all|the|both)\b)"
)
_LISTED = re.compile(r"\s+(?:(?:to|first|last)\b|ones?\s+first\b)", re.IGNORECASE)
_OWNER = re.compile(r"['’]s?\s+(?:\w+\s+)?$")
_BEHIND = re.compile(r"\s*(?:than|as|after|before)?\s*(?:the\s+)?$", re.IGNORECASE)
_PART = re.compile(r"[,;.!?]|\band\b|\bbut\b", re.IGNORECASE)
_MADE = re.compile(r"\b(?:made|released|published|written|shot|filmed|out)\s+$", re.IGNORECASE)
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Measured:
    """Words without the measures that are borne out, as long as they were, and what is wrong with one."""

    text: str
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    graph: KnowledgeGraph
    text: str
    links: Links
    known: Known

    def named(self, start: int, end: int) -> list[tuple[Mention, ItemId]]:
        """Return the items shown that words name between two places."""
        found = []
        for each in self.links.mentions:
            if start <= each.start < end:
                found += [(each, key) for key in titled(each, self.known)[:1]]
        return found

    def sentence(self, place: int) -> tuple[int, int]:
        start = max(self.text.rfind(mark, 0, place) for mark in ".!?") + 1
        ends = [end for mark in ".!?" if (end := self.text.find(mark, place)) >= 0]
        return start, min(ends, default=len(self.text))

    def subject(self, start: int, end: int) -> ItemId | None:
        """Return the one item that words between two places are about; None where that is not clear."""
        part = max((m.end() for m in _PART.finditer(self.text, 0, start)), default=0)
        behind = _PART.search(self.text, end)
        here = self._about(part, behind.start() if behind else len(self.text))
        if len(here) == 1:
            return here[0]
        here = self._about(*self.sentence(start)) or self._about(0, start)[-1:]
        if here:
            return here[0]
        return self.known.lines[0] if len(self.known.lines) == 1 else None

    def _about(self, start: int, end: int) -> list[ItemId]:
        """Return the items named there, but for those that something is compared with."""
        own = [(m, key) for m, key in self.named(start, end) if not self._is_compared(m)]
        return list(dict.fromkeys(key for _, key in own))

    def _is_compared(self, mention: Mention) -> bool:
        before = self.text[: mention.start].casefold().rstrip()
        return before.removesuffix(" the").endswith((" than", " after", " before", " as", " like"))

    def other(self, subject: ItemId, end: int) -> ItemId | None:
        """Return the item that one is compared with: the one named behind, the other one, the one before."""
        behind = [(m, key) for m, key in self.named(end, self.sentence(end)[1]) if key != subject]
        if behind and _BEHIND.fullmatch(self.text[end : behind[0][0].start]):
            return behind[0][1]
        lines = list(self.known.lines)
        if subject not in lines or re.match(r"\s+than\b", self.text[end:]):
            return None
        place = lines.index(subject)
        if len(lines) == _PAIR:
            return lines[1 - place]
        return lines[place - 1] if place else None


def measured(graph: KnowledgeGraph, text: str, links: Links, known: Known) -> Measured:
    """Return words without the measures that stored values bear out, or what is wrong with one."""
    said = _Words(graph, text, links, known)
    gone: list[tuple[int, int]] = []
    for check in (_stretches, _comparisons, _sizes):
        for start, end, problem in check(said):
            if any(first < end and start < last for first, last in gone):
                continue
            if problem:
                return Measured(text, problem)
            gone.append((start, end))
    left = text
    for start, end in gone:
        left = left[:start] + " " * (end - start) + left[end:]
    return Measured(left)


_Found = Iterator[tuple[int, int, str | None]]


def _stretches(said: _Words) -> _Found:
    """Yield the stretches of time and pages that are told, each with what is wrong with it."""
    for each in (*ratios(said.text), *spans(said.text)):
        if has_phrase(said.text[slice(*said.sentence(each.start))], words("notes", "offers")):
            continue
        subject = said.subject(each.start, each.end)
        told = said.text[each.start : each.end]
        keys = [subject] if subject else list(said.known.lines)
        holds = _is_compared_so if each.how else _is_so
        fine = bool(keys) and all(holds(said, key, each) for key in keys)
        start, end = _with_reference(said, subject, each)
        yield start, end, None if fine else f"tells {told!r}, which nothing stored bears out"


def _with_reference(said: _Words, subject: ItemId | None, span: Span) -> tuple[int, int]:
    """Return where a stretch begins and ends with the verb before it and what it is compared with."""
    verb = _MADE.search(said.text[: span.start])
    start = verb.start() if verb else span.start
    behind = [m for m, key in said.named(span.end, said.sentence(span.end)[1]) if key != subject]
    led = span.how and behind and _BEHIND.fullmatch(said.text[span.end : behind[0].start])
    return start, behind[0].end if led else span.end


def _is_so(said: _Words, key: ItemId, span: Span) -> bool:
    value = _value(said.graph, key, span.unit)
    return value is not None and span.low <= value <= span.high


def _is_compared_so(said: _Words, key: ItemId, span: Span) -> bool:
    other = said.other(key, span.end)
    unit = _of_length(said.graph, key) if span.unit == "times" else span.unit
    if other is None or unit is None:
        return False
    one, two = _value(said.graph, key, unit), _value(said.graph, other, unit)
    if one is None or two is None:
        return False
    if span.unit == "times":
        return span.low <= one / max(two, 1) <= span.high
    apart = abs(one - two) if span.how == "apart" else (one - two if span.how in _LATER else two - one)
    rough = 0 if unit == "year" or span.low != span.high else apart * 0.12
    return span.low - rough <= apart <= span.high + rough


def _comparisons(said: _Words) -> _Found:
    """Yield the words that compare age or length, each with what is wrong with it."""
    for match in _COMPARED.finditer(said.text):
        word, start, end = match[0].casefold(), match.start(), match.end()
        sentence = said.text[slice(*said.sentence(start))]
        subject = said.subject(start, end)
        listed = _NO_ITEM.search(said.text[:start]) or _LISTED.match(said.text[end:])
        if subject is None or listed or has_phrase(sentence, words("notes", "offers")):
            continue
        if word in _MOST:
            owned = _OWNER.search(said.text[:start]) and not re.match(
                r"\s*(?:\w+\s+)?here\b", said.text[end:]
            )
            fine = (
                not owned
                and (_SHOWN.match(said.text[end:]) is not None or bool(said.named(end, end + 2)))
                and _is_most(said, subject, word)
            )
        else:
            other = said.other(subject, end)
            if other is None and not re.match(r"\s+than\b", said.text[end:]):
                continue
            fine = other is not None and _is_more(said, subject, other, word)
        yield start, end, None if fine else f"calls something {word}, which nothing stored bears out"


def _is_most(said: _Words, key: ItemId, word: str) -> bool:
    if len(said.known.lines) < _PAIR:
        return False
    return all(_is_more(said, key, each, word, ties=True) for each in said.known.lines if each != key)


def _is_more(said: _Words, key: ItemId, other: ItemId, word: str, *, ties: bool = False) -> bool:
    unit = "year" if word in _YEARS else _of_length(said.graph, key)
    one, two = (_value(said.graph, each, unit) if unit else None for each in (key, other))
    if one is None or two is None:
        return False
    return (one > two if word in _MORE else one < two) or (ties and one == two)


def _sizes(said: _Words) -> _Found:
    """Yield the words that call an item short or long and that its length bears out."""
    for match in _SIZE.finditer(said.text):
        subject = said.subject(match.start(), match.end())
        keys = [subject] if subject else list(said.known.lines)
        if keys and all(_is_sized(said.graph, key, short=bool(match["short"])) for key in keys):
            yield match.start(), match.end(), None


def _is_sized(graph: KnowledgeGraph, key: ItemId, *, short: bool) -> bool:
    unit = _of_length(graph, key)
    value = _value(graph, key, unit) if unit else None
    if unit is None or value is None:
        return False
    middle = _middle(graph, unit)
    return value <= middle if short else value > middle


def _of_length(graph: KnowledgeGraph, key: ItemId) -> str | None:
    """Return the unit of an item's length, by what is stored of it."""
    return next((unit for unit in _UNITS if _value(graph, key, unit) is not None), None)


def _value(graph: KnowledgeGraph, key: ItemId, unit: str) -> float | None:
    """Return the year of an item, or the one number that is stored of it in a unit."""
    if unit == "year":
        year = graph.item(key).year
        return float(year) if year else None
    values = [label for name in _relations(graph, unit) for label in graph.labels(key, name)]
    try:
        return float(values[0]) if len(values) == 1 else None
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _relations(graph: KnowledgeGraph, unit: str) -> tuple[str, ...]:
    return tuple(
        str(each.name) for each in graph.relations if each.unit in _UNITS.get(unit, ()) and each.name != YEAR
    )


@lru_cache(maxsize=64)
def _middle(graph: KnowledgeGraph, unit: str) -> float:
    found = [graph.literals(name) for name in _relations(graph, unit)]
    values: Sequence[float] = [float(v) for each in found if each is not None for v in each.values]
    return float(np.median(values)) if values else 0.0
