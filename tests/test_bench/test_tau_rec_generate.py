"""Tasks made over any catalogue: that they can be satisfied, that they are seeded, and what policies fit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kg.store
from bench.tau_rec.constraints import all_hold, holds
from bench.tau_rec.evaluator import available, judge
from bench.tau_rec.generate import generate
from bench.tau_rec.players import OraclePlayer
from bench.tau_rec.playing import play
from bench.tau_rec.shops import PROMOTED, shop_of
from bench.tau_rec.simulator import RuleBased
from bench.tau_rec.types import Shop
from kg.builder import Builder
from kg.errors import UsageError
from kg.types import Entity, EntityId, Item, ItemId, Kind, Relation, RelationName
from tests.conftest import as_graph
from typed_tables import opened, table

NAMES = ("films", "wines", "cars", "games", "books")
Run = Callable[..., Any]


@pytest.fixture(params=NAMES)
def any_shop(request: pytest.FixtureRequest, tmp_path: Path) -> Shop:
    return shop_of(opened(table(request.param), tmp_path / request.param).graph)


def test_tasks_are_the_same_for_the_same_seed_and_others_for_another(any_shop: Shop) -> None:
    assert generate(any_shop, 12, 3) == generate(any_shop, 12, 3)
    assert generate(any_shop, 12, 3) != generate(any_shop, 12, 4)


def test_every_task_has_an_item_that_satisfies_or_none_at_all(any_shop: Shop) -> None:
    for task in generate(any_shop, 45):
        wanted = [each.constraint for each in task.constraints]
        fit = [
            thing
            for thing in any_shop.things
            if all_hold(wanted, thing) and thing.id not in task.known and available(task, thing, any_shop)
        ]
        assert bool(fit) is not task.no_valid_recommendation, task


def test_every_fifteenth_task_asks_for_what_does_not_exist(any_shop: Shop) -> None:
    tasks = generate(any_shop, 30)
    assert [task.id for task in tasks if task.no_valid_recommendation] == ["task_015", "task_030"]


def test_no_constraint_is_met_by_everything(any_shop: Shop) -> None:
    for task in generate(any_shop, 30):
        for each in task.constraints:
            known = [t for t in any_shop.things if t.values[each.constraint.field]]
            assert not all(holds(each.constraint, thing) for thing in known)


def test_only_what_a_rejection_can_hint_at_is_hidden(any_shop: Shop) -> None:
    hidden = {
        each.constraint.field
        for task in generate(any_shop, 45)
        for each in task.constraints
        if each.reveal == "hidden"
    }
    fields = [any_shop.fields[name] for name in hidden]
    assert hidden
    assert all(field.kind is Kind.NUMBER or field.scale for field in fields)


def test_the_oracle_satisfies_everything_generated(any_shop: Shop) -> None:
    oracle = OraclePlayer(any_shop)
    for task in generate(any_shop, 30):
        played = play(RuleBased(any_shop, task, 0), oracle.begin(task), task, 0)
        assert judge(task, played, any_shop).success, (task, played)


# Policies


def test_policies_are_those_that_fit_the_relations(tmp_path: Path) -> None:
    films = shop_of(opened(table("films"), tmp_path / "films").graph).policy
    cars = shop_of(opened(table("cars"), tmp_path / "cars").graph).policy
    assert (films.available, films.ask) == ("streaming", ("streaming",))
    assert films.confirm == {"content_rating": ("R",)}
    assert (cars.available, cars.confirm, cars.exclude_known, cars.one_at_a_time) == (None, {}, True, True)


def lamps() -> Builder:
    """Two lamps, one of them promoted, and no category."""
    builder = Builder()
    builder.relations["sponsored"] = Relation(RelationName("sponsored"), Kind.FLAG)
    for key, flag in (("a", 1), ("b", 0)):
        builder.add_item(Item(ItemId(key), f"Lamp {key}", domain="lamp"))
        builder.add_value(ItemId(key), "sponsored", flag)
    return builder


def test_what_is_promoted_is_disclosed(tmp_path: Path) -> None:
    builder = lamps()
    for key in ("a", "b"):
        builder.add_fact(ItemId(key), "genre", Entity(EntityId("genre/desk"), "Desk"))
    shop = shop_of(as_graph(builder.finish("lamps", "tests", "1"), tmp_path))
    assert shop.policy.disclose == {"sponsored": PROMOTED}


def test_a_catalogue_without_a_category_is_refused(tmp_path: Path) -> None:
    graph = as_graph(lamps().finish("lamps", "tests", "1"), tmp_path)
    with pytest.raises(UsageError, match="no category"):
        shop_of(graph)


# The command


def test_usher_plays_over_a_catalogue_of_anybody(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cars = opened(table("cars"), tmp_path / "cars")
    monkeypatch.setattr(kg.store, "open_catalogue", lambda *_: cars)
    monkeypatch.setattr("agent.assistant.open_catalogue", lambda *_: cars)
    options = ("--task", "tau-rec", "--catalogue", "builtin", "--generate", "6", "--trials", "1")
    done = run(*options)
    assert done.code == 0, done.err
    assert "6 tasks" in done.out
