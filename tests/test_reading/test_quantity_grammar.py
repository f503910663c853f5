"""600 requests with quantities, written by a grammar from what they state, on five small tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pytest

from agent.assistant import Assistant, Turn
from kg.graph import KnowledgeGraph
from kg.types import Condition, ItemId, RelationName
from quantity_grammar import Stated, Written, requests
from typed_tables import assistant, table

N = 600
_LEAST_RIGHT = 0.97
_DIRECTIONS = {True: "down", False: "up"}


def stated(turn: Turn) -> frozenset[Stated]:
    """Return what an answer states, or what was looked for in vain."""
    said: Mapping[str, Any] = turn.answer
    if said["act"] == "decline":
        said = next((each.arguments for each in turn.steps if each.tool == "find_items"), {})
    conditions = said.get("conditions") or ()
    ruled = [*(said.get("any_of") or ()), *(said.get("none_of") or ())]
    found = {(each["relation"], each.get("op", "is"), str(each["value"])) for each in conditions}
    found |= {(each["relation"], "ruled", str(each["value"])) for each in ruled}
    order = said.get("order") or ()
    return frozenset(found | {(each["relation"], "order", _DIRECTIONS[each["descending"]]) for each in order})


def false_rows(graph: KnowledgeGraph, request: Written, turn: Turn) -> int:
    """Count the items that are shown as proved and are not what was asked for."""
    if turn.answer["basis"] != "proved":
        return 0
    wanted = [Condition(RelationName(name), value, op) for name, op, value in request.stated if op != "order"]  # type: ignore[arg-type]
    items = [ItemId(line["id"]) for line in turn.answer["items"]]
    return sum(not all(graph.proved(item, each) for each in wanted) for item in items)


@pytest.fixture(scope="module")
def usher_on(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Assistant]:
    @cache
    def on(name: str) -> Assistant:
        return assistant(table(name), tmp_path_factory.mktemp(name) / name)

    return on


def test_what_a_grammar_writes_is_read(
    usher_on: Callable[[str], Assistant], score: Callable[[str, int, int], None]
) -> None:
    right, false, silent = 0, 0, []
    for request in requests(N):
        usher = usher_on(request.table)
        turn = usher.ask(request.text)
        read = stated(turn)
        right += read == request.stated
        false += false_rows(usher.graph, request, turn)
        if request.stated - read and not (turn.answer["unused"] or turn.answer["unknown"]):
            silent.append(request.text)
    score("quantities (grammar)", N, right)
    assert right >= _LEAST_RIGHT * N
    assert false == 0
    assert silent == []
