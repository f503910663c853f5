"""Questions that no catalogue answers, whatever their shape, and facts asked beside a wish."""

from __future__ import annotations

import pytest

from agent.assistant import Assistant


@pytest.mark.parametrize(
    "said",
    [
        "What's Wes Anderson working on now?",
        "What is Tarantino's next film?",
        "what's Greta Gerwig up to these days",
        "has Ishiguro got anything new coming out?",
    ],
)
def test_plans_of_people_are_not_known(usher: Assistant, said: str) -> None:
    answer = usher.ask(said).answer
    assert answer["items"] == []
    assert "planned or still to come" in answer["text"]


def test_next_of_a_viewer_is_a_wish(usher: Assistant) -> None:
    answer = usher.ask("what is the next film by Tarantino i should watch?").answer
    assert answer["conditions"][0]["value"] == "Quentin Tarantino"


@pytest.mark.parametrize(
    "said", ["Who's the youngest actor in Stand by Me?", "which actress in Heat is the tallest"]
)
def test_ages_of_a_cast_are_not_known(usher: Assistant, said: str) -> None:
    answer = usher.ask(said).answer
    assert "people's lives" in answer["text"]
    assert "The cast of" in answer["text"]


def test_what_critics_said_is_not_known(usher: Assistant) -> None:
    answer = usher.ask("What did critics say about Cats?").answer
    assert answer["items"] == []
    assert "rated or reviewed" in answer["text"]


@pytest.mark.parametrize(
    "said",
    [
        "is my neighbour going to like The Piano",
        "are my kids going to love The Piano?",
        "Do you think my dad would like The Piano?",
    ],
)
def test_who_will_like_it_is_not_judged(usher: Assistant, said: str) -> None:
    answer = usher.ask(said).answer
    assert answer["items"] == []
    assert "cannot say" in answer["text"]


@pytest.mark.parametrize("said", ["what do you think of Ingmar Bergman?", "do you like Agatha Christie?"])
def test_usher_has_no_taste(usher: Assistant, said: str) -> None:
    answer = usher.ask(said).answer
    assert answer["items"] == []
    assert answer["text"].startswith("I have no taste of my own. In this catalogue")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("is Jaws from the seventies?", "Yes, Jaws came out in 1975."),
        ("is Vertigo a 50s film?", "Yes, Vertigo came out in 1958."),
        ("was Alien made in the eighties", "No, Alien came out in 1979, not in the 1980s."),
        ("is Dune older than 1970?", "Yes, Dune came out in 1965."),
        ("Which Brontë wrote Jane Eyre?", "Jane Eyre (1847) was written by Charlotte Brontë."),
        ("which Coppola directed Lost in Translation?", "Lost in Translation was directed by Sofia Coppola."),
        ("which coen brother directed fargo", "Fargo was directed by Joel Coen."),
    ],
)
def test_facts_in_other_shapes(usher: Assistant, said: str, told: str) -> None:
    assert usher.ask(said).answer["text"].startswith(told)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("When was Brazil made, and is there anything similar?", "Brazil came out in 1985."),
        ("who wrote Dune? I want more of that kind", "Dune (1965) was written by Frank Herbert."),
        ("who directed Alien and what else is like it", "Alien was directed by Ridley Scott."),
        ("What is Fargo about? Any similar films?", "Fargo: A car salesman"),
        ("is Alien a horror film? If so, something similar please", "Yes, Alien is listed under Horror."),
    ],
)
def test_a_fact_and_what_is_like_it(usher: Assistant, said: str, told: str) -> None:
    answer = usher.ask(said).answer
    assert answer["text"].startswith(told)
    assert answer["basis"] == "taste"
    assert answer["items"]


def test_a_fact_beside_a_wish_without_a_question_mark(usher: Assistant) -> None:
    answer = usher.ask("what year is Jaws from, and I'd like a comedy too").answer
    assert answer["text"].startswith("Jaws came out in 1975.")
    assert [each["value"] for each in answer["conditions"]] == ["Comedy"]


def test_an_item_wished_for_before_a_question(usher: Assistant) -> None:
    answer = usher.ask("A film for date night. Also, what's Casablanca about?").answer
    assert answer["text"].startswith("Casablanca: ")
    assert answer["items"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("tell me about the author of Frankenstein", "Frankenstein (1818) was written by Mary Shelley."),
        ("tell me three facts about Vertigo", "Vertigo (1958) is a film directed by Alfred Hitchcock"),
        ("give me some facts about Vertigo", "Vertigo (1958) is a film directed by Alfred Hitchcock"),
    ],
)
def test_what_is_to_be_told(usher: Assistant, said: str, told: str) -> None:
    assert usher.ask(said).answer["text"].startswith(told)


@pytest.mark.parametrize("decade", ["seventies", "'70s", "70's", "1970s", "70s", "nineteen seventies"])
def test_a_decade_is_asked_in_the_words_that_were_said(usher: Assistant, decade: str) -> None:
    (fact,) = usher.ask(f"is Jaws from the {decade}?").answer["facts"]
    assert (fact["asked"], fact["verdict"]) == (decade.removeprefix("'"), "yes")
