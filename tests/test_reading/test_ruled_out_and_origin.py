"""Whose items, what somebody else cannot stand, what a range that is not wanted leaves."""

from __future__ import annotations

import pytest

from agent.assistant import Assistant, Turn


def conditions(turn: Turn) -> set[tuple[str, str]]:
    return {(each["relation"], each["value"]) for each in turn.answer["conditions"]}


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("something by Italian directors", "Italy"),
        ("a novel by a Canadian author", "Canada"),
        ("dramas, Swedish if possible", "Sweden"),
    ],
)
def test_a_word_of_origin_before_makers_is_a_country(usher: Assistant, text: str, country: str) -> None:
    assert ("country", country) in conditions(usher.ask(text))


def test_whom_a_companion_cannot_stand_is_ruled_out(usher: Assistant) -> None:
    turn = usher.ask("My sister can't stand Bill Murray. A comedy without him, please.")
    assert ("actor", "Bill Murray") in {(each["relation"], each["value"]) for each in turn.answer["none_of"]}


def test_a_decade_that_is_not_wanted_leaves_the_others(usher: Assistant) -> None:
    years = [each["year"] for each in usher.ask("westerns, but not from the 60s").answer["items"]]
    assert years
    assert not any(year is None or 1960 <= year <= 1969 for year in years)


def test_kinds_that_are_each_liked_are_alternatives(usher: Assistant) -> None:
    answer = usher.ask("I like westerns and I love musicals").answer
    assert {each["value"] for each in answer["any_of"]} == {"Western", "Musical"}


def test_a_place_of_everyday_life_is_a_theme_after_what_leads_to_it(usher: Assistant) -> None:
    assert usher.ask("a film that takes place on a train").answer["basis"] == "text"


def test_an_order_alone_is_over_the_whole_catalogue(usher: Assistant) -> None:
    items = usher.ask("show me the newest films you have").answer["items"]
    assert [each["year"] for each in items] == sorted((each["year"] or 0 for each in items), reverse=True)
