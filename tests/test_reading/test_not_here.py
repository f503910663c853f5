"""What nothing here is called and what no fact tells: said, and the rest is answered."""

from __future__ import annotations

import pytest

from agent.assistant import Assistant


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A musical please. We wore out Newsies and the Trolls soundtrack", "Trolls"),
        ("A musical please. We wore out Newsies and the Trolls soundtrack", "Newsies"),
        ("cant stop thinking about firebrand. can someone rec dramas", "firebrand"),
        ("fill the Severance shaped hole in my life with a thriller", "Severance"),
        ("whats a good one with denzel washington and simone ashley", "simone ashley"),
        ("Horror directed by Robert Eggers, preferably his film Werwulf", "Werwulf"),
        ("a French film starring Bourvil Raimbourg", "Bourvil Raimbourg"),
    ],
)
def test_a_name_of_nothing_here_is_named_and_the_rest_is_answered(
    usher: Assistant, text: str, name: str
) -> None:
    answer = usher.ask(text).answer
    assert answer["items"]
    assert name in answer["unknown"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a fantasy novel for £5 or less", "£5"),
        ("a western, 4 stars and above", "4 stars"),
        ("Academy Award winners with Dustin Hoffman", "Academy Award winners"),
        ("a French film directed by a woman", "woman"),
        ("thrillers by female directors", "female"),
    ],
)
def test_what_no_fact_tells_is_said_to_be_unused(usher: Assistant, text: str, words: str) -> None:
    answer = usher.ask(text).answer
    assert answer["items"]
    assert any(words in each for each in answer["unused"])


def test_both_who_made_something_together_are_wanted(usher: Assistant) -> None:
    text = "Humphrey Bogart and Lauren Bacall made The Big Sleep together. is there one more? show me"
    titles = {item["title"] for item in usher.ask(text).answer["items"]}
    assert titles == {"To Have and Have Not", "Dark Passage", "Key Largo"}


def test_a_surname_with_an_article_is_something_of_theirs(usher: Assistant) -> None:
    answer = usher.ask("i want to watch an old hitchcock with grace kelly in it").answer
    assert {"Alfred Hitchcock", "Grace Kelly"} == {each["value"] for each in answer["conditions"]}


@pytest.mark.parametrize(
    ("text", "name"),
    [("Scorsese w/o DiCaprio", "Leonardo DiCaprio"), ("a western w/o John Wayne please", "John Wayne")],
)
def test_w_o_is_without(usher: Assistant, text: str, name: str) -> None:
    assert name in {each["value"] for each in usher.ask(text).answer["none_of"]}


def test_titles_that_are_not_wanted_are_left_out(usher: Assistant) -> None:
    answer = usher.ask("something with sigourney weaver but not alien and not aliens i want to sleep").answer
    assert answer["items"]
    assert not {"Alien", "Aliens"} & {item["title"] for item in answer["items"]}
