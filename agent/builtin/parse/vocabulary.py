"""What the reader must know of a catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from agent.builtin.lexicon import triggers as lexicon
from agent.builtin.lexicon.kinds import labels_of_kinds
from agent.builtin.lexicon.regions import labels_of_regions, regions
from agent.builtin.lexicon.triggers import Trigger
from agent.builtin.parse.catalogue_years import CatalogueYears
from agent.builtin.parse.chunks import Candidate
from agent.builtin.parse.label_parts import (
    codes_of,
    label_forms_of,
    label_kinds_of,
    label_parts_of,
    label_words_of,
)
from agent.builtin.parse.measures import Measures, measures_of
from kg.graph import KnowledgeGraph
from kg.literals import KINDS
from kg.text import fold
from kg.title_words import TitleWords
from kg.types import Kind, RelationName
from tools.title_parts import titles_of

_LITERAL = KINDS | {Kind.TEXT}
_MANY = 5000  # items of a table whose words are not gone through
_OPENS = re.compile(r"(?:^|[.!?;] +)[A-Z]")
_PLAIN = re.compile(r"(?<![\w-])[a-z]{4,}(?![\w-])")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the reader must know of the catalogue: relations, domains, and the triggers that follow from them.

    `nouns` are its own words for items, `categories` its own relations whose values are kinds of items,
    `prepositions` the words that lead to the values of a relation, `years` those that its items have,
    `genres` those of its genres that everyday words may stand for, `places` the countries of regions, both
    by label, `own_places` the regions that its own labels name. `measures` are the relations that can be
    compared; their names trigger nothing. `agents` are the catalogue's own words for its relations. `titles`
    are the words that items are called by, where these say what sort they are of, `label_parts` what begins
    with a word, `codes` the labels of one or two letters, by relation, `label_forms` those of one word, by it
    and its singular and plural, `label_kinds` a label with its kinds, by id: matt black of black,
    `label_words` the words of the labels of each relation of a person's own table, `own_words` the longer
    ones of its texts and labels.
    """

    relations: tuple[str, ...]
    domains: tuple[str, ...]
    triggers: dict[tuple[str, ...], tuple[Trigger, ...]]
    nouns: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    prepositions: Mapping[str, frozenset[str]] = field(default_factory=lambda: dict(lexicon.LEADS))
    years: CatalogueYears | None = None
    genres: Mapping[str, Candidate] = field(default_factory=dict)
    places: Mapping[str, Candidate] = field(default_factory=dict)
    own_places: Mapping[str, Candidate] = field(default_factory=dict)
    measures: Measures = field(default_factory=Measures)
    agents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    titles: TitleWords | None = None
    label_parts: Mapping[str, tuple[Candidate, ...]] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, Candidate]] = field(default_factory=dict)
    label_forms: Mapping[str, tuple[Candidate, ...]] = field(default_factory=dict)
    label_kinds: Mapping[str, tuple[Candidate, ...]] = field(default_factory=dict)
    label_words: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    own_words: frozenset[str] = frozenset()

    @classmethod
    def of_graph(cls, graph: KnowledgeGraph) -> Vocabulary:
        """Return the vocabulary of a catalogue, built from its graph at the first call."""
        return _of_graph(graph)

    @classmethod
    def of(
        cls, relations: Sequence[str], domains: Sequence[str], wording: Mapping[str, Any] | None = None
    ) -> Vocabulary:
        """Build the vocabulary of a catalogue; `wording` is what it says of itself."""
        told = (wording or {}).get("relations", {})
        own = {name: said for name, said in told.items() if name in relations}
        led = {name: frozenset(said["preposition"]) for name, said in own.items() if said.get("preposition")}
        nouns = frozenset(fold(noun) for noun in (wording or {}).get("nouns", ()))
        categories = frozenset(
            name for name, said in own.items() if said.get("kind") in ("category", "place", "language")
        )
        triggers = lexicon.trigger_phrases(relations, own)
        return cls(tuple(relations), tuple(domains), triggers, nouns, categories, {**lexicon.LEADS, **led})


@lru_cache(maxsize=8)
def _of_graph(graph: KnowledgeGraph) -> Vocabulary:
    relations = [each.name for each in graph.relations if each.kind not in _LITERAL]
    vocabulary = Vocabulary.of(relations, graph.domains, graph.catalogue.notes.get("wording"))
    genres = _labelled(graph, labels_of_kinds(), "genre")
    places = _labelled(graph, labels_of_regions(), "country")
    years, measures = CatalogueYears.of_graph(graph), measures_of(graph)
    own = (graph.catalogue.notes.get("wording") or {}).get("relations", {})
    agents = {name: tuple(said["agent"]) for name, said in own.items() if said.get("agent")}
    found = replace(vocabulary, years=years, genres=genres, places=places, measures=measures)
    codes, regions = codes_of(graph, agents), _own_regions(graph, own)
    return replace(
        found,
        own_places=regions,
        agents=agents,
        titles=titles_of(graph),
        label_parts=label_parts_of(graph),
        codes=codes,
        label_forms=label_forms_of(graph) if measures.own else {},
        label_kinds=label_kinds_of(graph) if measures.own else {},
        label_words=label_words_of(graph, own) if measures.own else {},
        own_words=_own_words(graph, own) if measures.own else frozenset(),
    )


def _own_words(graph: KnowledgeGraph, own: Iterable[str]) -> frozenset[str]:
    """Return the longer words in small letters that a person's own table has in its texts and labels."""
    if len(graph.catalogue.items) > _MANY:
        return frozenset()
    labels = (each.label for name in map(RelationName, own) for each in graph.entities_of(name))
    texts = (_OPENS.sub(lambda m: m[0].lower(), text) for text in graph.catalogue.texts.values())
    return frozenset(word for text in (*texts, *labels) for word in _PLAIN.findall(text))


def _own_regions(graph: KnowledgeGraph, own: Iterable[str]) -> dict[str, Candidate]:
    """Return the labels of a person's own table that name parts of the world, by their folded form."""
    called = {" ".join(said) for said in regions()}
    return {
        fold(each.label): Candidate(
            each.id, each.label, {name: graph.roles(each.id)[name]}, "full", 1.0, None
        )
        for name in map(RelationName, own)
        if graph.relation(name).kind in (Kind.PLACE, Kind.CATEGORY, Kind.OTHER)
        for each in graph.entities_of(name)
        if fold(each.label) in called
    }


def _labelled(graph: KnowledgeGraph, labels: Iterable[str], relation: str) -> dict[str, Candidate]:
    """Return the values of a relation that a catalogue calls by one of these labels, by label."""
    name, match = RelationName(relation), "full" if relation == "genre" else "region"
    return {
        each.label: Candidate(each.id, each.label, {relation: graph.roles(each.id)[name]}, match, 1.0, None)
        for label in labels
        for each in graph.entities_named(label, name)
        if each.label == label
    }
