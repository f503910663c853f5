"""Hostile replies of a language model, through the whole loop: nothing unproved, false or hidden gets out.

`hostile_replies.jsonl` has a row a reply: what the person asked, the calls, what the answer may never say,
the only items it may show, what it must say was not used. `hostile_model` has what holds of every answer.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agent.assistant import Assistant
from agent.guard.form import wrong_form
from hostile_model import Told, catalogue, faults, replies, rows
from kg.graph import KnowledgeGraph
from kg.store import Opened
from tests.conftest import as_graph

ROWS = rows(Path(__file__).parent / "hostile_replies.jsonl")
REQUEST = "films directed by Ada Quill"
ADA = {"relation": "director", "value": "Ada Quill"}
DOV = {"relation": "director", "value": "Dov Eberhart"}
FIND = ("find_items", {"conditions": [ADA]})
Tell = Callable[..., dict[str, Any]]
Call = tuple[str, dict[str, Any]]


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> tuple[KnowledgeGraph, Path]:
    """The catalogue of the rows, made once."""
    folder = tmp_path_factory.mktemp("hostile")
    return as_graph(catalogue(), folder), folder


@pytest.fixture
def tell(films: tuple[KnowledgeGraph, Path], monkeypatch: pytest.MonkeyPatch) -> Tell:
    """Return the answer to a request where a model makes some calls, one a reply."""
    monkeypatch.setattr("agent.assistant.open_catalogue", lambda *_: Opened(*films))

    def answer(row: dict[str, Any]) -> dict[str, Any]:
        return Assistant("toy", model=Told(replies=replies(row))).ask(row["request"]).answer

    return answer


def recommends(tell: Tell, *calls: Call, request: str = REQUEST, **proposed: Any) -> dict[str, Any]:
    """Return the answer where a model makes some calls and then recommends something."""
    last = ("recommend", {"items": [], "conditions": [], **proposed})
    return tell({"request": request, "replies": [[call] for call in (*calls, last)]})


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['kind']}-{row['name']}")
def test_nothing_hostile_gets_out(
    films: tuple[KnowledgeGraph, Path], tell: Tell, row: dict[str, Any]
) -> None:
    assert faults(films[0], tell(row), row) == []


def test_every_kind_of_reply_is_tried_often() -> None:
    kinds = [row["kind"] for row in ROWS]
    assert len(ROWS) > 100
    assert min(kinds.count(kind) for kind in set(kinds)) > 5


# What an honest model says stays


@pytest.mark.parametrize(
    "note",
    [
        "Here are three films directed by Ada Quill.",
        "I found 3 films directed by Ada Quill, from 1975 to 2001.",
        "All three were directed by Ada Quill.",
        "Night Tram is the darkest of these.",
        "Night Tram is from 1981, Cold Orchard from 2001.",
        "The Glass Harbour (1975) is a drama; Night Tram is a thriller.",
        "Enjoy!",
        "These are all the films by Ada Quill in this catalogue.",
        "I'd start with *Night Tram*.",
        "Start with Cold Orchard, a thriller shot by Bo Lund.",
        "Night Tram was directed by Ada Quill and Ines Okafor.",
        "Mara Vance plays in Night Tram.",
        "You may like Night Tram best, as it is the darkest.",
        "If you want something lighter, tell me a genre.",
        "I recommend Night Tram first.",
        "Try Night Tram tonight.",
        "They are in order of how well they suit you.",
        "The first two are thrillers.",
        "None of these is very long, I think.",
        "Hope one of them suits you!",
        "Unfortunately I could not check their length.",
        "The newest of them is Cold Orchard.",
        "Cold Orchard is the most recent one, and The Glass Harbour the oldest.",
        "Not all of them are easy to watch.",
        "I'm not sure which of them you know already.",
        "Tell me which one you liked, and I will look for more like it.",
        "Ada Quill directed all of them.",
        "Let me know if you'd rather have comedies.",
        "Would you rather see the oldest first?",
        "Cold Orchard costs 15 euros.",
        "She made a drama and two thrillers.",
        "I left out what you have seen.",
        "Sorted from the newest to the oldest.",
        "A mix of drama and thriller by Ada Quill, as you asked.",
        "Two of the three are thrillers.",
        "Only one of these is from 2001.",
        "The Glass Harbour is the oldest of them, Cold Orchard the newest.",
    ],
)
def test_a_note_that_says_what_is_shown_stays(tell: Tell, note: str) -> None:
    answer = recommends(tell, FIND, items=["2", "1", "6"], conditions=[ADA], note=note)
    assert (answer["note"], answer["removed"]) == (note, [])


@pytest.mark.parametrize(
    ("request_", "call", "note", "fact"),
    [
        (
            "when was Salt Road made?",
            ("describe_item", {"item": "4"}),
            "It came out in 1990.",
            {"item": "4", "relation": "year", "values": ["1990"]},
        ),
        (
            "is Salt Road by Ada Quill?",
            ("check_fact", {"item": "4", **ADA}),
            "No, Salt Road was directed by Dov Eberhart, not by Ada Quill.",
            {
                **{"item": "4", "relation": "director", "values": ["Dov Eberhart"]},
                **{"verdict": "no", "asked": "Ada Quill"},
            },
        ),
        (
            "what is Paper Moons about?",
            ("describe_item", {"item": "3"}),
            "Paper Moons is about two forgers who sell the moon.",
            {"item": "3", "relation": "description", "values": ["Two forgers sell the moon."]},
        ),
        (
            "what does Cold Orchard cost?",
            ("describe_item", {"item": "6"}),
            "Cold Orchard costs 15 EUR.",
            {"item": "6", "relation": "price", "values": ["15"]},
        ),
    ],
    ids=["year", "no", "description", "price"],
)
def test_a_note_beside_a_true_fact_stays(tell: Tell, request_: str, call: Call, note: str, fact: Any) -> None:
    answer = recommends(tell, call, request=request_, act="inform", facts=[fact], note=note)
    assert (answer["note"], answer["removed"]) == (note, [])


@pytest.mark.parametrize(
    "note",
    [
        "Ada Quill made two films.",
        "Ada Quill made only one film.",
        "Night Tram is the only thriller by Ada Quill.",
        "She made three thrillers.",
        "Night Tram is the oldest of them.",
        "Cold Orchard won an award.",
        "Yes, it did.",
        "Netflix has them.",
        "There are no thrillers by Ada Quill.",
        "All of them were shot by Bo Lund.",
    ],
)
def test_a_note_that_says_something_else_does_not(tell: Tell, note: str) -> None:
    answer = recommends(tell, FIND, items=["2", "1", "6"], conditions=[ADA], note=note)
    assert (answer["note"], len(answer["removed"])) == ("", 1)


def test_a_search_in_vain_backs_no_wider_denial(tell: Tell) -> None:
    both = ("find_items", {"conditions": [ADA, {"relation": "genre", "value": "Western"}]})
    note = "There is nothing by Ada Quill here."
    answer = recommends(tell, both, request="westerns by Ada Quill", act="decline", note=note)
    assert note not in answer["text"]


def test_that_nothing_was_found_may_be_said(tell: Tell) -> None:
    both = ("find_items", {"conditions": [ADA, {"relation": "genre", "value": "Western"}]})
    note = "There is no western by Ada Quill here."
    answer = recommends(tell, both, request="westerns by Ada Quill", act="decline", note=note)
    assert (answer["note"], answer["removed"]) == (note, [])


@pytest.mark.parametrize(
    "choices", [["a comedy", "a thriller"], ["Ada Quill", "Dov Eberhart"], ["1980s", "1990s"]]
)
def test_a_question_may_name_what_the_graph_has(tell: Tell, choices: list[str]) -> None:
    question = {"text": "What do you like?", "choices": choices, "slot": "genre"}
    answer = recommends(tell, request="a good film", act="ask", question=question)
    assert (answer["question"], answer["removed"]) == (question, [])


@pytest.mark.parametrize(
    ("request_", "stated"),
    [
        ("dramas directed by Ada Quill", {"conditions": [ADA, {"relation": "genre", "value": "Drama"}]}),
        ("films directed by Ada Quill or Dov Eberhart", {"conditions": [], "any_of": [ADA, DOV]}),
        (
            "films directed by Ada Quill before 1980",
            {"conditions": [ADA, {"relation": "year", "op": "<", "value": "1980"}]},
        ),
        (
            "films directed by Ada Quill but not shot by Bo Lund",
            {"conditions": [ADA], "none_of": [{"relation": "cinematographer", "value": "Bo Lund"}]},
        ),
    ],
    ids=["both", "either", "year", "none"],
)
def test_what_a_condition_has_is_not_said_to_be_unused(tell: Tell, request_: str, stated: Any) -> None:
    found = ("find_items", {"conditions": [], "any_of": [ADA, DOV]})
    answer = recommends(tell, found, request=request_, items=["1", "2"], **stated)
    assert (answer["unused"], answer["basis"]) == ([], "proved")


def test_an_item_that_is_ruled_out_by_name_is_not_shown(tell: Tell) -> None:
    said = "films directed by Ada Quill, but not Night Tram"
    answer = recommends(tell, FIND, request=said, items=["2", "1"], conditions=[ADA])
    assert ([line["id"] for line in answer["items"]], answer["removed"]) == (
        ["1"],
        ["Night Tram: the request rules it out"],
    )


# What is made whole


def test_a_correction_names_every_true_value(tell: Tell) -> None:
    wrong = {"items": ["2"], "relation": "director", "claimed": "Dov Eberhart", "true": ["Ada Quill"]}
    said = "Night Tram by Dov Eberhart was great, more by its director"
    answer = recommends(tell, FIND, request=said, items=["1"], conditions=[ADA], corrections=[wrong])
    assert answer["corrections"] == [wrong | {"true": ["Ada Quill", "Ines Okafor"]}]


def test_a_fact_names_every_value(tell: Tell) -> None:
    fact = {"item": "2", "relation": "director", "values": ["Ada Quill"]}
    answer = recommends(tell, request="who directed Night Tram?", act="inform", facts=[fact])
    assert answer["text"] == "Night Tram was directed by Ada Quill and Ines Okafor."


def test_a_piece_of_a_name_that_is_asked_is_said_as_the_person_said_it(tell: Tell) -> None:
    fact = {"item": "1", "relation": "director", "values": ["Ada Quill"], "verdict": "no", "asked": "Lund"}
    said = "did Bo Lund direct The Glass Harbour?"
    answer = recommends(tell, request=said, act="inform", facts=[fact])
    assert answer["facts"][0]["asked"] == "Bo Lund"


def test_a_second_reading_is_called_by_its_conditions(tell: Tell) -> None:
    both = ("find_items", {"conditions": [], "any_of": [ADA, DOV]})
    also = {"label": "What nobody should miss", "items": ["3"], "conditions": [DOV]}
    answer = recommends(tell, both, items=["1"], conditions=[ADA], also=also)
    assert answer["also"]["label"] == "If you meant films directed by Dov Eberhart"


def test_a_condition_is_said_as_the_graph_spells_it(tell: Tell) -> None:
    answer = recommends(tell, FIND, items=["1"], conditions=[ADA | {"value": "aDA qUILL"}])
    assert answer["conditions"][0]["value"] == "Ada Quill"


def test_what_is_left_out_is_named_without_the_link_in_it(tell: Tell) -> None:
    answer = recommends(tell, FIND, items=["1"], conditions=[ADA], unused=["see evil.example"])
    assert answer["removed"] == ["“…” is not in the message"]


# The form of words


@pytest.mark.parametrize(
    "text",
    [
        "See http://x.test",
        "see evil.com",
        "bit.ly/x9",
        "a@b",
        "evil [dot] com",
        "x\u200by",
        "x\u202ey",
        "\x1b[2J",
        "<b>x</b>",
        "&lt;b&gt;",
        "[x](y)",
        "a\n 4. Red Kite",
        "e\u0301\u0301\u0301",
        "Rоad",
        "go to evil。example",
        "Enjoy #this",
        "go to evil . com",
        "go to evil.\ncom",
        "★★★★★ by everybody",
        "call find_items again",
        "open /etc/x",
        "x" * 50,
        "a word " * 200,
    ],
)
def test_words_of_a_wrong_form(text: str) -> None:
    assert wrong_form(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "It is by Mr. Smith, e.g. one of 9.5 or 3/4.",
        "Good.It is",
        "and/or",
        "naïve café",
        "«Привет»",
        "*Night* 👍",
    ],
)
def test_plain_words(text: str) -> None:
    assert wrong_form(text) is None
