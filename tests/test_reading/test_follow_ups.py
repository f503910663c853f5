"""Fragments, complaints and wishes after an answer: what the last answer of `follow_ups.jsonl` states.

A row has the turns of a conversation on the built-in catalogue, and the act, the conditions, `any_of`,
`none_of`, years and domain that the last answer goes by; what a row leaves out is not stated.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from langgraph.checkpoint.memory import InMemorySaver

from agent.assistant import Assistant
from agent.builtin.plan.proposal import years_stated
from agent.graph import build

ROWS = [
    json.loads(line)
    for line in Path(__file__).with_name("follow_ups.jsonl").read_text(encoding="utf-8").splitlines()
]


def pairs(answer: dict[str, Any], name: str) -> list[list[str]]:
    return sorted([c["relation"], c["value"]] for c in answer.get(name) or () if c["relation"] != "year")


@pytest.mark.parametrize("row", ROWS, ids=[" / ".join(row["turns"]) for row in ROWS])
def test_what_follows_changes_the_last_request(usher: Assistant, row: dict[str, Any]) -> None:
    graph = build(InMemorySaver())
    answer = [usher.chat(graph, "a", text, lambda step: None).answer for text in row["turns"]][-1]
    assert answer["act"] == row["act"]
    for name in ("conditions", "any_of", "none_of"):
        assert pairs(answer, name) == sorted(row.get(name, [])), name
    assert list(years_stated(answer["conditions"])) == row.get("years", [None, None])
    assert list(answer["unused"]) == row.get("unused", [])
    assert list(answer["unknown"]) == row.get("unknown", [])
    if "domain" in row:
        assert {item["id"].partition("/")[0] for item in answer["items"]} == {row["domain"]}
    assert bool(answer["items"]) == (row["act"] == "recommend")
