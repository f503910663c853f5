"""What the reader must know of a catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from agent.builtin.lexicon import triggers as lexicon
from agent.builtin.lexicon.kinds import labels_of_kinds
from agent.builtin.lexicon.triggers import Trigger
from agent.builtin.parse.catalogue_years import CatalogueYears
from agent.builtin.parse.chunks import Candidate
from kg.graph import KnowledgeGraph
from kg.text import fold
from kg.types import RelationName


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the reader must know of the catalogue: relations, domains, and the triggers that follow from them.

    `nouns` are its own words for items, `categories` its own relations whose values are kinds of items,
    `prepositions` the words that lead to the values of a relation, `years` those that its items have,
    `genres` those of its genres that everyday words may stand for, by label.
    """

    relations: tuple[str, ...]
    domains: tuple[str, ...]
    triggers: dict[tuple[str, ...], tuple[Trigger, ...]]
    nouns: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    prepositions: Mapping[str, frozenset[str]] = field(default_factory=lambda: dict(lexicon.LEADS))
    years: CatalogueYears | None = None
    genres: Mapping[str, Candidate] = field(default_factory=dict)

    @classmethod
    def of_graph(cls, graph: KnowledgeGraph) -> Vocabulary:
        """Build the vocabulary of a catalogue from its graph."""
        relations = [each.name for each in graph.relations]
        vocabulary = cls.of(relations, graph.domains, graph.catalogue.notes.get("wording"))
        return replace(vocabulary, years=CatalogueYears.of_graph(graph), genres=_genres(graph))

    @classmethod
    def of(
        cls, relations: Sequence[str], domains: Sequence[str], wording: Mapping[str, Any] | None = None
    ) -> Vocabulary:
        """Build the vocabulary of a catalogue; `wording` is what it says of itself."""
        own = (wording or {}).get("relations", {})
        led = {name: frozenset(said["preposition"]) for name, said in own.items() if said.get("preposition")}
        nouns = frozenset(fold(noun) for noun in (wording or {}).get("nouns", ()))
        categories = frozenset(
            name for name, said in own.items() if said.get("kind") in ("category", "place")
        )
        triggers = lexicon.trigger_phrases(relations, own)
        return cls(tuple(relations), tuple(domains), triggers, nouns, categories, {**lexicon.LEADS, **led})


def _genres(graph: KnowledgeGraph) -> dict[str, Candidate]:
    """Return the genres of a catalogue that everyday words may stand for, by label."""
    genre = RelationName("genre")
    named = [each for label in labels_of_kinds() for each in graph.entities_named(label, genre)]
    return {
        each.label: Candidate(each.id, each.label, {"genre": graph.roles(each.id)[genre]}, "full", 1.0, None)
        for each in named
        if each.label in labels_of_kinds()
    }
