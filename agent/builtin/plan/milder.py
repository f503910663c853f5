"""What somebody old is to be spared: violent kinds, and what is rated for adults, come last or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.plan.tool_session import Arguments, Call, ToolSession
from agent.builtin.respond import spared as wording

_RATING = "age_rating"
_ADULT = "R"


def spared_last(answer: Arguments, reading: ParsedRequest, session: ToolSession) -> Arguments:
    """Return an answer in which what is violent or rated for adults comes last, and which says so."""
    if not (reading.spared and len(answer["items"]) > 1 and session.has("find_items")):
        return answer
    harsh = _harsh(answer["conditions"], reading, session)
    first = [item for item in answer["items"] if item not in harsh]
    if not first or len(first) == len(answer["items"]):
        return answer
    items = [*first, *(item for item in answer["items"] if item in harsh)]
    note = " ".join(filter(None, (answer.get("note", ""), wording.milder_first(reading.spared))))
    return answer | {"items": items, "note": note}


def without_spared(limits: Arguments, count: int, reading: ParsedRequest, session: ToolSession) -> Arguments:
    """Return the best known items within limits without what is violent, those rated for adults last."""
    kinds = [{"relation": "genre", "value": label} for label in reading.spared]
    found = session.call("find_items", limit=4 * count, none_of=kinds, **limits)
    items = [hit["id"] for hit in found["items"]] if found else []
    adult = _rated_for_adults(limits["conditions"], session)
    kept = [item for item in items if item not in adult] or items
    return {"items": kept[:count], "note": wording.left_out_for_them(reading.spared)}


def _harsh(conditions: Sequence[dict[str, str]], reading: ParsedRequest, session: ToolSession) -> set[str]:
    kinds = [{"relation": "genre", "value": label} for label in reading.spared]
    stated = [each for each in conditions if each["relation"] != "year"]
    violent = session.call_all([Call("find_items", {"conditions": stated, "any_of": kinds})])[0]
    return {hit["id"] for hit in violent["items"]} | _rated_for_adults(stated, session) if violent else set()


def _rated_for_adults(conditions: Sequence[dict[str, str]], session: ToolSession) -> set[str]:
    """Return the items that are rated for adults; none where a catalogue has no such rating."""
    rated = {"relation": _RATING, "op": ">=", "value": _ADULT}
    found = session.call("find_items", conditions=[*conditions, rated])
    return {hit["id"] for hit in found["items"]} if found else set()
