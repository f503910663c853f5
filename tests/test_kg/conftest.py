"""Small graphs and the built-in catalogue for the tests of the facts room."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg import names, naming
from kg.builder import Builder
from kg.graph import KnowledgeGraph
from kg.types import Entity, EntityId, Item, ItemId


@pytest.fixture
def graph_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., KnowledgeGraph]:
    """Make a graph of `items` and of facts as (item, relation, label), perhaps with the entity's id."""

    def make(items: list[Item], facts: list[tuple[str, ...]], text: str = "") -> KnowledgeGraph:
        builder = Builder()
        for item in items:
            builder.add_item(item, text)
        for item, relation, label, *key in facts:
            builder.add_fact(ItemId(item), relation, Entity(EntityId(key[0] if key else label), label))
        catalogue = builder.finish("made", "tests", "1")
        folder = tmp_path_factory.mktemp("graph")
        naming.write(catalogue, folder)
        return KnowledgeGraph(catalogue, names.load(folder))

    return make
