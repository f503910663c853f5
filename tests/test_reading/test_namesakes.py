"""A film and a book of one title, words that are names as well, and who made something together."""

from __future__ import annotations

from typing import Any

import pytest

from agent.assistant import Assistant
from agent.conversation import Conversation
from tools.link import link_entities


def linked(usher: Assistant, text: str) -> list[str]:
    mentions = link_entities(usher.knowledge, text).mentions
    return [each.text.lower() for each in mentions if each.candidates[0].score >= 0.5]


def last(usher: Assistant, *turns: str) -> dict[str, Any]:
    conversation = Conversation(usher)
    return [conversation.say(text).answer for text in turns][-1]


def test_of_a_film_and_a_book_the_one_that_somebody_can_have_made_is_corrected(usher: Assistant) -> None:
    answer = usher.ask("Why did Tarantino leave the music out of No Country for Old Men?").answer
    assert [(each["relation"], each["true"]) for each in answer["corrections"]] == [
        ("director", ["Ethan Coen", "Joel Coen"])
    ]


def test_who_wrote_something_else_wrote_the_better_known_of_a_book_and_its_film(usher: Assistant) -> None:
    answer = usher.ask("I loved Matilda. Which others has whoever wrote it written?").answer
    assert answer["conditions"] == [{"relation": "author", "op": "is", "value": "Roald Dahl"}]


def test_actors_who_made_something_together_directed_nothing(usher: Assistant) -> None:
    answer = usher.ask("Have Tom Hanks and Meg Ryan made anything together?").answer
    assert {(each["relation"], each["value"]) for each in answer["conditions"]} == {
        ("actor", "Tom Hanks"),
        ("actor", "Meg Ryan"),
    }
    assert not usher.ask("Robert De Niro and Al Pacino made Heat together. One more?").answer["corrections"]


@pytest.mark.parametrize(
    "text",
    [
        "how many oscars has it won?",
        "hello, I am Kasia",
        "magic, cheers pal",
        "brill, thanks",
        "newborn here, no time",
        "can someone rec a comedy",
    ],
)
def test_ordinary_words_and_first_names_are_nobody(usher: Assistant, text: str) -> None:
    assert set(linked(usher, text)) <= {"comedy"}


def test_what_was_watched_is_a_title_and_no_person(usher: Assistant) -> None:
    (fact,) = usher.ask("Rewatched Léon last night. Who directed it?").answer["facts"]
    assert (fact["title"], fact["values"]) == ("Léon: The Professional", ["Luc Besson"])


@pytest.mark.parametrize(
    ("text", "director"),
    [
        (
            "who directed the one with green in the title",
            "Frank Darabont",
        ),  # not among the ten that were shown
        ("who directed the one with Seattle in the name", "Nora Ephron"),
    ],
)
def test_a_word_of_a_title_tells_one_of_all_that_were_found(
    usher: Assistant, text: str, director: str
) -> None:
    (fact,) = last(usher, "films with Tom Hanks", text)["facts"]
    assert fact["values"] == [director]


def test_what_was_shown_is_meant_and_no_book_of_its_title(usher: Assistant) -> None:
    (fact,) = last(usher, "What has Stanley Kubrick directed?", "Who wrote the one with Orange in the name?")[
        "facts"
    ]
    assert fact["item"].startswith("movie/")


def test_the_newest_is_looked_for_among_all_that_were_found(usher: Assistant) -> None:
    shown = last(usher, "films directed by Pedro Almodóvar")["items"]
    newest = max(shown, key=lambda each: each["year"])
    (fact,) = last(usher, "films directed by Pedro Almodóvar", "which of them is the newest?")["facts"]
    assert newest not in shown[:10]
    assert fact["item"] == newest["id"]


@pytest.mark.parametrize(
    "turns",
    [
        ("I want to be properly scared tonight, give me a horror film", "nothing older than 2000 please"),
        ("I liked Titanic, is there a romance from the nineties",),
    ],
)
def test_films_stay_films(usher: Assistant, turns: tuple[str, ...]) -> None:
    assert {each["id"].split("/")[0] for each in last(usher, *turns)["items"]} == {"movie"}


def test_a_country_that_a_story_is_about_is_a_subject(usher: Assistant) -> None:
    answer = last(usher, "war films", "nothing about Vietnam please")
    assert (answer["none_of"], "Apocalypse Now" in {each["title"] for each in answer["items"][:20]}) == (
        [],
        False,
    )


def test_a_film_that_is_called_like_somebody_is_nobody(usher: Assistant) -> None:
    answer = usher.ask("any Portuguese novels? I adored a film called Tabu too").answer
    assert [each["relation"] for each in answer["conditions"]] == ["country"]


def test_that_sort_of_thing_is_no_title(usher: Assistant) -> None:
    answer = usher.ask("films in a rainy city with androids, that sort of thing").answer
    assert (answer["basis"], "Blade Runner" in {each["title"] for each in answer["items"]}) == ("text", True)


def test_a_verb_leads_to_no_title_of_the_next_sentence(usher: Assistant) -> None:
    answer = usher.ask(
        "I like Bill Butler. Show me what that cinematographer has photographed. No need to explain."
    ).answer
    assert (answer["corrections"], answer["only_known"]) == ([], [])
    assert answer["conditions"] == [{"relation": "cinematographer", "op": "is", "value": "Bill Butler"}]


def test_which_of_several_items_of_one_title_a_reference_went_by_is_said(usher: Assistant) -> None:
    assert "I went by Dune (1984)." in usher.ask("more by the director of Dune").answer["note"]
    assert "I went by" not in usher.ask("films by the director of Dune (2021)").answer["note"]


@pytest.mark.parametrize("text", ["A few films that fit. If possible, a comedy.", "If possible comedies"])
def test_ordinary_words_that_begin_a_sentence_are_no_slip_for_a_title(usher: Assistant, text: str) -> None:
    assert "if possible" not in linked(usher, text)


def test_a_slip_in_a_title_that_begins_a_sentence_is_read(usher: Assistant) -> None:
    assert "the god father" in linked(usher, "The god father was great")
