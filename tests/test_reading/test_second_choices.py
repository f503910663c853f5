"""What is wanted in the second place, what may be or not, who is wanted but not together; parts of series."""

from __future__ import annotations

from typing import Any

import pytest

from agent.assistant import Assistant


def stated(answer: dict[str, Any], part: str = "conditions") -> list[str]:
    return [str(each["value"]) for each in answer[part]]


@pytest.mark.parametrize(
    ("said", "first", "second"),
    [
        ("Something by Jane Austen or, if not, by George Eliot", "Jane Austen", "by George Eliot"),
        ("a book by Borges, or failing that, by Cortázar", "Jorge Luis Borges", "by Cortázar"),
        ("a western or if you don't have one a war film", "Western", "a war film"),
        ("Ideally something by Ozu, otherwise Kurosawa", "Yasujiro Ozu", "Kurosawa"),
    ],
)
def test_the_first_choice_is_answered_where_it_is_here(
    usher: Assistant, said: str, first: str, second: str
) -> None:
    answer = usher.ask(said).answer
    assert stated(answer) == [first]
    assert answer["none_of"] == []
    assert f"I left “{second}” for later" in answer["text"]


def test_the_second_choice_is_answered_where_the_first_is_not_here(usher: Assistant) -> None:
    answer = usher.ask("Something by Zoltan Qwertz or, if not, by George Eliot").answer
    assert "George Eliot" in (*stated(answer), *stated(answer, "any_of"))
    assert answer["unknown"] == ["Zoltan Qwertz"]


@pytest.mark.parametrize(
    ("said", "conditions"),
    [
        ("looking for a japanese film, animated or not, with Toshiro Mifune", ["Japan", "Toshiro Mifune"]),
        ("any movie, funny or not, with Tilda Swinton", ["Tilda Swinton"]),
        ("a film, French or otherwise, with Tilda Swinton", ["Tilda Swinton"]),
    ],
)
def test_what_may_be_or_not_is_no_condition(usher: Assistant, said: str, conditions: list[str]) -> None:
    answer = usher.ask(said).answer
    assert sorted(stated(answer)) == conditions
    assert (answer["none_of"], answer["unused"]) == ([], [])


def test_two_who_should_not_be_in_it_together(usher: Assistant) -> None:
    answer = usher.ask("films with Al Pacino or Robert De Niro, but not both together").answer
    assert "Heat" not in [each["title"] for each in answer["items"]]
    assert "Left out what is listed under both Al Pacino and Robert De Niro." in answer["text"]


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("hary potter 3", "Harry Potter and the Prisoner of Azkaban"),
        ("the third harry potter book", "Harry Potter and the Prisoner of Azkaban"),
        ("what's the second book of the Hunger Games", "Catching Fire"),
        ("the second Alien film", "Aliens"),
        ("book 2 of dune", "Dune Messiah"),
        ("the first Star Wars movie", "Star Wars"),
    ],
)
def test_a_part_of_a_series_by_its_number(usher: Assistant, said: str, title: str) -> None:
    answer = usher.ask(said).answer
    assert [each["title"] for each in answer["items"]] == [title]
    assert (answer["unknown"], answer["unused"]) == ([], [])


@pytest.mark.parametrize("said", ["who directed harry potter 3", "did nolan direct sicario 2"])
def test_a_number_that_is_no_part_of_a_series_here_stays_unknown(usher: Assistant, said: str) -> None:
    answer = usher.ask(said).answer
    assert (answer["act"], len(answer["unknown"])) == ("decline", 1)


@pytest.mark.parametrize(
    ("said", "conditions"),
    [
        ("Sorry to bother you but do you have any war films?", ["War"]),
        ("Dear machine, find me a comedy", ["Comedy"]),
        ("ok robot, a western w/ Clint Eastwood", ["Clint Eastwood", "Western"]),
        ("films by almodovar w/ penelope cruz", ["Pedro Almodóvar", "Penélope Cruz"]),
    ],
)
def test_what_opens_a_message_asks_for_nothing(usher: Assistant, said: str, conditions: list[str]) -> None:
    answer = usher.ask(said).answer
    assert sorted(stated(answer)) == conditions
    assert (answer["unknown"], answer["unused"]) == ([], [])


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Novels from the 1920s, but not Gatsby", "The Great Gatsby"),
        ("something by Kubrick, but not Odyssey", "2001: A Space Odyssey"),
    ],
)
def test_a_word_of_one_title_rules_it_out(usher: Assistant, said: str, title: str) -> None:
    answer = usher.ask(said).answer
    assert title not in [each["title"] for each in answer["items"]]
    assert answer["unknown"] == []


def test_a_word_of_a_title_is_no_name_of_somebody(usher: Assistant) -> None:
    assert usher.ask("books not by Gatsby").answer["unknown"] == ["Gatsby"]


@pytest.mark.parametrize(("said", "first"), [("Star Wars in order", 1977), ("Harry Potter in order", 1997)])
def test_a_series_in_order(usher: Assistant, said: str, first: int) -> None:
    years = [each["year"] for each in usher.ask(said).answer["items"]]
    assert years[0] == first
    assert years == sorted(years)
