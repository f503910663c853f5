"""Measures: the relations of a catalogue that can be compared, and what is said of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.units import Unit, units
from agent.builtin.parse.measure import YEAR_OF_ITEMS, End, Form, Measure, Words, is_paid_for_time
from agent.builtin.parse.measure_forms import ends_in_name, names_cut, words_alone
from agent.builtin.parse.measure_phrases import (
    ends_of_names,
    further_ends,
    is_limit,
    is_own_end,
    is_size,
    is_sized,
    of_topics,
    phrases_of,
)
from agent.builtin.parse.table_labels import labels_of_nothing, lists_of
from agent.builtin.parse.topics import sections, spoken, topics_of
from kg.graph import KnowledgeGraph
from kg.literals import KINDS, Literals, among
from kg.stems import singular
from kg.types import Kind, Relation

__all__ = ["YEAR_OF_ITEMS", "End", "Form", "Measure", "Measures", "Said", "measures_of"]

_ENDS_OF_RANGES = (("min",), ("max",))  # 'min players' is counted in players, not in minutes
_OF_TIMES = (("to",), ("from",), ("by",), ("for",), ("of",))  # 'min to station' is counted in minutes


class Said(NamedTuple):
    """What a phrase says: of one of the `measures`, by which form of its words."""

    form: Form
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """All measures of a catalogue and the phrases that speak of them, by first word.

    `by_date`: the newest and the oldest are told by a date rather than by the year. `own`: of a person's own
    table, whose columns are what requests are about.
    `other`: names of what is not compared. `nothing`: by the name of a relation, it and its label that says
    there is none. `lists`: relations of which items have several labels. `texts`: items have texts.
    `nouns`: the single words that items of a person's own table are called by, and those of what is counted.
    `of_domain` are those that items of one domain have, in a catalogue of several: films have no pages.
    """

    every: tuple[Measure, ...] = ()
    phrases: Mapping[str, tuple[tuple[Words, tuple[Said, ...]], ...]] = field(default_factory=dict)
    has_years: bool = False
    by_date: bool = False
    own: bool = False
    of_domain: Mapping[str, Measures] = field(default_factory=dict)
    other: frozenset[Words] = frozenset()
    nothing: Mapping[Words, tuple[str, str]] = field(default_factory=dict)
    lists: frozenset[str] = frozenset()
    texts: bool = False
    nouns: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Tell whether anything can be compared."""
        return bool(self.every)

    def said_at(self, said: Sequence[str], i: int) -> tuple[int, tuple[Said, ...]]:
        """Return the length of the longest phrase that begins at a word, and what it may say."""
        for phrase, forms in self.phrases.get(said[i], ()):
            if tuple(said[i : i + len(phrase)]) == phrase:
                return len(phrase), forms
        return 0, ()


def _offered(graph: KnowledgeGraph, relation: str) -> Literals | None:
    """Return the literals of the items that can be recommended: a third of these is cheap."""
    literals = graph.literals(relation)
    return literals and literals.below(graph.catalogue.offered)


def measures_of(graph: KnowledgeGraph) -> Measures:
    """Return what can be compared in a catalogue; the year of items is read elsewhere."""
    wording = (graph.catalogue.notes.get("wording") or {}).get("relations", {})
    every = tuple(
        _measure(each, wording.get(each.name, {}), _offered(graph, each.name))
        for each in graph.relations
        if (each.kind in KINDS and graph.catalogue.literals.get(each.name) is not None) or each.scale
    )
    every = _with_extras(every) if wording else every
    dated, own = bool((graph.years > 0).any()), bool(wording)
    several = graph.domains if len(graph.domains) > 1 else ()
    domains = {name: [each for each in every if _is_of(graph, each, name)] for name in several}
    other = _other_names(graph, wording)
    of_domain = {name: _said_of(held, dated) for name, held in domains.items()}
    nouns = (graph.catalogue.notes.get("wording") or {}).get("nouns", ())
    measures = _said_of(every, dated, of_domain, own, other, frozenset(map(spoken, nouns)))
    nothing, lists = labels_of_nothing(graph, wording), lists_of(graph, wording)
    called = (name for each in every if each.kind == Kind.NUMBER for name in (each.name, *each.own["agent"]))
    said = (word for noun in (*nouns, *called) for word in spoken(noun.replace("_", " ")))
    named = frozenset(form for word in said for form in (word, singular(word))) if own else frozenset()
    return replace(measures, nothing=nothing, lists=lists, texts=bool(graph.catalogue.texts), nouns=named)


def _with_extras(every: Sequence[Measure]) -> tuple[Measure, ...]:
    """Return measures with the money that is no price marked as such: parking beside an entry fee."""
    money = [each for each in every if each.is_money]
    named = words("measures", "names of prices")
    prices = [e for e in money if named & set(e.name.split("_")) and not e.is_beside_price]
    extras = [each for each in money if prices and each not in prices]
    return tuple(replace(each, extra=True) if each in extras else each for each in every)


def _other_names(graph: KnowledgeGraph, wording: Mapping[str, Mapping[str, Any]]) -> frozenset[Words]:
    """Return what the relations of a person's own table are called whose values are not compared: 'light'."""
    named = [
        each for each in graph.relations if each.kind not in KINDS and not each.scale and each.name in wording
    ]
    said = ((each.name.replace("_", " "), *wording[each.name].get("agent", ())) for each in named)
    return frozenset(spoken(phrase) for phrases in said for phrase in phrases)


def _is_of(graph: KnowledgeGraph, measure: Measure, domain: str) -> bool:
    """Tell whether any item of a domain has a value."""
    return bool(among(graph.find([], domain=domain), graph.known(measure.name)).any())


def _said_of(
    every: Sequence[Measure],
    dated: bool,
    of_domain: Mapping[str, Measures] | None = None,
    own: bool = False,
    other: frozenset[Words] = frozenset(),
    nouns: frozenset[Words] = frozenset(),
) -> Measures:
    found: dict[Words, dict[Form, list[Measure]]] = {}
    ends: tuple[Form, Form] = ("lowest", "highest")
    by_date = own and any(each.kind == Kind.DATE and "released" in each.topics for each in every)
    for end in ends if own and dated and not by_date else ():
        found |= {spoken(phrase): {end: [YEAR_OF_ITEMS]} for phrase in of_topics(YEAR_OF_ITEMS, end)}
    alone = _alone(every, (*other, *nouns)) if own else {}
    further = (ends_in_name, names_cut, further_ends) if own else ()
    sized = [each for each in every if own and is_sized(each)]
    counted = {name: (*alone[name], *said) for name, said in _units_alone(every).items()} if own else {}
    tiers = (phrases_of, _ends_of(counted), _names_alone(alone), *further)
    for phrases in tiers:  # 'most rated' tells votes, no rating
        taken = frozenset(found)
        for measure in every:
            limit = own and is_limit(measure)
            sizes = phrases is not further_ends and len(sized) > 1 and measure in sized
            items = nouns - {spoken(measure.name.replace("_", " "))} if measure.kind == Kind.FLAG else ()
            for phrase, form in phrases(measure):
                if not phrase or phrase in taken or (phrase in other and form in ("low", "high")):
                    continue  # 'low LIGHT' is not easy, where a relation is called so
                if _is_length_of_others(phrase, form, measure, found):
                    continue
                if phrase in items:
                    continue  # a 'car park' is no parking overnight
                if limit and form not in ("name", "verb") and is_size(phrase):
                    continue  # what may be 2 m high at most is not big
                if sizes and is_size(phrase):
                    continue  # 'small' may be of bedrooms and of guests
                held = found.setdefault(phrase, {}).setdefault(form, [])
                held += [measure] if not held or held[-1] is not measure else []
    by_first: dict[str, list[tuple[Words, tuple[Said, ...]]]] = {}
    for phrase, forms in sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])):
        said = tuple(Said(form, tuple(_ranked(held, of_domain, phrase))) for form, held in forms.items())
        by_first.setdefault(phrase[0], []).append((phrase, said))
    held_by = {word: tuple(held) for word, held in by_first.items()}
    return Measures(tuple(every), held_by, dated, by_date, own, of_domain or {}, other)


def _alone(every: Sequence[Measure], other: Collection[Words]) -> dict[str, tuple[Words, ...]]:
    """Return the single words that name a measure alone, by its name: those of no other relation."""
    found = {}
    for measure in every:
        names = (each.name.split("_") for each in every if each is not measure)
        elsewhere = {singular(word) for said in (*names, *other) for word in said}
        found[measure.name] = tuple(words_alone(measure, elsewhere))
    return found


def _plurals_of(unit: Unit | None, counts: Counter[str]) -> Iterator[str]:
    """Yield the plural words for a unit in which one measure is counted."""
    if unit is not None and counts[unit.dimension] == 1:
        yield from (
            said for said, each in units().items() if each == unit and re.fullmatch("[a-z]{3,}s", said)
        )


def _units_alone(every: Sequence[Measure]) -> dict[str, tuple[Words, ...]]:
    """Return the units that only one measure here is counted in: 'the fewest HOURS' of engine hours."""
    held = {each.name: each.said_unit for each in every if each.said_unit and not each.is_money}
    counts = Counter(unit.dimension for unit in held.values())
    return {each.name: tuple((said,) for said in _plurals_of(held.get(each.name), counts)) for each in every}


def _ends_of(alone: Mapping[str, tuple[Words, ...]]) -> Callable[[Measure], Iterator[tuple[Words, Form]]]:
    return lambda measure: ends_of_names(measure, alone.get(measure.name, ()))


def _names_alone(alone: Mapping[str, tuple[Words, ...]]) -> Callable[[Measure], Iterator[tuple[Words, Form]]]:
    return lambda measure: ((phrase, "name") for phrase in alone.get(measure.name, ()))


def _is_length_of_others(
    phrase: Words, form: Form, measure: Measure, found: Mapping[Words, Mapping[Form, Sequence[Measure]]]
) -> bool:
    """Tell whether a length is none of a count where something else here is long: 'the LONGEST episodes'."""
    if len(phrase) == 1 or measure.unit or phrase[0] not in words("measures", "lengths"):
        return False
    return any(each.unit for each in found.get(phrase[:1], {}).get(form, ()))


def _ranked(
    held: Sequence[Measure], of_domain: Mapping[str, Measures] | None, phrase: Words
) -> list[Measure]:
    """Return the measures of a phrase, the likeliest first: called so, of the shortest name, by alphabet.

    In a catalogue of several domains that of most items comes first.
    """
    if len(held) == 1:
        return [*held]
    return sorted(
        held,
        key=lambda each: (
            -_known_of(each) if of_domain else 0,
            each.is_beside_price,
            each.is_money and each.name.startswith("max_"),  # a range of prices begins with the price
            not is_own_end(each, phrase),
            each.unit == "clock",  # the soonest is told by a date before a time of the day
            not each.topics or each.name == "stars",  # a rating before the class of a hotel
            phrase not in map(spoken, each.own.get("agent", ())),  # 'seats' of all, not of those free
            _is_timed_only(each),  # a length in hours before homework in hours
            each.name.count("_"),
            each.name,
        ),
    )


def _is_timed_only(measure: Measure) -> bool:
    """Tell whether only the unit of a measure says that it is a duration, not its name."""
    return "duration" in measure.topics and set(sections("topic")["duration"]).isdisjoint(
        measure.name.split("_")
    )


def _known_of(measure: Measure) -> int:
    return len(measure.literals.values) if measure.literals is not None else 0


def _measure(relation: Relation, own: Mapping[str, Any], literals: Literals | None) -> Measure:
    name = str(relation.name)
    unit = relation.unit or str(own.get("unit", "") or "")
    named = [spoken(said) for said in (name.replace("_", " "), *own.get("agent", ()))]
    bound = named[0][:1] in _ENDS_OF_RANGES and named[0][1:2] not in _OF_TIMES
    told = [word for said in named for word in said if not (bound and (word,) in _ENDS_OF_RANGES)]
    kind = relation.kind if relation.kind in KINDS else Kind.CATEGORY
    told += ["price"] if own and not unit and is_paid_for_time(name) else []
    told += ["difficulty"] if own and "easy" in {label.casefold() for label in relation.scale} else []
    topics = tuple(topics_of(kind, told, unit))
    said = {form: tuple(own.get(form) or ()) for form in ("agent", "verb", "low", "high")}
    limitless = literals is not None and literals.is_limitless
    finite = literals and literals.finite()
    return Measure(name, kind, unit, relation.scale, topics, said, finite, limitless=limitless)
