"""What a conversation keeps, drops and changes: the last answer of a few turns on the built-in catalogue."""

from __future__ import annotations

from statistics import median
from typing import Any, NamedTuple

import pytest
from langgraph.checkpoint.memory import InMemorySaver

from agent.assistant import Assistant
from agent.builtin.dialogue.earlier import SHOWN
from agent.graph import build
from kg.types import ItemId

Answer = dict[str, Any]


class Talk(NamedTuple):
    """The answers of a conversation, and what its person saw before the last one."""

    answers: list[Answer]

    @property
    def last(self) -> Answer:
        return self.answers[-1]

    @property
    def before(self) -> Answer:
        return next(each for each in reversed(self.answers[:-1]) if each["items"])

    @property
    def seen(self) -> set[str]:
        return {item for each in self.answers[:-1] for item in shown(each)}


def talk(usher: Assistant, *texts: str) -> Talk:
    graph = build(InMemorySaver())
    return Talk([usher.chat(graph, "a", text, lambda step: None).answer for text in texts])


def ids(answer: Answer) -> list[str]:
    return [item["id"] for item in answer["items"]]


def shown(answer: Answer) -> list[str]:
    return ids(answer)[:SHOWN]


def stated(answer: Answer, field: str = "conditions") -> set[tuple[str, str]]:
    return {(each["relation"], each["value"]) for each in answer[field] if each["relation"] != "year"}


def median_year(answer: Answer) -> float:
    return median(item["year"] for item in answer["items"][:SHOWN])


GENRE = ("genre", "Thriller")


# More


@pytest.mark.parametrize("asked", ["thrillers", "something like Jaws", "surprise me", "novels from the 60s"])
@pytest.mark.parametrize("more", ["any others?", "show me some more", "what else?"])
def test_more_shows_only_what_was_not_seen(usher: Assistant, asked: str, more: str) -> None:
    said = talk(usher, asked, more, more)
    assert shown(said.last)
    assert not set(ids(said.last)) & said.seen


def test_more_keeps_the_conditions(usher: Assistant) -> None:
    said = talk(usher, "thrillers from the 90s", "any others?")
    assert said.last["conditions"] == said.before["conditions"]


def test_so_many_more_are_so_many(usher: Assistant) -> None:
    assert len(talk(usher, "thrillers", "three more").last["items"]) == 3


def test_where_all_was_seen_more_is_declined(usher: Assistant) -> None:
    said = talk(usher, "films directed by Sergio Leone", "any others?")
    assert (said.last["act"], said.last["items"]) == ("decline", [])


# Turning down


REFUSALS = [
    ("not the first one", [0]),
    ("I've seen the first two", [0, 1]),
    ("I own the second already", [1]),
    ("the third is too dark for me", [2]),
    ("hated the first one", [0]),
    ("not my thing", range(SHOWN)),
    ("I know all of those", range(SHOWN)),
]


@pytest.mark.parametrize(("text", "places"), REFUSALS, ids=[text for text, _ in REFUSALS])
def test_what_is_turned_down_is_left_out(usher: Assistant, text: str, places: list[int]) -> None:
    said = talk(usher, "thrillers", text)
    assert not {ids(said.before)[place] for place in places} & set(ids(said.last))


@pytest.mark.parametrize("text", [text for text, _ in REFUSALS])
def test_what_is_turned_down_changes_no_condition(usher: Assistant, text: str) -> None:
    said = talk(usher, "thrillers", text)
    assert ids(said.last)
    assert stated(said.last) == {GENRE}


@pytest.mark.parametrize("after", ["any others?", "only from the 90s", "older ones"])
def test_what_was_turned_down_stays_out(usher: Assistant, after: str) -> None:
    said = talk(usher, "thrillers", "not the third one", after)
    assert ids(said.last)
    assert ids(said.answers[0])[2] not in ids(said.last)


# Taking


@pytest.mark.parametrize(
    "text",
    [
        "ok I'll take the second one",
        "the second one it is",
        "number 2, please",
        "I'm watching the second one",
    ],
)
def test_what_is_taken_is_named_and_nothing_is_offered(usher: Assistant, text: str) -> None:
    said = talk(usher, "thrillers", text)
    assert (said.last["act"], said.last["items"]) == ("acknowledge", [])
    assert said.before["items"][1]["title"] in said.last["text"]


@pytest.mark.parametrize("text", ["great, I'll choose one of these", "sold!", "sounds good, thanks"])
def test_to_take_without_saying_which_ends_the_search(usher: Assistant, text: str) -> None:
    last = talk(usher, "thrillers", text).last
    assert (last["act"], last["items"]) == ("acknowledge", [])


@pytest.mark.parametrize("text", ["which would you start with?", "pick one for me", "just one"])
def test_who_asks_for_a_choice_gets_one_of_those_shown(usher: Assistant, text: str) -> None:
    said = talk(usher, "thrillers", text)
    assert ids(said.last) == ids(said.before)[:1]


# Newer, older, lesser known


@pytest.mark.parametrize("text", ["something older", "too new for me", "from an earlier time, older ones"])
@pytest.mark.parametrize("asked", ["comedies", "something like Jaws"])
def test_older_is_older_than_what_was_shown(usher: Assistant, asked: str, text: str) -> None:
    said = talk(usher, asked, text)
    assert median_year(said.last) < median_year(said.before)


@pytest.mark.parametrize("text", ["something newer", "these are a bit dated", "more recent ones please"])
@pytest.mark.parametrize("asked", ["comedies", "films directed by Steven Spielberg"])
def test_newer_is_newer_than_what_was_shown(usher: Assistant, asked: str, text: str) -> None:
    said = talk(usher, asked, text)
    assert median_year(said.last) > median_year(said.before)


def test_older_and_older_keeps_what_else_was_asked(usher: Assistant) -> None:
    said = talk(usher, "thrillers, but no horror", "older", "older")
    assert (stated(said.last), stated(said.last, "none_of")) == ({GENRE}, {("genre", "Horror")})


def test_where_nothing_is_newer_that_is_said(usher: Assistant) -> None:
    last = talk(usher, "films directed by Sergio Leone", "newer", "newer", "newer").last
    assert (last["act"], last["items"]) == ("decline", [])


@pytest.mark.parametrize("text", ["lesser known ones please", "less obvious", "any hidden gems?"])
def test_lesser_known_is_chosen_less(usher: Assistant, text: str) -> None:
    said = talk(usher, "comedies", text)
    keys = [ItemId(item) for item in (*shown(said.before), *shown(said.last))]
    ranked = list(usher.graph.by_popularity(usher.graph.positions(keys), len(keys)))
    places = {
        key: ranked.index(position) for key, position in zip(keys, usher.graph.positions(keys), strict=True)
    }
    better, lesser = ([places[ItemId(item)] for item in shown(each)] for each in (said.before, said.last))
    assert max(better) < min(lesser)


# Dropping, replacing, adding


@pytest.mark.parametrize(
    ("asked", "text", "left"),
    [
        ("comedies by Billy Wilder", "forget the genre", {("director", "Billy Wilder")}),
        ("comedies by Billy Wilder", "the director doesn't matter", {("genre", "Comedy")}),
        ("westerns from the 60s", "any year is fine", {("genre", "Western")}),
    ],
)
def test_what_is_dropped_no_longer_holds(
    usher: Assistant, asked: str, text: str, left: set[tuple[str, str]]
) -> None:
    last = talk(usher, asked, text).last
    assert {(each["relation"], each["value"]) for each in last["conditions"]} == left


@pytest.mark.parametrize(
    ("asked", "text", "then"),
    [
        ("thrillers by Hitchcock", "what about David Fincher?", {GENRE, ("director", "David Fincher")}),
        ("comedies", "how about westerns?", {("genre", "Western")}),
        ("films scored by John Williams", "rather Hans Zimmer", {("composer", "Hans Zimmer")}),
    ],
)
def test_a_value_takes_the_place_of_the_one_it_stands_for(
    usher: Assistant, asked: str, text: str, then: set[tuple[str, str]]
) -> None:
    assert stated(talk(usher, asked, text).last) == then


def test_what_is_added_holds_beside_what_was_asked(usher: Assistant) -> None:
    last = talk(usher, "thrillers", "only from the 90s", "with Brad Pitt in it").last
    assert stated(last) == {GENRE, ("actor", "Brad Pitt")}
    assert all(1990 <= item["year"] <= 1999 for item in last["items"])


def test_a_new_request_starts_afresh(usher: Assistant) -> None:
    assert stated(talk(usher, "thrillers", "comedies by Billy Wilder").last) == {
        ("director", "Billy Wilder"),
        ("genre", "Comedy"),
    }


def test_books_instead_of_films_keep_the_genre(usher: Assistant) -> None:
    said = talk(usher, "thriller films", "what about books?")
    assert {usher.graph.item(ItemId(item)).domain for item in ids(said.last)} == {"book"}
    assert stated(said.last) == {GENRE}


# Who was told of


@pytest.mark.parametrize(
    ("question", "more", "whose"),
    [
        ("who directed Jaws?", "what else did he direct?", ("director", "Steven Spielberg")),
        ("who wrote Dune?", "anything else by him?", ("author", "Frank Herbert")),
        ("who composed the music for Jaws?", "what else has he scored?", ("composer", "John Williams")),
        ("is Sigourney Weaver in Alien?", "what else is she in?", ("actor", "Sigourney Weaver")),
    ],
)
def test_more_of_who_was_told_is_by_the_same_person(
    usher: Assistant, question: str, more: str, whose: tuple[str, str]
) -> None:
    said = talk(usher, question, more)
    assert stated(said.last) == {whose}
    assert said.answers[0]["facts"][0]["item"] not in ids(said.last)


# What cannot be used


@pytest.mark.parametrize("text", ["with Zanthor Quibblewick", "by Zanthor Quibblewick please"])
def test_an_unknown_name_in_a_follow_up_keeps_the_conditions_and_is_said(usher: Assistant, text: str) -> None:
    last = talk(usher, "thrillers", text).last
    assert (stated(last), last["unknown"]) == ({GENRE}, ["Zanthor Quibblewick"])


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("something funnier", "funnier"),
        ("less violent", "violent"),
        ("a bit less gory", "gory"),
    ],
)
def test_what_it_should_be_more_or_less_of_is_named_as_unused(usher: Assistant, text: str, word: str) -> None:
    last = talk(usher, "comedies", text).last
    assert (stated(last), last["unused"]) == ({("genre", "Comedy")}, [word])


@pytest.mark.parametrize("text", ["something a little lighter", "sadder ones", "more uplifting"])
def test_what_they_should_feel_like_comes_first(usher: Assistant, text: str) -> None:
    last = talk(usher, "comedies", text).last
    assert (stated(last), last["unused"]) == ({("genre", "Comedy")}, [])
    assert "nearest" in last["text"]


@pytest.mark.parametrize(
    "text",
    [
        "lesser known ones please",
        "forget the genre",
        "never mind the decade",
        "not the second one",
        "any hidden gems?",
    ],
)
def test_the_words_of_an_act_are_used(usher: Assistant, text: str) -> None:
    assert talk(usher, "comedies by Billy Wilder from the 50s", text).last["unused"] == []


@pytest.mark.parametrize(
    "text", ["not the second one", "forget the director", "why the first?", "any others?"]
)
def test_what_would_change_an_answer_is_declined_where_there_was_none(usher: Assistant, text: str) -> None:
    last = talk(usher, text).last
    assert (last["act"], last["items"]) == ("decline", [])


# Who 'he' is, what is added, and what no answer loses


def test_he_is_who_was_told_of_last_in_the_role_that_is_asked(usher: Assistant) -> None:
    answer = talk(usher, "who directed Unforgiven?", "show me films he acts in").last
    assert stated(answer) == {("actor", "Clint Eastwood")}


def test_a_further_role_of_somebody_is_added(usher: Assistant) -> None:
    answer = talk(usher, "films directed by Orson Welles", "but he has to act in it too").last
    assert stated(answer) == {("director", "Orson Welles"), ("actor", "Orson Welles")}


def test_any_with_somebody_is_of_what_was_asked(usher: Assistant) -> None:
    answer = talk(usher, "Ridley Scott films", "got any with Harrison Ford?").last
    assert stated(answer) == {("director", "Ridley Scott"), ("actor", "Harrison Ford")}


def test_another_country_is_an_alternative(usher: Assistant) -> None:
    answer = talk(usher, "crime films from France", "also Italian ones").last
    assert stated(answer, "any_of") == {("country", "France"), ("country", "Italy")}


def test_an_item_ruled_out_stays_out_after_a_turn_without_items(usher: Assistant) -> None:
    texts = ("action films with Bruce Willis", "I've seen Die Hard", "anything else with him, any genre")
    assert "movie/die-hard-1988" not in ids(talk(usher, *texts).last)
