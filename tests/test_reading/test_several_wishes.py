"""Wishes of several people, or for several times, in one message; tastes of those who watch together."""

from __future__ import annotations

from typing import Any

import pytest

from agent.assistant import Assistant


def values(answer: dict[str, Any], part: str = "conditions") -> set[tuple[str, str]]:
    return {(each["relation"], str(each["value"])) for each in answer[part]}


@pytest.mark.parametrize(
    ("said", "either"),
    [
        (
            "he wants a war film, she wants a musical, what have you got for us",
            {("genre", "War"), ("genre", "Musical")},
        ),
        (
            "a horror film for saturday; for sunday, something from Sweden",
            {("genre", "Horror"), ("country", "Sweden")},
        ),
        ("tonight a western, tomorrow a musical", {("genre", "Western"), ("genre", "Musical")}),
        (
            "some Billy Wilder for me, and for my sister a fantasy novel",
            {("director", "Billy Wilder"), ("genre", "Fantasy")},
        ),
        (
            "I need a thriller for Friday night. On Sunday I'm alone and want something by Ozu.",
            {("genre", "Thriller"), ("director", "Yasujiro Ozu")},
        ),
        (
            "My daughter wants a western. I would rather read, so give me a novel by Toni Morrison too.",
            {("genre", "Western"), ("author", "Toni Morrison")},
        ),
        (
            "my wife likes westerns, I like musicals. what could we watch together?",
            {("genre", "Western"), ("genre", "Musical")},
        ),
    ],
)
def test_each_wish_is_a_request_of_its_own(usher: Assistant, said: str, either: set[tuple[str, str]]) -> None:
    answer = usher.ask(said).answer
    assert (values(answer), values(answer, "any_of")) == (set(), either)


def test_one_wish_said_twice_is_one(usher: Assistant) -> None:
    answer = usher.ask("I want a comedy, I want a film with Bill Murray").answer
    assert {("genre", "Comedy"), ("actor", "Bill Murray")} <= values(answer)


def test_what_each_request_is_for_is_said(usher: Assistant) -> None:
    answer = usher.ask("My partner wants a thriller. I want a love story from Italy.").answer
    assert "thrillers; romances from Italy" in answer["text"]


def test_what_others_like_bounds_nothing_where_nobody_shares(usher: Assistant) -> None:
    answer = usher.ask("My dad likes war films, but I want two comedies from the eighties").answer
    assert ("genre", "War") not in values(answer) | values(answer, "any_of")


def test_a_kind_is_ruled_out_only_with_its_name(usher: Assistant) -> None:
    answer = usher.ask("a western, but no comedies with Bob Hope").answer
    assert (values(answer), values(answer, "none_of")) == ({("genre", "Western")}, set())
    assert "both Comedy and Bob Hope" in answer["text"]


@pytest.mark.parametrize(
    ("said", "conditions", "ruled_out"),
    [
        ("a thriller unless it has Tom Cruise", {("genre", "Thriller")}, ("actor", "Tom Cruise")),
        ("no comedies unless they are by Billy Wilder", set(), ("genre", "Comedy")),
    ],
)
def test_unless_excepts(
    usher: Assistant, said: str, conditions: set[tuple[str, str]], ruled_out: tuple[str, str]
) -> None:
    answer = usher.ask(said).answer
    assert values(answer) == conditions
    assert ruled_out in values(answer, "none_of")


@pytest.mark.parametrize(
    "said",
    ["something to watch with my grandmother", "movie night with my grandparents, any idea?"],
)
def test_elders_are_spared_what_is_violent(usher: Assistant, said: str) -> None:
    answer = usher.ask(said).answer
    graph = usher.graph
    kinds = {each.label for item in answer["items"] for each in graph.values(item["id"], "genre")}
    assert kinds.isdisjoint({"Horror", "Thriller", "Crime", "War"})
    assert (answer["basis"], answer["conditions"], answer["none_of"]) == ("popular", [], [])
    assert "horror" in answer["text"]


def test_what_is_violent_comes_last_where_a_kind_is_asked_for_elders(usher: Assistant) -> None:
    answer = usher.ask("a comedy for my grandma").answer
    titles = [item["title"] for item in answer["items"]]
    assert values(answer) == {("genre", "Comedy")}
    assert titles.index("Singin' in the Rain") < titles.index("Pulp Fiction")


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("films from 1985 give or take 3 years", "1982", "1988"),
        ("films from around 1985, give or take a few years", "1982", "1988"),
        ("a western from 1960, plus or minus two years", "1958", "1962"),
    ],
)
def test_how_far_a_year_may_be_off(usher: Assistant, said: str, first: str, last: str) -> None:
    assert {("year", first), ("year", last)} <= values(usher.ask(said).answer)


def test_this_year_is_a_year(usher: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USHER_TODAY", "2019-05-01")
    assert ("year", "2019") in values(usher.ask("a thriller that came out this year").answer)
    told = usher.ask("I saw it last year, a comedy please").answer
    assert values(told) == {("genre", "Comedy")}


def test_the_us_is_no_film(usher: Assistant) -> None:
    answer = usher.ask("a comedy that's not from the US").answer
    assert values(answer, "none_of") == {("country", "United States")}


@pytest.mark.parametrize("said", ["what has The Rock been in?", "what has Heat been in?"])
def test_a_title_in_the_place_of_somebody_is_nobody(usher: Assistant, said: str) -> None:
    answer = usher.ask(said).answer
    assert (answer["act"], answer["items"]) == ("decline", [])


def test_cinema_of_a_country_is_its_films(usher: Assistant) -> None:
    assert values(usher.ask("got any Iranian cinema").answer) == {("country", "Iran")}
    assert usher.ask("what's on at the cinema tonight").answer["items"] == []


def test_a_kind_that_no_book_has_stands_for_the_nearest(usher: Assistant) -> None:
    answer = usher.ask("Give me five crime novels").answer
    assert (values(answer), answer["basis"], len(answer["items"])) == (
        {("genre", "Mystery")},
        "popular",
        5,
    )
    assert "nearest kind" in answer["text"]


def test_what_is_like_the_item_asked_about(usher: Assistant) -> None:
    said = "Tell me who played the lead in Lawrence of Arabia. And then recommend a film of the same sort."
    answer = usher.ask(said).answer
    assert (values(answer), answer["basis"]) == (set(), "taste")
    assert answer["facts"]


def test_a_question_joined_by_and_also(usher: Assistant) -> None:
    answer = usher.ask("can you tell me who was in the third man and also when it came out").answer
    assert {each["relation"] for each in answer["facts"]} == {"actor", "year"}
