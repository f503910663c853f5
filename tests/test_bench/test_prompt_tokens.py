"""What a request sends to a language model, counted."""

from __future__ import annotations

from typing import Any

import pytest

from agent.assistant import Assistant
from agent.llm.spending import rough_tokens
from bench.prompt_tokens import Taking, in_loop, once, table_of_loop, table_of_one_call
from bench.types import Query
from kg.graph import KnowledgeGraph
from kg.store import Opened

ADA = {"relation": "director", "value": "Ada Quill"}


@pytest.fixture
def assistant(toy: KnowledgeGraph, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Assistant:
    """An assistant on the toy catalogue whose model is one that counts."""
    monkeypatch.setattr("agent.assistant.open_catalogue", lambda *_: Opened(toy, tmp_path))
    return Assistant("toy", model=Taking())


def query(text: str, **fields: Any) -> Query:
    return Query(id="q", domain="movie", type="explicit", query=text, ground_truth=["1"], **fields)


CLOSED = query("films directed by Ada Quill", conditions=[ADA])
OPEN = query("Films directed by Ada Quill. My aunt met Theo Brandt once.", conditions=[ADA])


def test_every_call_of_the_loop_is_counted(assistant: Assistant) -> None:
    first, second = in_loop(assistant, CLOSED, rough_tokens)
    assert 500 < first < second


def test_a_call_is_counted_by_the_tokenizer(assistant: Assistant) -> None:
    assert in_loop(assistant, CLOSED, lambda _: 7) == [7, 7]


def test_a_closed_request_sends_nothing_in_one_call(assistant: Assistant) -> None:
    assert once(assistant, CLOSED, 0)[1] == []


def test_an_open_request_sends_one_short_prompt(assistant: Assistant) -> None:
    _, sent = once(assistant, OPEN, 0)
    assert [rough_tokens(each) < 400 for each in sent] == [True]


def test_the_last_values_are_another_answer(assistant: Assistant) -> None:
    assert once(assistant, OPEN, 0)[0] != once(assistant, OPEN, -1)[0]


def test_ratios_are_to_the_other_build(assistant: Assistant) -> None:
    grid = table_of_loop([CLOSED], {"q": [10, 20]}, {"q": [40, 60]})
    assert [next(iter(column.cells)) for column in grid.columns][-2:] == ["0.250", "0.300"]


def test_what_the_worst_model_changes_is_counted(assistant: Assistant) -> None:
    grid = table_of_one_call(assistant, [OPEN], rough_tokens, {})
    assert list(grid.columns[-1].cells) == ["1", "1"]
