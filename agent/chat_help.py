"""What a chat says of itself: its commands, and examples with what is in the catalogue at hand."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from agent.card_relations import CardRelations
from agent.condition_phrases import Stated, Words, is_attribute, phrase
from agent.headings import heading
from agent.phrasing import listed, printable, said
from kg.graph import KnowledgeGraph
from kg.literals import KINDS
from kg.types import YEAR, Condition, Item, Kind, RelationName

COMMANDS = """  /more       the next items of the last answer; /more all of them
  /why        how the last answer was found, with its proofs
  /trace on   show every step from now on; /trace off again
  /tools      the tools that are on
  /catalogue  what is in the catalogue
  /reset      forget this conversation
  /me         what is remembered of you; /me help
  /user NAME  be somebody else
  /help       this
  /quit       leave (or Ctrl-D)"""
_TRIED = 50  # of the best known items
_ENOUGH = 3  # items that an example finds at least
_LONG = 32  # characters of a name
_ALIKE = ("cinematographer", "composer")  # of films the examples that show most


def help_of(graph: KnowledgeGraph) -> str:
    """Return what there is to ask for and which commands there are."""
    told = "\n".join(f"  {each}" for each in examples(graph))
    return f"Ask in your own words{f', for example:{chr(10)}{told}' if told else '.'}\n\n{COMMANDS}"


def welcome(graph: KnowledgeGraph) -> str:
    """Return what a chat begins with: what the catalogue holds, and something to ask."""
    told = examples(graph)[:2]
    ask = f", for example:\n  {told[-1]}" if told else "."
    hint = "/help shows what else there is; Tab completes titles."
    return f"{holdings(graph)}. Ask in your own words{ask}\n{hint}"


def holdings(graph: KnowledgeGraph) -> str:
    """Return what the catalogue holds, counted by what its items are: '533 films and 261 books'."""
    words = Words.of(graph)
    return listed([f"{n:,} {words.noun([domain])}" for domain, n in graph.domain_counts().items() if n])


def examples(graph: KnowledgeGraph) -> list[str]:
    """Return requests that the catalogue can answer; fewer where it tells little."""
    every = (_by_maker(graph), _with_the_same(graph), _of_a_kind(graph), _like(graph))
    return list(dict.fromkeys(each for found in every for each in [next(found, "")] if each))


def _by_maker(graph: KnowledgeGraph) -> Iterator[str]:
    words, makers = Words.of(graph), CardRelations.of(graph).makers
    for relation in makers:
        for item in _best_known(graph):
            if label := _shared(graph, item, relation):
                yield f"{words.noun([item.domain])} {phrase([Stated(relation, label)], words)}"


def _of_a_kind(graph: KnowledgeGraph) -> Iterator[str]:
    """Yield kinds of a decade under a bound: 'red wines with a price under 20 EUR, from the 2010s'."""
    words, kinds = Words.of(graph), CardRelations.of(graph).kinds
    for item in _best_known(graph):
        told = [Condition(RelationName(r), label) for r in kinds for label in graph.labels(item.id, r)]
        stated = [each for each in told if is_attribute(_stated(each), words)]
        if not stated:
            continue
        decade = _decade(item.year) if item.year else []
        for bound in [*_bounds(graph), None]:
            every = [stated[0], *([bound] if bound else []), *decade]
            if len(every) > 1 and len(graph.find(every, domain=item.domain)) >= _ENOUGH:
                yield heading([_stated(e) for e in every], noun=words.noun([item.domain]), words=words)


def _decade(year: int) -> list[Condition]:
    first = year - year % 10
    return [Condition(YEAR, str(first), ">="), Condition(YEAR, str(first + 9), "<=")]


def _bounds(graph: KnowledgeGraph) -> Iterator[Condition]:
    """Yield that a number with a unit is below the middle of its values, rounded down."""
    for relation in graph.relations:
        literals = graph.literals(relation.name)
        if relation.kind is Kind.NUMBER and relation.unit and literals is not None and len(literals.values):
            middle = float(literals.values[literals.order[len(literals.order) // 2]])
            if middle >= 1:
                step = 10.0 ** math.floor(math.log10(middle))
                yield Condition(relation.name, f"{middle // step * step:.0f}", "<")


def _stated(condition: Condition) -> Stated:
    return Stated(condition.relation, condition.value, condition.op)


def _with_the_same(graph: KnowledgeGraph) -> Iterator[str]:
    """Yield what refers to an item: 'wines from the same region as Lucky Hammock'."""
    words, makers = Words.of(graph), CardRelations.of(graph).makers
    entities = [each.name for each in graph.relations if each.kind not in KINDS and not each.scale]
    ordered = sorted(entities, key=lambda each: (each not in _ALIKE, each in makers[:1]))
    for item in _best_known(graph):
        for relation in ordered:
            if _shared(graph, item, relation):
                own = words.own.get(relation, {}).get("agent") or [said(relation)]
                yield f"{words.noun([item.domain])} with the same {own[0]} as {item.title}"


def _like(graph: KnowledgeGraph) -> Iterator[str]:
    return (f"something like {item.title}" for item in _best_known(graph))


def _best_known(graph: KnowledgeGraph) -> list[Item]:
    """Return the best known items whose titles are short and plain."""
    every = np.arange(graph.catalogue.offered, dtype=np.int32)
    found = graph.at(graph.by_popularity(every, _TRIED).tolist())
    return [item for item in found if _is_plain(item.title)]


def _shared(graph: KnowledgeGraph, item: Item, relation: str) -> str:
    """Return the one value of an item that enough others have too, else ""."""
    labels = graph.labels(item.id, relation)
    if len(labels) != 1 or not _is_plain(labels[0]):
        return ""
    found = graph.items_with(Condition(RelationName(relation), labels[0]))
    return labels[0] if _ENOUGH < len(found) <= max(_ENOUGH * 2, graph.catalogue.offered // 10) else ""


def _is_plain(name: str) -> bool:
    return len(name) <= _LONG and ":" not in name and printable(name) == name
