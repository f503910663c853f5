"""The account of messages on the toy catalogue: what was said and not used, and answered unasked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agent.assistant import Assistant, Step, Turn
from agent.builtin.parse.vocabulary import Vocabulary
from bench import accounting
from bench.accounting import Account, accounts, read
from kg.errors import DataError
from kg.graph import KnowledgeGraph
from kg.store import Opened
from tools.knowledge import Knowledge
from tools.link import link_entities
from tools.toolsets import as_json

Say = Callable[..., Account]
LISTS = ("items", "conditions", "any_of", "none_of", "facts", "corrections", "unknown", "unused")
NOTHING: dict[str, Any] = {name: [] for name in LISTS} | {"act": "decline", "basis": None, "note": ""}


def where(relation: str, value: str | int) -> dict[str, Any]:
    return {"relation": relation, "op": "is", "value": value}


@pytest.fixture
def say(toy_knowledge: Knowledge) -> Say:
    """Say messages in one conversation, each with what is answered; the account is of the last."""
    conversation = accounting._Conversation(Vocabulary.of_graph(toy_knowledge.graph))

    def account(text: str, *steps: Step, **answer: Any) -> Account:
        links = as_json(link_entities(toy_knowledge, text))
        linking = Step("link_entities", {"text": text}, links, refused=False)
        return conversation.turn(text, Turn(NOTHING | answer, (linking, *steps), 1))

    return account


# Words


def test_words_of_closed_classes_and_marks_are_not_counted(say: Say) -> None:
    assert say("Could you give me some films, please?").content_words == 0


def test_a_name_is_one_content_word_and_used(say: Say) -> None:
    found = say("films by Ada Quill")
    assert (found.content_words, found.without_use) == (1, 0)


def test_a_word_that_the_answer_passes_over_is_without_use(say: Say) -> None:
    found = say("heist films")
    assert (found.content_words, found.named, found.without_use) == (1, 0, 1)
    assert found.examples == ["no use: 'heist' in 'heist films'"]


@pytest.mark.parametrize("said", [{"unused": ["heist"]}, {"unknown": ["Heist"]}, {"note": "No heist here."}])
def test_a_word_that_the_answer_names_has_been_accounted_for(say: Say, said: dict[str, Any]) -> None:
    found = say("heist films", **said)
    assert (found.named, found.without_use) == (1, 0)


@pytest.mark.parametrize("answer", [{"basis": "text"}, {"act": "acknowledge"}])
def test_a_word_that_was_searched_for_or_acknowledged_is_not_without_use(
    say: Say, answer: dict[str, Any]
) -> None:
    found = say("heist films", **answer)
    assert (found.named, found.without_use) == (0, 0)


# Answers


def items(*conditions: dict[str, Any]) -> dict[str, Any]:
    return {"items": [{"id": "1"}], "conditions": list(conditions), "act": "recommend", "basis": "proved"}


@pytest.mark.parametrize(("answer", "answers"), [(items(), 1), ({}, 0)])
def test_only_answers_with_items_are_counted(say: Say, answer: dict[str, Any], answers: int) -> None:
    assert say("films", **answer).answers == answers


@pytest.mark.parametrize(
    ("text", "condition", "unasked"),
    [
        ("films by Ada Quill", where("director", "Ada Quill"), 0),
        ("films by Ada Quill", where("director", "Bo Lund"), 1),
        ("films by Quill", where("director", "Ada Quill"), 0),  # linked by surname
        ("westerns", where("genre", "Western"), 0),
        ("films", where("genre", "Western"), 1),
        ("films from the 80s", where("year", 1980), 0),
        ("something early", where("year", 1950), 0),
        ("films", where("year", 1980), 1),
    ],
)
def test_a_condition_is_asked_for_by_a_name_a_word_or_a_time(
    say: Say, text: str, condition: dict[str, Any], unasked: int
) -> None:
    assert say(text, **items(condition)).unasked == unasked


def test_an_alternative_that_nobody_asked_for_counts_too(say: Say) -> None:
    found = say("films", **items() | {"any_of": [where("genre", "Western")]})
    assert found.examples == ["not asked: genre: Western in 'films'"]


def test_what_was_asked_for_earlier_still_is(say: Say) -> None:
    say("films by Ada Quill", **items(where("director", "Ada Quill")))
    assert say("more", **items(where("director", "Ada Quill"))).unasked == 0


def test_what_a_tool_resolved_was_asked_for(say: Say) -> None:
    result = json.dumps({"values": [{"value": "Ada Quill", "items": 1}]})
    step = Step("resolve_reference", {}, result, refused=False)
    assert say("by its director", step, **items(where("director", "Ada Quill"))).unasked == 0


def test_what_a_tool_refused_resolved_nothing(say: Say) -> None:
    step = Step("resolve_reference", {}, "no such item", refused=True)
    assert say("by its director", step, **items(where("director", "Ada Quill"))).unasked == 1


# Sums and files


def test_an_account_adds_up_field_by_field() -> None:
    total = Account(messages=1, content_words=3, examples=["a"])
    total.add(Account(messages=2, named=1, examples=["b"]))
    assert total == Account(messages=3, content_words=3, named=1, examples=["a", "b"])


@pytest.fixture
def toy_only(lasting_toy: tuple[KnowledgeGraph, Path], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Open the toy catalogue by whatever name, and note the names."""
    names: list[str] = []
    monkeypatch.setattr("agent.assistant.open_catalogue", lambda *_: Opened(*lasting_toy))

    def opened(name: str, data: Path | None = None) -> Assistant:
        names.append(name)
        return Assistant("toy")

    monkeypatch.setattr(accounting, "Assistant", opened)
    return names


def test_every_message_is_asked_and_a_catalogue_opened_once(toy_only: list[str]) -> None:
    rows = [{"turns": ["films by Ada Quill", "any others?"], "catalogue": "one"}, {"query": "heist films"}]
    total = accounts([*rows, {"query": "westerns"}], None, None)
    assert (total.messages, total.answers, total.unasked, toy_only) == (4, 2, 0, ["one", "builtin"])


def test_a_catalogue_for_all_messages_wins(toy_only: list[str]) -> None:
    accounts([{"query": "westerns", "catalogue": "one"}], "mine", None)
    assert toy_only == ["mine"]


def test_lines_are_read_and_empty_ones_skipped(tmp_path: Path) -> None:
    path = tmp_path / "said.jsonl"
    path.write_text('{"query": "a"}\n\n{"turns": ["b", "c"]}\n', encoding="utf-8")
    assert list(read([path])) == [{"query": "a"}, {"turns": ["b", "c"]}]


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "a"}', '{"turns": []}'])
def test_a_line_without_a_message_is_refused_by_its_place(tmp_path: Path, line: str) -> None:
    path = tmp_path / "said.jsonl"
    path.write_text(f'{{"query": "a"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(DataError, match=f"{path.name}:2: "):
        list(read([path]))


def test_a_message_is_accounted_for_as_it_was_read(toy_knowledge: Knowledge) -> None:
    conversation = accounting._Conversation(Vocabulary.of_graph(toy_knowledge.graph))
    read_as = "something with a tram"
    links = as_json(link_entities(toy_knowledge, read_as))
    linking = Step("link_entities", {"text": read_as}, links, refused=False)
    assert conversation.turn("sth with a tram", Turn(NOTHING, (linking,), 1)).messages == 1


@pytest.mark.parametrize("said", ["a novel that's not too long", "an animated film aimed at grown-ups"])
def test_what_is_compared_or_left_out_for_somebody_was_asked_for(said: str) -> None:
    assert accounts([{"query": said}], "builtin", None).unasked == 0
