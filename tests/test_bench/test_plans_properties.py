"""Plans on random catalogues, against the simplest way to say what they should be."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.plans import plan
from bench.plans.interest import common_sets
from bench.plans.material import Material
from bench.plans.shared import MOST_TRUE, condition_sets, shared
from kg.builder import Builder
from kg.catalogue import Catalogue, Histories
from kg.types import Entity, EntityId, Item, ItemId, User

PEOPLE = ("Ada Quill", "Bram Stone", "Cleo Marchetti", "Dov Eberhart", "Esme Thorne")
POOLS = {"director": PEOPLE, "actor": PEOPLE, "writer": PEOPLE[:3], "genre": ("Drama", "War", "Crime")}


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    builder = Builder()
    number = draw(st.integers(4, 10))
    for item in range(number):
        builder.add_item(Item(ItemId(str(item)), f"Film {item}"))
        for relation, pool in POOLS.items():
            for label in draw(st.sets(st.sampled_from(pool), max_size=2)):
                builder.add_fact(ItemId(str(item)), relation, Entity(EntityId(f"e/{label}"), label))
    builder.add_fact(ItemId("0"), "director", Entity(EntityId("e/Nobody Else"), "Nobody Else"))
    rows = draw(st.lists(st.permutations(range(number)), min_size=1, max_size=6))
    rows = [row[: draw(st.integers(0, number))] for row in rows]
    users = [User(f"u{place}", "FM"[place % 2]) for place in range(len(rows))]
    return builder.finish("random", "tests", "1", users=users, histories=Histories.pack(rows))


def facts(catalogue: Catalogue) -> dict[str, set[tuple[str, str]]]:
    held: dict[str, set[tuple[str, str]]] = {item.id: set() for item in catalogue.items}
    for item, relation, entity in catalogue.edges.tolist():
        pair = (catalogue.relations[relation].name, catalogue.entities[entity].label)
        held[catalogue.items[item].id].add(pair)
    return held


def on(held: set[tuple[str, str]], relation: str) -> set[str]:
    return {label for name, label in held if name == relation}


@given(catalogues())
@settings(max_examples=40, deadline=None)
def test_condition_sets_are_all_that_two_items_share(catalogue: Catalogue) -> None:
    held = facts(catalogue)
    m = Material.of(catalogue, "movie", 0)
    expected = {
        (frozenset(chosen), frozenset(who))
        for size in (1, 2, 3)
        for chosen in combinations(sorted(set().union(*held.values())), size)
        if len(who := [item for item, row in held.items() if row >= set(chosen)]) >= 2
    }
    found = [
        (frozenset(tuple(m.values[v]) for v in values), frozenset(m.ids[i] for i in items))
        for sets in condition_sets(m, 3)
        for values, start, end in zip(sets.values, sets.items.indptr, sets.items.indptr[1:], strict=False)
        for items in [sets.items.indices[start:end]]
    ]
    assert len(found) == len(set(found))
    assert set(found) == expected


@given(catalogues())
@settings(max_examples=40, deadline=None)
def test_who_asks_has_two_of_the_true_and_something_else(catalogue: Catalogue) -> None:
    m = Material.of(catalogue, "movie", 0)
    for found in shared(m, condition_sets(m, 3), "any"):
        history = set(m.history(found.user).tolist())
        assert len(history & set(found.items.tolist())) >= 2
        assert history - set(found.items.tolist())
        assert len(found.items) <= MOST_TRUE


@given(catalogues(), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_plans_are_what_the_facts_say(catalogue: Catalogue, seed: int) -> None:
    held = facts(catalogue)
    chosen = {
        user.id: {catalogue.items[place].id for place in catalogue.histories.of(number).tolist()}
        for number, user in enumerate(catalogue.users)
        if catalogue.histories is not None
    }
    for each in plan(catalogue, 8, seed):
        assert each.truth
        assert not set(each.truth) & set(each.history)
        if each.type in ("interest", "demographic"):
            continue
        stated = {(c.relation, c.value) for c in each.conditions}
        assert set(each.truth) | set(each.ignore) >= {item for item, row in held.items() if row >= stated}
        assert all(held[item] >= stated for item in each.truth)
        assert not set(each.truth) & set(each.ignore)
        assert set(each.truth_in_history) == set(each.truth) & chosen[each.user_id or ""] != set()
        assert set(each.history) <= chosen[each.user_id or ""]
        for reference in each.references:
            rows = [on(held[item], reference.relation) for item in reference.items]
            assert set.intersection(*rows) == {reference.value}
        if each.claim:
            claim = each.claim
            rows = [on(held[item], claim.relation) for item in claim.items]
            assert all(claim.claimed not in row for row in rows)
            assert all(claim.truths <= row for row in rows)


@given(catalogues(), st.integers(0, 2))
@settings(max_examples=20, deadline=None)
def test_the_same_seed_gives_the_same_plans(catalogue: Catalogue, seed: int) -> None:
    assert plan(catalogue, 5, seed) == plan(catalogue, 5, seed)


@given(
    st.lists(st.lists(st.integers(0, 4), max_size=8), min_size=1, max_size=6),
    st.integers(2, 4),
    st.integers(1, 3),
)
@settings(max_examples=80, deadline=None)
def test_common_sets_are_those_counted_by_hand(rows: list[list[int]], size: int, theta: int) -> None:
    builder = Builder()
    for item in range(5):
        builder.add_item(Item(ItemId(str(item)), f"Film {item}"))
        builder.add_fact(ItemId(str(item)), "director", Entity(EntityId("d"), "Ada Quill"))
    users = [User(str(number)) for number in range(len(rows))]
    catalogue = builder.finish("x", "x", "1", users=users, histories=Histories.pack(rows))
    common = common_sets(Material.of(catalogue, "movie", 0), size, theta, np.ones(len(rows), dtype=bool))
    counted = Counter(
        each
        for row in rows
        for each in {
            tuple(sorted(row[at : at + size]))
            for at in range(len(row) - size + 1)
            if len(set(row[at : at + size])) == size
        }
    )
    expected = {each: count for each, count in counted.items() if count >= theta}
    found = zip(common.sets.tolist(), np.diff(common.starts).tolist(), strict=True)
    assert {tuple(each): count for each, count in found} == expected
