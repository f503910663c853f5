"""After an answer: what is asked of those shown, doubted, allowed again, or ruled out of what held."""

from __future__ import annotations

from typing import Any

import pytest

from agent.assistant import Assistant
from agent.conversation import Conversation


def last(usher: Assistant, *turns: str) -> dict[str, Any]:
    conversation = Conversation(usher)
    answers = [conversation.say(turn).answer for turn in turns]
    return answers[-1]


def values(answer: dict[str, Any], part: str = "conditions") -> set[str]:
    return {str(each["value"]) for each in answer[part]}


def test_one_of_those_shown_is_told_by_who_is_in_it(usher: Assistant) -> None:
    answer = last(usher, "films by Billy Wilder", "who shot the one with Jack Lemmon and Shirley MacLaine?")
    assert [each["title"] for each in answer["facts"]] == ["The Apartment"]


@pytest.mark.parametrize(
    ("question", "verdict"),
    [("Is the first of them by Billy Wilder?", "yes"), ("Is the first of those by Robert Wise?", "no")],
)
def test_yes_or_no_is_asked_of_one_that_is_counted(usher: Assistant, question: str, verdict: str) -> None:
    answer = last(usher, "films by Billy Wilder", question)
    assert (answer["act"], answer["items"]) == ("inform", [])
    assert [each["verdict"] for each in answer["facts"]] == [verdict]


def test_the_last_one_that_was_named_is_asked_about(usher: Assistant) -> None:
    answer = last(usher, "two thrillers by Alfred Hitchcock", "who made the last one you named")
    assert [(each["relation"], each["values"]) for each in answer["facts"]] == [
        ("director", ["Alfred Hitchcock"])
    ]


@pytest.mark.parametrize(
    "doubt",
    ["I heard it was James Cameron?", "wasn't that James Cameron?", "but I thought it was James Cameron?"],
)
def test_what_was_told_is_doubted(usher: Assistant, doubt: str) -> None:
    answer = last(usher, "who directed Alien?", doubt)
    assert (answer["act"], answer["items"]) == ("inform", [])
    assert "directed by Ridley Scott, not James Cameron" in answer["text"]


def test_a_doubt_may_be_of_another_role(usher: Assistant) -> None:
    answer = last(usher, "who directed Jaws?", "Wasn't the music by Nino Rota?")
    assert answer["none_of"] == []
    assert "scored by John Williams, not Nino Rota" in answer["text"]


def test_somebody_in_it_is_asked_for_by_a_pronoun(usher: Assistant) -> None:
    answer = last(usher, "who directed Chinatown?", "who plays her")
    assert {(each["title"], each["relation"]) for each in answer["facts"]} == {("Chinatown", "actor")}


@pytest.mark.parametrize("allowed", ["ok you can include him after all", "you know what, Grant is fine"])
def test_who_was_ruled_out_is_allowed_again(usher: Assistant, allowed: str) -> None:
    answer = last(usher, "thrillers by Alfred Hitchcock", "not with Cary Grant", allowed)
    assert answer["none_of"] == []
    assert values(answer) == {"Alfred Hitchcock", "Thriller"}


def test_a_kind_is_ruled_out_of_what_held(usher: Assistant) -> None:
    before = last(usher, "We need a family film, kids are 5 and 9")
    answer = last(usher, "We need a family film, kids are 5 and 9", "ok no cartoons")
    assert values(answer, "any_of") == values(before, "any_of")
    assert "Animation" in values(answer, "none_of")


def test_older_than_a_stated_range_lies_before_it(usher: Assistant) -> None:
    answer = last(usher, "thrillers from the 1970s", "older please")
    assert {
        (each["op"], int(each["value"])) for each in answer["conditions"] if each["relation"] == "year"
    } == {("<=", 1969)}


def test_a_name_that_was_meant_takes_any_role(usher: Assistant) -> None:
    answer = last(usher, "Something by Cooper", "no I meant Gary Cooper, sorry")
    assert {(each["relation"], each["value"]) for each in answer["conditions"]} == {("actor", "Gary Cooper")}


def test_a_title_that_is_not_here_is_what_it_means(usher: Assistant) -> None:
    answer = last(usher, "documentaries", "The Last Teapot! love it. Who made it again?")
    assert (answer["facts"], answer["unknown"]) == ([], ["The Last Teapot"])


def test_the_newest_of_those_shown_is_asked_for_without_a_verb(usher: Assistant) -> None:
    answer = last(usher, "two films by Billy Wilder", "newest of them?")
    assert answer["act"] == "inform"
    assert "newer than" in answer["text"]


def test_two_titles_are_set_side_by_side(usher: Assistant) -> None:
    answer = last(usher, "Can you compare Jaws and Chinatown?")
    assert (answer["act"], {each["title"] for each in answer["facts"]}) == ("inform", {"Jaws", "Chinatown"})


def test_the_time_is_no_item(usher: Assistant) -> None:
    assert last(usher, "comedies", "what time is it?")["items"] == []


def test_what_further_items_are_like_is_not_passed_over(usher: Assistant) -> None:
    answer = last(usher, "two films by Billy Wilder", "more films with dinosaurs please")
    assert answer["unused"] == ["dinosaurs"]


def test_who_was_told_is_meant_in_a_new_kind(usher: Assistant) -> None:
    answer = last(usher, "who directed Chinatown?", "thrillers by him")
    assert values(answer) == {"Roman Polanski", "Thriller"}


def test_who_is_fine_and_was_not_ruled_out_changes_nothing(usher: Assistant) -> None:
    before = last(usher, "thrillers from the 1970s")
    answer = last(usher, "thrillers from the 1970s", "you know what, polanski is fine")
    assert answer["conditions"] == before["conditions"]


def test_a_condition_of_a_wish_is_not_passed_over(usher: Assistant) -> None:
    answer = last(usher, "comedies", "Ok maybe one musical. But only if it's got kazoos in it")
    assert answer["unused"] == ["kazoos"]


def test_colour_is_not_known(usher: Assistant) -> None:
    answer = last(usher, "thrillers from the 1970s", "in colour")
    assert answer["unused"] == ["in colour"]
    assert "Thriller" in values(answer)


def test_music_may_be_what_films_are_about(usher: Assistant) -> None:
    answer = last(usher, "a comedy about music")
    assert "music" in answer["text"]


def test_an_ordinary_noun_with_an_article_is_nobody(usher: Assistant) -> None:
    assert last(usher, "a comedy about a band")["conditions"] == [
        {"relation": "genre", "op": "is", "value": "Comedy"}
    ]


def test_what_else_one_of_two_did_is_asked_without_the_other(usher: Assistant) -> None:
    answer = last(usher, "films by Alfred Hitchcock with Cary Grant", "what else by Hitchcock")
    assert values(answer) == {"Alfred Hitchcock"}


def test_an_everyday_word_says_how_items_should_be_and_no_series_of_one_shown(usher: Assistant) -> None:
    answer = last(usher, "something with cars", "fast ones")
    assert values(answer) == set()
    assert len(answer["items"]) > 1
    assert "Fast & Furious" in values(last(usher, "something with cars", "the Fast & Furious ones"))
