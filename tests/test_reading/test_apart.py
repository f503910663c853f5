"""What of a message belongs together: two wishes, questions beside a wish, kinds and names only told of."""

from __future__ import annotations

from typing import Any

import pytest

from agent.assistant import Assistant
from agent.builtin.parse.clauses import clauses


def stated(answer: dict[str, Any], field: str = "conditions") -> set[tuple[str, str]]:
    return {(each["relation"], str(each["value"])) for each in answer[field]}


def titles(answer: dict[str, Any]) -> list[str]:
    return [each["title"] for each in answer["items"]]


def told(answer: dict[str, Any]) -> set[tuple[str, str]]:
    return {(each["title"], each["relation"]) for each in answer["facts"]}


def test_a_question_does_not_bind_the_wish_of_the_next_sentence(usher: Assistant) -> None:
    answer = usher.ask("Who directed Jaws? And can you give me three thrillers from the 70s?").answer
    assert stated(answer) == {("genre", "Thriller"), ("year", "1970"), ("year", "1979")}
    assert told(answer) == {("Jaws", "director")}
    assert len(answer["items"]) == 3
    assert "Jaws" not in titles(answer)


def test_it_in_a_question_is_the_title_told_before(usher: Assistant) -> None:
    story = "I watched Alien last night and loved it, who composed the music for it? "
    answer = usher.ask(f"{story}My wife also wants a romantic comedy with Julia Roberts for friday.").answer
    assert told(answer) == {("Alien", "composer")}
    assert ("actor", "Julia Roberts") in stated(answer)
    assert ("composer", "Jerry Goldsmith") not in stated(answer)


def test_a_wish_may_be_joined_to_a_question(usher: Assistant) -> None:
    text = "what's The Third Man about, and do you have any other films by Carol Reed?"
    answer = usher.ask(text).answer
    assert stated(answer) == {("director", "Carol Reed")}
    assert told(answer) == {("The Third Man", "description")}


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("who shot Heat, and what else is his?", ("cinematographer", "Dante Spinotti")),
        ("Who edited Goodfellas? More films she edited.", ("editor", "Thelma Schoonmaker")),
        ("Who directed Alien? I'd like his other thrillers.", ("director", "Ridley Scott")),
    ],
)
def test_what_points_back_at_an_answer_is_bound_by_it(
    usher: Assistant, text: str, condition: tuple[str, str]
) -> None:
    assert condition in stated(usher.ask(text).answer)


def test_what_somebody_elses_wish_names_is_asked_for_apart(usher: Assistant) -> None:
    text = "My parents want a comedy from the 60s. Also, my son needs a science fiction book for school."
    answer = usher.ask(text).answer
    assert {value for _, value in stated(answer, "any_of")} == {"Comedy", "Science fiction"}
    kinds = [each["facts"].get("genre", []) for each in answer["items"][:6]]
    assert all({"Comedy", "Science fiction"} & set(each) for each in kinds)


def test_a_wish_for_somebody_is_asked_for_apart(usher: Assistant) -> None:
    text = "I want a western from the 50s for my dad and for my mum a novel by Agatha Christie"
    assert {v for _, v in stated(usher.ask(text).answer, "any_of")} == {"Western", "Agatha Christie"}


@pytest.mark.parametrize(
    "story",
    [
        "I'm stuck in a run of heavy dramas: Raging Bull, On the Waterfront.",
        "We have watched nothing but dramas.",
    ],
)
def test_a_kind_that_is_only_told_of_is_no_condition_beside_another(usher: Assistant, story: str) -> None:
    answer = usher.ask(f"{story} But I need a breather. Comedy from before 1960.").answer
    assert stated(answer) == {("genre", "Comedy"), ("year", "1959")}


def test_what_everything_has_is_not_wanted(usher: Assistant) -> None:
    answer = usher.ask("Everything has a love story in it! Please something gentle like Babe.").answer
    assert ("genre", "Romance") not in stated(answer)


def test_a_wish_without_a_noun_is_for_what_was_told_before(usher: Assistant) -> None:
    text = "We used to watch westerns together, mostly John Wayne. I'd like to watch a few in his memory."
    assert {("genre", "Western"), ("actor", "John Wayne")} <= stated(usher.ask(text).answer)


def test_who_is_liked_in_one_breath_with_titles_is_no_condition(usher: Assistant) -> None:
    answer = usher.ask("I like Tarantino, Scott Pilgrim and Mad Max: Fury Road. What else is there?").answer
    assert stated(answer) == set()
    assert answer["items"]


@pytest.mark.parametrize(
    "text", ["Black and white is fine. A thriller please.", "a thriller, black and white"]
)
def test_nobody_is_named_in_black_and_white(usher: Assistant, text: str) -> None:
    assert stated(usher.ask(text).answer) == {("genre", "Thriller")}


def test_what_sort_of_person_wrote_it_asks_for_no_titles_author(usher: Assistant) -> None:
    answer = usher.ask("Looking for a book. I liked Emma. Written by a woman would be nice.").answer
    assert stated(answer) == set()
    assert "woman" in answer["unused"]


def test_what_only_tells_a_title_apart_is_no_condition(usher: Assistant) -> None:
    text = "I loved Murder on the Orient Express, the old one with Albert Finney. What else is there?"
    answer = usher.ask(text).answer
    assert stated(answer) == set()
    assert "Albert Finney" in answer["unused"]


@pytest.mark.parametrize(
    "said", ["I teach 8th grade English", "I'm learning English", "English is not my first language"]
)
def test_a_language_that_somebody_learns_is_no_condition(usher: Assistant, said: str) -> None:
    assert stated(usher.ask(f"{said}. A western please.").answer) == {("genre", "Western")}


def test_where_somebody_travels_is_no_theme(usher: Assistant) -> None:
    answer = usher.ask("a short book for the train from London to Edinburgh").answer
    assert "london" not in answer["text"].casefold()


def test_ages_of_a_company_bound_no_years(usher: Assistant) -> None:
    answer = usher.ask("There's five of us, all mid twenties. I want some action, after 2005.").answer
    assert stated(answer) == {("genre", "Action"), ("year", "2006")}


def test_how_somebody_is_who_wishes_is_no_theme(usher: Assistant) -> None:
    answer = usher.ask("im drunk and want to watch something stupid").answer
    assert "drunk" not in answer["text"]
    assert answer["unused"] == ["stupid"]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("something funny, i have like an hour and a half", "90"),
        ("a comedy, we have two hours", "120"),
        ("a comedy, I've got about 100 minutes", "100"),
    ],
)
def test_so_much_time_as_there_is_bounds_a_length(usher: Assistant, text: str, hours: str) -> None:
    assert ("running_time", hours) in stated(usher.ask(text).answer)


def test_time_that_is_told_among_other_things_bounds_nothing(usher: Assistant) -> None:
    answer = usher.ask("I have 2 hours and a sofa. A comedy, please.").answer
    assert stated(answer) == {("genre", "Comedy")}


def test_older_than_a_title_means_before_it(usher: Assistant) -> None:
    answer = usher.ask("Anything by the guy who did The Grand Budapest Hotel, but older").answer
    assert stated(answer) == {("director", "Wes Anderson"), ("year", "2013")}


@pytest.mark.parametrize(
    "text",
    ["We want two films for tonight, one old, one new", "two films please, one classic and one modern"],
)
def test_one_of_each_time_is_found(usher: Assistant, text: str) -> None:
    answer = usher.ask(text).answer
    old, new = (each["year"] for each in answer["items"])
    assert old <= 1971 < 2010 <= new
    assert answer["unused"] == []


def test_a_film_for_a_feast_is_about_it(usher: Assistant) -> None:
    answer = usher.ask("a film for christmas").answer
    assert "Elf" in titles(answer)


def test_a_book_for_a_feast_is_a_gift(usher: Assistant) -> None:
    assert "“christmas”" not in usher.ask("a book for christmas for my dad").answer["text"]


def test_a_title_in_small_letters_may_be_refused(usher: Assistant) -> None:
    answer = usher.ask("family film thats not home alone").answer
    assert stated(answer) == {("genre", "Family")}
    assert "Home Alone" not in titles(answer)


def test_the_language_something_was_read_in_is_no_condition(usher: Assistant) -> None:
    answer = usher.ask("I have read in polish many books. What mysteries do you recommend?").answer
    assert stated(answer) == {("genre", "Mystery")}


def test_what_items_are_based_on_is_not_asked_for(usher: Assistant) -> None:
    answer = usher.ask("It has to be PG. Bonus if it's based on a book. Ideas?").answer
    assert ("age_rating", "PG") in stated(answer)
    assert answer["items"]


@pytest.mark.parametrize("titles", ["Heat, Jaws", "Heat, Jaws, Alien, Vertigo, Casablanca, Fargo"])
def test_a_message_is_not_parted_again_for_every_title(
    usher: Assistant, monkeypatch: pytest.MonkeyPatch, titles: str
) -> None:
    parted: list[int] = []

    def counted(chunks: Any) -> Any:
        parted.append(len(chunks))
        return clauses(chunks)

    monkeypatch.setattr("agent.builtin.dialogue.intent.clauses", counted)
    assert usher.ask(f"something with a twist ending like {titles}").answer["items"]
    assert len(parted) == 3


def test_a_question_of_a_letter_that_begins_an_earlier_word_is_answered(usher: Assistant) -> None:
    assert usher.ask("how old is h").answer["unused"] == ["h"]
