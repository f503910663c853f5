"""Stage 1: a person's preference, and how they would see an item (sections 4.1.1 and 4.1.2 of CoT-Rec).

Choices are taken in batches that overlap; each gives a short-term interest, which is merged into the
long-term preference. An item is described, reviewed in the person's name, and the review summed up in key
terms. Counters do both from facts; a language model does both in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from typing import NamedTuple, Protocol, TypeVar

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage

import prompts
from agent.interests import CHOSEN, DECADE, WORD, Choice, Interests, Weights, batches
from kg.graph import KnowledgeGraph
from kg.types import ItemId

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

TERMS = 5
_SAID = 12  # weights of a taste that are put into words
_FACTS = 12  # of an item that a model is told
_NOUNS = {"movie": "films", "book": "books"}
_PARTS = re.compile(r"[,;\n]+")
_AROUND = " \t-*•.\"'"


class Taste(NamedTuple):
    """A long-term preference in words; with the weights it was counted by, if it was."""

    text: str
    weights: Weights = ()


class Perception(NamedTuple):
    """What an item is, what somebody would say of it, and the key terms of that."""

    description: str
    review: str
    terms: tuple[str, ...]


class Extractor(Protocol):
    """Extracts what stage 2 is told."""

    def taste(self, history: Sequence[ItemId]) -> Taste:
        """Return the long-term preference of chronological choices."""
        ...

    def description(self, item: ItemId) -> str:
        """Return what an item is, the same for everybody."""
        ...

    def perception(self, taste: Taste, item: ItemId, description: str) -> Perception:
        """Return how somebody of a taste sees an item that is described so."""
        ...


class Counters:
    """Counts facts: no model, no call, the same every time."""

    def __init__(self, graph: KnowledgeGraph):
        self._graph = graph
        self._interests = Interests(graph)

    def taste(self, history: Sequence[ItemId]) -> Taste:
        """Return the strongest features that choices share."""
        _, long = self._interests.preference([Choice(item, CHOSEN) for item in history])
        sought = [weight for weight in long if weight.weight > 0]
        return Taste("; ".join(f"{w.relation} {w.label}" for w in sought[:_SAID]), tuple(sought))

    def description(self, item: ItemId) -> str:
        """Return the facts of an item, then the catalogue's text of it."""
        told = "; ".join(f"{relation} {label}" for relation, label in held(self._graph, item))
        return " ".join(part for part in (told, self._graph.catalogue.texts.get(item, "")) if part)

    def perception(self, taste: Taste, item: ItemId, description: str) -> Perception:
        """Return what of a taste an item has, and what it lacks."""
        own = set(held(self._graph, item))
        found = [w for w in taste.weights if (w.relation, w.label) in own]
        lacking = [w for w in taste.weights[:TERMS] if w not in found and w.relation != WORD]
        has = ", ".join(f"{w.relation} {w.label}" for w in found[:TERMS]) or "nothing of it"
        lacks = ", ".join(f"{w.relation} {w.label}" for w in lacking)
        review = f"Of what I look for this has {has}." + (f" It lacks {lacks}." if lacks else "")
        return Perception(description, review, tuple(w.label for w in found[:TERMS]))


class Written:
    """Asks a language model; what was asked before is in its cache.

    `reach` is how many of the latest batches are read: every one is a call, and one more to merge it.
    """

    def __init__(self, graph: KnowledgeGraph, model: BaseChatModel, reach: int = 5):
        self._graph = graph
        self._model = model
        self._reach = reach

    def taste(self, history: Sequence[ItemId]) -> Taste:
        """Return the preference a model sums up batch by batch."""
        long = ""
        for batch in batches([Choice(item, CHOSEN) for item in history])[-self._reach :]:
            listed = "\n".join(self._graph.item(choice.item).name for choice in batch)
            short = self._asked("cot_interest", chosen=listed, items=self._noun(batch[0].item))
            long = self._asked("cot_merge", long=long, short=short) if long else short
        return Taste(long)

    def description(self, item: ItemId) -> str:
        """Return a model's objective description of an item, from its facts."""
        facts = held(self._graph, item)[:_FACTS]
        told = "\n".join(f"{relation}: {label}" for relation, label in facts)
        text = self._graph.catalogue.texts.get(item, "")
        return self._asked(
            "cot_description", title=self._graph.item(item).name, facts=f"{told}\n{text}".strip()
        )

    def perception(self, taste: Taste, item: ItemId, description: str) -> Perception:
        """Return a review that a model writes in the person's name, and its key terms."""
        title = self._graph.item(item).name
        review = self._asked("cot_review", taste=taste.text, title=title, description=description)
        return Perception(description, review, terms(self._asked("cot_terms", review=review)))

    def _asked(self, name: str, **values: str) -> str:
        reply = self._model.invoke([HumanMessage(prompts.load(f"bench/{name}", **values))])
        return " ".join(str(reply.text).split()) if name != "cot_terms" else str(reply.text)

    def _noun(self, item: ItemId) -> str:
        return _NOUNS.get(self._graph.item(item).domain, "items")


class Kept:
    """Extracts everything once: a taste a user, a description an item, a perception a user and item.

    With `plain` only items that are `described` have the extractor's description, the others that of `plain`.
    """

    def __init__(
        self, extractor: Extractor, plain: Extractor | None = None, described: Container[ItemId] = ()
    ):
        self._extractor = extractor
        self._plain = plain
        self._described = described
        self.tastes: dict[str, Taste] = {}
        self.descriptions: dict[ItemId, str] = {}
        self.perceptions: dict[tuple[str, ItemId], Perception] = {}

    def taste(self, user: str, history: Sequence[ItemId]) -> Taste:
        """Return the preference of a user; their history is read the first time."""
        return _once(self.tastes, user, lambda: self._extractor.taste(history))

    def description(self, item: ItemId) -> str:
        """Return what an item is."""
        asked = self._plain if self._plain and item not in self._described else self._extractor
        return _once(self.descriptions, item, lambda: asked.description(item))

    def perception(self, user: str, item: ItemId) -> Perception:
        """Return how a user whose taste is known sees an item."""
        taste = self.tastes[user]
        told = self.description(item)
        return _once(self.perceptions, (user, item), lambda: self._extractor.perception(taste, item, told))


def held(graph: KnowledgeGraph, item: ItemId) -> list[tuple[str, str]]:
    """Return the facts of an item as (relation, label), and its decade."""
    facts = [
        (str(relation), entity.label) for relation, found in graph.facts(item).items() for entity in found
    ]
    year = graph.item(item).year
    return [*facts, *([(DECADE, f"{year // 10 * 10}s")] if year else ())]


def terms(reply: str) -> tuple[str, ...]:
    """Return the key terms of a reply: parts between commas, semicolons or lines, each once, a few."""
    parts = (part.strip(_AROUND) for part in _PARTS.split(reply))
    return tuple(dict.fromkeys(part for part in parts if part))[:TERMS]


def _once(known: dict[_Key, _Value], key: _Key, make: Callable[[], _Value]) -> _Value:
    if key not in known:
        known[key] = make()
    return known[key]
