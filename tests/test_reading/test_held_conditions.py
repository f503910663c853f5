"""What was asked goes on to hold until a turn changes it: alternatives, ranges ruled out, orders, bounds."""

from __future__ import annotations

from typing import Any

import pytest

from agent.assistant import Assistant
from agent.conversation import Conversation


def talk(usher: Assistant, *turns: str) -> dict[str, Any]:
    """Return the last answer of a conversation."""
    conversation = Conversation(usher)
    return [conversation.say(turn).answer for turn in turns][-1]


def stated(answer: dict[str, Any], field: str = "conditions") -> set[str]:
    return {f"{each['relation']} {each.get('op', 'is')} {each['value']}" for each in answer[field]}


def years(answer: dict[str, Any]) -> list[int]:
    return [each["year"] for each in answer["items"]]


@pytest.mark.parametrize("said", ["no old stuff", "nothing old please", "nothing before 2005"])
def test_alternatives_hold_beside_years(usher: Assistant, said: str) -> None:
    answer = talk(usher, "a comedy or something romantic", said)
    assert stated(answer, "any_of") == {"genre is Comedy", "genre is Romance"}


@pytest.mark.parametrize("said", ["make it a western", "no, a western"])
def test_a_kind_takes_the_place_of_alternatives(usher: Assistant, said: str) -> None:
    answer = talk(usher, "a comedy or something romantic", said)
    assert (stated(answer), stated(answer, "any_of")) == ({"genre is Western"}, set())


def test_or_with_a_kind_makes_it_one_of_two(usher: Assistant) -> None:
    answer = talk(usher, "comedies with Meryl Streep", "or drama, i don't mind")
    assert stated(answer) == {"actor is Meryl Streep"}
    assert stated(answer, "any_of") == {"genre is Comedy", "genre is Drama"}


def test_or_with_a_third_makes_it_one_of_three(usher: Assistant) -> None:
    answer = talk(usher, "comedies with Meryl Streep", "or drama", "or a thriller")
    assert stated(answer, "any_of") == {"genre is Comedy", "genre is Drama", "genre is Thriller"}


@pytest.mark.parametrize("said", ["or from Spain", "too few... or from Spain", "hm, or Spanish"])
def test_or_with_a_country_frees_the_one_that_held(usher: Assistant, said: str) -> None:
    answer = talk(usher, "thrillers", "only french ones", said)
    assert stated(answer) == {"genre is Thriller"}
    assert stated(answer, "any_of") == {"country is France", "country is Spain"}


@pytest.mark.parametrize("said", ["not the 90s", "nothing from the nineties", "but not from the 1990s"])
def test_a_range_that_is_ruled_out_is_said_and_holds(usher: Assistant, said: str) -> None:
    answer = talk(usher, "thrillers", said, "with Bruce Willis")
    assert stated(answer, "any_of") == {"year <= 1989", "year >= 2000"}
    assert not any(1990 <= year <= 1999 for year in years(answer))


def test_years_that_were_ruled_out_may_be_asked_for(usher: Assistant) -> None:
    answer = talk(usher, "thrillers with Bruce Willis", "not the 90s", "ok, from the 90s")
    assert stated(answer, "any_of") == set()
    assert set(years(answer)) <= set(range(1990, 2000))


@pytest.mark.parametrize(
    ("said", "year"),
    [
        ("and none from this decade", 2019),
        ("nothing from the last ten years", 2013),
        ("not from the past decade", 2013),
    ],
)
def test_a_span_up_to_now_is_ruled_out(usher: Assistant, said: str, year: int) -> None:
    answer = talk(usher, "Films with Leonardo DiCaprio", said)
    assert stated(answer) == {"actor is Leonardo DiCaprio", f"year <= {year}"}


def test_a_span_up_to_now_is_asked_for(usher: Assistant) -> None:
    answer = talk(usher, "Films with Leonardo DiCaprio", "only from this decade")
    assert "year >= 2020" in stated(answer)


def test_an_order_holds(usher: Assistant) -> None:
    answer = talk(usher, "Films with Leonardo DiCaprio, newest first", "no Scorsese")
    assert years(answer) == sorted(years(answer), reverse=True)
    assert answer["order"] == [{"relation": "year", "descending": True}]


def test_the_first_of_an_order_is_not_called_the_best_known(usher: Assistant) -> None:
    answer = talk(usher, "Films with Leonardo DiCaprio, newest first", "which would you pick?")
    assert "best known" not in answer["text"]


@pytest.mark.parametrize(
    ("first", "said", "bound"),
    [
        ("comedies after 1999", "actually make that 1990", "year >= 1990"),
        ("comedies, nothing before 2000", "no, say 1990", "year >= 1990"),
        ("comedies up to 1960", "sorry, 1970", "year <= 1970"),
        ("comedies from 1994", "make it 1996", "year is 1996"),
    ],
)
def test_a_bound_is_corrected(usher: Assistant, first: str, said: str, bound: str) -> None:
    assert stated(talk(usher, first, said)) == {"genre is Comedy", bound}


@pytest.mark.parametrize(("said", "first"), [("and in the 90s?", 1990), ("and the 90s too", 1980)])
def test_another_decade_is_asked_for_or_added(usher: Assistant, said: str, first: int) -> None:
    answer = talk(usher, "comedies from the 80s", said)
    assert stated(answer) == {"genre is Comedy", f"year >= {first}", "year <= 1999"}


@pytest.mark.parametrize(
    "said", ["Ingrid Bergman instead of Bacall", "and what if it's Ingrid Bergman instead of Bacall"]
)
def test_who_is_given_up_is_replaced(usher: Assistant, said: str) -> None:
    answer = talk(usher, "films with Humphrey Bogart", "with Bacall too", said)
    assert stated(answer) == {"actor is Humphrey Bogart", "actor is Ingrid Bergman"}


@pytest.mark.parametrize("said", ["Not Miyazaki, someone else", "by somebody else, not Miyazaki"])
def test_who_was_not_asked_for_is_ruled_out_beside_what_held(usher: Assistant, said: str) -> None:
    answer = talk(usher, "Japanese animation", said)
    assert stated(answer) == {"country is Japan", "genre is Animation"}
    assert "director is Hayao Miyazaki" in stated(answer, "none_of")


def test_what_no_longer_holds_is_said(usher: Assistant) -> None:
    answer = talk(usher, "westerns from the 30s", "Tarantino")
    assert stated(answer) == {"director is Quentin Tarantino"}
    assert "no westerns directed by Quentin Tarantino, from the 1930s" in answer["text"]


def test_kinds_of_another_domain_are_not_denied(usher: Assistant) -> None:
    answer = talk(usher, "something to read on holiday", "crime maybe")
    assert "among the books here" in answer["text"]
