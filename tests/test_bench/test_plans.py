"""Plans on catalogues with planted answers: everything expected here can be read off the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from bench.plans import plan
from bench.plans.audit import audit
from bench.plans.cells import PAPER, Cell, cell_of, cells, shortfalls
from bench.plans.conditions import determining, explicit, implicit
from bench.plans.demographics import age_bands, demographics, favourites, groups
from bench.plans.interest import common_sets, interests, preceding
from bench.plans.material import Material, Value, domains_of
from bench.plans.misinformed import MIX, misinformed, misspelt, mix, wrong_person
from bench.plans.shared import Shared, condition_sets, shared
from bench.plans.split import Split, read_split, split_users, write_split
from bench.plans.statistics import as_markdown, statistics
from bench.plans.types import Plan
from bench.types import QueryClaim, QueryCondition, QueryReference
from kg import names, naming
from kg.builder import Builder
from kg.catalogue import Catalogue, Histories
from kg.errors import DataError, UsageError
from kg.graph import KnowledgeGraph
from kg.text import name_key
from kg.types import Entity, EntityId, Item, ItemId, User

FACTS = {  # Dana Reed made three, Cole Marsh shot three, two films are by both
    "Amber": {"director": ["Dana Reed"], "cinematographer": ["Cole Marsh"], "genre": ["Drama"]},
    "Birch": {"director": ["Dana Reed"], "cinematographer": ["Cole Marsh"], "genre": ["Western"]},
    "Cedar": {"director": ["Dana Reed"], "cinematographer": ["Ottilie Kahn"], "genre": ["Comedy"]},
    "Dusk": {"director": ["Piet Voss"], "cinematographer": ["Cole Marsh"], "genre": ["Horror"]},
    "Ember": {"director": ["Lena Ortiz"], "actor": ["Tom Hale", "Una Berg"], "genre": ["Crime"]},
    "Fjord": {"director": ["Ravi Menon"], "actor": ["Tom Hale", "Sven Dahl"], "genre": ["War"]},
    "Grove": {"director": ["Ines Paz"], "actor": ["Una Berg", "Sven Dahl"], "genre": ["Musical"]},
    "Haven": {"director": ["Ines Paz"], "genre": ["Mystery"]},
}
ALL = list(FACTS)
AMBER, BIRCH, CEDAR, DUSK, EMBER, FJORD, GROVE, HAVEN = range(8)


def made(
    histories: Sequence[Sequence[int]],
    facts: dict[str, dict[str, list[str]]] = FACTS,
    users: Sequence[User] | None = None,
    domain: str = "movie",
) -> Catalogue:
    builder = Builder()
    for title, row in facts.items():
        builder.add_item(Item(ItemId(title), title, 1990, domain))
        for relation, labels in row.items():
            for label in labels:
                builder.add_fact(ItemId(title), relation, Entity(EntityId(f"{relation}/{label}"), label))
    users = users or [User(f"u{number}") for number in range(len(histories))]
    return builder.finish("planted", "tests", "1", users=users, histories=Histories.pack(histories))


def material(catalogue: Catalogue, seed: int = 0) -> Material:
    return Material.of(catalogue, "movie", seed)


def labels(m: Material, values: Sequence[int]) -> set[str]:
    return {m.values[value].label for value in values}


def value(m: Material, relation: str, label: str) -> int:
    return list(m.values).index(Value(relation, label))


def found(m: Material, *stated: Value, user: int = 0) -> Shared:
    values = tuple(list(m.values).index(each) for each in stated)
    items = m.holders(values[0])
    for other in values[1:]:
        items = np.intersect1d(items, m.holders(other))
    return Shared(values, items, user)


REED, MARSH = Value("director", "Dana Reed"), Value("cinematographer", "Cole Marsh")


@pytest.fixture
def planted() -> Material:
    """One person, whose history shares exactly two relations: Dana Reed and Cole Marsh, twice each."""
    return material(made([[EMBER, AMBER, HAVEN, BIRCH]]))


def as_graph(catalogue: Catalogue, folder: Path) -> KnowledgeGraph:
    naming.write(catalogue, folder)
    return KnowledgeGraph(catalogue, names.load(folder))


@pytest.fixture
def graph(tmp_path: Path) -> KnowledgeGraph:
    return as_graph(made([[EMBER, AMBER, HAVEN, BIRCH]]), tmp_path)


# Shared relations


def test_sets_are_what_two_items_share(planted: Material) -> None:
    levels = condition_sets(planted, 3)
    assert [labels(planted, row) for row in levels[1].values] == [{"Cole Marsh", "Dana Reed"}]
    assert not len(levels[2].values)
    singles = set().union(*(labels(planted, row) for row in levels[0].values))
    assert singles == {"Tom Hale", "Sven Dahl", "Una Berg", "Cole Marsh", "Dana Reed", "Ines Paz"}


def test_a_user_is_asked_about_what_the_history_shares(planted: Material) -> None:
    levels = condition_sets(planted, 2)
    asked = {frozenset(labels(planted, each.values)) for each in shared(planted, levels, "any")}
    assert asked == {
        frozenset({"Dana Reed"}),
        frozenset({"Cole Marsh"}),
        frozenset({"Dana Reed", "Cole Marsh"}),
    }


def test_a_condition_that_excludes_nothing_is_not_added() -> None:
    facts = {title: row for title, row in FACTS.items() if title != "Dusk"}  # Cole Marsh: for Dana Reed only
    m = material(made([[0, 1, 3]], facts))
    assert not list(shared(m, condition_sets(m, 2)[1:], "any"))


def test_a_category_alone_is_not_asked_for() -> None:
    facts = {name: {"genre": ["Drama"], "director": [name]} for name in ALL}
    m = material(made([[0, 1, 2]], facts))
    assert not list(shared(m, condition_sets(m, 1), "any"))


def test_somebody_who_chose_nothing_else_does_not_ask() -> None:
    m = material(made([[AMBER, BIRCH]]))
    assert not list(shared(m, condition_sets(m, 1), "any"))


def test_names_spelled_alike_are_not_asked_for() -> None:
    facts = FACTS | {"Iris": {"director": ["dana reed"]}}
    m = material(made([[0, 1, 7]], facts))
    assert "Dana Reed" not in labels(m, np.flatnonzero(m.asked).tolist())


def test_the_title_of_two_items_names_neither() -> None:
    builder = Builder()
    for key, title in (("1", "Crash"), ("2", "Crash"), ("3", "Taps")):
        builder.add_item(Item(ItemId(key), title))
        builder.add_fact(ItemId(key), "director", Entity(EntityId("d"), "Dana Reed"))
    catalogue = builder.finish("t", "t", "1", users=[User("u")], histories=Histories.pack([[0]]))
    assert material(catalogue).named.tolist() == [False, False, True]


# Explicit plans and masking


def test_explicit_plan_of_the_planted_user(planted: Material) -> None:
    made_plan = explicit(planted, found(planted, REED), planted.rng("x"))
    assert made_plan is not None
    assert made_plan.conditions == (QueryCondition(relation="director", value="Dana Reed"),)
    assert made_plan.truth == ("Amber", "Birch", "Cedar")
    assert made_plan.truth_in_history == ("Amber", "Birch")
    assert made_plan.history == ("Ember", "Haven")
    assert made_plan.user_id == "u0"


def test_history_shows_the_last_forty() -> None:
    facts = {f"F{number}": {"director": [f"D{number}"]} for number in range(50)}
    facts["F0"] = facts["F1"] = {"director": ["Dana Reed"]}
    m = material(made([list(range(50))], facts))
    made_plan = explicit(m, found(m, REED), m.rng("x"))
    assert made_plan is not None
    assert made_plan.history == tuple(f"F{number}" for number in range(10, 50))


# Implicit plans


def test_one_item_determines_its_only_director(planted: Material) -> None:
    items = determining(planted, value(planted, *REED), found(planted, REED), planted.rng("x"))
    assert set(items) <= {AMBER, BIRCH, CEDAR}


def test_two_items_determine_an_actor_that_none_does_alone() -> None:
    m = material(made([[EMBER, FJORD, HAVEN, GROVE]]))
    hale = value(m, "actor", "Tom Hale")
    wide = Shared(
        (hale,), np.array([EMBER, FJORD, GROVE]), 0
    )  # a third true one, so that two may be mentioned
    assert set(determining(m, hale, wide, m.rng("x"))) == {EMBER, FJORD}


def test_nothing_is_mentioned_if_no_true_item_were_left() -> None:
    m = material(made([[EMBER, FJORD, HAVEN]]))
    hale = Value("actor", "Tom Hale")
    assert determining(m, value(m, *hale), found(m, hale), m.rng("x")) == ()


def test_implicit_plan_ignores_what_it_mentions(planted: Material) -> None:
    for number in range(20):
        made_plan = implicit(planted, found(planted, REED, MARSH), planted.rng(str(number)))
        if made_plan is not None:
            mentioned = {item for each in made_plan.references for item in each.items}
            assert set(made_plan.ignore) == mentioned
            assert set(made_plan.truth) == {"Amber", "Birch"} - mentioned
            assert set(made_plan.truth_in_history) == set(made_plan.truth)


# Misinformed plans


def test_a_wrong_person_has_no_part_in_the_item() -> None:
    facts = FACTS | {
        "Cedar": FACTS["Cedar"] | {"producer": ["Ines Paz"]},  # so she is no wrong director of it
        "Iris": {"director": ["Nora Finch"]},
        "Jade": {"director": ["Nora Finch"]},
    }
    m = material(made([[AMBER, BIRCH, EMBER]], facts))
    wrong = {wrong_person(m, value(m, *REED), [CEDAR], m.rng(str(number))) for number in range(20)}
    assert wrong == {"Nora Finch"}


def test_all_three_kinds_of_claim_are_made_and_false() -> None:
    m = material(made([[AMBER, BIRCH, EMBER, GROVE, HAVEN]]))
    plans = [misinformed(m, found(m, REED), m.rng(str(number))) for number in range(60)]
    claims = [each.claim for each in plans if each is not None and each.claim is not None]
    assert {claim.anchor for claim in claims} == {"item", "value", "typo"}
    for claim in claims:
        directors = {label for item in claim.items for label in FACTS[item]["director"]}
        assert claim.claimed not in directors
        assert claim.truths == directors
        assert (claim.anchor == "value") == (claim.claimed == "Dana Reed")


@pytest.mark.parametrize("kind", ["item", "value", "typo"])
def test_claims_are_of_the_kinds_that_were_asked_for(kind: str) -> None:
    m = material(made([[AMBER, BIRCH, EMBER, GROVE, HAVEN]]))
    plans = [misinformed(m, found(m, REED), m.rng(str(number)), mix(kind)) for number in range(20)]
    assert {each.claim.anchor for each in plans if each is not None and each.claim is not None} == {kind}


def test_a_mix_is_made_of_weights() -> None:
    assert mix("item=2,value=1,typo=1") == {"item": 0.5, "value": 0.25, "typo": 0.25}
    assert mix("typo, value") == {"value": 0.5, "typo": 0.5}


def test_the_usual_mix_can_be_written_out() -> None:
    assert mix("item=.42,value=.42,typo=.16") == MIX


@pytest.mark.parametrize("told", ["itme", "item=0", "item=-1", "item,item", "item=x", ""])
def test_a_mix_that_is_none_is_bad_usage(told: str) -> None:
    with pytest.raises(UsageError):
        mix(told)


def test_a_typo_names_nobody_and_is_one_slip_away() -> None:
    m = material(made([[AMBER, BIRCH, EMBER]]))
    slips = {misspelt(m, value(m, *MARSH), m.rng(str(number))) for number in range(40)}
    assert len(slips) > 10
    for slip in slips:
        assert slip is not None
        assert name_key(slip) not in m.keys
        assert slip[0] == "C"
        assert abs(len(slip) - len("Cole Marsh")) <= 1


def test_a_typo_that_is_nearer_to_another_is_not_made() -> None:
    facts = {f"F{n}": {"director": [name]} for n, name in enumerate(("Anna", "Anna", "Ann", "Anne", "Ana"))}
    m = material(made([[0, 1, 2]], facts))
    assert misspelt(m, value(m, "director", "Anna"), m.rng("x")) is None


def test_without_people_nothing_is_claimed() -> None:
    facts = {name: {"genre": ["Drama"]} for name in ALL}
    m = material(made([[0, 1, 2]], facts))
    assert misinformed(m, found(m, Value("genre", "Drama")), m.rng("x")) is None


# Interest plans

TOGETHER = [[HAVEN, AMBER, BIRCH, DUSK], [HAVEN, BIRCH, AMBER], [CEDAR, HAVEN, AMBER, BIRCH], [DUSK, AMBER]]
EVERYBODY = np.ones(4, dtype=bool)


def test_common_sets_count_users_in_any_order() -> None:
    common = common_sets(material(made(TOGETHER)), 2, 3, EVERYBODY)
    assert common.sets.tolist() == [[AMBER, BIRCH]]
    assert common.at.tolist() == [1, 5, 9]


def test_a_set_is_not_common_across_two_users() -> None:
    m = material(made([[AMBER], [BIRCH], [AMBER], [BIRCH]]))
    assert not len(common_sets(m, 2, 1, EVERYBODY).sets)


def test_a_user_counts_once_for_a_set() -> None:
    m = material(made([[AMBER, BIRCH, AMBER, BIRCH], [AMBER, BIRCH], [], []]))
    assert len(common_sets(m, 2, 2, EVERYBODY).at) == 2
    assert not len(common_sets(m, 2, 3, EVERYBODY).sets)


def test_what_comes_just_before_most_often_is_the_seed() -> None:
    m = material(made(TOGETHER))
    common = common_sets(m, 2, 3, EVERYBODY)
    assert preceding(m, common.sets[0], common.at).tolist() == [HAVEN, CEDAR]


def test_patterns_come_from_one_half_of_the_users() -> None:
    users = [User(f"u{number}") for number in range(40)]
    half = set(split_users([user.id for user in users], seed=3).patterns)
    histories = [[HAVEN, AMBER, BIRCH] if user.id in half else [HAVEN, CEDAR, DUSK] for user in users]
    plans = list(interests(material(made(histories, users=users), seed=3)))
    assert {each.truth for each in plans} == {("Amber", "Birch")}
    assert {each.seeds for each in plans} == {("Haven",)}
    assert plans[0].history == ("Haven",)
    assert {each.shared_by for each in plans} == {len(half)}  # f(s): all of that half


# The split


def test_every_user_is_in_one_half() -> None:
    users = [str(number) for number in range(1000)]
    split = split_users(users, 0)
    assert sorted((*split.patterns, *split.fit), key=int) == users
    assert 400 < len(split.patterns) < 600


def test_a_users_half_does_not_depend_on_the_others() -> None:
    whole, part = split_users(map(str, range(100)), 1), split_users(map(str, range(50, 60)), 1)
    assert set(part.patterns) == set(whole.patterns) & set(map(str, range(50, 60)))
    assert split_users(map(str, range(100)), 2).patterns != whole.patterns


def test_the_split_is_written_and_read(tmp_path: Path) -> None:
    split = split_users(map(str, range(20)), 5)
    write_split(split, tmp_path / "split.json")
    assert read_split(tmp_path / "split.json") == split


def test_a_user_in_both_halves_is_refused(tmp_path: Path) -> None:
    write_split(Split(0, ("a", "b"), ("b",)), tmp_path / "split.json")
    with pytest.raises(DataError, match=r"'b' is in both"):
        read_split(tmp_path / "split.json")


def test_a_missing_split_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none\.json"):
        read_split(tmp_path / "none.json")


# Demographic plans

FOLK = [User(f"f{n}", "F", 25, "artist") for n in range(5)] + [
    User(f"m{n}", "M", 45, "farmer") for n in range(6)
]


def test_groups_are_all_combinations_largest_first() -> None:
    said = [tuple(group.profile.model_dump(exclude_none=True).values()) for group in groups(FOLK)]
    assert said[:4] == [("45+",), ("25-44",), ("M",), ("F",)]
    assert len(said) == 14
    assert said[-1] == ("F", "25-44", "artist")


def test_small_groups_are_left_out() -> None:
    assert all(group.profile.gender != "F" for group in groups(FOLK[1:]))


def test_ages_are_said_as_bands() -> None:
    assert age_bands([1, 18, 56]) == {1: "Under 18", 18: "18-55", 56: "56+"}
    assert age_bands(list(range(20, 40)))[25] == "25"


def test_favourites_are_what_the_group_over_chooses() -> None:
    histories = [[AMBER, EMBER]] * 5 + [[AMBER, DUSK]] * 6
    m = material(made(histories, users=FOLK))
    women = np.array([user.gender == "F" for user in FOLK])
    assert favourites(m, women).tolist() == [EMBER]  # everybody chose Amber: ln 1 = 0


def test_demographic_plans_ask_for_favourites_and_by_genre() -> None:
    facts = FACTS | {"Fjord": FACTS["Fjord"] | {"genre": ["War", "Crime"]}}
    m = material(made([[EMBER, FJORD, HAVEN]] * 5 + [[DUSK, CEDAR]] * 6, facts, FOLK))
    women = [each for each in demographics(m) if each.profile and each.profile.gender == "F"]
    assert women[0].truth == ("Ember", "Fjord", "Haven")
    assert {each.truth for each in women if each.conditions} == {("Ember", "Fjord")}
    assert {each.conditions for each in women if each.conditions} == {
        (QueryCondition(relation="genre", value="Crime"),)
    }


# Cells, statistics


def test_the_papers_cells_add_up_to_its_totals() -> None:
    assert sum(PAPER["movie"].values()) == 19_529
    assert sum(PAPER["book"].values()) == 14_965


def test_a_number_is_for_every_cell() -> None:
    assert set(cells("20", "book").values()) == {20}
    assert list(cells(5, "movie")) == list(PAPER["movie"])


@pytest.mark.parametrize("counts", ["papers", "-3", ""])
def test_other_counts_are_refused(counts: str) -> None:
    with pytest.raises(UsageError, match="Expected `paper`"):
        cells(counts, "movie")


def test_another_domain_is_refused() -> None:
    with pytest.raises(UsageError, match="unknown domain 'films'"):
        cells(5, "films")


def test_the_cell_of_a_plan() -> None:
    conditions = tuple(QueryCondition(relation="actor", value=str(n)) for n in range(4))
    assert cell_of(Plan("p", "movie", "explicit", conditions)) == Cell("explicit", "3,4")
    assert cell_of(Plan("p", "movie", "demographic", conditions[:1])) == Cell("demographic")


def test_cells_that_are_short_are_said() -> None:
    said = shortfalls([Plan("p", "movie", "interest")], 1)
    assert "movie explicit 1: the data holds 0 of 1" in said
    assert not any("interest" in line for line in said)


def test_a_domain_without_any_plan_is_short_everywhere() -> None:
    assert len(shortfalls([], 1, ["book"])) == len(PAPER["book"])


def test_statistics_stand_beside_the_papers() -> None:
    plans = [
        Plan("1", "movie", "explicit", (QueryCondition(relation="a", value="b"),), user_id="u",
             history=("x",), truth=("y", "z"), truth_in_history=("y",)),
        Plan("2", "movie", "interest", truth=("x", "y"), seeds=("w",)),
    ]  # fmt: skip
    rows = {(row.name, row.conditions): (row.here, row.paper) for row in statistics(plans)}
    assert rows["explicit", "1"] == (1, 2225)
    assert rows["queries", ""] == (2, 19_529)
    assert rows["users", ""] == (1, 6036)
    assert rows["items", ""] == (4, 3247)
    assert rows["interactions", ""] == (1, 29_459)
    assert "| movie | interest | - | 1 | 7,365 |" in as_markdown(statistics(plans))


# A whole plan


def wide(seed: int = 1) -> Catalogue:
    rng = np.random.default_rng(seed)
    pool = [f"Person {letter}{letter.lower()}ton" for letter in "ABCDEFGHIJ"]
    facts = {
        f"Film {number}": {
            "director": [pool[int(rng.integers(10))]],
            "composer": [pool[int(rng.integers(10))]],
            "actor": sorted({pool[int(each)] for each in rng.integers(10, size=3)}),
            "genre": [("Drama", "War", "Crime")[int(rng.integers(3))]],
        }
        for number in range(60)
    }
    users = [User(f"u{n}", "FM"[n % 2], (18, 35)[n % 3 // 2], ("artist", "farmer")[n % 2]) for n in range(40)]
    histories = [rng.permutation(60)[: int(rng.integers(15, 40))].tolist() for _ in users]
    return made(histories, facts, users)


def test_same_seed_same_plans_and_another_seed_others() -> None:
    assert plan(wide(), 6, 1) == plan(wide(), 6, 1)
    assert plan(wide(), 6, 1) != plan(wide(), 6, 2)


def test_fewer_plans_are_the_first_of_more() -> None:
    few, more = plan(wide(), 3), plan(wide(), 9)
    assert len(few) < len(more)
    assert all(each in more for each in few)


def test_the_audit_finds_nothing_in_a_plan(tmp_path: Path) -> None:
    plans = plan(wide(), 20)
    assert audit(as_graph(wide(), tmp_path), plans) == []
    assert {each.type for each in plans} >= {"explicit", "implicit", "misinformed", "demographic"}
    assert len({each.id for each in plans}) == len(plans)


def test_a_catalogue_without_histories_is_refused() -> None:
    catalogue = made([])
    with pytest.raises(UsageError, match="has no histories"):
        plan(replace(catalogue, histories=None), 3)


def test_a_catalogue_with_no_relation_to_ask_by_is_refused() -> None:
    with pytest.raises(UsageError, match="expected one of actor"):
        plan(made([[0, 1]], {name: {"distributor": ["Acme"]} for name in ALL}), 3)


def test_a_catalogue_of_neither_films_nor_books_is_refused() -> None:
    with pytest.raises(UsageError, match="movie or book"):
        plan(made([[0, 1]], domain="game"), 3)


def test_domains_are_those_of_the_benchmark() -> None:
    assert domains_of(made([[0]], domain="book")) == ["book"]


# The audit

GOOD = Plan(
    "p", "movie", "explicit", (QueryCondition(relation="director", value="Dana Reed"),), user_id="u0",
    history=("Ember", "Haven"), truth=("Amber", "Birch", "Cedar"), truth_in_history=("Amber", "Birch"),
)  # fmt: skip


def test_the_audit_passes_what_is_right(graph: KnowledgeGraph) -> None:
    assert audit(graph, [GOOD]) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"history": ("Amber", "Haven")}, "the true item Amber is in the history"),
        ({"seeds": ("Cedar",)}, "the true item Cedar is in the seeds"),
        ({"truth": ("Amber", "Birch")}, "the graph finds 3"),
        ({"truth": ()}, "nothing is true"),
        ({"history": ("Dusk",)}, "what the user did not choose"),
        ({"truth_in_history": ("Amber",)}, "not the user's part"),
        ({"type": "implicit"}, "references belong to implicit"),
    ],
)
def test_the_audit_names_a_fault(graph: KnowledgeGraph, change: dict[str, object], said: str) -> None:
    assert any(said in line for line in audit(graph, [replace(GOOD, **change)]))


def test_the_audit_names_references_that_do_not_determine(graph: KnowledgeGraph) -> None:
    reference = QueryReference(relation="director", value="Dana Reed", items=["Dusk"])
    hinted = replace(GOOD, type="implicit", references=(reference,))
    assert any("do not determine 'Dana Reed'" in line for line in audit(graph, [hinted]))


@pytest.mark.parametrize(
    ("anchor", "items", "claimed", "true", "said"),
    [
        ("value", ["Amber"], "Dana Reed", ["Dana Reed"], "is true"),
        ("item", ["Dusk"], "Ines Paz", "Dana Reed", "is not what the items have"),
        ("item", ["Dusk"], "Ines Paz", "Piet Voss", "about no condition"),
    ],
)
def test_the_audit_names_claims_that_are_none(
    graph: KnowledgeGraph, anchor: str, items: list[str], claimed: str, true: str | list[str], said: str
) -> None:
    claim = {"anchor": anchor, "items": items, "relation": "director", "claimed": claimed, "true": true}
    wrong = replace(GOOD, type="misinformed", claim=QueryClaim.model_validate(claim))
    assert any(said in line for line in audit(graph, [wrong]))


def test_the_audit_names_an_id_that_occurs_twice(graph: KnowledgeGraph) -> None:
    assert audit(graph, [GOOD, GOOD]) == ["p: the id occurs twice"]


def test_shared_is_lazy_and_random_by_seed() -> None:
    orders = []
    for seed in (1, 2):
        m = material(wide(), seed)
        orders.append([each.values for each in islice(shared(m, condition_sets(m, 1), "any"), 5)])
    assert orders[0] != orders[1]
