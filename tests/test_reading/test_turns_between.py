"""Short turns of a conversation: a question corrected, pronouns, both or neither, other roles and domains."""

from __future__ import annotations

from typing import Any

import pytest

from agent.assistant import Assistant
from agent.conversation import Conversation


def talk(usher: Assistant, *turns: str) -> list[dict[str, Any]]:
    conversation = Conversation(usher)
    return [conversation.say(turn).answer for turn in turns]


def stated(answer: dict[str, Any], field: str = "conditions") -> set[tuple[str, str]]:
    return {(each["relation"], each["value"]) for each in answer[field]}


def told(answer: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["title"], each["relation"]) for each in answer["facts"]]


@pytest.mark.parametrize("said", ["no the third one", "sorry, I meant the third", "hmm i meant number 3"])
def test_a_question_is_asked_of_the_item_that_was_meant(usher: Assistant, said: str) -> None:
    answers = talk(usher, "films with Tom Hanks", "who directed the second one", said)
    assert told(answers[2]) == [(answers[0]["items"][2]["title"], "director")]


def test_without_a_question_before_it_is_one_that_is_taken(usher: Assistant) -> None:
    answers = talk(usher, "films with Tom Hanks", "no the second one")
    assert (answers[1]["act"], answers[1]["facts"]) == ("acknowledge", [])


@pytest.mark.parametrize(
    ("said", "relation"), [("and the director", "director"), ("and its composer", "composer")]
)
def test_a_noun_asks_of_the_item_just_told_of(usher: Assistant, said: str, relation: str) -> None:
    answer = talk(usher, "when did Tokyo Story come out", said)[-1]
    assert (answer["items"], [r for _, r in told(answer)] or [relation]) == ([], [relation])
    assert "Tokyo Story" in answer["text"]


@pytest.mark.parametrize("said", ["and Psycho, was that him as well", "Psycho, is that the same guy?"])
def test_whoever_was_told_is_asked_of_another_title(usher: Assistant, said: str) -> None:
    answer = talk(usher, "who directed Jaws?", said)[-1]
    assert [(f["title"], f["verdict"]) for f in answer["facts"]] == [("Psycho", "no")]


@pytest.mark.parametrize(
    ("said", "maker"), [("and the new one", "Denis Villeneuve"), ("the old one", "David Lynch")]
)
def test_the_old_or_the_new_of_namesakes_is_meant(usher: Assistant, said: str, maker: str) -> None:
    answer = talk(usher, "Is there a film of Dune?", "who directed the first?", said)[-1]
    assert maker in answer["text"]


@pytest.mark.parametrize("pronoun", ["he", "she"])
def test_who_alone_was_told_is_meant_by_either_pronoun(usher: Assistant, pronoun: str) -> None:
    answer = talk(usher, "who directed Lost in Translation", f"what else has {pronoun} made")[-1]
    assert stated(answer) == {("director", "Sofia Coppola")}


def test_a_pronoun_is_of_the_cast_just_told(usher: Assistant) -> None:
    answer = talk(usher, "films with Meg Ryan", "who's in Shrek", "more of her")[-1]
    assert stated(answer) == {("actor", "Cameron Diaz")}


def test_it_is_asked_which_of_a_cast_is_meant(usher: Assistant) -> None:
    answer = talk(usher, "who's in Goodfellas", "is he in Casino")[-1]
    assert (answer["act"], answer["items"], answer["facts"]) == ("ask", [], [])


@pytest.mark.parametrize("said", ["what other films are they both in", "films with both of them", "both"])
def test_both_who_were_named_last(usher: Assistant, said: str) -> None:
    answer = talk(usher, "Is Al Pacino in Heat?", "and De Niro?", said)[-1]
    assert stated(answer) == {("actor", "Al Pacino"), ("actor", "Robert De Niro")}


def test_neither_of_them(usher: Assistant) -> None:
    turns = ("films by Joel Coen", "which have Frances McDormand", "and which have John Goodman", "neither")
    answer = talk(usher, *turns)[-1]
    assert stated(answer) == {("director", "Joel Coen")}
    assert stated(answer, "none_of") == {("actor", "Frances McDormand"), ("actor", "John Goodman")}


def test_which_have_somebody_is_of_those_shown(usher: Assistant) -> None:
    answer = talk(usher, "films by Joel Coen", "which have Frances McDormand")[-1]
    assert stated(answer) == {("director", "Joel Coen"), ("actor", "Frances McDormand")}


def test_with_and_without(usher: Assistant) -> None:
    turns = ("Hitchcock thrillers", "minus the ones with James Stewart", "and with?", "and without?")
    answers = talk(usher, *turns)
    assert ("actor", "James Stewart") in stated(answers[2])
    assert stated(answers[3], "none_of") == {("actor", "James Stewart")}


def test_nothing_is_denied_of_what_was_left_out(usher: Assistant) -> None:
    answer = talk(usher, "films by Woody Allen from the 80s", "with Mia Farrow", "and without?")[-1]
    assert answer["text"].endswith("that you did not leave out.")


@pytest.mark.parametrize(
    ("said", "role"), [("only acted", "actor"), ("and produced?", "producer"), ("only directed", "director")]
)
def test_a_role_alone_is_of_who_was_asked_for(usher: Assistant, said: str, role: str) -> None:
    assert stated(talk(usher, "Tarantino", said)[-1]) == {(role, "Quentin Tarantino")}


def test_more_of_somebody_else(usher: Assistant) -> None:
    answer = talk(usher, "films with Whoopi Goldberg", "more of Demi Moore")[-1]
    assert stated(answer) == {("actor", "Demi Moore")}


def test_by_another_of_a_country(usher: Assistant) -> None:
    answer = talk(usher, "a novel by Dostoevsky", "something lighter by another Russian?")[-1]
    assert stated(answer) == {("country", "Russia")}
    assert stated(answer, "none_of") == {("author", "Fyodor Dostoevsky")}


def test_what_is_dropped_is_not_asked_for(usher: Assistant) -> None:
    answer = talk(usher, "a novel by Dostoevsky", "actually forget russians, a western film")[-1]
    assert stated(answer) == {("genre", "Western")}


@pytest.mark.parametrize("said", ["no, I meant books about war", "spy books then"])
def test_a_described_item_of_another_domain_is_asked_for_anew(usher: Assistant, said: str) -> None:
    answer = talk(usher, "westerns", said)[-1]
    assert {item["id"].partition("/")[0] for item in answer["items"]} == {"book"}
    assert ("genre", "Western") not in stated(answer)


def test_what_is_asked_of_another_domain_is_not_denied_of_the_first(usher: Assistant) -> None:
    answer = talk(usher, "films with Tom Hanks", "the same for books")[-1]
    assert answer["text"] == "I found none with Tom Hanks among the books here."


def test_a_kind_asked_for_anew_after_a_refusal(usher: Assistant) -> None:
    answer = talk(usher, "films with Jim Carrey", "nah not in the mood. got a romcom?")[-1]
    assert stated(answer) == {("genre", "Romance"), ("genre", "Comedy")}


@pytest.mark.parametrize("said", ["something i won't know", "one I don't know yet"])
def test_what_is_not_known_is_less_well_known(usher: Assistant, said: str) -> None:
    assert "Less well-known ones first" in talk(usher, "westerns", said)[-1]["text"]


def test_likeness_keeps_the_domain_that_was_shown(usher: Assistant) -> None:
    answer = talk(usher, "a period drama", "something like Pride and Prejudice")[-1]
    assert {item["id"].partition("/")[0] for item in answer["items"]} == {"movie"}


@pytest.mark.parametrize("said", ["ok and is it a book too?", "was it a book first?", "is that also a book"])
def test_the_book_of_the_film_talked_about(usher: Assistant, said: str) -> None:
    answer = talk(usher, "tell me about The Big Sleep", said)[-1]
    assert "The Big Sleep (1939)" in answer["text"]


def test_whether_somebody_is_in_all_of_those_shown(usher: Assistant) -> None:
    answers = talk(usher, "films by Coppola from the seventies", "is Al Pacino in all of them?")
    verdicts = {fact["title"]: fact["verdict"] for fact in answers[1]["facts"]}
    assert (verdicts["The Godfather"], verdicts["Apocalypse Now"]) == ("yes", "no")


def test_what_people_watch_is_what_is_best_known(usher: Assistant) -> None:
    answer = talk(usher, "documentaries", "never mind. what do other people watch most?")[-1]
    assert (stated(answer), answer["basis"]) == (set(), "popular")


def test_any_year_beside_a_kind_asks_anew(usher: Assistant) -> None:
    turns = ("musicals by Robert Wise", "And what do you have that is animated, any year")
    assert stated(talk(usher, *turns)[-1]) == {("genre", "Animation")}


@pytest.mark.parametrize("said", ["ok we'll watch the second", "I'll read the second"])
def test_watching_one_of_those_shown_takes_it(usher: Assistant, said: str) -> None:
    answer = talk(usher, "thrillers", said)[-1]
    assert (answer["act"], answer["unused"], answer["items"]) == ("acknowledge", [], [])


def test_what_is_seen_is_not_taken(usher: Assistant) -> None:
    answers = talk(usher, "thrillers", "well the third one looks OK but I have seen it")
    assert answers[0]["items"][2]["id"] not in {each["id"] for each in answers[1]["items"]}
    assert answers[1]["act"] == "recommend"


@pytest.mark.parametrize(("said", "descending"), [("the most recent", True), ("older first actually", False)])
def test_an_order_by_year_alone(usher: Assistant, said: str, descending: bool) -> None:
    answer = talk(usher, "films by Scorsese", said)[-1]
    assert answer["order"] == [{"relation": "year", "descending": descending}]
    assert stated(answer) == {("director", "Martin Scorsese")}


def test_a_count_behind_a_comma(usher: Assistant) -> None:
    assert len(talk(usher, "war films", "a short list, three is enough")[-1]["items"]) == 3


def test_others_are_other_than_what_was_seen(usher: Assistant) -> None:
    answers = talk(usher, "films with Tom Cruise", "anything else with Tom Cruise, a drama")
    assert stated(answers[1]) == {("actor", "Tom Cruise"), ("genre", "Drama")}
    assert not {i["id"] for i in answers[0]["items"][:10]} & {i["id"] for i in answers[1]["items"]}


def test_more_of_whoever_was_told_leaves_what_held(usher: Assistant) -> None:
    turns = ("comedies by Joel Coen", "who shot The Big Lebowski?", "a few more he shot, but not comedies")
    answer = talk(usher, *turns)[-1]
    assert stated(answer) == {("cinematographer", "Roger Deakins")}


def test_just_one_of_two_people(usher: Assistant) -> None:
    answer = talk(usher, "films with Emma Thompson", "and Hugh Grant", "or just Hugh Grant")[-1]
    assert (stated(answer), stated(answer, "any_of")) == ({("actor", "Hugh Grant")}, set())


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [("before that", 1900, 1978), ("after it", 1980, 2030), ("after that", 1980, 2030)],
)
def test_what_somebody_made_before_or_after(usher: Assistant, said: str, first: int, last: int) -> None:
    answer = talk(usher, "who made Alien?", f"did he make anything {said}?")[-1]
    assert ("director", "Ridley Scott") in stated(answer)
    assert all(first <= each["year"] <= last for each in answer["items"])


def test_a_theme_with_years_holds(usher: Assistant) -> None:
    turns = ("A thriller from the 70s with a journalist", "seen All the President's Men")
    first, last = talk(usher, *turns)
    assert {each["id"] for each in last["items"]} < {each["id"] for each in first["items"]}


def test_how_many_counts_what_was_shown(usher: Assistant) -> None:
    first, last = talk(usher, "documentaries about animals", "how many do you have?")
    assert len(first["items"]) == len(last["items"])


def test_a_dropped_kind_is_no_theme(usher: Assistant) -> None:
    answer = talk(usher, "horror movies from japan", "or korea", "drop the horror")[-1]
    assert (answer["unused"], stated(answer)) == ([], set())


def test_the_other_of_two_is_asked_of(usher: Assistant) -> None:
    turns = ("thrillers by David Fincher", "with Brad Pitt", "does Morgan Freeman play in Seven?")
    answer = talk(usher, *turns, "in the other one?")[-1]
    assert [(each["title"], each["verdict"]) for each in answer["facts"]] == [("Fight Club", "no")]


def test_what_the_other_of_two_is_about(usher: Assistant) -> None:
    turns = ("thrillers by David Fincher", "with Brad Pitt", "what's the first one about")
    first, last = talk(usher, *turns, "what is the other one about")[-2:]
    assert {first["facts"][0]["title"], last["facts"][0]["title"]} == {"Fight Club", "Seven"}


def test_the_other_way_round_is_no_wish_for_more(usher: Assistant) -> None:
    assert talk(usher, "comedies", "the other way round")[-1]["act"] == "decline"


@pytest.mark.parametrize("said", ["I changed my mind, not that", "on second thought, only the newest"])
def test_a_changed_mind_gives_up_a_theme(usher: Assistant, said: str) -> None:
    answer = talk(usher, "dramas from the 70s about journalists", said)[-1]
    assert "journalist" not in answer["text"]
