"""From answers to the table, on the toy catalogue, computed by hand."""

from __future__ import annotations

from typing import Any

import pytest

from bench.score import METRICS, judge, score, table
from bench.types import Answer, AnswerCorrection, Query
from kg.graph import KnowledgeGraph

ADA = {"relation": "director", "value": "Ada Quill"}


def query(id_: str = "q", **changes: Any) -> Query:
    whole = {
        "id": id_,
        "domain": "movie",
        "type": "explicit",
        "query": "films directed by Ada Quill",
        "n_conditions": 1,
        "conditions": [ADA],
        "ground_truth": ["1", "2", "6"],
    }
    return Query.model_validate(whole | changes)


def answer(*items: str, id_: str = "q", **rest: Any) -> Answer:
    return Answer(id=id_, items=list(items), **rest)


WRONG = AnswerCorrection(items=["1"], relation="director", claimed="x", true=["Ada Quill"])
CLAIM = {
    "anchor": "item",
    "items": ["3"],
    "relation": "director",
    "claimed": "Ada Quill",
    "true": "Dov Eberhart",
}
RIGHT = AnswerCorrection(items=["3"], relation="director", claimed="Ada Quill", true=["Dov Eberhart"])

# One query


@pytest.mark.parametrize(
    ("items", "metric", "value"),
    [
        (["1", "2", "6"], "precision", 1.0),
        (["1", "2", "6"], "recall", 1.0),
        (["1", "2", "6"], "cmr", 1.0),
        (["1", "3"], "precision", 1 / 2),
        (["1", "3"], "recall", 1 / 3),
        (["1", "3"], "cmr", 1 / 2),
        (["1", "1", "3"], "precision", 1 / 2),
        (["1", "1", "1"], "recall", 1 / 3),
        ([], "precision", 0.0),
        ([], "recall", 0.0),
        ([], "cmr", 0.0),
        ([], "ftr", 1.0),
        ([], "out_of_catalogue", 0.0),
        ([], "unknown", 0.0),
        (["3"], "ftr", 0.0),
        (["1", "99"], "precision", 1 / 2),
        (["1", "99"], "cmr", 1 / 2),
        (["1", "99"], "out_of_catalogue", 1 / 2),
    ],
)
def test_a_metric_of_one_answer(toy: KnowledgeGraph, items: list[str], metric: str, value: float) -> None:
    assert judge(query(), answer(*items), toy)[metric] == value


def test_an_ignored_item_is_not_counted_against(toy: KnowledgeGraph) -> None:
    assert judge(query(ignore=["3"]), answer("1", "3"), toy)["precision"] == 1.0


def test_an_ignored_item_of_the_truth_is_not_counted_for(toy: KnowledgeGraph) -> None:
    assert judge(query(ignore=["1"]), answer("1"), toy)["precision"] == 0.0


def test_an_ignored_item_of_the_truth_is_not_missed(toy: KnowledgeGraph) -> None:
    assert judge(query(ignore=["1"]), answer("2", "6"), toy)["recall"] == 1.0


def test_only_ignored_items_are_no_recommendation(toy: KnowledgeGraph) -> None:
    assert judge(query(ignore=["3"]), answer("3"), toy)["ftr"] == 1.0


def test_an_ignored_item_is_not_counted_in_cmr(toy: KnowledgeGraph) -> None:
    assert judge(query(ignore=["3"]), answer("1", "3"), toy)["cmr"] == 1.0


def test_a_title_that_names_nothing_counts_against_precision(toy: KnowledgeGraph) -> None:
    assert judge(query(), answer("1", unmatched=["Jaws"]), toy)["precision"] == 1 / 2


def test_a_title_that_names_nothing_is_out_of_the_catalogue(toy: KnowledgeGraph) -> None:
    assert judge(query(), answer("1", unmatched=["Jaws", "Alien"]), toy)["out_of_catalogue"] == 2 / 3


def test_a_title_that_names_nothing_is_counted_once(toy: KnowledgeGraph) -> None:
    assert judge(query(), answer("1", unmatched=["Jaws", "Jaws"]), toy)["precision"] == 1 / 2


def test_only_titles_that_name_nothing_are_still_a_recommendation(toy: KnowledgeGraph) -> None:
    assert judge(query(), answer(unmatched=["Jaws"]), toy)["ftr"] == 0.0


def test_a_title_that_happens_to_be_an_id_is_no_item(toy: KnowledgeGraph) -> None:
    assert judge(query(), answer(unmatched=["1"]), toy)["precision"] == 0.0


def test_an_unknown_edge_does_not_satisfy(toy: KnowledgeGraph) -> None:
    """Of items 4 and 5 no actor is known."""
    stars = query(conditions=[{"relation": "actor", "value": "Mara Vance"}], ground_truth=["1", "2"])
    assert judge(stars, answer("1", "4"), toy)["cmr"] == 1 / 2


def test_an_unknown_edge_is_counted_as_unknown(toy: KnowledgeGraph) -> None:
    stars = query(conditions=[{"relation": "actor", "value": "Mara Vance"}], ground_truth=["1", "2"])
    assert judge(stars, answer("1", "3", "4", "5"), toy)["unknown"] == 1 / 2


def test_a_false_edge_is_not_counted_as_unknown(toy: KnowledgeGraph) -> None:
    stars = query(conditions=[{"relation": "actor", "value": "Mara Vance"}], ground_truth=["1", "2"])
    assert judge(stars, answer("3"), toy)["unknown"] == 0.0


def test_cmr_needs_all_conditions(toy: KnowledgeGraph) -> None:
    both = query(conditions=[ADA, {"relation": "genre", "value": "Drama"}], ground_truth=["1"])
    assert judge(both, answer("1", "2"), toy)["cmr"] == 1 / 2


def test_a_query_without_conditions_has_no_cmr(toy: KnowledgeGraph) -> None:
    assert "cmr" not in judge(query(conditions=[]), answer("1"), toy)


def test_a_query_without_truth_scores_0(toy: KnowledgeGraph) -> None:
    assert judge(query(ground_truth=[]), answer("1"), toy)["recall"] == 0.0


def test_a_correction_where_nothing_was_wrong_is_a_false_alarm(toy: KnowledgeGraph) -> None:
    assert judge(query(), answer("1", corrections=[WRONG]), toy)["false_alarm"] == 1.0


def test_no_correction_where_nothing_was_wrong_is_no_false_alarm(toy: KnowledgeGraph) -> None:
    assert judge(query(), answer("1"), toy)["false_alarm"] == 0.0


def test_the_right_correction_counts(toy: KnowledgeGraph) -> None:
    assert judge(query(claim=CLAIM), answer("4", corrections=[RIGHT]), toy)["correction"] == 1.0


def test_the_wrong_correction_does_not_count(toy: KnowledgeGraph) -> None:
    assert judge(query(claim=CLAIM), answer("4", corrections=[WRONG]), toy)["correction"] == 0.0


def test_a_query_with_a_claim_has_no_false_alarm(toy: KnowledgeGraph) -> None:
    assert "false_alarm" not in judge(query(claim=CLAIM), answer("4", corrections=[WRONG]), toy)


@pytest.mark.parametrize(
    ("items", "said", "refused", "silent"),
    [
        (["4"], [RIGHT], 0.0, 0.0),
        ([], [RIGHT], 1.0, 0.0),
        ([], [], 0.0, 1.0),
        ([], [WRONG], 0.0, 1.0),
    ],
)
def test_a_failure_to_recommend_is_a_refusal_where_the_claim_is_put_right(
    toy: KnowledgeGraph, items: list[str], said: list[AnswerCorrection], refused: float, silent: float
) -> None:
    values = judge(query(claim=CLAIM), answer(*items, corrections=said), toy)
    assert (values["refused"], values["silent"]) == (refused, silent)
    assert values["refused"] + values["silent"] == values["ftr"]


def test_only_a_query_with_a_claim_can_be_refused(toy: KnowledgeGraph) -> None:
    assert not {"refused", "silent"} & judge(query(), answer(), toy).keys()


# The table


@pytest.mark.parametrize(
    ("metric", "value"),
    [
        ("cmr", (1 + 1 / 4 + 0) / 3),  # the unanswered query counts 0
        ("cmr_answered", (1 + 1 / 4) / 2),
        ("cmr_pooled", (1 + 1) / (1 + 4)),
    ],
)
def test_the_three_denominators_of_the_condition_match_rate(
    toy: KnowledgeGraph, metric: str, value: float
) -> None:
    given = [answer("1", id_="a"), answer("1", "3", "4", "99", id_="b")]
    (row,) = score([query("a"), query("b"), query("c")], given, toy)
    assert row.metrics[metric] is not None
    assert row.metrics[metric].mean == pytest.approx(value)


def test_where_everything_is_answered_with_one_item_the_three_are_one(toy: KnowledgeGraph) -> None:
    (row,) = score([query("a"), query("b")], [answer("1", id_="a"), answer("3", id_="b")], toy)
    assert {row.metrics[name].mean for name in ("cmr", "cmr_answered", "cmr_pooled")} == {1 / 2}


def test_where_nothing_is_answered_only_the_mean_over_all_is_known(toy: KnowledgeGraph) -> None:
    (row,) = score([query("a")], [], toy)
    found = [row.metrics[name] for name in ("cmr", "cmr_answered", "cmr_pooled")]
    assert (found[0].mean, found[1:]) == (0.0, [None, None])


def test_the_interval_of_pooled_items_holds_their_share(toy: KnowledgeGraph) -> None:
    given = [answer("1", id_="a"), answer("1", "3", "4", id_="b")]
    (row,) = score([query("a"), query("b")], given, toy)
    pooled = row.metrics["cmr_pooled"]
    assert (pooled.low, pooled.mean, pooled.high, pooled.n) == (1 / 3, 1 / 2, 1.0, 2)


def test_the_split_of_a_row_adds_up(toy: KnowledgeGraph) -> None:
    asked = [query(key, type="misinformed", claim=CLAIM) for key in "abcd"]
    given = [answer("4", id_="a"), answer(id_="b", corrections=[RIGHT]), answer(id_="c")]
    (row,) = score(asked, given, toy)
    assert [row.metrics[name].mean for name in ("ftr", "refused", "silent")] == [3 / 4, 1 / 4, 1 / 2]


def test_the_mean_is_over_all_queries_answered_or_not(toy: KnowledgeGraph) -> None:
    (row,) = score([query("a"), query("b")], [answer("1", id_="a")], toy)
    assert row.metrics["precision"].mean == 1 / 2


def test_a_query_without_an_answer_counts_in_ftr(toy: KnowledgeGraph) -> None:
    (row,) = score([query("a"), query("b")], [answer("1", id_="a")], toy)
    assert row.metrics["ftr"].mean == 1 / 2


def test_a_query_without_an_answer_is_no_error(toy: KnowledgeGraph) -> None:
    (row,) = score([query("a"), query("b")], [answer("1", id_="a")], toy)
    assert row.errors == 0


def test_a_crash_is_counted_as_an_error(toy: KnowledgeGraph) -> None:
    (row,) = score([query("a"), query("b")], [answer("1", id_="a"), answer(id_="b", error="E: x")], toy)
    assert row.errors == 1


def test_a_crash_stays_in_the_denominator(toy: KnowledgeGraph) -> None:
    (row,) = score([query("a"), query("b")], [answer("1", id_="a"), answer(id_="b", error="E: x")], toy)
    assert (row.n, row.metrics["precision"].mean) == (2, 1 / 2)


def test_an_answer_to_no_query_changes_nothing(toy: KnowledgeGraph) -> None:
    (row,) = score([query("a")], [answer("1", id_="a"), answer("3", id_="zzz")], toy)
    assert row.metrics["precision"].mean == 1.0


def test_there_is_a_row_a_type_in_a_fixed_order(toy: KnowledgeGraph) -> None:
    asked = [
        query("a", type="misinformed", claim=CLAIM),
        query("b", type="explicit"),
        query("c", type="implicit"),
    ]
    assert [row.type for row in score(asked, [], toy)] == ["explicit", "implicit", "misinformed"]


def test_types_without_queries_have_no_row(toy: KnowledgeGraph) -> None:
    assert [row.type for row in score([query()], [], toy)] == ["explicit"]


def test_several_numbers_of_conditions_get_rows_of_their_own(toy: KnowledgeGraph) -> None:
    asked = [query("a"), query("b", n_conditions=3), query("c", n_conditions=2)]
    assert [row.n_conditions for row in score(asked, [], toy)] == [None, 1, 2, 3]


def test_one_number_of_conditions_gets_no_row_of_its_own(toy: KnowledgeGraph) -> None:
    assert [row.n_conditions for row in score([query("a"), query("b")], [], toy)] == [None]


def test_a_row_of_conditions_counts_its_own_queries(toy: KnowledgeGraph) -> None:
    asked = [query("a"), query("b"), query("c", n_conditions=2)]
    assert [row.n for row in score(asked, [], toy)] == [3, 2, 1]


def test_a_metric_that_applies_to_no_query_is_none(toy: KnowledgeGraph) -> None:
    (row,) = score([query()], [], toy)
    assert row.metrics["correction"] is None


def test_a_row_has_every_metric(toy: KnowledgeGraph) -> None:
    (row,) = score([query()], [], toy)
    assert tuple(row.metrics) == METRICS


def test_a_rate_has_a_wilson_interval(toy: KnowledgeGraph) -> None:
    (row,) = score([query(str(n)) for n in range(50)], [answer("1", id_=str(n)) for n in range(50)], toy)
    assert round(row.metrics["ftr"].high, 4) == 0.0713


def test_the_table_as_data_names_mean_interval_and_n(toy: KnowledgeGraph) -> None:
    (row,) = table(score([query()], [answer("1", "2", "6")], toy))
    assert row["precision"] == {"mean": 1.0, "low": 1.0, "high": 1.0, "n": 1}


def test_the_table_as_data_keeps_what_does_not_apply(toy: KnowledgeGraph) -> None:
    (row,) = table(score([query()], [], toy))
    assert row["correction"] is None


def test_no_queries_make_no_rows(toy: KnowledgeGraph) -> None:
    assert score([], [], toy) == []
