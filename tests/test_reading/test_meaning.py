"""What ordinary words mean: kinds, negation, lists of likes, several requests, for whom.

The corpora have a meaning, then requests that have it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from agent.assistant import Assistant
from agent.builtin.interpret.parts import interpret_all
from agent.builtin.interpret.request import EntityMention, ParsedRequest
from agent.builtin.parse.chunking import chunk_text
from agent.builtin.parse.kinds import with_kinds
from agent.builtin.parse.vocabulary import Vocabulary
from corpora import each_of
from tools.link import link_entities

Read = Callable[[str], ParsedRequest]
ReadAll = Callable[[str], tuple[ParsedRequest, ...]]


def said(name: str) -> pytest.MarkDecorator:
    return each_of(Path(__file__).with_name(f"corpus_{name}.txt"))


@pytest.fixture(scope="module")
def read_all(usher: Assistant) -> ReadAll:
    vocabulary = Vocabulary.of_graph(usher.graph)

    def reader(text: str) -> tuple[ParsedRequest, ...]:
        chunks = chunk_text(text, asdict(link_entities(usher.knowledge, text)), vocabulary)
        return interpret_all(text, with_kinds(chunks, vocabulary), vocabulary)

    return reader


@pytest.fixture(scope="module")
def read(read_all: ReadAll) -> Read:
    def only(text: str) -> ParsedRequest:
        (request,) = read_all(text)
        return request

    return only


def labels(names: list[EntityMention]) -> set[str]:
    return {name.choices[0].label for name in names}


def wanted(request: ParsedRequest) -> str:
    """Return kinds that are wanted and ruled out, as the corpora have them."""
    kinds = sorted(labels(list(request.categories)))
    ruled_out = sorted(labels([constraint.name for constraint in request.none_of]))
    return " ".join([" + ".join(kinds), *(f"- {label}" for label in ruled_out)]).strip() or "none"


def same(meaning: str) -> str:
    plus, *minus = meaning.removeprefix("+ ").split("- ")
    kinds = sorted(label.strip() for label in plus.split("+") if label.strip())
    return " ".join([" + ".join(kinds), *(f"- {label.strip()}" for label in minus)]).strip()


@said("negation")
def test_what_is_wanted_and_what_is_ruled_out(meaning: str, text: str, read: Read) -> None:
    assert wanted(read(text)) == same(meaning)


@said("kinds")
def test_everyday_words_are_kinds_where_they_describe_what_is_asked(
    meaning: str, text: str, read: Read
) -> None:
    assert wanted(read(text)) == same(meaning)


@said("lists")
def test_likes_are_alternatives_unless_one_thing_is_described(meaning: str, text: str, read: Read) -> None:
    request = read(text)
    stated = sorted(labels([*request.categories, *(each.name for each in request.wanted)]))
    either = sorted(labels([each.name for each in request.any_of]))
    assert " + ".join(stated) + " | ".join(either) == meaning


@said("parts")
def test_several_requests_are_interpreted_each_by_itself(meaning: str, text: str, read_all: ReadAll) -> None:
    asked = [
        sorted(labels([*request.categories, *(each.name for each in request.wanted)]))
        for request in read_all(text)
    ]
    assert asked == [sorted(part.strip().split(", ")) for part in meaning.split("||")]


@said("audience")
def test_for_whom_something_is_wanted(meaning: str, text: str, read: Read) -> None:
    whom = read(text).audience
    told = [] if whom is None else [str(whom.age or "-"), *(["child"] * whom.child), *(["teen"] * whom.teen)]
    assert " ".join(told or ["none"]) == meaning


def test_what_is_for_a_child_is_of_a_genre_for_children(read: Read) -> None:
    request = read("something to read to my 7 year old")
    assert labels([each.name for each in request.any_of]) == {"Children's literature", "Family"}


def test_what_somebody_made_is_not_narrowed_by_whom_it_is_for(read: Read) -> None:
    assert read("everything by Roald Dahl for my 7 year old").any_of == ()


def test_what_somebody_is_about_to_read_is_not_behind_them(read: Read) -> None:
    asked = "Which books are in the Harry Potter series?"
    ahead, behind = (
        read(f"{asked} I want to read every one of them!"),
        read(f"{asked} I read every one of them."),
    )
    series = {("series", "Harry Potter")}
    assert (roles(ahead), roles(behind)) == (series, set())


def roles(request: ParsedRequest) -> set[tuple[str, str]]:
    """Return the names that are wanted, each with the likeliest role it is wanted in."""
    return {(each.roles[0] if each.roles else "", each.name.choices[0].label) for each in request.wanted}


@pytest.mark.parametrize(
    ("text", "role", "name"),
    [
        ("dramas with Thelma Schoonmaker as the one who edited them", "editor", "Thelma Schoonmaker"),
        ("films with Gordon Willis as the man who shot them", "cinematographer", "Gordon Willis"),
        ("I admire James Stewart. More films with that actor, please", "actor", "James Stewart"),
        ("People keep praising Orson Welles. What has that director directed?", "director", "Orson Welles"),
        ("I have a soft spot for Cary Grant. A comedy starring them?", "actor", "Cary Grant"),
        ("I heard an interview with Woody Allen, the director. Films by them?", "director", "Woody Allen"),
    ],
)
def test_a_role_said_apart_from_a_name_is_the_one_it_is_wanted_in(
    text: str, role: str, name: str, read: Read
) -> None:
    assert roles(read(text)) == {(role, name)}


def test_a_role_with_behind_keeps_the_kind_and_is_one_reference(read: Read) -> None:
    request = read("a thriller from the same producer who was behind Casablanca")
    assert labels(list(request.categories)) == {"Thriller"}
    assert [each.roles for each in request.references] == [("producer",)]


def test_a_novel_of_a_series_names_the_series(read: Read) -> None:
    request = read("I loved A Wizard of Earthsea, a Foundation novel. More of the series please")
    assert [(claim.roles, claim.name.text) for claim in request.claims] == [(("series",), "Foundation")]


def test_several_sentences_refer_each_to_its_own_title(read: Read) -> None:
    request = read("A film by the director of Jaws. The music should be by the composer of Vertigo. A drama.")
    assert [(each.roles[0], each.titles[0].text) for each in request.references] == [
        ("director", "Jaws"),
        ("composer", "Vertigo"),
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("the 3 best westerns, with year and director", 3),
        ("name five thrillers", 5),
        ("a couple of comedies", 2),
        ("my three kids want comedies", None),
    ],
)
def test_a_number_counts_only_what_is_asked_for(text: str, count: int | None, read: Read) -> None:
    assert read(text).limit == count


@pytest.mark.parametrize(
    "text",
    [
        "books that are part of The Hitchhiker's Guide to the Galaxy",
        "which ones belong to the Hitchhiker's Guide to the Galaxy series?",
        "Part of The Hitchhiker's Guide to the Galaxy, please",
        "search for instalments of the hitchhiker's guide to the galaxy",
    ],
)
def test_what_is_part_of_a_series_is_of_it_and_not_like_a_book_of_its_name(text: str, read: Read) -> None:
    request = read(text)
    assert [each.name.choices[0].label for each in request.wanted] == ["The Hitchhiker's Guide to the Galaxy"]
    assert request.examples == ()


def test_words_that_say_of_a_series_are_not_left_over(usher: Assistant) -> None:
    answer = usher.ask("Which books belong to the Miss Marple series? Or are part of Discworld?").answer
    assert not {"belong", "part"} & set(answer["unused"])


@pytest.mark.parametrize(
    "text",
    [
        "The writing of Emma was the best thing about it. What else has that author written?",
        "What I admire in Emma and Persuasion is the writing. Others by the author? The more the better.",
    ],
)
def test_praise_and_sayings_are_no_order_and_no_question(text: str, usher: Assistant) -> None:
    answer = usher.ask(text).answer
    assert answer["act"] == "recommend"
    assert answer["order"] == []
    assert [each["value"] for each in answer["conditions"]] == ["Jane Austen"]


@pytest.mark.parametrize(
    ("text", "act", "said"),
    [
        ("Crouching Tiger, Hidden Dragon is by whom?", "inform", "Ang Lee"),
        ("Heat was directed by whom? And anything similar?", "recommend", "Michael Mann"),
        ("of Agatha Christie", "recommend", "Agatha Christie"),
    ],
)
def test_what_is_said_the_other_way_round_or_in_part_is_read(
    text: str, act: str, said: str, usher: Assistant
) -> None:
    answer = usher.ask(text).answer
    assert answer["act"] == act
    assert said in answer["text"]


@pytest.mark.parametrize(
    "text",
    [
        "A drama is what I am looking for. One thing: Al Pacino should be in it.",
        "I'm sure there are dramas out there. One condition: Al Pacino has to be in the cast.",
        "I know there are dramas that Al Pacino has acted in, but I can't name one. My evening is free.",
        "I'd be happy to have some dramas. I saw a talk show last week. Note: Al Pacino must act in them.",
    ],
)
def test_one_thing_is_no_count_and_a_polite_wish_no_story(text: str, usher: Assistant) -> None:
    answer = usher.ask(text).answer
    stated = {(each["relation"], each["value"]) for each in answer["conditions"]}
    assert stated == {("genre", "Drama"), ("actor", "Al Pacino")}


def test_a_question_that_names_a_kind_is_read(assistants: Callable[[str], Assistant]) -> None:
    text = "Do you know Gormenghast? The prose is what won me over. Are there other books by the same writer?"
    answer = assistants("librarything").ask(text).answer
    assert ("author", "Mervyn Peake") in {(each["relation"], each["value"]) for each in answer["conditions"]}
