"""Whether anything here speaks of a request: 80 requests over MovieLens-1M, half of which nothing answers.

The threshold was chosen on the rows that are `chosen`; the rates of those `held` back have floors here, and
stand in docs/reading.md.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agent.assistant import Assistant
from agent.builtin.plan.themes import FEW

ROWS = [
    json.loads(line)
    for line in Path(__file__).with_name("spoken_of.jsonl").read_text(encoding="utf-8").splitlines()
]
SAID = 0.85  # of what nothing here speaks of
REFUSED = 0.03  # of what something does


@pytest.fixture(scope="module")
def movielens(assistants: Callable[[str], Assistant]) -> Assistant:
    return assistants("ml-1m")


def is_refused(answer: dict[str, Any]) -> bool:
    return len(answer["items"]) <= FEW and bool(answer["unused"])


@pytest.mark.parametrize("answerable", [True, False])
def test_what_no_description_speaks_of_is_said(movielens: Assistant, answerable: bool) -> None:
    rows = [row for row in ROWS if row["half"] == "held" and row["answerable"] == answerable]
    refused = [row["text"] for row in rows if is_refused(dict(movielens.ask(row["text"]).answer))]
    share = len(refused) / len(rows)
    assert share <= REFUSED if answerable else share >= SAID, refused


def test_a_word_that_no_description_has_is_named_and_nothing_is_shown(usher: Assistant) -> None:
    answer = usher.ask("films about zorbing").answer
    assert not answer["items"]
    assert "zorbing" in answer["unused"]
    assert "No description here speaks of “zorbing”" in answer["text"]


def test_beside_a_word_that_is_known_few_are_shown(usher: Assistant) -> None:
    answer = usher.ask("films about zorbing lawyers").answer
    assert 0 < len(answer["items"]) <= FEW
    assert answer["basis"] == "text"
    assert "zorbing" in answer["unused"]


def test_of_a_kind_of_which_none_speaks_of_a_subject_few_are_shown(usher: Assistant) -> None:
    answer = usher.ask("a comedy about zorbing").answer
    assert 0 < len(answer["items"]) <= FEW
    assert {condition["value"] for condition in answer["conditions"]} == {"Comedy"}
    assert "zorbing" in answer["unused"]
