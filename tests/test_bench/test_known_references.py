"""Plans over a catalogue that other items have joined: as if they were not there, or referring to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import plans
from bench.plans.audit import audit
from kg.builder import Builder
from kg.catalogue import Catalogue
from kg.errors import UsageError
from kg.references import alone, joined
from kg.sources import builtin
from kg.types import Entity, EntityId, Item, ItemId
from tests.conftest import as_graph


@pytest.fixture(scope="module")
def mine() -> Catalogue:
    return builtin.read()


@pytest.fixture(scope="module")
def both(mine: Catalogue) -> Catalogue:
    """The built-in catalogue and a film more of everybody who directed one."""
    other = Builder()
    director = next(n for n, each in enumerate(mine.relations) if each.name == "director")
    for number in sorted({int(entity) for _, relation, entity in mine.edges if relation == director}):
        label = mine.entities[number].label
        other.add_item(Item(ItemId(str(number)), f"Qwx {number}", 1999))
        other.add_fact(ItemId(str(number)), "director", Entity(EntityId(label), label))
        other.add_fact(ItemId(str(number)), "actor", Entity(EntityId("x"), "Xerxes Only"))
    return joined(mine, other.finish("other", "tests", "1"))


def test_without_what_joined_a_catalogue_is_what_it_was(mine: Catalogue, both: Catalogue) -> None:
    assert both.references > 100
    left = alone(both)
    assert (list(left.items), list(left.entities)) == (list(mine.items), list(mine.entities))
    assert left.edges.tolist() == mine.edges.tolist()
    assert (left.texts, left.references) == (mine.texts, 0)


def test_plans_of_the_catalogue_are_as_before(mine: Catalogue, both: Catalogue) -> None:
    assert plans.plan(alone(both), 4) == plans.plan(mine, 4)


def test_plans_of_the_graph_refer_to_items_that_are_only_known(both: Catalogue, tmp_path: Path) -> None:
    made = plans.plan(both, 12)
    graph = as_graph(both, tmp_path)
    assert audit(graph, made) == []
    named = {item for plan in made for reference in plan.references for item in reference.items}
    assert [item for item in named if not graph.offers(item)]
    assert all(graph.offers(item) for plan in made for item in (*plan.truth, *plan.history, *plan.seeds))


def test_another_kind_of_references_is_refused(tmp_path: Path) -> None:
    from bench.build import main

    with pytest.raises(UsageError, match="unknown kind of references 'graf'; did you mean 'graph'"):
        main(tmp_path / "out", references="graf")
