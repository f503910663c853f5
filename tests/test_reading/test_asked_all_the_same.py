"""Messages that ask for books or moods in a roundabout way, and what they are not taken for."""

from __future__ import annotations

import pytest

from agent.assistant import Assistant


@pytest.mark.parametrize(
    "text",
    [
        "I wrote my essay on lighthouse keepers. Surely somebody has filmed that?",
        "My aunt grew up in a circus and I love her stories. Is there a decent novel?",
        "books about a girl who runs away, for my niece who just finished school",
        "a film where two old rivals meet again, for my dad who just retired",
        "can you find me a book set in a monastery no wait a convent is fine too",
        "what is there about the end of the world but hopeful",
        "what have you got about bees",
    ],
)
def test_what_is_asked_in_a_roundabout_way_is_looked_for(usher: Assistant, text: str) -> None:
    answer = usher.ask(text).answer
    assert answer["act"] == "recommend"
    assert answer["items"]


@pytest.mark.parametrize(
    "text", ["My team won the cup yesterday! Did you see that?", "I saw a film about bees last night"]
)
def test_what_only_tells_is_no_request(usher: Assistant, text: str) -> None:
    assert not usher.ask(text).answer.get("items")


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("a classic novel where nobody falls in love", "falls in love"),
        ("a novel in which no one gets married, but nobody dies", "dies"),
        ("a war film for my mum, who likes the times but can't take battle scenes", "battle scenes"),
        ("Scary yes, blood no. A film please", "blood"),
        ("A book for my nephew: dragons yes, spiders no.", "spiders"),
    ],
)
def test_what_is_refused_in_a_roundabout_way_is_left_out(usher: Assistant, text: str, refused: str) -> None:
    answer = usher.ask(text).answer
    assert refused in answer["text"]
    assert "Left out" in answer["text"]


@pytest.mark.parametrize(
    "text",
    [
        "a murder mystery, but no dead body on page one",
        "a war film without battles, not even short ones",
        "it lost me on page 50. a better thriller?",
    ],
)
def test_a_place_in_a_book_and_an_aside_measure_nothing(usher: Assistant, text: str) -> None:
    stated = usher.ask(text).answer["conditions"]
    assert not {each["relation"] for each in stated} & {"pages", "running_time"}


@pytest.mark.parametrize(
    ("text", "domain"),
    [("something spooky to read, not to watch", "book"), ("something spooky to watch, not to read", "movie")],
)
def test_what_is_not_to_be_done_tells_no_domain(usher: Assistant, text: str, domain: str) -> None:
    items = usher.ask(text).answer["items"]
    assert items
    assert all(item["id"].startswith(f"{domain}/") for item in items)


@pytest.mark.parametrize(
    ("text", "genre"), [("war novels", None), ("a science book for a beginner", "Popular science")]
)
def test_a_kind_that_books_have_not_is_a_subject(usher: Assistant, text: str, genre: str | None) -> None:
    answer = usher.ask(text).answer
    assert answer["items"]
    assert [each["value"] for each in answer["conditions"]] == ([genre] if genre else [])


@pytest.mark.parametrize(
    "text",
    [
        "a novel with an unreliable narrator that fools everybody",
        "a book following one family over generations",
        "a summer camp film that surprises",
    ],
)
def test_a_side_word_does_not_part_a_subject(usher: Assistant, text: str) -> None:
    assert "each of the" not in usher.ask(text).answer["text"]


def test_two_subjects_are_still_told_apart(usher: Assistant) -> None:
    assert "each of these is about one of them" in usher.ask("a summer camp with dinosaurs").answer["text"]


def test_a_word_that_hardly_anything_has_is_told(usher: Assistant) -> None:
    answer = usher.ask("books about poker players who knit").answer
    assert answer["items"]
    assert "knit" in answer["unused"]


@pytest.mark.parametrize("text", ["something set over one single day", "a book that happens within a week"])
def test_the_time_of_a_story_is_no_running_time(usher: Assistant, text: str) -> None:
    answer = usher.ask(text).answer
    assert answer["items"]
    assert not answer["conditions"]


def test_the_kind_of_book_is_a_book(usher: Assistant) -> None:
    items = usher.ask("The kind of book where a house is almost alive.").answer["items"]
    assert items
    assert all(item["id"].startswith("book/") for item in items)


def test_what_is_ruled_out_is_no_core(usher: Assistant) -> None:
    answer = usher.ask("Detective novels without a serial killer, and without yet another dead girl, please")
    assert "serial killer" not in answer.answer["unused"]
    assert len(answer.answer["items"]) > 3


@pytest.mark.parametrize(
    "text",
    [
        "a book that will leave me in bits",
        "film for tonight, we want to be properly scared",
        "something absorbing to read on a long flight",
        "a film to watch with my brain switched off",
        "I need a book that I can get lost in",
        "a novel told by a servant in a big house",
        "books about women written out of history",
    ],
)
def test_everyday_wordings_of_moods_and_subjects_are_looked_for(usher: Assistant, text: str) -> None:
    answer = usher.ask(text).answer
    assert answer["basis"] == "text"
    assert len(answer["items"]) > 3


@pytest.mark.parametrize(
    ("text", "unused"),
    [
        ("a comforting film for my flatmate who failed her exams", {"failed"}),
        ("a comedy from the nineties, and does the dog die? I can't do it if the dog dies", {"dog"}),
    ],
)
def test_what_befell_somebody_and_what_is_only_asked_order_nothing(
    usher: Assistant, text: str, unused: set[str]
) -> None:
    answer = usher.ask(text).answer
    assert answer["items"]
    assert unused <= {word for said in answer["unused"] for word in said.split()}


@pytest.mark.parametrize(
    "text", ["a book for my niece who loves horses", "a film for my dad who is mad about trains"]
)
def test_what_somebody_likes_is_looked_for(usher: Assistant, text: str) -> None:
    assert text.split()[-1] in usher.ask(text).answer["text"]


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("I'm worn out by superhero films. Something quiet please", "superhero"),
        ("we are worn out by vampires, a book about witches instead", "vampires"),
    ],
)
def test_what_somebody_is_worn_out_by_is_left_out(usher: Assistant, text: str, refused: str) -> None:
    assert f"Left out what speaks of “{refused}”" in usher.ask(text).answer["text"]
