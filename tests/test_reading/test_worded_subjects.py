"""Subjects however they are worded, on the built-in catalogue: no part is dropped or read as another."""

from __future__ import annotations

import pytest

from agent.assistant import Assistant
from tools.theme_wordings import key_of, worded_at


def titles(usher: Assistant, text: str) -> list[str]:
    return [item["title"] for item in usher.ask(text).answer["items"]]


@pytest.mark.parametrize(
    "said", ["priest losing his faith", "priest who is losing faith", "priest who has lost all faith in god"]
)
def test_a_subject_is_one_however_it_is_worded(said: str) -> None:
    words = said.split()
    length, line = worded_at(words, 0)
    assert line.startswith("losing faith") or length == 0 or "crisis of faith" in line


def test_forms_of_verbs_and_words_for_people_are_one() -> None:
    assert key_of("lost") == key_of("loses") == key_of("losing")
    assert key_of("mum") == key_of("mother")
    assert key_of("the") == key_of("who") == ""


@pytest.mark.parametrize("said", ["a man who loves dogs", "work in the garden", "keep fighting for nothing"])
def test_what_binds_words_tells_subjects_apart(said: str) -> None:
    assert worded_at(said.split()[1:], 0)[0] == 0


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("a film about a priest losing his faith", {"Winter Light", "First Reformed", "Silence"}),
        ("something about two very different people becoming friends", {"Green Book", "The Odd Couple"}),
        ("a film that'll make me believe in love again", {"The Princess Bride", "(500) Days of Summer"}),
        ("films where a kid is smarter than the adults", {"Matilda", "Paper Moon"}),
        ("one person standing up to a big company", {"Erin Brockovich", "The Insider", "Silkwood"}),
        ("a couple who can't stop arguing", {"Scenes from a Marriage", "The Awful Truth"}),
        ("last person on earth", {"I Am Legend", "The Omega Man"}),
        ("a deadly disease spreading", {"Contagion", "The Plague"}),
    ],
)
def test_a_subject_is_found_whole(usher: Assistant, text: str, fit: set[str]) -> None:
    answer = usher.ask(text).answer
    assert fit <= {item["title"] for item in answer["items"]}
    assert answer["unused"] in ([], ["one person"])


def test_a_title_of_plain_words_is_part_of_a_subject(usher: Assistant) -> None:
    found = titles(usher, "movies about a boy and his horse")
    assert "The Black Stallion" in found
    assert "Almost Famous" not in found


def test_an_aversion_of_a_story_is_nobodys(usher: Assistant) -> None:
    found = titles(usher, "a film about neighbours who hate each other")
    assert {"Grumpy Old Men", "Jean de Florette"} <= set(found)


def test_people_of_a_subject_are_not_who_asks(usher: Assistant) -> None:
    answer = usher.ask("an old man and a child becoming friends").answer
    assert "What people like you" not in answer["text"]
    assert {"True Grit", "Paper Moon"} <= {item["title"] for item in answer["items"]}


@pytest.mark.parametrize(
    "text",
    ["a horror film that's not too gory", "a horror film that is not gory", "a thriller that's not too dark"],
)
def test_what_a_kind_is_not_is_left_out(usher: Assistant, text: str) -> None:
    answer = usher.ask(text).answer
    assert "Left out what speaks of" in answer["note"]
    assert not {"Saw", "Hellraiser", "American Psycho", "Seven"} & {each["title"] for each in answer["items"]}


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("a musical, but not disney", {"The Lion King", "Frozen", "Aladdin"}),
        ("a superhero film but nothing from marvel", {"The Avengers", "Iron Man", "Spider-Man"}),
    ],
)
def test_what_a_studio_made_is_left_out(usher: Assistant, text: str, gone: set[str]) -> None:
    found = titles(usher, text)
    assert found
    assert gone.isdisjoint(found)


def test_a_studio_is_a_theme_where_tags_tell(usher: Assistant) -> None:
    assert {"Toy Story", "Ratatouille"} <= set(titles(usher, "pixar films"))
    assert usher.ask("films on disney plus").answer["unused"] == ["disney plus"]


def test_part_of_what_is_ruled_out_may_be_wanted(usher: Assistant) -> None:
    answer = usher.ask("a book about war but not the second world war").answer
    found = [item["title"] for item in answer["items"]]
    assert "War and Peace" in found
    assert "Catch-22" not in found


def test_nothing_scary_leaves_out_what_tags_call_so(usher: Assistant) -> None:
    answer = usher.ask("animated films for a five year old, nothing scary").answer
    assert answer["unused"] == []
    assert "Left out what speaks of" in answer["note"]
    assert not {"Pinocchio", "The Lion King"} & {item["title"] for item in answer["items"]}


def test_a_place_that_nothing_speaks_of_is_not_another_saint(usher: Assistant) -> None:
    assert titles(usher, "a film set in San Marino") == []
    assert "Vertigo" in titles(usher, "films set in San Francisco")


@pytest.mark.parametrize("text", ["a film for a girls' night", "a movie to watch on a first date"])
def test_an_occasion_with_a_mood_is_one(usher: Assistant, text: str) -> None:
    answer = usher.ask(text).answer
    assert answer["basis"] == "text"
    assert "The Silence of the Lambs" not in [item["title"] for item in answer["items"]]


@pytest.mark.parametrize(
    ("text", "fit", "unfit"),
    [
        ("like Blade Runner but cheerful", {"Sleeper", "Tron"}, {"Vertigo", "The Fountain"}),
        ("like Rocky but about a girl", {"Million Dollar Baby"}, {"An Officer and a Gentleman"}),
        ("like The Lord of the Rings but with more jokes", {"The Princess Bride"}, {"The Holy Mountain"}),
        ("like 1984 but hopeful", {"Parable of the Sower", "Brave New World"}, {"Ubik"}),
    ],
)
def test_like_and_more_of_a_mood(usher: Assistant, text: str, fit: set[str], unfit: set[str]) -> None:
    found = set(titles(usher, text))
    assert fit <= found
    assert not unfit & found


def test_old_people_that_are_funny_are_of_comedies(usher: Assistant) -> None:
    assert {"Harold and Maude", "Cocoon"} <= set(titles(usher, "films about old people that are funny"))


@pytest.mark.parametrize("text", ["scary but no gore", "exciting but not violent", "funny but not stupid"])
def test_a_mood_and_what_it_is_not_are_a_request(usher: Assistant, text: str) -> None:
    answer = usher.ask(text).answer
    assert len(answer["items"]) >= 7
    assert "Left out what speaks of" in answer["note"]


def test_a_plain_word_that_a_series_is_called_is_a_subject(usher: Assistant) -> None:
    assert {"WALL-E", "The Iron Giant"} <= set(titles(usher, "robot film for kids"))
    assert "I, Robot" in titles(usher, "the Robot series")


def test_where_all_is_ruled_out_that_is_said(usher: Assistant) -> None:
    answer = usher.ask("a zombie film that isn't gory").answer
    assert answer["items"] == []
    assert "All that is about “zombie” here" in answer["text"]


def test_a_title_of_a_plain_word_after_but_with_is_a_subject(usher: Assistant) -> None:
    assert {"Rush", "Ford v Ferrari"} <= set(titles(usher, "like Top Gun but with cars"))


def test_but_modern_asks_for_late_years_where_nothing_is_told_anew(usher: Assistant) -> None:
    answer = usher.ask("like Agatha Christie but modern").answer
    assert [each["relation"] for each in answer["conditions"]] == ["year"]
    assert "Magpie Murders" in [item["title"] for item in answer["items"]]


def test_easy_reading_is_a_mood(usher: Assistant) -> None:
    answer = usher.ask("something easy to read on the beach").answer
    assert answer["unused"] == []
    assert "Nineteen Eighty-Four" not in [item["title"] for item in answer["items"]]


@pytest.mark.parametrize(
    "text", ["a crime film without too much violence", "a crime film with not too much violence"]
)
def test_without_too_much_of_something_leaves_it_out(usher: Assistant, text: str) -> None:
    answer = usher.ask(text).answer
    assert "Left out what speaks of “violence”" in answer["note"]
    assert not {"City of God", "A History of Violence"} & {item["title"] for item in answer["items"]}


def test_somebody_of_a_story_who_sees_something_asks_nothing_of_usher(usher: Assistant) -> None:
    assert {"The Sixth Sense", "The Others"} <= set(titles(usher, "a child who sees ghosts"))
    assert usher.ask("who can see my data").answer["items"] == []


@pytest.mark.parametrize(
    "text", ["a dog film that won't make me cry", "I don't want to cry, a comedy please"]
)
def test_what_items_are_not_to_do_to_somebody_is_left_out(usher: Assistant, text: str) -> None:
    answer = usher.ask(text).answer
    assert "Left out what speaks of" in answer["note"]
    assert not {"Old Yeller", "The Fox and the Hound", "Stepmom"} & {
        each["title"] for each in answer["items"]
    }


def test_what_items_are_to_do_to_somebody_is_wanted(usher: Assistant) -> None:
    assert "Terms of Endearment" in titles(usher, "a film that will make me cry")
