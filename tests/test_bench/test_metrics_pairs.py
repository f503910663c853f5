"""Paired differences, clusters and slices."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bench.metrics.paired import clusters, difference
from bench.metrics.slices import by_popularity, by_sharers, estimates, split
from bench.metrics.stats import bootstrap
from bench.types import Profile, Query, QueryClaim, QueryCondition
from kg.errors import UsageError
from kg.graph import KnowledgeGraph


def query(key: str, **rest: Any) -> Query:
    made = {"domain": "movie", "type": "explicit", "query": "?", "ground_truth": ["1"], **rest}
    return Query(id=key, **made)


def on(*values: tuple[str, str]) -> list[QueryCondition]:
    return [QueryCondition(relation=relation, value=value) for relation, value in values]


# Paired differences


def test_the_difference_is_the_mean_over_queries() -> None:
    found = difference({"a": 1.0, "b": 0.5, "c": 0.0}, {"a": 0.0, "b": 0.5, "c": 0.5})
    assert found is not None
    assert found.mean == pytest.approx((1 + 0 - 0.5) / 3)
    assert (found.n, found.better, found.worse) == (3, 1, 1)


def test_without_clusters_the_interval_is_the_bootstrap_of_the_differences() -> None:
    rng = np.random.default_rng(3)
    first = {f"q{n:02}": float(rng.integers(2)) for n in range(40)}
    second = dict.fromkeys(first, 0.5)
    found, alone = difference(first, second), bootstrap([first[key] - 0.5 for key in sorted(first)])
    assert found is not None
    assert alone is not None
    assert found[:3] == alone[:3]


def test_equal_systems_do_not_differ() -> None:
    same = {"a": 0.3, "b": 0.9}
    found = difference(same, same)
    assert found is not None
    assert (found.mean, found.low, found.high, found.decided) == (0.0, 0.0, 0.0, False)


def test_a_constant_lead_is_decided() -> None:
    found = difference({"a": 0.8, "b": 0.6}, {"a": 0.3, "b": 0.1})
    assert found is not None
    assert found.decided


def test_the_order_of_the_queries_does_not_matter() -> None:
    first, second = {f"q{n}": n % 3 / 2 for n in range(9)}, {f"q{n}": n % 2 / 1 for n in range(9)}
    turned = dict(reversed(first.items()))
    groups = {f"q{n}": str(n // 3) for n in range(9)}
    assert difference(first, second, groups) == difference(turned, second, dict(reversed(groups.items())))


def test_clusters_widen_the_interval_where_queries_fail_together() -> None:
    """Four entities with 25 queries each: two where the first system is right and two where it is wrong."""
    first = {f"{entity}{n}": float(entity in "ab") for entity in "abcd" for n in range(25)}
    second = dict.fromkeys(first, 0.5)
    alone = difference(first, second)
    together = difference(first, second, {key: key[0] for key in first})
    assert alone is not None
    assert together is not None
    assert together.clusters == 4
    assert together.mean == alone.mean == 0.0
    # Two of four clusters: all from one side in 2 of 16 draws, so the interval is the whole range.
    assert (together.low, together.high) == (-0.5, 0.5)
    assert alone.high < 0.15


def test_one_cluster_has_no_width() -> None:
    found = difference({"a": 1.0, "b": 0.0}, {"a": 0.0, "b": 0.0}, {"a": "x", "b": "x"})
    assert found is not None
    assert found.low == found.high == found.mean == 0.5


def test_no_queries_have_no_difference() -> None:
    assert difference({}, {}) is None


def test_other_queries_are_refused() -> None:
    with pytest.raises(UsageError, match="2 queries are in one run only, such as 'b'"):
        difference({"a": 1.0, "b": 1.0}, {"a": 1.0, "c": 1.0})


def test_a_query_without_a_cluster_is_refused() -> None:
    with pytest.raises(UsageError, match="'b' has no cluster"):
        difference({"a": 1.0, "b": 1.0}, {"a": 1.0, "b": 1.0}, {"a": "x"})


# Clusters


def test_queries_that_share_a_person_are_one_cluster_across_relations() -> None:
    found = clusters(
        [
            query("a", conditions=on(("director", "Ada Quill"))),
            query("b", conditions=on(("actor", "Ada Quill"), ("genre", "Drama"))),
            query("c", conditions=on(("actor", "Bo Lund"), ("genre", "Drama"))),
        ]
    )
    assert found["a"] == found["b"] != found["c"]


def test_the_claimed_name_joins_too() -> None:
    claim = QueryClaim(anchor="item", items=["1"], relation="director", claimed="Bo Lund", true="Ada Quill")
    found = clusters(
        [
            query("a", type="misinformed", conditions=on(("director", "Ada Quill")), claim=claim),
            query("b", conditions=on(("director", "Bo Lund"))),
            query("c", conditions=on(("director", "Bo Lund"))),
        ]
    )
    assert len(set(found.values())) == 1


def test_a_genre_joins_where_there_is_nothing_else() -> None:
    found = clusters([query(key, conditions=on(("genre", "Drama"))) for key in "ab"])
    assert found["a"] == found["b"]


def test_profiles_join_demographic_queries_and_nothing_joins_interests() -> None:
    her = Profile(gender="F", age="25-34")
    found = clusters(
        [
            query("a", type="demographic", profile=her),
            query("b", type="demographic", profile=her),
            query("c", type="interest"),
            query("d", type="interest"),
        ]
    )
    assert found["a"] == found["b"]
    assert found["c"] != found["d"]


# Slices


def test_three_and_four_conditions_are_one_slice() -> None:
    found = split([query(str(n), n_conditions=n) for n in (4, 1, 3, 2)] + [query("none")], "conditions")
    assert {label: [q.id for q in queries] for label, queries in found.items()} == {
        "1": ["1"],
        "2": ["2"],
        "3,4": ["4", "3"],
    }


def test_ages_are_in_order_of_age() -> None:
    ages = ["56+", "Under 18", "18-24", "25-34"]
    found = split([query(age, profile=Profile(age=age)) for age in ages], "age")
    assert list(found) == ["Under 18", "18-24", "25-34", "56+"]


def test_genders_are_one_label_however_spelled() -> None:
    said = ["F", "Female", "M", None]
    found = split([query(str(s), profile=Profile(gender=s)) for s in said], "gender")
    assert {label: len(queries) for label, queries in found.items()} == {"F": 2, "M": 1}


def test_an_unknown_slice_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="did you mean 'gender'"):
        split([], "gendr")


def test_interests_fall_into_groups_by_how_often_their_items_were_chosen(toy: KnowledgeGraph) -> None:
    """On the toy catalogue film 2 was chosen twice, 1, 4 and 6 once, 3 and 5 never."""
    truths = {"never": ["3"], "half": ["3", "1"], "once": ["4"], "twice": ["2"]}
    queries = [query(key, type="interest", ground_truth=truth) for key, truth in truths.items()]
    found = by_popularity([*queries, query("explicit")], toy)
    assert {label: [q.id for q in group] for label, group in found.items()} == {
        "least popular": ["never"],
        "less popular": ["half"],
        "more popular": ["once"],
        "most popular": ["twice"],
    }


def test_equally_popular_interests_stay_together(toy: KnowledgeGraph) -> None:
    queries = [query(str(n), type="interest", ground_truth=["1"]) for n in range(5)]
    assert [len(group) for group in by_popularity(queries, toy).values()] == [5]


def test_no_interests_have_no_groups(toy: KnowledgeGraph) -> None:
    assert by_popularity([query("a")], toy) == {}


def test_interests_fall_into_quarters_by_how_many_users_share_them() -> None:
    asked = [query(f"i{n}", type="interest", shared_by=n) for n in (9, 3, 4, 4, 5, 30, 8, 7)]
    found = by_sharers([*asked, query("explicit"), query("unsaid", type="interest")])
    assert {label: [each.id for each in group] for label, group in found.items()} == {
        "3–4": ["i3", "i4", "i4"],
        "5": ["i5"],
        "7–8": ["i8", "i7"],
        "9–30": ["i9", "i30"],
    }


def test_interests_that_as_many_share_are_one_group() -> None:
    asked = [query(f"i{n}", type="interest", shared_by=4) for n in range(5)]
    assert list(by_sharers(asked)) == ["4"]


def test_without_counts_there_are_no_such_groups() -> None:
    assert by_sharers([query("a"), query("b", type="interest")]) == {}


def test_a_slice_is_estimated_over_the_queries_that_have_the_metric() -> None:
    groups = split([query("a"), query("b"), query("c", type="implicit")], "type")
    found = estimates(groups, {"a": 1.0, "b": 0.0})
    assert found["explicit"] is not None
    assert (found["explicit"].mean, found["explicit"].n) == (0.5, 2)
    assert found["implicit"] is None
