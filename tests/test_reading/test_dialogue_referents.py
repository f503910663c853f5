"""Whom and what a later turn means: an item's year, somebody just named, several told of, the other form."""

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


def told(answer: dict[str, Any]) -> set[tuple[str, str]]:
    return {(each["title"], each["relation"]) for each in answer["facts"]}


def domains(answer: dict[str, Any]) -> set[str]:
    return {each["id"].partition("/")[0] for each in answer["items"]}


def titles(answer: dict[str, Any]) -> list[str]:
    return [each["title"] for each in answer["items"]]


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ("nothing newer than that then", {"year <= 1980"}),
        ("nothing that's newer than that", {"year <= 1980"}),
        ("not newer than that one", {"year <= 1980"}),
        ("older than that", {"year <= 1979"}),
        ("only ones from before that", {"year <= 1979"}),
        ("newer than that", {"year >= 1981"}),
        ("nothing older than that", {"year >= 1980"}),
    ],
)
def test_an_item_told_of_bounds_the_years(usher: Assistant, said: str, years: set[str]) -> None:
    answer = talk(usher, "comedies", "when was Airplane! released", said)
    assert stated(answer) == {"genre is Comedy", *years}


def test_newer_than_those_shown_is_meant_where_none_was_told_of(usher: Assistant) -> None:
    answer = talk(usher, "comedies from the 80s", "newer than that please")
    assert stated(answer) == {"genre is Comedy", "year >= 1990"}


@pytest.mark.parametrize(
    "said", ["what did he do after that", "what has he made since", "and what did he direct next?"]
)
def test_what_somebody_made_after_an_item(usher: Assistant, said: str) -> None:
    answer = talk(usher, "who directed Blade Runner", said)
    assert stated(answer) == {"director is Ridley Scott", "year >= 1983"}


def test_years_are_those_that_are_named(usher: Assistant) -> None:
    answer = talk(usher, "who directed Alien", "what's he done since 2010")
    assert stated(answer) == {"director is Ridley Scott", "year >= 2010"}


@pytest.mark.parametrize("said", ["nothing newer than that by him", "by him, but nothing newer than that"])
def test_whoever_was_told_with_the_year_of_the_item(usher: Assistant, said: str) -> None:
    answer = talk(usher, "who directed Rear Window", said)
    assert stated(answer) == {"director is Alfred Hitchcock", "year <= 1954"}


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("his first one", True),
        ("what was his very first film?", True),
        ("and his latest", False),
        ("his last film", False),
        ("which did he make last", False),
        ("what did he direct first?", True),
    ],
)
def test_the_first_or_the_last_that_somebody_made(usher: Assistant, said: str, first: bool) -> None:
    years = [each["year"] for each in talk(usher, "films by Park Chan-wook")["items"]]
    answer = talk(usher, "films by Park Chan-wook", said)
    assert [each["year"] for each in answer["items"]] == [min(years) if first else max(years)]


@pytest.mark.parametrize(
    "said", ["Rooney Mara! what has she done", "oh, Rooney Mara. anything else with her?"]
)
def test_who_is_named_before_a_pronoun_is_meant_alone(usher: Assistant, said: str) -> None:
    answer = talk(usher, "films with Cate Blanchett", "who is in Carol", said)
    assert stated(answer) == {"actor is Rooney Mara"}
    assert "Carol" not in titles(answer)


def test_a_name_that_is_only_added_is_added(usher: Assistant) -> None:
    answer = talk(usher, "films with Cate Blanchett", "and with Rooney Mara")
    assert stated(answer) == {"actor is Cate Blanchett", "actor is Rooney Mara"}


@pytest.mark.parametrize(
    ("said", "verdict"),
    [("is Notorious one of hers", "yes"), ("was Notorious hers too?", "yes"), ("is Jaws one of hers", "no")],
)
def test_whether_an_item_is_of_whoever_was_spoken_of(usher: Assistant, said: str, verdict: str) -> None:
    answer = talk(usher, "films with Ingrid Bergman", said)
    assert [(f["relation"], f["verdict"]) for f in answer["facts"]] == [("actor", verdict)]


@pytest.mark.parametrize("said", ["and in Jaws?", "and Jaws?", "what about Jaws?"])
def test_a_doubt_is_asked_of_another_title(usher: Assistant, said: str) -> None:
    answer = talk(usher, "is Tom Hanks in Saving Private Ryan", said)
    assert [(f["title"], f["asked"], f["verdict"]) for f in answer["facts"]] == [("Jaws", "Tom Hanks", "no")]


def test_a_kind_with_whoever_was_asked_about_is_a_wish(usher: Assistant) -> None:
    answer = talk(usher, "is Tom Hanks in Saving Private Ryan", "any comedies with him")
    assert stated(answer) == {"actor is Tom Hanks", "genre is Comedy"}


@pytest.mark.parametrize(
    "said", ["can't decide between Heat and Collateral", "torn between Heat and Collateral"]
)
def test_of_titles_between_which_somebody_hesitates_is_told(usher: Assistant, said: str) -> None:
    answer = talk(usher, said)
    assert (answer["act"], {title for title, _ in told(answer)}) == ("inform", {"Heat", "Collateral"})


def test_several_told_of_are_compared_and_told_apart(usher: Assistant) -> None:
    turns = (
        "can't decide between Heat and Collateral",
        "which is newer",
        "and who's in it",
        "the other one?",
    )
    assert "Collateral (2004) is newer" in talk(usher, *turns[:2])["text"]
    assert told(talk(usher, *turns[:3])) == {("Collateral", "actor")}
    assert told(talk(usher, *turns)) == {("Heat", "actor")}


def test_of_one_year_is_neither_older(usher: Assistant) -> None:
    answer = talk(usher, "which came first, Heat or Casino?")
    assert "both from 1995" in answer["text"]


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("fine, Heat it is", "Heat"),
        ("ok Collateral then", "Collateral"),
        ("Heat, great, that's us sorted", "Heat"),
    ],
)
def test_a_title_is_taken(usher: Assistant, said: str, title: str) -> None:
    answer = talk(usher, "films by Michael Mann", "who is in Heat", "who is in Collateral", said)
    assert (answer["act"], answer["text"]) == ("acknowledge", f"Enjoy {title}!")


def test_a_title_that_was_not_spoken_of_is_not_taken(usher: Assistant) -> None:
    answer = talk(usher, "films by Michael Mann", "like Jaws then")
    assert "Enjoy" not in answer["text"]


@pytest.mark.parametrize(
    "said", ["was there a film", "are there any films of it here", "is there a movie of it"]
)
def test_the_other_form_of_what_was_spoken_of(usher: Assistant, said: str) -> None:
    answer = talk(usher, "horror books", "who wrote Dracula again?", said)
    assert {each["id"] for each in answer["items"]} == {"movie/dracula-1931", "movie/dracula-1958"}


def test_the_form_alone_asks_the_last_question_again(usher: Assistant) -> None:
    answer = talk(usher, "Do you know The Leopard", "the book")
    assert {f["item"] for f in answer["facts"]} == {"book/the-leopard-1958"}


@pytest.mark.parametrize("said", ["ah ok. Gone Girl then, the film", "Gone Girl, the movie"])
def test_a_title_with_its_form_is_told(usher: Assistant, said: str) -> None:
    answer = talk(usher, "something by Gillian Flynn", said)
    assert {f["item"] for f in answer["facts"]} == {"movie/gone-girl-2014"}


@pytest.mark.parametrize("said", ["What is it?", "what's that", "what is this film?"])
def test_what_a_title_named_before_is(usher: Assistant, said: str) -> None:
    answer = talk(usher, f"My flatmate said I have to see Mulholland Drive. {said}")
    assert ("Mulholland Drive", "director") in told(answer)


@pytest.mark.parametrize("said", ["how many pages", "how many pages is it", "who wrote it?"])
def test_it_is_what_could_not_be_found(usher: Assistant, said: str) -> None:
    turns = ("books by Cormac McCarthy", "is Zorgs of Blorg from 1985?", said)
    assert talk(usher, *turns[:2])["unknown"] == ["Zorgs of Blorg"]
    answer = talk(usher, *turns)
    assert (answer["facts"], answer["text"]) == ([], "I can't find “Zorgs of Blorg” in this catalogue.")


@pytest.mark.parametrize("said", ["and after that?", "what comes after that", "and then?"])
def test_what_follows_the_one_told_as_the_next(usher: Assistant, said: str) -> None:
    answer = talk(usher, "what comes after The Fellowship of the Ring", said)
    assert "The Return of the King" in answer["text"]


def test_others_by_whoever_was_told_without_somebody(usher: Assistant) -> None:
    answer = talk(usher, "who did the score of La Strada", "anything else of his that isn't by Fellini")
    assert stated(answer) == {"composer is Nino Rota"}
    assert stated(answer, "none_of") == {"director is Federico Fellini"}


@pytest.mark.parametrize("said", ["or Seagal", "or Steven Seagal", "nor Seagal"])
def test_or_goes_on_with_what_is_ruled_out(usher: Assistant, said: str) -> None:
    answer = talk(usher, "action films", "but without Van Damme", said)
    assert "actor is Steven Seagal" in stated(answer, "none_of")
    assert stated(answer) == {"genre is Action"}


def test_or_makes_an_alternative_of_what_is_asked_for(usher: Assistant) -> None:
    answer = talk(usher, "action films with Tom Cruise", "or Bruce Willis")
    assert stated(answer, "any_of") == {"actor is Tom Cruise", "actor is Bruce Willis"}


@pytest.mark.parametrize(
    "said",
    [
        "no that's too slow for me. a thriller, any country",
        "nah, not for me. a thriller",
        "never mind. a thriller",
    ],
)
def test_a_wish_behind_a_refusal_starts_afresh(usher: Assistant, said: str) -> None:
    answer = talk(usher, "films by Asghar Farhadi", said)
    assert (stated(answer), answer["unused"]) == ({"genre is Thriller"}, [])


def test_a_kind_behind_a_refusal_takes_the_place_of_a_kind(usher: Assistant) -> None:
    answer = talk(usher, "comedies from the 80s", "not for me. a thriller")
    assert stated(answer) == {"genre is Thriller", "year >= 1980", "year <= 1989"}


@pytest.mark.parametrize("said", ["ok and now for something funny", "now something funny"])
def test_something_else_now_gives_up_who_was_asked_for(usher: Assistant, said: str) -> None:
    assert "author is Agatha Christie" not in stated(talk(usher, "books by Agatha Christie", said))


@pytest.mark.parametrize("said", ["not a book lol", "no books", "films please, not books"])
def test_a_domain_that_is_denied_leaves_the_other(usher: Assistant, said: str) -> None:
    assert domains(talk(usher, "horror", said)) == {"movie"}


def test_more_of_one_domain(usher: Assistant) -> None:
    assert domains(talk(usher, "horror", "more of the books")) == {"book"}


def test_something_similar_by_somebody_else(usher: Assistant) -> None:
    answer = talk(usher, "novels by Haruki Murakami", "something similar by somebody else")
    assert (answer["basis"], stated(answer, "none_of")) == ("taste", {"author is Haruki Murakami"})


@pytest.mark.parametrize(
    ("said", "there"), [("Is Psycho one of those", True), ("is Alien on that list?", False)]
)
def test_whether_a_title_is_among_those_found(usher: Assistant, said: str, there: bool) -> None:
    answer = talk(usher, "films by Hitchcock", said)
    assert answer["text"].startswith("Yes, Psycho is among" if there else "No, Alien is not among")


def test_how_many_are_of_whoever_was_asked_for(usher: Assistant) -> None:
    found = len(talk(usher, "films by Hitchcock")["items"])
    answer = talk(usher, "films by Hitchcock", "how many films of his do you have?")
    assert f"{found} films directed by Alfred Hitchcock" in answer["text"]


def test_others_of_a_kind_and_a_place_are_anybodys(usher: Assistant) -> None:
    answer = talk(usher, "films by Bong Joon-ho", "and other thrillers from Korea?")
    assert stated(answer) | stated(answer, "any_of") == {"genre is Thriller", "country is South Korea"}


@pytest.mark.parametrize("said", ["the earliest", "the earliest please"])
def test_the_earliest_is_no_name(usher: Assistant, said: str) -> None:
    answer = talk(usher, "films by Hitchcock", said)
    years = [each["year"] for each in answer["items"]]
    assert (answer["unknown"], years[0]) == ([], min(years))


def test_a_title_is_not_found_at_the_end_of_a_longer_one(usher: Assistant) -> None:
    answer = talk(usher, "something by Gillian Flynn", "did she also write The Girl on the Train")
    assert (answer["facts"], answer["unknown"]) == ([], ["The Girl on the Train"])


def test_what_one_of_two_hates_is_left_out(usher: Assistant) -> None:
    answer = talk(usher, "whats a good movie", "one likes horror the other hates it")
    assert (stated(answer), stated(answer, "none_of")) == (set(), {"genre is Horror"})


def test_the_first_list_again(usher: Assistant) -> None:
    first = talk(usher, "thrillers")
    answer = talk(usher, "thrillers", "only korean ones", "from the 90s", "show the first list again")
    assert titles(answer) == titles(first)


def test_those_two_are_who_was_named_last(usher: Assistant) -> None:
    turns = ("movies with Tom Hanks", "is Meg Ryan in Splash?", "what else did those two do together")
    assert stated(talk(usher, *turns)) == {"actor is Meg Ryan", "actor is Tom Hanks"}


def test_a_kind_about_something_takes_the_place_of_a_kind(usher: Assistant) -> None:
    answer = talk(usher, "thrillers", "sounds heavy. got a comedy about trains instead?")
    assert stated(answer) == {"genre is Comedy"}
    assert ("trains" in answer["text"], answer["unused"]) == (True, ["heavy"])


@pytest.mark.parametrize(
    "said",
    [
        "Alien or Jaws, which came first",
        "Alien vs Jaws which is first",
        "Alien or Jaws, which is older?",
        "Jaws versus Alien - which was out first",
        "Alien and Jaws, which is the older",
    ],
)
def test_of_titles_named_before_a_question_one_came_first(usher: Assistant, said: str) -> None:
    assert "Jaws (1975) is older than Alien (1979)" in talk(usher, said)["text"]


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("which one is the most recent of the 3", "The Dark Knight"),
        ("and the oldest of the three", "The Godfather"),
        ("the newest of the 3?", "The Dark Knight"),
        ("which of the 3 is the shortest?", "The Silence of the Lambs"),
        ("the longest of the three", "The Godfather"),
    ],
)
def test_so_many_shown_are_compared(usher: Assistant, said: str, title: str) -> None:
    answer = talk(usher, "top 3 crime films", said)
    assert answer["act"] == "inform"
    assert answer["text"].startswith(title)


@pytest.mark.parametrize("said", ["thats it! whos the woman", "who's the guy?", "and who is the lady"])
def test_somebody_asked_for_is_of_the_cast(usher: Assistant, said: str) -> None:
    assert told(talk(usher, "time loop films", said)) == {("Groundhog Day", "actor")}
