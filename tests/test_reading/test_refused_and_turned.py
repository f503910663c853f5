"""What is refused is never looked for, what is only corrected stays asked for, idioms are no titles."""

from __future__ import annotations

import pytest

from agent.assistant import Assistant


def shown(usher: Assistant, text: str, count: int = 10) -> list[str]:
    return [item["title"] for item in usher.ask(text).answer["items"]][:count]


@pytest.mark.parametrize(
    ("text", "kept", "gone"),
    [
        ("find me a boxing movie no not wrestling boxing", "boxing", "wrestling"),
        ("films about chess, I mean chess not speed chess", "chess", "speed"),
        ("a book that makes me laugh, a gentle laugh not a cruel laugh", "laugh", "cruel"),
    ],
)
def test_of_what_is_corrected_only_what_differs_is_left_out(
    usher: Assistant, text: str, kept: str, gone: str
) -> None:
    answer = usher.ask(text).answer
    note = answer["text"].partition("Left out")
    assert answer["items"]
    assert kept in note[0]
    assert kept not in note[2].splitlines()[0] if note[2] else gone in text


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("a romance that doesnt end with someone dying", "dying"),
        ("a comedy that doesn't finish with a wedding", "wedding"),
        ("romcom but no wedding in it. just got divorced haha", "wedding"),
        ("drama without zombies, I just moved house", "zombies"),
        ("western but no shooting. my gran is staying", "shooting"),
        ("war films, I can't do battle scenes anymore", "battle"),
        ("scary but no gore!! my friend said it was fine and I had my hands over my eyes", "gore"),
    ],
)
def test_what_is_refused_is_left_out_whatever_is_told_beside_it(
    usher: Assistant, text: str, refused: str
) -> None:
    answer = usher.ask(text).answer
    assert answer["items"]
    assert refused in answer["text"].partition("Left out")[2].splitlines()[0]
    assert not any(refused in word for word in answer["unused"])


def test_a_mood_beside_what_is_refused_is_looked_for(usher: Assistant) -> None:
    answer = usher.ask("scary but no gore. i mean it").answer
    assert answer["basis"] == "text"
    assert answer["unused"] == []


def test_england_is_left_out_with_its_towns(usher: Assistant) -> None:
    titles = shown(usher, "detective novels not set in England", 20)
    assert titles
    assert not any("Sherlock Holmes" in title for title in titles)


@pytest.mark.parametrize(
    "text",
    ["What should this year's pick be? I like ghost stories", "what should this year's be? a family saga"],
)
def test_what_somebody_has_once_a_year_is_no_year(usher: Assistant, text: str) -> None:
    answer = usher.ask(text).answer
    assert answer["items"]
    assert "2026" not in answer["text"]


def test_the_films_of_this_year_are_of_this_year(usher: Assistant) -> None:
    assert "2026" in usher.ask("this year's films").answer["text"]


def test_one_of_a_sort_is_no_title(usher: Assistant) -> None:
    answer = usher.ask("sci-fi about an AI").answer
    assert "speak of “ai”" in answer["text"]
    assert "goes best with" not in answer["text"]


@pytest.mark.parametrize("text", ["a heist film where it all goes sideways", "a heist that goes sideways"])
def test_an_idiom_is_no_title(usher: Assistant, text: str) -> None:
    answer = usher.ask(text).answer
    assert "Sideways" not in answer["text"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a novel where the person telling the story turns out to be lying", "Gone Girl"),
        ("wrong man goes on the run and tries to clear his name", "The Fugitive"),
        ("a handful of strangers stuck together, nobody can leave", "Lifeboat"),
    ],
)
def test_a_subject_is_known_by_what_happens(usher: Assistant, text: str, expected: str) -> None:
    assert expected in shown(usher, text)


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("like Agatha Christie, only with more jokes", "jokes"),
        ("Blade Runner but hopeful?? Same neon and rain but I come out smiling", "hopeful"),
    ],
)
def test_what_is_turned_to_decides_though_more_is_said(usher: Assistant, text: str, more: str) -> None:
    assert f"with more of “{more}”" in usher.ask(text).answer["text"]


def test_what_did_not_count_beside_a_turn_is_unused(usher: Assistant) -> None:
    unused = usher.ask("Blade Runner but hopeful? Same neon and robots").answer["unused"]
    assert {"neon", "robots"} <= set(unused)


@pytest.mark.parametrize(
    "text",
    [
        "We have a tradition: every Sunday, one film with a courtroom in it. What else is out there?",
        "Each month one courtroom film is what we do. What is there?",
    ],
)
def test_how_many_are_seen_again_and_again_is_no_count(usher: Assistant, text: str) -> None:
    assert len(shown(usher, text)) > 3


def test_one_for_this_week_is_one(usher: Assistant) -> None:
    assert len(shown(usher, "this Sunday just one film with a courtroom in it")) == 1


def test_silent_comedies_are_those_that_are_silent(usher: Assistant) -> None:
    titles = shown(usher, "silent comedies, where does one start", 50)
    assert {"City Lights", "The General"} <= set(titles)
    assert len(titles) < 50


def test_a_word_that_only_says_that_it_counts_is_no_subject(usher: Assistant) -> None:
    assert "The Queen's Gambit" in shown(usher, "a book where chess matters to the story")


def test_who_has_nightmares_is_shown_nothing_scary(usher: Assistant) -> None:
    answer = usher.ask("a story with animals who talk for a 6 year old, he gets nightmares").answer
    assert "Left out what speaks of “scary”" in answer["text"]


def test_an_instrument_is_no_slip(usher: Assistant) -> None:
    assert "according" not in usher.ask("books about rival accordion players").answer["text"]
