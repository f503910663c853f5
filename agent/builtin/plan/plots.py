"""Items whose plot somebody tells to have the title."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.themes import frame_of
from agent.builtin.plan.tool_session import Arguments, ToolSession
from agent.builtin.respond import sentences

_MOST = 200
_LIKELY = 10  # items that a plot may be of


def of_plot(words: Sequence[str], reading: ParsedRequest, session: ToolSession) -> Arguments | None:
    """Return the items that a plot told in these words may be of; None if too little of it is known."""
    if not (words and session.has("search_items")):
        return None
    found = session.call("search_items", text="", words=list(words), k=_LIKELY, **frame_of(reading))
    if not found:
        return None
    if not found["items"] or found["total"] > _LIKELY:
        near = session.call("search_items", text=" ".join(words), k=_LIKELY, **frame_of(reading))
        dated = reading.years != (None, None)
        if not (dated and near and near["items"]):
            return None
        items = [hit["id"] for hit in near["items"]]
        return proposal(items, basis="text", note=sentences.found_by(list(words)), unused=near["missing"])
    return proposal([hit["id"] for hit in found["items"]], basis="text", unused=found["missing"])


def nearest_to_plot(
    answer: Arguments, words: Sequence[str], session: ToolSession
) -> tuple[Arguments, tuple[str, ...]]:
    """Return an answer with what is nearest to a plot first, and the words of it that a description has.

    'TOM HANKS is stuck on an ISLAND and talks to a BALL. What is it called?'
    """
    if not (words and answer["items"] and session.has("search_items")):
        return answer, ()
    asked = {"text": " ".join(words), "k": _MOST, "conditions": answer["conditions"]}
    found = session.call("search_items", **asked)
    proved = set(answer["items"])
    near = [hit["id"] for hit in found["items"] if hit["id"] in proved] if found else []
    used = tuple(word for word in words if found and word not in found["missing"])
    if not (near and used):
        return answer, ()
    note = " ".join(filter(None, (answer["note"], sentences.nearest_first(list(used)))))
    return answer | {"items": list(dict.fromkeys([*near, *answer["items"]])), "note": note}, used
