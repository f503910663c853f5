"""What tools act on: a catalogue opened for somebody who asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.documents import documents
from kg.graph import KnowledgeGraph, Positions
from kg.policy import Policy
from kg.stems import raw, stem
from kg.text_index import TextIndex, build
from kg.types import Condition, ItemId, RelationName
from kg.vectors import Retriever
from tools.wishes import Wish

if TYPE_CHECKING:
    from kg.taste.model import Taste


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, as far as it is known: what they chose, oldest first, and what they said of themselves.

    `likes` and `dislikes` are among what they chose. `age` is in years. `wishes` stand until they are
    withdrawn; `keeps`: what they wish for good is remembered.
    """

    history: tuple[ItemId, ...] = ()
    likes: frozenset[ItemId] = frozenset()
    dislikes: frozenset[ItemId] = frozenset()
    gender: str | None = None
    age: int | None = None
    occupation: str | None = None
    wishes: tuple[Wish, ...] = ()
    keeps: bool = False

    @property
    def has_profile(self) -> bool:
        """Whether anything but choices is known."""
        return (self.gender, self.age, self.occupation) != (None, None, None)

    def __bool__(self) -> bool:
        """Tell whether anything is known of what suits them."""
        return bool(self.history) or self.has_profile


class Knowledge:
    """What tools act on: a graph, a text index and what was learned of taste, opened when first used.

    `asker` is the person on whose behalf tools are called; `policy` is what recommendations keep to. `kept`
    is what tools work out once for all who ask, by a name each.
    """

    def __init__(
        self,
        graph: KnowledgeGraph,
        open_index: Callable[[], Retriever],
        open_taste: Callable[[], Taste] | None = None,
        asker: Asker = Asker(),
        policy: Policy | None = None,
        open_texts: Callable[[], TextIndex] | None = None,
    ):
        self.graph = graph
        self.policy = graph.catalogue.policy if policy is None else policy
        self._open_taste = open_taste
        self.asker = asker
        self.kept: dict[str, Any] = {}
        self._open_index = open_index
        self._open_texts = open_texts or (lambda: build(documents(graph)))
        self._first: Knowledge | None = None

    @cached_property
    def index(self) -> Retriever:
        """Return the text index, built or opened now if it was not yet."""
        return self._open_index()

    @cached_property
    def taste(self) -> Taste:
        """Return what was learned of taste; nothing of it is counted before it is used."""
        if self._open_taste is not None:
            return self._open_taste()
        from kg.taste.model import Taste  # and scipy's sparse matrices, which most answers need not

        return Taste(self.graph.catalogue)

    @cached_property
    def texts(self) -> TextIndex:
        """Return which items speak of which words, counted or opened now if it was not yet."""
        return self._first.texts if self._first is not None else self._open_texts()

    @cached_property
    def kinds(self) -> Mapping[str, Positions]:
        """Return the items of every kind that has a name, by the stem of its label and those of its words."""
        if self._first is not None:
            return self._first.kinds
        found: dict[str, Positions] = {}
        for each in self.graph.entities_of("genre"):
            places = self.graph.items_with(Condition(RelationName("genre"), each.label))
            for word in dict.fromkeys((stem(each.label), *map(stem, raw(each.label)))):
                found[word] = np.union1d(found.get(word, places), places).astype(np.int32)
        return found

    @property
    def root(self) -> Knowledge:
        """The same knowledge on nobody's behalf, under the first policy: what all share is kept with it."""
        return self if self._first is None else self._first.root

    def asked_by(self, asker: Asker) -> Knowledge:
        """Return the same knowledge, with nothing opened twice, on behalf of a person."""
        return self._as(asker, self.policy)

    def under(self, policy: Policy) -> Knowledge:
        """Return the same knowledge, with nothing opened twice, under another policy."""
        return self._as(self.asker, policy)

    def _as(self, asker: Asker, policy: Policy) -> Knowledge:
        known = Knowledge(self.graph, lambda: self.index, lambda: self.taste, asker, policy)
        known._first = self
        return known
