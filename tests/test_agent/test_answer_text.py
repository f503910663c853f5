"""An answer as a person reads it: conditions said once, in plain words, nothing hidden, one text for all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent import render
from agent.answer_json import describe
from agent.answer_text import text
from agent.condition_phrases import Stated, Words
from agent.guard.proof import examine
from agent.headings import heading, in_words
from agent.phrasing import first_sentence, printable
from kg.graph import KnowledgeGraph
from kg.types import YEAR, Condition, ItemId, Kind, RelationName
from tools.knowledge import Knowledge
from tools.proposal import Correction, Fact, Proposal, Question, SecondReading
from tools.types import Order


def said(graph: KnowledgeGraph, items: Sequence[str] = (), **rest: Any) -> dict[str, Any]:
    """Return the answer to a proposal as data."""
    defaults: dict[str, Any] = {"conditions": (), "corrections": (), "note": "", "also": None}
    return describe(graph, examine(graph, Proposal(tuple(items), **(defaults | rest))))


def where(relation: str, value: str) -> Condition:
    return Condition(RelationName(relation), value)


ADA, BO = where("director", "Ada Quill"), where("cinematographer", "Bo Lund")
DRAMA = where("genre", "Drama")


def lines(graph: KnowledgeGraph, items: Sequence[str] = (), **rest: Any) -> list[str]:
    return str(said(graph, items, **rest)["text"]).splitlines()


# Headings


def told(*all_of: tuple[str, ...], noun: str = "films", **rest: Sequence[tuple[str, ...]]) -> str:
    more = {name: [Stated(*each) for each in given] for name, given in rest.items()}
    return heading([Stated(*each) for each in all_of], noun=noun, **more)


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ([("director", "X")], "films directed by X"),
        ([("director", "X"), ("composer", "Y")], "films directed by X and scored by Y"),
        ([("director", "X"), ("writer", "X")], "films directed and written by X"),
        ([("director", "X"), ("director", "Y")], "films directed by X and Y"),
        ([("actor", "A")], "films with A"),
        ([("actor", "A"), ("actor", "B"), ("director", "X")], "films with A and B directed by X"),
        ([("genre", "Western")], "westerns"),
        ([("genre", "Comedy"), ("actor", "A")], "comedies with A"),
        ([("genre", "Horror")], "horror films"),
        ([("genre", "Sci-Fi")], "sci-fi films"),
        ([("genre", "Film-Noir")], "film noirs"),
        ([("genre", "Children's")], "children's films"),
        ([("genre", "Comedy"), ("genre", "Romance")], "romantic comedies"),
        ([("genre", "Horror"), ("genre", "War")], "horror war films"),
        ([("country", "France")], "films from France"),
        ([("series", "James Bond")], "films in the series James Bond"),
        ([("series", "Darkover series")], "films in the Darkover series"),
        ([("language", "French language")], "films in French"),
        ([("colour_process", "Technicolor")], "films of the colour process Technicolor"),
        ([("year", "1960", ">="), ("year", "1969", "<=")], "films from the 1960s"),
        ([("year", "1960", ">="), ("year", "1964", "<=")], "films from 1960 to 1964"),
        ([("year", "1984")], "films from 1984"),
        ([("year", "1980", ">=")], "films from 1980 on"),
        ([("year", "1980", ">")], "films after 1980"),
        ([("year", "1980", "<=")], "films up to 1980"),
        ([("year", "1980", "<")], "films before 1980"),
        ([("year", "1980", ">="), ("year", "1990", "<")], "films from the 1980s"),
        ([("director", "X"), ("year", "1984")], "films directed by X, from 1984"),
        ([("genre", "Western"), ("year", "1984")], "westerns from 1984"),
    ],
)
def test_conditions_are_said_as_a_person_would(conditions: Any, words: str) -> None:
    assert told(*conditions) == words


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ([("author", "N")], "books by N"),
        ([("genre", "Science fiction"), ("author", "N")], "science fiction by N"),
        ([("genre", "Science fiction"), ("genre", "Novel"), ("author", "N")], "science fiction novels by N"),
        ([("genre", "Fantasy novel"), ("genre", "War novel")], "war fantasy novels"),
        ([("genre", "Short stories")], "short stories"),
        ([("genre", "Mystery")], "mysteries"),
        ([("media_type", "Hardcover"), ("publisher", "P")], "hardcover books published by P"),
        ([("cover_artist", "C")], "books with a cover by C"),
        ([("previous_work", "Dune")], "books that follow Dune"),
    ],
)
def test_books_have_words_of_their_own(conditions: Any, words: str) -> None:
    assert told(*conditions, noun="books") == words


@pytest.mark.parametrize(
    ("any_of", "words"),
    [
        ([("director", "X"), ("director", "Y")], "films directed by X or Y"),
        ([("genre", "Western"), ("genre", "Horror")], "westerns or horror films"),
        ([("actor", "A"), ("actor", "B"), ("director", "X")], "films with A or B, or directed by X"),
        ([("actor", "A"), ("director", "X")], "films with A or directed by X"),
        ([("genre", "Western"), ("director", "X")], "westerns, or films directed by X"),
        ([("genre", "Horror"), ("genre", "War")], "horror or war films"),
        ([("genre", "Horror"), ("genre", "War"), ("genre", "Western")], "horror or war films, or westerns"),
    ],
)
def test_alternatives_are_said_with_or(any_of: Any, words: str) -> None:
    assert told(any_of=any_of) == words


@pytest.mark.parametrize(
    ("any_of", "words"),
    [
        ([("director", "X"), ("author", "N")], "films directed by X or books by N"),
        ([("genre", "Western"), ("author", "N")], "westerns, or books by N"),
        ([("country", "Japan"), ("director", "X")], "films and books from Japan or films directed by X"),
        ([("genre", "Fantasy"), ("genre", "Mystery")], "fantasy films and books or mysteries"),
    ],
)
def test_alternatives_of_several_domains_have_nouns_of_their_own(any_of: Any, words: str) -> None:
    assert told(noun="films and books", any_of=any_of) == words


@pytest.mark.parametrize(
    ("none_of", "words"),
    [
        ([("actor", "A")], "horror films, but none with A"),
        ([("genre", "Comedy"), ("genre", "War")], "horror films, but no comedies or war films"),
        ([("genre", "Comedy"), ("actor", "A")], "horror films, but no comedies and none with A"),
        ([("year", "1980", "<")], "horror films, but none before 1980"),
    ],
)
def test_what_is_ruled_out_comes_last(none_of: Any, words: str) -> None:
    assert told(("genre", "Horror"), none_of=none_of) == words


def test_a_plain_value_of_a_category_stands_before_the_noun() -> None:
    kinds = {"style": Kind.CATEGORY, "region": Kind.PLACE}
    stated = [Stated("style", "red"), Stated("region", "Rioja")]
    assert heading(stated, noun="wines", words=Words(kinds)) == "red wines from Rioja"


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ([("actor", "A")], "films with A"),
        ([("publisher", "P")], "books published by P"),
        ([("genre", "Horror")], "horror titles"),
        ([("author", "N"), ("actor", "A")], "titles by N with A"),
    ],
)
def test_where_only_conditions_are_known_they_say_what_is_meant(conditions: Any, words: str) -> None:
    assert in_words([{"relation": relation, "value": value} for relation, value in conditions]) == words


def test_a_catalogue_is_spoken_of_in_its_own_words() -> None:
    own = {"region": {"verb": ["grown in"]}, "goes_with": {"verb": ["goes with"], "preposition": ["with"]}}
    stated = [Stated("region", "Rioja"), Stated("goes_with", "stew")]
    assert heading(stated, noun="wines", words=Words(own=own)) == "wines grown in Rioja with stew"


# Lists


def test_the_heading_says_the_condition_and_how_many(toy: KnowledgeGraph) -> None:
    assert lines(toy, ["2", "1", "6"], conditions=(ADA,))[0] == "Films directed by Ada Quill: 3"


def test_a_line_does_not_repeat_the_heading(toy: KnowledgeGraph) -> None:
    assert lines(toy, ["2", "1"], conditions=(ADA,))[1:] == [
        "  1. Night Tram (1981)",
        "  2. The Glass Harbour (1975)",
    ]


def test_a_line_says_which_alternative_it_has(toy: KnowledgeGraph) -> None:
    either = (where("director", "Ada Quill"), where("director", "Dov Eberhart"))
    assert lines(toy, ["2", "3"], any_of=either)[1:] == [
        "  1. Night Tram (1981)   directed by Ada Quill",
        "  2. Paper Moons (1983)  directed by Dov Eberhart",
    ]


def test_a_year_is_not_said_beside_the_title(toy: KnowledgeGraph) -> None:
    eighties = (Condition(YEAR, "1980", ">="), Condition(YEAR, "1989", "<="))
    assert lines(toy, ["2", "3"], conditions=eighties) == [
        "Films from the 1980s: 2",
        "  1. Night Tram (1981)",
        "  2. Paper Moons (1983)",
    ]


def test_an_order_is_said(toy: KnowledgeGraph) -> None:
    newest = (Order("year", descending=True),)
    assert lines(toy, ["2", "1"], conditions=(ADA,), order=newest)[0] == (
        "Films directed by Ada Quill, newest first: 2"
    )


def test_more_than_ten_are_counted(usher_dramas: dict[str, Any]) -> None:
    told = usher_dramas["text"].splitlines()
    assert told[-1] == f"     and {len(usher_dramas['items']) - 10} more"


@pytest.fixture
def usher_dramas(usher: Any) -> dict[str, Any]:
    answer: dict[str, Any] = usher.ask("dramas").answer
    return answer


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        ("taste", "Chosen by people's taste, not by a fact I can check:"),
        ("text", "Chosen by their descriptions, not by a fact I can check:"),
        ("popular", "The best known films here:"),
    ],
)
def test_where_nothing_is_proved_that_is_said(toy: KnowledgeGraph, basis: str, words: str) -> None:
    assert lines(toy, ["1"], basis=basis)[0] == words


def test_nothing_is_best_known_where_no_choices_are_known(cellar: Knowledge) -> None:
    assert lines(cellar.graph, ["a"], basis="popular")[0] == "Nobody's choices are known here. Some wines:"


# What stands around a list


def test_a_correction_comes_first(toy: KnowledgeGraph) -> None:
    wrong = Correction(["3"], "director", "Ada Quill", ["Dov Eberhart"])
    assert lines(toy, ["1"], conditions=(ADA,), corrections=(wrong,))[0] == (
        "Paper Moons was directed by Dov Eberhart, not Ada Quill."
    )


def test_what_is_unknown_is_said_once(toy: KnowledgeGraph) -> None:
    assert lines(toy, unknown=("Zed", "Yan Ode")) == ["I can't find “Zed” or “Yan Ode” in this catalogue."]


def test_what_was_not_used_is_said_in_one_clause(toy: KnowledgeGraph) -> None:
    assert lines(toy, unused=("uplifting", "corny"))[0] == "I couldn't use: “uplifting”, “corny”."


def test_five_words_that_were_not_used_are_enough(toy: KnowledgeGraph) -> None:
    assert lines(toy, unused=tuple("abcdef"))[0] == "I couldn't use: “a”, “b”, “c”, “d”, “e” and more."


def test_a_question_comes_with_its_choices(toy: KnowledgeGraph) -> None:
    assert lines(toy, question=Question("Which one?", "director", ["Ada", "Bo"])) == [
        "Which one?",
        "  1. Ada",
        "  2. Bo",
    ]


def test_a_second_reading_comes_last(toy: KnowledgeGraph) -> None:
    also = SecondReading("If you meant Bo Lund", ["3"], [BO])
    assert lines(toy, ["1"], conditions=(ADA,), also=also)[-2:] == [
        "If you meant Bo Lund:",
        "  1. Paper Moons (1983)",
    ]


def test_nothing_at_all_is_said_too(toy: KnowledgeGraph) -> None:
    assert lines(toy) == ["Nothing in this catalogue satisfies that."]


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        (Fact("1", "director", ["Ada Quill"]), "The Glass Harbour was directed by Ada Quill."),
        (Fact("1", "year", ["1975"]), "The Glass Harbour came out in 1975."),
        (Fact("1", "actor", ["Mara Vance"]), "The cast of The Glass Harbour listed here: Mara Vance."),
        (Fact("1", "genre", ["Drama"]), "The Glass Harbour is listed under Drama."),
        (Fact("4", "actor", []), "The catalogue lists no cast for Salt Road."),
        (
            Fact("1", "actor", ["Mara Vance"], "yes", "Mara Vance"),
            "Yes, The Glass Harbour has Mara Vance in its cast.",
        ),
        (
            Fact("1", "director", ["Ada Quill"], "no", "Bo Lund"),
            "No, The Glass Harbour was directed by Ada Quill, not Bo Lund.",
        ),
        (
            Fact("1", "description", ["A lighthouse keeper counts ships."]),
            "The Glass Harbour: A lighthouse keeper counts ships.",
        ),
    ],
)
def test_a_fact_without_a_note_is_said_as_a_sentence(toy: KnowledgeGraph, fact: Fact, sentence: str) -> None:
    assert lines(toy, facts=(fact,)) == [sentence]


def test_lines_of_a_note_are_one_line(toy: KnowledgeGraph) -> None:
    assert lines(toy, note="Well.\n  1. Jaws\t(1975)") == ["Well. 1. Jaws (1975)"]


def test_what_a_note_says_is_unknown_is_not_said_again(toy: KnowledgeGraph) -> None:
    sentence = "I can't find “Zed” in this catalogue."
    assert lines(toy, unknown=("Zed",), note=sentence) == [sentence]


def test_a_note_says_the_facts(toy: KnowledgeGraph) -> None:
    fact = Fact("1", "director", ["Ada Quill"])
    assert lines(toy, facts=(fact,), note="Ada Quill did.") == ["Ada Quill did."]


# One text for all


_WORD = st.text(min_size=1, max_size=6)
_PROPOSALS = st.builds(
    Proposal,
    items=st.lists(st.sampled_from(["1", "2", "3", "4"]), max_size=4, unique=True).map(tuple),
    conditions=st.sampled_from([(), (ADA,), (BO, DRAMA)]),
    corrections=st.just(()),
    note=_WORD,
    also=st.none() | st.builds(SecondReading, _WORD, st.just(["2"]), st.just([ADA]), _WORD),
    any_of=st.sampled_from([(), (ADA, BO)]),
    none_of=st.sampled_from([(), (DRAMA,)]),
    unknown=st.lists(_WORD, max_size=2).map(tuple),
    unused=st.lists(_WORD, max_size=7).map(tuple),
    question=st.none() | st.builds(Question, _WORD, _WORD, st.lists(_WORD, max_size=2)),
)
_ANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@_ANY
@given(proposed=_PROPOSALS)
def test_beside_its_cards_a_terminal_shows_the_text_of_any_answer(
    toy: KnowledgeGraph, proposed: Proposal
) -> None:
    answer = describe(toy, examine(toy, proposed))
    shown = render.answer(answer, toy).plain
    assert beside_lists(shown) == beside_lists(answer["text"])
    assert all(line["title"] in shown for line in answer["items"])


def beside_lists(text: str) -> list[str]:
    """Return the words of a text that stand in no list."""
    return " ".join(line for line in text.split("\n") if not re.match(r" *\d+\. |     ", line)).split()


def hidden(given: object) -> set[str]:
    """Return the characters in some data that no reader sees."""
    if isinstance(given, str):
        return {each for each in given if unicodedata.category(each) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    values = given.values() if isinstance(given, dict) else given if isinstance(given, list) else ()
    return set().union(*map(hidden, values))


@_ANY
@given(proposed=_PROPOSALS)
def test_nothing_hidden_leaves_in_any_answer(toy: KnowledgeGraph, proposed: Proposal) -> None:
    answer = describe(toy, examine(toy, proposed))
    assert hidden({**answer, "text": answer["text"].replace("\n", "")}) == set()


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        ("a\u202eb", "a\\u202eb"),
        ("a\x1b[31m", "a\\u001b[31m"),
        ("a\u200bb", "a\\u200bb"),
        ("a\nb", "a\\u000ab"),
        ("\U000e0041", "\\U000e0041"),
        ("Amélie\u00a0🎈 “x”", "Amélie\u00a0🎈 “x”"),
    ],
)
def test_what_no_reader_sees_is_written_out(given_: str, shown: str) -> None:
    assert printable(given_) == shown


@pytest.mark.parametrize(
    ("whole", "first"),
    [
        ("One. Two.", "One."),
        ("One", "One"),
        ("", ""),
        ("Mr. Brown meets J. R. Smith. They talk.", "Mr. Brown meets J. R. Smith."),
        ("He says “Stop!” She does not.", "He says “Stop!”"),
        ("It began in 1984. Then it ended.", "It began in 1984."),
        ("word " * 60, ("word " * 39).strip() + "…"),
    ],
)
def test_the_first_sentence_says_what_an_item_is_about(whole: str, first: str) -> None:
    assert first_sentence(whole) == first


@given(whole=st.text(max_size=500))
def test_no_sentence_is_longer_than_a_card_shows(whole: str) -> None:
    assert len(first_sentence(whole)) <= 200


def test_all_items_are_listed_where_that_is_asked(usher: Any, usher_dramas: dict[str, Any]) -> None:
    listed = [line for line in text(usher_dramas, usher.graph, None).splitlines() if ". " in line[:6]]
    assert len(listed) == len(usher_dramas["items"])


def test_an_item_of_no_catalogue_is_shown_by_its_id(toy: KnowledgeGraph) -> None:
    wrong = {"items": ["zz"], "relation": "director", "claimed": "A", "true": ["B"]}
    answer = said(toy, ["1"]) | {"corrections": [wrong]}
    assert (text(answer, toy).splitlines()[0], ItemId("zz") in toy) == ("zz was directed by B, not A.", False)
