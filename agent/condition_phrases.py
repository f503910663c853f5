"""How one condition is said: a kind before the noun, what items have after it, bounds of years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from agent.phrasing import PASSIVE, listed, said
from agent.quantity_text import compared, is_compared
from kg.graph import KnowledgeGraph
from kg.relations import KINDS
from kg.types import TITLE, YEAR, Kind

_NONE = "none"  # a label that says that there is none
_PLURALS = {"movie": "films", "book": "books"}
_HEADS = (  # what is a kind by itself, the likelier noun of several first
    "novel drama thriller comedy western musical documentary mystery romance tragedy memoir biography"
    " autobiography satire parody epic story tale fable play poem essay biopic cartoon game"
).split()
_MASS = frozenset(("fiction", "literature", "poetry", "non-fiction", "nonfiction"))
_ADJECTIVES = {"romance": "romantic", "animation": "animated"}
_OWN_PLURALS = {"film-noir": "film noirs", "essays": "essays", "short stories": "short stories"}
_ATTRIBUTES = frozenset(("genre", "media_type"))
_CERTIFICATES = ("age_rating", "content_rating")
_SERIES = re.compile(r"\b(?:series|saga|trilogy|cycle|stories|chronicles|universe|books)$", re.IGNORECASE)
_LANGUAGE = re.compile(r" language\b", re.IGNORECASE)
_PARTICIPLE = re.compile(r"\w+(?:ed|en|wn)|made|sold|kept|built|cut|set|told|sung")
_TYPICAL = {
    "films": frozenset("actor director composer cinematographer writer producer editor distributor".split()),
    "books": frozenset("author publisher cover_artist".split()),
}
_FULL = 10  # years of a decade


class Stated(NamedTuple):
    """A condition as it is said: relation, comparison, value."""

    relation: str
    value: str
    op: str = "is"

    @classmethod
    def of(cls, condition: Mapping[str, Any]) -> Stated:
        """Read a condition of an answer as data."""
        return cls(condition["relation"], str(condition["value"]), condition.get("op") or "is")


@dataclass(frozen=True, slots=True)
class Words:
    """How a catalogue calls things: kinds of its relations, plurals of its domains, its own words."""

    kinds: Mapping[str, Kind] = field(default_factory=lambda: KINDS)
    plurals: Mapping[str, str] = field(default_factory=lambda: _PLURALS)
    own: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    scales: frozenset[str] = frozenset()

    @classmethod
    def of(cls, graph: KnowledgeGraph) -> Words:
        """Return the words of a catalogue."""
        wording = graph.catalogue.notes.get("wording") or {}
        kinds = {str(each.name): each.kind for each in graph.relations}
        named = wording.get("nouns", ())
        own = next((noun for noun in named if noun.endswith("s") and noun[:-1] in named), "")
        plurals = {name: _PLURALS.get(name) or own or plural(name) for name in graph.domains}
        scales = frozenset(str(each.name) for each in graph.relations if each.scale)
        units = {str(each.name): each.unit for each in graph.relations if each.unit}
        return cls(kinds, plurals, wording.get("relations", {}), units, scales)

    def noun(self, domains: Iterable[str]) -> str:
        """Return what items of these domains are called together."""
        return listed(list(dict.fromkeys(self.plurals.get(each, "items") for each in domains))) or "items"


def is_year(each: Stated, words: Words) -> bool:
    """Tell whether a condition bounds the year; in words of its own it does not."""
    return each.relation == YEAR and (each.op != "is" or YEAR not in words.kinds)


def is_attribute(each: Stated, words: Words) -> bool:
    """Tell whether a value stands before the noun: a genre, or 'red' of wines."""
    own = words.own.get(each.relation, {})
    plain = (
        each.value != _NONE
        and each.value.islower()
        and each.value.isalpha()
        and not own.get("verb")
        and not own.get("preposition")
    )
    category = words.kinds.get(each.relation) == Kind.CATEGORY and each.op == "is"
    return each.relation in _ATTRIBUTES or (category and plain and each.relation != "language")


def by_relation(conditions: Iterable[Stated]) -> list[list[Stated]]:
    """Return conditions by relation, in the order in which relations come first."""
    found: dict[str, list[Stated]] = {}
    for each in conditions:
        found.setdefault(each.relation, []).append(each)
    return list(found.values())


def noun_of(conditions: Sequence[Stated], noun: str) -> str:
    """Return what items of such relations are called, where that is one thing only; else `noun`."""
    relations = {each.relation for each in conditions}
    nouns = [each for each, typical in _TYPICAL.items() if relations & typical]
    return nouns[0] if len(nouns) == 1 else noun


# Kinds of items


def kind(attributes: Sequence[Stated], noun: str) -> str:
    """Return what items of several categories at once are called: 'romantic comedies', 'horror films'."""
    labels = list(dict.fromkeys(_lower(each.value) for each in attributes))
    if not labels:
        return noun
    if len(labels) == 1:
        return kinds_of(labels[0], noun)
    head = next((label for wanted in _HEADS for label in labels if _last(label) == wanted), None)
    shared = f" {_last(head)}" if head else ""  # two kinds of novel are one novel
    before = [_ADJECTIVES.get(label, label).removesuffix(shared) for label in labels if label != head]
    return f"{' '.join(before)} {plural(head) if head else noun}"


def kinds_of(label: str, noun: str) -> str:
    """Return what items of one category are called: 'westerns', 'horror films', 'science fiction'."""
    label = _lower(label)
    if label in _OWN_PLURALS:
        return _OWN_PLURALS[label]
    if _last(label) in _HEADS:
        return plural(label)
    if _last(label) in _MASS and noun == "books":
        return label
    return label if _last(label) == noun else f"{_ADJECTIVES.get(label, label)} {noun}"


def _lower(label: str) -> str:
    return label if label.isupper() else label.lower()


def _last(label: str) -> str:
    return label.rsplit(" ", 1)[-1]


def plural(label: str) -> str:
    """Return the plural of an English noun, of the last word of several."""
    if re.search(r"[^aeiou]y$", label):
        return label[:-1] + "ies"
    return label + ("es" if re.search(r"(?:s|x|z|ch|sh)$", label) else "s")


def any_kind(kinds: Sequence[Stated], noun: str) -> str:
    """Return kinds to choose from, the noun said once: 'westerns', 'horror or war films, or westerns'."""
    labels = dict.fromkeys(kinds_of(each.value, noun) for each in kinds)
    before = [label.removesuffix(f" {noun}") for label in labels if label.endswith(f" {noun}")]
    own = [label for label in labels if not label.endswith(f" {noun}")]
    shared = [f"{listed(before, 'or')} {noun}"] if before else []
    both = [*own, *shared] if next(iter(labels)) in own else [*shared, *own]
    return ", or ".join([shared[0], listed(own, "or")]) if len(before) > 1 and own else listed(both, "or")


# What they have


def phrase(group: Sequence[Stated], words: Words, last: str = "and") -> str:
    """Return conditions on one relation as what is said after a noun: 'with Tom Hanks', 'from Portugal'."""
    relation = group[0].relation
    if is_year(group[0], words):
        return of_years(group) if last == "and" else listed([of_years([each]) for each in group], last)
    if relation == TITLE and group[0].op == "contains":
        return f"with {listed([f'“{each.value}”' for each in group], last)} in the title"
    if any(each.op == "contains" for each in group):
        told = [f"“{each.value}”" if each.op == "contains" else each.value for each in group]
        return f"with {listed(told, last)} in the {said(relation)}"
    of_kind = words.kinds.get(relation, Kind.OTHER)
    if is_compared(group[0].op, of_kind):
        return compared(group, of_kind, words.units.get(relation, ""), last)
    names = listed([each.value for each in group], last)
    if (known := _known(relation, names)) is not None:
        return known
    if names == _NONE:
        return f"with no {said(relation)}"
    own = words.own.get(relation, {})
    verb = next((v for v in own.get("verb", ()) if _PARTICIPLE.fullmatch(v.split()[0]) and " " in v), None)
    if verb or own.get("preposition"):
        return f"{verb or own['preposition'][0]} {names}"
    if of_kind == Kind.PLACE:
        return f"from {names}"
    if of_kind == Kind.SERIES:
        return f"in the {names}" if _SERIES.search(names) else f"in the series {names}"
    if relation in _CERTIFICATES and "rated" not in names.casefold():
        return f"rated {names}"
    return f"of the {said(relation)} {names}"


def _known(relation: str, names: str) -> str | None:
    if relation == "author":
        return f"by {names}"
    if relation in PASSIVE:
        return f"{PASSIVE[relation]} {names}"
    if relation == "language":
        return f"in {_LANGUAGE.sub('', names)}"
    fixed = {"actor": "with", "cover_artist": "with a cover by", "previous_work": "that follow"}
    fixed |= {"subsequent_work": "that come before"}
    return f"{fixed[relation]} {names}" if relation in fixed else None


# Years


def of_years(years: Sequence[Stated]) -> str:
    """Return bounds of years: 'from the 1980s', 'from 1960 to 1964', 'from 1980 on', 'before 1950'."""
    first, last = _bounds(years)
    if first is None:
        return f"up to {last}" if all(each.op != "<" for each in years) else f"before {(last or 0) + 1}"
    if last is None:
        return f"from {first} on" if all(each.op != ">" for each in years) else f"after {first - 1}"
    if first == last:
        return f"from {first}"
    if last - first == _FULL - 1 and not first % _FULL:
        return f"from the {first}s"
    return f"from {first} to {last}"


def _bounds(years: Sequence[Stated]) -> tuple[int | None, int | None]:
    firsts = [int(each.value) + (each.op == ">") for each in years if each.op in ("is", ">=", ">")]
    lasts = [int(each.value) - (each.op == "<") for each in years if each.op in ("is", "<=", "<")]
    return max(firsts, default=None), min(lasts, default=None)
