"""What is said of an answer: places in its list, whom a pronoun means, its order, what is ruled out."""

from __future__ import annotations

from typing import Any

import pytest

from agent.answer_text import SHOWN as LISTED
from agent.assistant import Assistant
from agent.conversation import Conversation


def said(usher: Assistant, *turns: str) -> list[dict[str, Any]]:
    conversation = Conversation(usher)
    return [conversation.say(text).answer for text in turns]


def titles(answer: dict[str, Any]) -> list[str]:
    return [item["title"] for item in answer["items"]]


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("who directed the top one?", 0),
        ("who directed your top suggestion there?", 0),
        ("who made the former?", 0),
        ("who directed your third pick", 2),
        ("who directed the middle one?", 3),
        ("who made the latter?", -1),
        ("who directed the bottom one?", -1),
        ("who directed the second to last one?", -2),
    ],
)
def test_a_place_of_the_list_is_pointed_at(usher: Assistant, question: str, place: int) -> None:
    shown, answer = said(usher, "movies with James Garner", question)
    assert len(shown["items"]) == 7
    assert [(f["relation"], f["title"]) for f in answer["facts"]] == [("director", titles(shown)[place])]


def test_the_last_two_are_two(usher: Assistant) -> None:
    shown, answer = said(usher, "movies with James Garner", "seen the last two")
    assert titles(answer) == titles(shown)[:-2]


def test_a_question_is_asked_again_of_the_former(usher: Assistant) -> None:
    shown, _, answer = said(usher, "movies with James Garner", "who directed the latter?", "and the former?")
    assert [(f["relation"], f["title"]) for f in answer["facts"]] == [("director", titles(shown)[0])]


@pytest.mark.parametrize(
    ("request_", "text", "latest"),
    [
        ("comedies by Billy Wilder", "Most recent first, please.", True),
        ("comedies by Billy Wilder", "newest ones first", True),
        ("horror films", "from old to new", False),
        ("horror films", "sort them by year", False),
    ],
)
def test_the_order_of_what_was_shown(usher: Assistant, request_: str, text: str, latest: bool) -> None:
    shown, answer = said(usher, request_, text)
    years = [item["year"] for item in answer["items"]]
    assert years == sorted(years, reverse=latest)
    assert sorted(titles(answer)) == sorted(titles(shown))


@pytest.mark.parametrize("text", ["what else did she make", "more by her?", "what else has she directed"])
def test_she_is_who_was_named_not_one_of_a_cast(usher: Assistant, text: str) -> None:
    *_, answer = said(usher, "Which film did Jane Campion direct?", "who is in it?", text)
    assert answer["act"] in ("recommend", "decline")
    assert "Jane Campion" in answer["text"] or answer["conditions"][0]["value"] == "Jane Campion"


def test_one_of_a_cast_is_asked_for(usher: Assistant) -> None:
    *_, answer = said(usher, "Who stars in Casablanca?", "what else is he in?")
    assert answer["act"] == "ask"
    assert {"Humphrey Bogart", "Paul Henreid"} <= set(answer["question"]["choices"])
    assert "Ingrid Bergman" not in answer["question"]["choices"]


@pytest.mark.parametrize(
    "text", ["she has seen that", "hang on, he says he's seen it", "ah no, we've seen it"]
)
def test_what_was_taken_may_be_known_after_all(usher: Assistant, text: str) -> None:
    shown, _, answer = said(usher, "movies with James Garner", "the second then", text)
    assert titles(answer) == [title for title in titles(shown) if title != titles(shown)[1]]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("No space ones.", "space"),
        ("not monsters", "monsters"),
        ("nothing with monsters please", "monsters"),
        ("no ghosts please", "ghosts"),
    ],
)
def test_a_subject_is_ruled_out(usher: Assistant, text: str, word: str) -> None:
    shown, answer = said(usher, "horror films", text)
    assert not answer["unused"]
    assert set(titles(answer)) < set(titles(shown))
    assert f"“{word}”" in answer["text"]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("anything from the same decade?", (1960, 1969)),
        ("a thriller from the same year", (1960, 1960)),
        ("a thriller from the same era", (1960, 1969)),
    ],
)
def test_a_time_is_that_of_the_item_spoken_of(usher: Assistant, text: str, years: tuple[int, int]) -> None:
    *_, answer = said(usher, "Who directed Psycho?", text)
    assert answer["act"] == "recommend"
    assert all(years[0] <= item["year"] <= years[1] for item in answer["items"])


def test_a_first_name_is_that_of_somebody_in_what_was_shown(usher: Assistant) -> None:
    *_, answer = said(usher, "films with Cary Grant", "Without Ingrid")
    assert [c["value"] for c in answer["none_of"]] == ["Ingrid Bergman"]
    assert [c["value"] for c in answer["conditions"]] == ["Cary Grant"]


@pytest.mark.parametrize("text", ["too violent?", "does it have car chases", "very gory?"])
def test_what_no_fact_tells_of_an_item_is_said(usher: Assistant, text: str) -> None:
    shown, answer = said(usher, "thrillers by Hitchcock", text)
    assert (answer["act"], bool(answer["unused"]), answer["items"]) == ("inform", True, [])
    assert titles(shown)[0] in answer["text"]


@pytest.mark.parametrize(
    ("text", "verdict"), [("Alfred Hitchcock made that?", "yes"), ("Ridley Scott made that?", "no")]
)
def test_a_statement_with_a_question_mark_is_checked(usher: Assistant, text: str, verdict: str) -> None:
    *_, answer = said(usher, "who is in Rear Window?", text)
    assert [(f["relation"], f["verdict"]) for f in answer["facts"]] == [("director", verdict)]


@pytest.mark.parametrize("text", ["were they all made after 1950?", "Did all of those come out after 1950?"])
def test_each_of_those_shown_is_asked_for_its_year(usher: Assistant, text: str) -> None:
    shown, answer = said(usher, "thrillers by Hitchcock", text)
    assert [f["title"] for f in answer["facts"]] == titles(shown)[:5]
    assert {f["verdict"] for f in answer["facts"]} == {"yes", "no"}


@pytest.mark.parametrize(
    "text",
    ["black n white only", "the one w the zither or whatever?? is there one", "who was the gaffer on it?"],
)
def test_what_decides_nothing_is_named(usher: Assistant, text: str) -> None:
    *_, answer = said(usher, "movies with James Garner", text)
    assert answer["unused"]
    assert "I see" not in answer["text"]


@pytest.mark.parametrize("subject", ["puppeteer", "lighthouse", "ventriloquist"])
def test_none_that_was_turned_down_is_picked(usher: Assistant, subject: str) -> None:
    """A list is turned down until all that it counts is; then nothing is left to pick."""
    conversation = Conversation(usher)
    answer = conversation.say(f"any films with a {subject}").answer
    pages = -(-len(answer["items"]) // LISTED)
    refused: set[str] = set()
    for _ in range(pages):
        shown = titles(answer)[:LISTED]
        assert shown
        assert refused.isdisjoint(titles(answer))
        refused.update(shown)
        answer = conversation.say("seen them all").answer
    picked = conversation.say("you pick").answer
    assert [(each["act"], each["items"]) for each in (answer, picked)] == [("decline", [])] * 2


def test_what_was_not_shown_yet_may_be_picked(usher: Assistant) -> None:
    shown, _, answer = said(usher, "any films with a butler", "seen them all", "you pick")
    assert titles(answer) == titles(shown)[LISTED : LISTED + 1]


def test_an_item_that_is_told_apart_by_nothing_shown_is_asked_for(usher: Assistant) -> None:
    *_, answer = said(usher, "movies with James Garner", "the one with the harp sounds fun, who wrote it")
    assert (answer["act"], answer["facts"]) == ("ask", [])


def test_what_the_first_search_went_by_is_said_again(usher: Assistant) -> None:
    *_, answer = said(usher, "heist films", "with Al Pacino")
    assert "“heist”" in answer["text"]


@pytest.mark.parametrize("text", ["I'll risk it.", "I'll give it a whirl", "you've sold me"])
def test_taking_it_searches_nothing(usher: Assistant, text: str) -> None:
    *_, answer = said(usher, "who is in Rear Window?", text)
    assert (answer["act"], answer["items"]) == ("acknowledge", [])


def test_nothing_like_that_is_no_likeness(usher: Assistant) -> None:
    shown, answer = said(usher, "thrillers by Hitchcock", "nothing like that")
    assert answer["basis"] == "proved"
    assert set(titles(answer)) < set(titles(shown))


def test_so_many_more_by_the_same_person(usher: Assistant) -> None:
    *_, answer = said(usher, "Who directed Vertigo?", "two more from him please")
    assert len(answer["items"]) == 2


def test_an_era_of_a_kind_is_no_time_of_the_item(usher: Assistant) -> None:
    *_, answer = said(usher, "Who directed Vertigo?", "anything from that silent era")
    assert {c["value"] for c in answer["conditions"] if c["relation"] == "year"} <= {1895, 1929}
    assert {each["id"].split("/")[0] for each in answer["items"]} == {"movie"}


def test_more_by_somebody_is_not_bound_to_the_theme_before(usher: Assistant) -> None:
    *_, answer = said(usher, "heist films", "who directed Vertigo?", "what else did he direct?")
    assert [c["value"] for c in answer["conditions"]] == ["Alfred Hitchcock"]
    assert len(answer["items"]) > 5


def test_likeness_names_the_item_that_a_question_was_about(usher: Assistant) -> None:
    *_, answer = said(usher, "who is in Rear Window?", "any like that")
    assert "Rear Window" in answer["text"]


def test_what_was_not_understood_is_not_spoken_of(usher: Assistant) -> None:
    *_, answer = said(usher, "who is in Rear Window?", "were either of those in vertigo?", "too gory?")
    assert "Rear Window" in answer["text"]
