"""The model that knows what is wanted: how many calls the loop asks for at least."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from agent.assistant import Assistant, Turn
from agent.terminal import run_app
from bench import speed_loop
from bench.ideal import Ideal
from bench.systems.assistant import AgentSystem
from bench.types import Query
from kg.graph import KnowledgeGraph
from kg.store import Opened

Ask = Callable[..., tuple[Ideal, Turn]]


@pytest.fixture
def ask(toy: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Let the ideal model answer a query on the toy catalogue; return it and the turn."""
    monkeypatch.setattr("agent.assistant.open_catalogue", lambda *_: Opened(toy, tmp_path))

    def run(started: bool = True, **fields: Any) -> tuple[Ideal, Turn]:
        query = Query(id="q", domain="movie", ground_truth=["1"], **fields)
        model = Ideal(query=query)
        context = replace(Assistant("toy").context, model=model, language_model=started)
        return model, speed_loop.looped(context, query.query)

    return run


ADA = {"relation": "director", "value": "Ada Quill"}
BO = {"relation": "cinematographer", "value": "Bo Lund"}
EXPLICIT = {"type": "explicit", "query": "films directed by Ada Quill", "conditions": [ADA]}
IMPLICIT = {
    "type": "implicit",
    "query": "films with the same cinematographer as The Glass Harbour",
    "conditions": [BO],
    "references": [BO | {"items": ["1"]}],
    "ignore": ["1"],
}
MISINFORMED = {
    "type": "misinformed",
    "query": "I loved Paper Moons, which Ada Quill directed. What else did she direct?",
    "conditions": [ADA],
    "claim": {
        "anchor": "value",
        "items": ["3"],
        "relation": "director",
        "claimed": "Ada Quill",
        "true": "Dov Eberhart",
    },
}
INTEREST = {"type": "interest", "query": "more like The Glass Harbour"}
EVERY = [EXPLICIT, IMPLICIT, MISINFORMED, INTEREST]
NAMES = ["explicit", "implicit", "misinformed", "interest"]


@pytest.mark.parametrize("fields", EVERY, ids=NAMES)
def test_with_the_head_start_two_calls_are_enough(ask: Ask, fields: Any) -> None:
    assert ask(**fields)[0].calls == 2


@pytest.mark.parametrize(("fields", "calls"), list(zip(EVERY, (3, 4, 4, 3), strict=True)), ids=NAMES)
def test_without_it_every_stage_is_a_call(ask: Ask, fields: Any, calls: int) -> None:
    assert ask(started=False, **fields)[0].calls == calls


def test_the_ideal_model_recommends_what_satisfies(ask: Ask) -> None:
    _, turn = ask(**IMPLICIT)
    assert {line["id"] for line in turn.answer["items"]} == {"3", "5", "6"}


def test_the_ideal_model_corrects_the_claim(ask: Ask) -> None:
    _, turn = ask(**MISINFORMED)
    assert [c["true"] for c in turn.answer["corrections"]] == [["Dov Eberhart"]]


@pytest.mark.parametrize("fields", EVERY, ids=NAMES)
def test_nothing_of_the_ideal_answer_is_removed(ask: Ask, fields: Any) -> None:
    assert list(ask(**fields)[1].answer["removed"]) == []


def test_more_is_sent_without_the_head_start(ask: Ask) -> None:
    assert ask(**MISINFORMED)[0].sent < ask(started=False, **MISINFORMED)[0].sent


def test_a_reference_found_under_another_order_of_items_counts(ask: Ask) -> None:
    both = {**IMPLICIT, "query": "same cinematographer as Paper Moons and The Glass Harbour"}
    assert ask(**both | {"references": [BO | {"items": ["1", "3"]}], "ignore": ["1", "3"]})[0].calls == 2


def test_the_command_prints_a_row_a_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lines: Any
) -> None:
    query = {
        "id": "a",
        "domain": "movie",
        "type": "explicit",
        "query": "films shot by Roger Deakins",
        "conditions": [{"relation": "cinematographer", "value": "Roger Deakins"}],
        "ground_truth": ["movie/fargo-1996"],
    }
    path = lines("queries.jsonl", query)
    monkeypatch.setattr(sys, "argv", ["speed_loop", "--queries", str(path)])
    with pytest.raises(SystemExit):
        run_app(speed_loop.app)
    out = capsys.readouterr().out
    assert "the same calls as plain functions" in out
    assert "explicit  1  2.00   100%" in out


def test_an_assistant_in_a_benchmark_is_strict(toy: KnowledgeGraph, tmp_path: Path, monkeypatch: Any) -> None:
    """A server that fails is an error of the query there, asked again later, and no substitute answer."""
    monkeypatch.setattr("agent.assistant.open_catalogue", lambda *_: Opened(toy, tmp_path))
    assert AgentSystem(Assistant("toy")).assistant.context.strict
