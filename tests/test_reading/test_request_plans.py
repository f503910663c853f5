"""Several answers as one: whose turn it is, and what is said of all."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.several import interleaved, joined

Answer = dict[str, Any]
EIGHTIES = {"relation": "year", "op": ">=", "value": "1980"}


def where(relation: str, value: str) -> dict[str, str]:
    return {"relation": relation, "value": value}


WESTERN, COMEDY, ADA, BO = (
    where("genre", "Western"),
    where("genre", "Comedy"),
    where("director", "Ada Quill"),
    where("director", "Bo Lund"),
)


# Taking turns


@pytest.mark.parametrize(
    ("lists", "items"),
    [
        (["ab", "xyz"], "axbyz"),
        (["ab", "ba"], "ab"),
        (["", "xy"], "xy"),
        ([], ""),
    ],
)
def test_lists_take_turns_and_each_item_comes_once(lists: list[str], items: str) -> None:
    assert "".join(interleaved(lists)) == items


LISTS = st.lists(st.lists(st.sampled_from("abcdef"), max_size=5), max_size=4)


@given(LISTS)
def test_taking_turns_loses_nothing_and_repeats_nothing(lists: list[list[str]]) -> None:
    assert sorted(interleaved(lists)) == sorted({item for each in lists for item in each})


@given(LISTS)
def test_the_first_of_every_list_comes_before_the_others(lists: list[list[str]]) -> None:
    found = interleaved(lists)
    firsts = {each[0] for each in lists if each}
    assert set(found[: len(firsts)]) == firsts


# Joining answers


def test_what_all_share_is_stated_of_all_and_the_rest_as_alternatives() -> None:
    both = joined([proposal(["1"], [EIGHTIES, WESTERN]), proposal(["2"], [EIGHTIES, COMEDY])])
    assert (both["items"], both["conditions"], both["any_of"]) == (["1", "2"], [EIGHTIES], [WESTERN, COMEDY])


def test_a_name_tells_more_of_a_part_than_a_kind_and_both_more_than_a_year() -> None:
    parts = [
        proposal(["1"], [EIGHTIES, WESTERN, ADA]),
        proposal(["2"], [EIGHTIES | {"value": "1990"}, COMEDY]),
    ]
    assert joined(parts)["any_of"] == [ADA, COMEDY]


def test_that_a_part_found_nothing_is_said_beside_the_other() -> None:
    found = proposal(["1"], [WESTERN])
    assert joined([proposal(act="decline", note="Nothing."), found]) == found | {"note": "Nothing."}


def test_where_nothing_was_found_every_part_is_told_in_order() -> None:
    declined = [proposal(act="decline", note="None."), proposal(act="decline", note="Nor this.")]
    assert joined(declined) == declined[0] | {"note": "None. Nor this."}


def test_a_part_that_says_no_more_than_is_shared_is_the_answer() -> None:
    wide = proposal(["1", "2"], [WESTERN])
    assert joined([wide, proposal(["2"], [WESTERN, ADA])]) == wide


def test_corrections_of_all_parts_are_said_even_of_one_that_found_nothing() -> None:
    wrong = [{"items": [key], "relation": "director", "claimed": "X", "true": ["Y"]} for key in "12"]
    parts = [
        proposal(["1"], [ADA], wrong[:1]),
        proposal(["2"], [BO]),
        proposal((), (), wrong[1:], act="decline"),
    ]
    assert joined(parts)["corrections"] == wrong


def test_a_note_that_two_parts_have_is_said_once() -> None:
    parts = [proposal(["1"], [ADA], note="Alike."), proposal(["2"], [BO], note="Alike.")]
    assert joined(parts)["note"] == "Alike."


def test_no_part_fills_the_list_alone() -> None:
    many = [str(n) for n in range(50)]
    both: Answer = joined([proposal(many, [ADA]), proposal(["x"], [BO])])
    assert (both["items"][1], len(both["items"])) == ("x", 11)
