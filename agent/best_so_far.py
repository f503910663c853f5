"""What a turn found and proved before its model gave up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from agent.builtin.respond.sentences import STOPPED, STOPPED_NEAR
from agent.messages import Answered, answered_calls, this_turn
from agent.state import State
from kg.text import fold
from kg.types import TITLE
from tools.toolsets import FINDERS

_BY_FACTS = frozenset(("find_items", "narrow_down"))


def best_so_far(state: State, *, by_facts: bool = False) -> dict[str, Any] | None:
    """Return the last found items as a proposal, with the conditions they were found under.

    Where no facts found any, those that a similarity or a group found, which nothing is stated of; not where
    only what was found `by_facts` is wanted. A search for a title that the person did not say answers
    nothing that they asked.
    """
    turn = this_turn(state["messages"])
    said = fold(str(turn[0].text))
    answered = [call for call in answered_calls(turn) if not call.refused]
    calls = [call for call in answered if all(title in said for title in _titles(call))]
    facts = [call for call in calls if call.name in _BY_FACTS]
    others = [] if by_facts else [call for call in calls if call.name in FINDERS - _BY_FACTS]
    for call in (*reversed(facts), *reversed(others)):
        items = [hit["id"] for hit in json.loads(call.content)["items"]]
        if items and call.name in _BY_FACTS:
            stated = {name: call.arguments.get(name) or [] for name in ("conditions", "any_of", "none_of")}
            return {"items": items, **stated, "note": STOPPED}
        if items:
            return {"items": items, "conditions": [], "note": STOPPED_NEAR}
    return None


def _titles(call: Answered) -> Iterator[str]:
    """Yield the words of titles that were searched for, folded."""
    for name in ("conditions", "any_of"):
        for each in call.arguments.get(name) or ():
            if each["relation"] == TITLE:
                yield fold(str(each["value"]))
