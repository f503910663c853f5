"""Quantities as people say them: `corpus_quantities.txt` has what they mean, on five small tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from agent.assistant import Assistant
from corpora import each_of
from typed_tables import assistant, table

Ask = Callable[[str, str], dict[str, Any]]


@pytest.fixture(scope="session")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Ask the assistant on a table."""

    @cache
    def on(name: str) -> Assistant:
        return assistant(table(name), tmp_path_factory.mktemp(name) / name)

    return lambda name, text: on(name).ask(text).answer


def stated(answer: dict[str, Any]) -> set[str]:
    """Return what an answer states, as the corpus writes it."""
    order = {("-" if each["descending"] else "+") + each["relation"] for each in answer["order"]}
    return {f"{each['relation']} {each['op']} {each['value']}" for each in answer["conditions"]} | order


@each_of(Path(__file__).with_name("corpus_quantities.txt"))
def test_quantities_are_read_however_they_are_said(
    meaning: str, text: str, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("USHER_TODAY", "2024-06-15")
    name, _, wanted = meaning.partition(": ")
    answer = ask(name, text)
    assert stated(answer) == {each for each in wanted.split("; ") if each[0] not in "#@"}
    counted = [int(each[1:]) for each in wanted.split("; ") if each[0] == "#"]
    assert not counted or len(answer["items"]) == counted[0]
    assert answer["unused"] == []
    assert answer["removed"] == []
