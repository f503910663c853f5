"""Items as cards in a terminal, two lines each.

The first says the title with its year, who made it and what kind it is; the second what was asked for and
not every item has alike, and a sentence about it. What a policy says with an item follows. What the heading
says is not said again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from agent.answer_text import SHOWN, Line, Part, Proofs, Role, name
from agent.card_relations import CardRelations
from agent.condition_phrases import Stated, Words, phrase
from agent.phrasing import first_sentence, listed, printable
from kg.graph import KnowledgeGraph
from kg.types import ItemId

_LABELS = 3  # of a relation
_PLAIN = frozenset(("director", "author"))  # whose part in it goes without saying
_INDENT = " " * 5
_DOT = " · "
_Facts = list[tuple[str, str]]  # (relation, label)


def cards(
    answer: Mapping[str, Any], graph: KnowledgeGraph, start: int = 0, stop: int | None = SHOWN
) -> Iterator[Line]:
    """Yield the lines of the items from `start` to before `stop`, None for all, and how many come after."""
    items, shelf = answer["items"], Shelf(answer, graph)
    for number, line in enumerate(items[start:stop], start + 1):
        made, kinds = shelf.made(line), shelf.kinds(line)
        yield _line(
            ("item", f"{number:3}. {name(line)}"), ("maker", shelf.maker(made)), ("kinds", kinds_said(kinds))
        )
        second = _line(("proof", shelf.proof(line, made + kinds)), ("about", shelf.about(line)))
        if second:
            yield Part("proof", _INDENT), *second
        for notice in line.get("notices", ()):
            yield (Part("aside", f"{_INDENT}{notice}"),)
    if stop is not None and (left := len(items) - stop) > 0:
        yield (Part("more", f"{_INDENT}and {left} more"),)


class Shelf:
    """What the cards of one answer have in common, and what each of them says."""

    def __init__(self, answer: Mapping[str, Any], graph: KnowledgeGraph):
        self.graph = graph
        self.words = Words.of(graph)
        self.relations = CardRelations.of(graph)
        self.proofs = Proofs.of(answer["items"], graph, answer["order"])
        self.headed = {(each["relation"], str(each["value"])) for each in answer["conditions"]}

    def made(self, line: Mapping[str, Any]) -> _Facts:
        """Return who made an item, by the first relation that tells."""
        return next(filter(None, (self._labels(line, each) for each in self.relations.makers)), [])

    def maker(self, made: _Facts) -> str:
        """Return who made an item in words, "" where the heading says it."""
        if not made or set(made) <= self.headed:
            return ""
        relation, labels = made[0][0], listed([label for _, label in made])
        if relation in _PLAIN or relation == self.relations.makers[0]:
            return labels
        return phrase([Stated(relation, labels)], self.words)

    def kinds(self, line: Mapping[str, Any]) -> _Facts:
        """Return what kind an item is."""
        return [fact for each in self.relations.kinds for fact in self._labels(line, each)]

    def proof(self, line: Mapping[str, Any], said: _Facts) -> str:
        """Return what was asked for and not every item has, without what is said already."""
        return self.proofs.own(line, said)

    def about(self, line: Mapping[str, Any]) -> str:
        """Return a sentence about an item, "" where nothing is told of it."""
        texts = self.graph.catalogue.texts
        return line.get("about") or printable(first_sentence(texts.get(ItemId(line["id"]), "")))

    def _labels(self, line: Mapping[str, Any], relation: str) -> _Facts:
        key = ItemId(line["id"])
        held = self.graph.labels(key, relation) if key in self.graph else []
        return [(relation, printable(label)) for label in held[:_LABELS]]


def _line(*told: tuple[Role, str]) -> Line:
    """Return what there is to say, with dots between."""
    said = [(role, text) for role, text in told if text]
    return tuple(Part(role, f"{_DOT}{text}" if place else text) for place, (role, text) in enumerate(said))


def kinds_said(kinds: _Facts) -> str:
    """Return kinds in words: 'drama, war'."""
    lower = (
        label.lower() if relation == "genre" and not label.isupper() else label for relation, label in kinds
    )
    return ", ".join(dict.fromkeys(lower))
