"""Measures: the relations of a catalogue that can be compared, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from agent.builtin.lexicon.load import tables
from agent.builtin.lexicon.units import MONEY, Unit, unit_called, units
from agent.builtin.parse.adjectives import compared_forms
from agent.builtin.parse.flag_names import names_of_flag
from agent.builtin.parse.topics import sections, spoken, topics_of
from kg.categories import synonyms_of
from kg.graph import KnowledgeGraph
from kg.literals import KINDS, Literals, among
from kg.text import name_key
from kg.types import YEAR, Kind, Relation
from kg.values import shown
from tools.words import singular

Form = Literal["name", "verb", "low", "high", "lower", "higher", "lowest", "highest", "label"]
End = Literal["low", "high"]
Words = tuple[str, ...]
_FORMS: Mapping[str, tuple[Form, Form]] = {"low": ("lower", "lowest"), "high": ("higher", "highest")}
_OTHER: Mapping[str, End] = {"low": "high", "high": "low"}
_ENDS: tuple[End, End] = ("low", "high")
_OUT_OF = (5.0, 10.0, 100.0)
_ENDS_OF_RANGES = (("min",), ("max",))  # 'min players' is counted in players, not in minutes
_BOUNDING = frozenset("min max minimum maximum".split())
_MEANS = frozenset("avg average mean total".split())


@dataclass(frozen=True, slots=True)
class Measure:
    """A relation that can be compared: a number, a date, a flag, or a category with a `scale`.

    `topics` are what it measures ("price"), by its name and unit; `own` its words in the catalogue's wording.
    """

    name: str
    kind: Kind
    unit: str = ""
    scale: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    own: Mapping[str, Sequence[str]] = field(default_factory=dict, compare=False)
    literals: Literals | None = field(default=None, compare=False, repr=False)

    @property
    def said_unit(self) -> Unit | None:
        """What its numbers are counted in; None if that is not known."""
        return unit_called(self.unit) if self.unit else None

    @property
    def is_money(self) -> bool:
        """Whether any currency fits, or its own one."""
        unit = self.said_unit
        return "price" in self.topics or (unit is not None and unit.dimension in MONEY)

    @property
    def out_of(self) -> float:
        """What its values are out of, such as 5 stars; 0 if it is no rating."""
        if "rating" not in self.topics:
            return 0.0
        top = float(self.literals.values.max(initial=0)) if self.literals is not None else 0.0
        return next((most for most in _OUT_OF if top <= most), 0.0)

    def third(self, end: End) -> str | None:
        """Return the value that bounds the lowest ("low") or highest third; None if nothing is known."""
        held = self.literals
        if held is None or not len(held.values):
            return None
        place = (len(held.values) - 1) // 3
        at = held.order[place if end == "low" else len(held.values) - 1 - place]
        return shown(held.kind, held.values[at])


YEAR_OF_ITEMS = Measure(str(YEAR), Kind.NUMBER, topics=("released",))  # is only sorted by; read elsewhere


class Said(NamedTuple):
    """What a phrase says: of one of the `measures`, by which form of its words."""

    form: Form
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """All measures of a catalogue and the phrases that speak of them, by first word.

    `by_date`: the newest and the oldest are told by a date rather than by the year. `own`: of a person's own
    table, whose columns are what requests are about.
    `of_domain` are those that items of one domain have, in a catalogue of several: films have no pages.
    """

    every: tuple[Measure, ...] = ()
    phrases: Mapping[str, tuple[tuple[Words, tuple[Said, ...]], ...]] = field(default_factory=dict)
    has_years: bool = False
    by_date: bool = False
    own: bool = False
    of_domain: Mapping[str, Measures] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Tell whether anything can be compared."""
        return bool(self.every)

    def said_at(self, words: Sequence[str], i: int) -> tuple[int, tuple[Said, ...]]:
        """Return the length of the longest phrase that begins at a word, and what it may say."""
        for phrase, said in self.phrases.get(words[i], ()):
            if tuple(words[i : i + len(phrase)]) == phrase:
                return len(phrase), said
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
    dated, own = bool((graph.years > 0).any()), bool(wording)
    several = graph.domains if len(graph.domains) > 1 else ()
    domains = {name: [each for each in every if _is_of(graph, each, name)] for name in several}
    return _said_of(every, dated, {name: _said_of(held, dated) for name, held in domains.items()}, own)


def _is_of(graph: KnowledgeGraph, measure: Measure, domain: str) -> bool:
    """Tell whether any item of a domain has a value."""
    return bool(among(graph.find([], domain=domain), graph.known(measure.name)).any())


def _said_of(
    every: Sequence[Measure], dated: bool, of_domain: Mapping[str, Measures] | None = None, own: bool = False
) -> Measures:
    found: dict[Words, dict[Form, list[Measure]]] = {}
    ends: tuple[Form, Form] = ("lowest", "highest")
    by_date = own and any(each.kind == Kind.DATE and "released" in each.topics for each in every)
    for end in ends if own and dated and not by_date else ():
        found |= {spoken(phrase): {end: [YEAR_OF_ITEMS]} for phrase in _of_topics(YEAR_OF_ITEMS, end)}
    for phrases in (_phrases, _ends_of_names):  # own ones first: 'most rated' tells votes, not a rating
        taken = frozenset(found)
        for measure in every:
            for phrase, form in phrases(measure):
                held = found.setdefault(phrase, {}).setdefault(form, []) if phrase not in taken else []
                held += [measure] if measure not in held else []
    by_first: dict[str, list[tuple[Words, tuple[Said, ...]]]] = {}
    for phrase, forms in sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])):
        said = tuple(Said(form, tuple(_ranked(held, of_domain))) for form, held in forms.items())
        by_first.setdefault(phrase[0], []).append((phrase, said))
    held_by = {word: tuple(held) for word, held in by_first.items()}
    return Measures(tuple(every), held_by, dated, by_date, own, of_domain or {})


def _ranked(held: Sequence[Measure], of_domain: Mapping[str, Measures] | None) -> list[Measure]:
    """Return the measures of a phrase, the likeliest first: of the shortest name, then by alphabet.

    In a catalogue of several domains that of most items comes first.
    """
    return sorted(
        held,
        key=lambda each: (
            -_known_of(each) if of_domain else 0,
            not each.topics or each.name == "stars",  # a rating before the class of a hotel
            each.name.count("_"),
            each.name,
        ),
    )


def _known_of(measure: Measure) -> int:
    return len(measure.literals.values) if measure.literals is not None else 0


def _measure(relation: Relation, own: Mapping[str, Any], literals: Literals | None) -> Measure:
    name = str(relation.name)
    unit = relation.unit or str(own.get("unit", "") or "")
    named = [spoken(said) for said in (name.replace("_", " "), *own.get("agent", ()))]
    words = [word for said in named for word in (said[1:] if said[:1] in _ENDS_OF_RANGES else said)]
    kind = relation.kind if relation.kind in KINDS else Kind.CATEGORY
    topics = tuple(topics_of(kind, words, unit))
    said = {form: tuple(own.get(form) or ()) for form in ("agent", "verb", "low", "high")}
    return Measure(name, kind, unit, relation.scale, topics, said, literals)


def _phrases(measure: Measure) -> Iterator[tuple[Words, Form]]:
    """Yield every phrase that speaks of a measure, with its form."""
    for name in dict.fromkeys(_names(measure)):
        yield name, "name"
    if measure.kind == Kind.FLAG:
        return
    for phrase in (*measure.own.get("verb", ()), *_of_topics(measure, "verbs")):
        yield spoken(phrase), "verb"
    for end in _ENDS:
        adjectives = (*measure.own.get(end, ()), *_of_topics(measure, end), *_ends_of_scale(measure, end))
        yield from _adjectives(adjectives, end)
        for form in _FORMS[end]:
            yield from ((spoken(phrase), form) for phrase in _of_topics(measure, form))
    for label in measure.scale:
        yield spoken(label), "label"


def _ends_of_names(measure: Measure) -> Iterator[tuple[Words, Form]]:
    """Yield what may be said of the ends of any measure but a flag: 'the lowest price'."""
    for end in _ENDS if measure.kind != Kind.FLAG else ():
        for form in (end, *_FORMS[end]):
            for word in tables("measures")[f"any {form}"]:
                yield from (((word, *name), form) for name in dict.fromkeys(_names(measure)))


def _of_topics(measure: Measure, form: str) -> Iterator[str]:
    for topic in measure.topics:
        yield from sections(form).get(topic, ())


def _ends_of_scale(measure: Measure, end: End) -> tuple[str, ...]:
    """Return the adjective that a scale ends in: 'light' of light, medium, full."""
    if not measure.scale:
        return ()
    label = measure.scale[0 if end == "low" else -1].casefold()
    return (label,) if label.isalpha() and len(label) > len("pg") else ()


def _names(measure: Measure) -> Iterator[Words]:
    said = spoken(measure.name.replace("_", " "))
    yield said
    if measure.kind == Kind.FLAG and len(said) > 1 and said[0] in tables("measures")["flag prefixes"]:
        yield said[1:]
    if measure.kind == Kind.FLAG:
        yield from _as_kinds(" ".join(said))
        yield from names_of_flag(said)
    for phrase in measure.own.get("agent", ()):
        yield spoken(phrase)
    for phrase in _of_topics(measure, "names"):
        yield spoken(phrase)
    if measure.kind == Kind.NUMBER and len(said) > 1 and said[-1] in ("count", "number", "total"):
        yield said[:-1]
    if measure.scale and len(said) == 1:
        yield ((said[0][:-1] + "ied" if said[0].endswith("y") else said[0] + "ed"),)
    if measure.kind == Kind.NUMBER and len(said) > 1 and (said[0] in _BOUNDING or said[0] in _MEANS):
        yield said[1:]
        said = said[1:]
    if measure.kind == Kind.NUMBER and len(said) == 1 and singular(said[0]) not in (said[0], "rating"):
        yield (singular(said[0]),)
    if measure.kind == Kind.NUMBER and len(said) == 1 and not said[0].endswith("s"):
        yield (said[0] + "s",)
    if measure.kind == Kind.NUMBER and said[-1].endswith("ings") and "rating" not in said[-1]:
        yield from ((said[-1][:-4] + ending,) for ending in ("e", "es", "ing"))  # 'serves' of servings
    if measure.said_unit is not None and measure.said_unit.dimension in ("distance", "length"):
        yield from ((unit,) for unit, each in units().items() if each == measure.said_unit and len(unit) > 2)


def _as_kinds(name: str) -> Iterator[Words]:
    """Yield how items of a kind are called, where a flag is named after it: 'comedies' of Comedy."""
    known = synonyms_of(name_key(name))
    plural = name[:-1] + "ies" if name.endswith("y") else name + "s"
    for said in (*known, *([plural] if known or name in tables("measures")["kinds as flags"] else ())):
        yield spoken(said)


def _adjectives(adjectives: Sequence[str], end: End) -> Iterator[tuple[Words, Form]]:
    """Yield the forms of adjectives: 'cheap', 'cheaper', 'less expensive', 'least cheap'."""
    other = _OTHER[end]
    for adjective in dict.fromkeys(adjectives):
        base = spoken(adjective)
        yield base, end
        more, most = compared_forms(base)
        yield more, _FORMS[end][0]
        yield most, _FORMS[end][1]
        yield ("more", *base), _FORMS[end][0]
        yield ("most", *base), _FORMS[end][1]
        yield ("less", *base), _FORMS[other][0]
        yield ("least", *base), _FORMS[other][1]
        yield ("not", "as", *base), _FORMS[other][0]
        yield ("not", "so", *base), _FORMS[other][0]
