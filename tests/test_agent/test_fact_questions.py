"""Questions of fact are answered as facts, in any wording; what looks like one and asks for items is not."""

from __future__ import annotations

from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver

from agent.assistant import Assistant
from agent.graph import build


def told(answer: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
    return [(fact["title"], fact["relation"], list(fact["values"])) for fact in answer["facts"]]


def after(assistant: Assistant, *turns: str) -> dict[str, Any]:
    """Return the answer to the last of several turns of one conversation."""
    graph = build(InMemorySaver())
    return [assistant.chat(graph, "t", turn, lambda step: None).answer for turn in turns][-1]


# Who, what, when, on the toy catalogue

HARBOUR, TRAM, ORCHARD = "The Glass Harbour", "Night Tram", "Cold Orchard"
VALUES = [
    ("who directed Night Tram?", (TRAM, "director", ["Ada Quill"])),
    ("do you know who directed Night Tram", (TRAM, "director", ["Ada Quill"])),
    ("who's the guy that shot Night Tram?", (TRAM, "cinematographer", ["Cy Marsh"])),
    ("what's the name of the woman who directed Night Tram?", (TRAM, "director", ["Ada Quill"])),
    ("Night Tram, who directed it?", (TRAM, "director", ["Ada Quill"])),
    ("I just saw Night Tram. Who shot it?", (TRAM, "cinematographer", ["Cy Marsh"])),
    ("Night Tram's director?", (TRAM, "director", ["Ada Quill"])),
    ("director of Night Tram", (TRAM, "director", ["Ada Quill"])),
    ("who is Night Tram by?", (TRAM, "director", ["Ada Quill"])),
    ("who made Night Tram?", (TRAM, "director", ["Ada Quill"])),
    ("who acts in Night Tram", (TRAM, "actor", ["Mara Vance"])),
    ("whos in night tram", (TRAM, "actor", ["Mara Vance"])),
    ("the cast of Night Tram, please", (TRAM, "actor", ["Mara Vance"])),
    ("could you tell me who plays the driver in Night Tram?", (TRAM, "actor", ["Mara Vance"])),
    ("what genre is Night Tram?", (TRAM, "genre", ["Thriller"])),
    ("what kind of movie is Night Tram", (TRAM, "genre", ["Thriller"])),
    ("what year is Night Tram from?", (TRAM, "year", ["1981"])),
    ("how old is Night Tram", (TRAM, "year", ["1981"])),
    ("when was Night Tram made?", (TRAM, "year", ["1981"])),
    ("when did Night Tram come out", (TRAM, "year", ["1981"])),
    ("what is Night Tram about?", (TRAM, "description", ["A tram driver sees a murder."])),
    ("what's Night Tram about", (TRAM, "description", ["A tram driver sees a murder."])),
    ("What happens in Night Tram?", (TRAM, "description", ["A tram driver sees a murder."])),
    ("can you tell me what Night Tram is about", (TRAM, "description", ["A tram driver sees a murder."])),
    ("what's the plot of Cold Orchard?", (ORCHARD, "description", ["Apples, snow and a missing brother."])),
    ("who stars in Salt Road?", ("Salt Road", "actor", [])),
]


@pytest.mark.parametrize(("message", "fact"), VALUES)
def test_what_an_item_has_is_told_as_a_fact(
    toy_usher: Assistant, message: str, fact: tuple[str, str, list[str]]
) -> None:
    assert told(toy_usher.ask(message).answer) == [fact]


@pytest.mark.parametrize("message", [message for message, _ in VALUES])
def test_a_question_of_fact_informs_and_lists_nothing(toy_usher: Assistant, message: str) -> None:
    answer = toy_usher.ask(message).answer
    assert (answer["act"], answer["items"], answer["removed"]) == ("inform", [], [])


def test_a_fact_that_is_not_known_is_said_to_be_not_listed(toy_usher: Assistant) -> None:
    answer = toy_usher.ask("who stars in Salt Road?").answer
    assert answer["note"] == "The catalogue lists no cast for Salt Road."


def test_two_questions_are_both_answered(toy_usher: Assistant) -> None:
    answer = toy_usher.ask("who directed Night Tram and when was it made?").answer
    assert told(answer) == [(TRAM, "director", ["Ada Quill"]), (TRAM, "year", ["1981"])]


def test_who_is_in_both_is_what_two_items_share(toy_usher: Assistant) -> None:
    answer = toy_usher.ask("who is in both The Glass Harbour and Night Tram?").answer
    assert "Mara Vance" in answer["note"]


def test_telling_about_an_item_tells_what_it_is_about_and_who_made_it(toy_usher: Assistant) -> None:
    answer = toy_usher.ask("tell me about Night Tram").answer
    assert {relation for _, relation, _ in told(answer)} >= {"description", "director", "year", "genre"}


@pytest.mark.parametrize(
    "message",
    [
        "have you seen Night Tram?",
        "is Night Tram any good?",
        "should I watch Night Tram",
        "what do you think of Night Tram?",
    ],
)
def test_a_question_for_a_judgement_is_answered_with_what_is_known(
    toy_usher: Assistant, message: str
) -> None:
    answer = toy_usher.ask(message).answer
    assert (answer["act"], answer["items"]) == ("inform", [])
    assert (TRAM, "director", ["Ada Quill"]) in told(answer)


# Yes or no

VERDICTS = [
    ("did Ada Quill direct Night Tram?", "director", "yes"),
    ("did Dov Eberhart direct Night Tram?", "director", "no"),
    ("was Night Tram directed by Ada Quill", "director", "yes"),
    ("Was Night Tram directed by Dov Eberhart?", "director", "no"),
    ("is Night Tram by Ada Quill?", "director", "yes"),
    ("wasn't Night Tram made by Dov Eberhart?", "director", "no"),
    ("does Night Tram have Mara Vance in it?", "actor", "yes"),
    ("does Night Tram star Theo Brandt", "actor", "no"),
    ("is Mara Vance in Night Tram?", "actor", "yes"),
    ("is Night Tram a thriller?", "genre", "yes"),
    ("isn't Night Tram a western?", "genre", "no"),
    ("is Night Tram from 1981?", "year", "yes"),
    ("is Night Tram from 1985?", "year", "no"),
    ("was Night Tram made before 1990?", "year", "yes"),
    ("did Night Tram come out after 1990", "year", "no"),
    ("Night Tram was directed by Ada Quill, right?", "director", "yes"),
    ("Night Tram is a comedy, isn't it?", "genre", "no"),
    ("I think Cy Marsh directed Night Tram. Is that right?", "director", "no"),
    ("could you tell me whether Mara Vance is in Night Tram", "actor", "yes"),
]


@pytest.mark.parametrize(("message", "relation", "verdict"), VERDICTS)
def test_a_question_for_yes_or_no_has_its_verdict(
    toy_usher: Assistant, message: str, relation: str, verdict: str
) -> None:
    answer = toy_usher.ask(message).answer
    assert [(f["relation"], f["verdict"]) for f in answer["facts"]] == [(relation, verdict)]


def test_a_no_says_what_is_so(toy_usher: Assistant) -> None:
    note = toy_usher.ask("did Dov Eberhart direct Night Tram?").answer["note"]
    assert note == "No, Night Tram was directed by Ada Quill, not Dov Eberhart."


def test_what_is_not_listed_is_neither_yes_nor_no(toy_usher: Assistant) -> None:
    answer = toy_usher.ask("is Mara Vance in Salt Road?").answer
    assert [fact["verdict"] for fact in answer["facts"]] == [None]


@pytest.mark.parametrize(
    ("message", "note"),
    [
        (
            "which is older, Night Tram or Cold Orchard?",
            "Night Tram (1981) is older than Cold Orchard (2001).",
        ),
        (
            "is Night Tram newer than Cold Orchard?",
            "No, Cold Orchard (2001) is newer than Night Tram (1981).",
        ),
        (
            "was Cold Orchard made after Night Tram",
            "Yes, Cold Orchard (2001) is newer than Night Tram (1981).",
        ),
    ],
)
def test_two_items_are_set_side_by_side(toy_usher: Assistant, message: str, note: str) -> None:
    assert toy_usher.ask(message).answer["note"] == note


@pytest.mark.parametrize(
    ("message", "note"),
    [
        ("how many films has Ada Quill directed?", "The catalogue has 3 films directed by Ada Quill."),
        ("how many westerns are there", "The catalogue has 1 title listed under Western."),
        (
            "how many movies by Dov Eberhart do you have?",
            "The catalogue has 2 movies directed by Dov Eberhart.",
        ),
    ],
)
def test_how_many_is_a_sentence_and_no_list(toy_usher: Assistant, message: str, note: str) -> None:
    answer = toy_usher.ask(message).answer
    assert (answer["note"], answer["items"]) == (note, [])


# In a conversation


@pytest.mark.parametrize(
    ("turns", "fact"),
    [
        (("a drama", "who directed it?"), (HARBOUR, "director", ["Ada Quill"])),
        (("thrillers", "what is the second one about?"), None),
        (("a western", "never saw it, what is it about?"), ("Salt Road", "description", None)),
        (("who directed Night Tram?", "and who shot it?"), (TRAM, "cinematographer", ["Cy Marsh"])),
        (("who directed Night Tram?", "and Salt Road?"), ("Salt Road", "director", ["Dov Eberhart"])),
        (("a comedy", "sounds good, who's in the movie?"), ("Paper Moons", "actor", ["Theo Brandt"])),
        (("a comedy", "I have seen Night Tram. Who shot that one?"), (TRAM, "cinematographer", ["Cy Marsh"])),
    ],
)
def test_it_is_what_the_person_named_last_else_what_was_shown(
    toy_usher: Assistant, turns: tuple[str, ...], fact: tuple[str, str, list[str] | None] | None
) -> None:
    answer = after(toy_usher, *turns)
    assert (answer["act"], answer["items"], len(answer["facts"])) == ("inform", [], 1)
    if fact is not None:
        assert told(answer)[0][:2] == fact[:2]


def test_he_is_the_person_named_last(toy_usher: Assistant) -> None:
    answer = after(toy_usher, "who directed Night Tram?", "did she also direct Salt Road?")
    assert [(f["title"], f["verdict"]) for f in answer["facts"]] == [("Salt Road", "no")]


def test_a_pronoun_without_an_item_is_asked_back(toy_usher: Assistant) -> None:
    answer = toy_usher.ask("who directed it?").answer
    assert (answer["act"], answer["items"]) == ("ask", [])


def test_a_question_of_fact_leaves_the_request_as_it_was(toy_usher: Assistant) -> None:
    answer = after(toy_usher, "films by Ada Quill", "who shot the first one?", "only thrillers")
    assert {"relation": "director", "value": "Ada Quill"} in [
        {"relation": c["relation"], "value": c["value"]} for c in answer["conditions"]
    ]


# What is not known


@pytest.mark.parametrize(
    ("message", "word"),
    [
        ("is Night Tram on Netflix?", "Netflix"),
        ("where can I stream Night Tram", "stream"),
        ("did Night Tram win any Oscars?", "Oscars"),
        ("how long is Night Tram?", "long"),
        ("what's the IMDb rating of Night Tram", "IMDb"),
        ("please play Night Tram", "play"),
        ("two tickets for tonight at eight please", "tickets"),
        ("does Night Tram have subtitles", "subtitles"),
        ("how much did Night Tram make at the box office?", "box office"),
    ],
)
def test_what_no_catalogue_holds_is_said_to_be_unused(toy_usher: Assistant, message: str, word: str) -> None:
    answer = toy_usher.ask(message).answer
    assert (answer["act"] in ("inform", "decline"), answer["items"]) == (True, [])
    assert word in answer["unused"]


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("who directed The Zorgon Affair?", "The Zorgon Affair"),
        ("who directed the zorgon affair", "the zorgon affair"),
        ("what is The Zorgon Affair about?", "The Zorgon Affair"),
        ("have you seen The Zorgon Affair?", "The Zorgon Affair"),
        ("is The Zorgon Affair any good?", "The Zorgon Affair"),
        ("when did The Zorgon Affair come out?", "The Zorgon Affair"),
        ("does Zorgonia have Mara Vance in it?", "Zorgonia"),
        ("what has Zorg Blattner been in?", "Zorg Blattner"),
        ("how many films has Zorg Blattner made?", "Zorg Blattner"),
    ],
)
def test_a_title_or_name_that_is_not_here_is_named_as_unknown(
    toy_usher: Assistant, message: str, name: str
) -> None:
    answer = toy_usher.ask(message).answer
    assert (answer["act"], answer["items"], answer["unknown"]) == ("decline", [], [name])


# What asks for items


@pytest.mark.parametrize(
    "message",
    [
        "what films did Ada Quill make?",
        "which thrillers are there",
        "what else did Ada Quill direct?",
        "what else did the director of Night Tram make",
        "who shot Night Tram, and what else did they shoot?",
        "who directed Night Tram? I want more from that person",
        "Night Tram, which Dov Eberhart directed, was superb. More films by its director please",
        "Night Tram was directed by Ada Quill; what else did she direct?",
        "are there any westerns?",
        "do you have any westerns?",
        "did Ada Quill make any thrillers?",
        "does Ada Quill have any dramas",
        "can you recommend something like Night Tram?",
        "a thriller, and who directed it does not matter",
        "Tell me which thrillers Ada Quill directed.",
        "I'd like to know what dramas that feature Mara Vance there are.",
        "Ada Quill is a director I admire. Tell me what thrillers that director made.",
        "I can't remember who directed Night Tram, but I'd love films that the same person directed",
        "Where should I begin with thrillers that Ada Quill directed?",
    ],
)
def test_a_request_that_looks_like_a_question_is_answered_with_items(
    toy_usher: Assistant, message: str
) -> None:
    assert toy_usher.ask(message).answer["items"]


@pytest.mark.parametrize(
    "message",
    ["when I saw Night Tram I cried", "did I mention that I love Night Tram?", "I know, Night Tram is great"],
)
def test_a_statement_is_no_question_of_fact(toy_usher: Assistant, message: str) -> None:
    assert toy_usher.ask(message).answer["facts"] == []


# On the built-in catalogue, whose titles are words too


@pytest.mark.parametrize(
    ("message", "fact"),
    [
        ("what is M about?", ("M", "description")),
        ("who is Up by?", ("Up", "director")),
        ("who wrote Network", ("Network", "writer")),
        ("what series does Mort belong to?", ("Mort", "series")),
        ("which publisher brought out Mort", ("Mort", "publisher")),
        ("what country is Parasite from?", ("Parasite", "country")),
        ("is there a sequel to Alien?", ("Alien", "series")),
        ("I never read Emma. Who wrote it?", ("Emma", "author")),
        ("who scored Star Wars", ("Star Wars", "composer")),
    ],
)
def test_a_question_finds_its_title_among_its_words(
    usher: Assistant, message: str, fact: tuple[str, str]
) -> None:
    assert [(title, relation) for title, relation, _ in told(usher.ask(message).answer)] == [fact]


@pytest.mark.parametrize(
    "message",
    ["what should I watch?", "what about Kubrick?", "who can recommend a western", "any good films?"],
)
def test_an_open_request_is_no_question_of_fact(usher: Assistant, message: str) -> None:
    assert usher.ask(message).answer["act"] == "recommend"


def test_a_namesake_is_told_apart_by_its_year(usher: Assistant) -> None:
    assert "Dune (1965)" in usher.ask("who wrote Dune?").answer["note"]


def test_a_person_is_told_by_what_they_made(usher: Assistant) -> None:
    answer = usher.ask("who is Ridley Scott?").answer
    assert answer["act"] == "inform"
    films = usher.ask("films directed by Ridley Scott").answer["items"]
    assert f"directed {len(films)} titles" in answer["note"]


def test_without_a_tool_for_facts_there_is_no_crash(toy_assistant: Any) -> None:
    assert toy_assistant(tools="none").ask("who directed Night Tram?").answer["facts"] == []


# Run-on questions, and what the one before was about

RUN_ON = [
    (("the movie her what is it about",), ("Her", "description")),
    (("i just saw heat who directed it",), ("Heat", "director")),
    (("Emma, who wrote it",), ("Emma", "author")),
    (("i finished the hobbit what comes next",), ("The Hobbit", "series")),
    (("a western", "another question, who directed Jaws"), ("Jaws", "director")),
    (("films by Greta Gerwig", "whats the last one about"), ("Lady Bird", "description")),
    (("films by Greta Gerwig", "second one, whats it about"), ("Barbie", "description")),
    (("dune", "the film i mean. who directed it"), ("Dune", "director")),
]


@pytest.mark.parametrize(("turns", "fact"), RUN_ON)
def test_a_question_may_follow_what_it_names_without_a_mark(
    usher: Assistant, turns: tuple[str, ...], fact: tuple[str, str]
) -> None:
    answer = after(usher, *turns)
    assert [(each["title"], each["relation"]) for each in answer["facts"]] == [fact]


@pytest.mark.parametrize(
    ("turns", "verdict"),
    [
        (("Is Harrison Ford in Alien?", "and sigourney weaver?"), "yes"),
        (("Is Sigourney Weaver in Alien?", "and Tom Hanks"), "no"),
        (("was Psycho made by Kubrick?", "and Hitchcock?"), "yes"),
        (("I read Emma last week. Did she also write Persuasion?",), "yes"),
        (("was there a King Kong made in 1933",), "yes"),
        (("is there a Dune by Stanley Kubrick?",), "no"),
    ],
)
def test_a_yes_or_no_may_be_asked_again_and_of_whoever_made_another(
    usher: Assistant, turns: tuple[str, ...], verdict: str
) -> None:
    assert [fact["verdict"] for fact in after(usher, *turns)["facts"]] == [verdict]


def test_a_name_that_is_not_here_is_no_reason_to_say_no(toy_usher: Assistant) -> None:
    answer = toy_usher.ask("Is Night Tram a Sam Mendes film?").answer
    assert [fact["relation"] for fact in answer["facts"]] == ["director"]


@pytest.mark.parametrize("question", ["have you seen any of them?", "which of those have you read?"])
def test_usher_is_no_viewer_of_what_it_lists(usher: Assistant, question: str) -> None:
    answer = after(usher, "westerns", question)
    assert (answer["act"], answer["items"]) == ("acknowledge", [])


def test_where_to_watch_what_was_listed_is_not_known(usher: Assistant) -> None:
    answer = after(usher, "westerns", "where can I watch the second one?")
    assert (answer["items"], bool(answer["unused"])) == ([], True)


def test_items_of_one_name_are_counted_by_their_titles(toy_usher: Assistant) -> None:
    answer = toy_usher.ask("how many Glass Harbour films are there").answer
    assert (answer["act"], answer["items"]) == ("inform", [])


@pytest.mark.parametrize("message", ["who derected Jaws", "uh who durected Jaws"])
def test_a_misspelt_verb_before_a_title_is_read_as_the_one_it_is_near(usher: Assistant, message: str) -> None:
    assert told(usher.ask(message).answer) == [("Jaws", "director", ["Steven Spielberg"])]


def test_what_was_listed_may_be_put_in_order(usher: Assistant) -> None:
    years = [item["year"] for item in after(usher, "films with Harrison Ford", "oldest first")["items"]]
    assert years == sorted(years)


@pytest.mark.parametrize("message", ["where can i stream whiplash tonight", "where can i rent parasite"])
def test_where_a_title_in_small_letters_can_be_had_is_not_known(usher: Assistant, message: str) -> None:
    answer = usher.ask(message).answer
    assert (answer["items"], bool(answer["unused"])) == ([], True)


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        (
            "My wish is another film with the person who appeared in both Jaws and American Graffiti in it.",
            ("actor", "Richard Dreyfuss"),
        ),
        (
            "Has the person who directed Jaws and E.T. the Extra-Terrestrial directed other adventures?",
            ("director", "Steven Spielberg"),
        ),
        (
            "I could use a thriller that has Jerry Goldsmith as the composer and is a mystery this evening.",
            ("composer", "Jerry Goldsmith"),
        ),
    ],
)
def test_a_wish_for_items_is_no_question_of_fact(
    usher: Assistant, text: str, condition: tuple[str, str]
) -> None:
    answer = usher.ask(text).answer
    assert condition in [(each["relation"], each["value"]) for each in answer["conditions"]]
    assert answer["items"]


def test_whether_somebody_did_one_thing_is_a_question_of_fact(toy_usher: Assistant) -> None:
    assert toy_usher.ask("Did the person who directed Salt Road direct Night Tram?").answer["act"] == "inform"
