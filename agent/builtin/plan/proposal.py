"""The arguments of `recommend`, and the answer by similarity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.plan.alternatives import category_term
from agent.builtin.plan.search import Rival, SearchFilters, Stated
from agent.builtin.plan.tool_session import Arguments, ToolSession
from agent.builtin.respond import sentences as wording

_SIMILAR = 10
Years = tuple[int | None, int | None]


def proposal(
    items: Sequence[str] = (),
    conditions: Sequence[Stated] = (),
    corrections: Sequence[dict[str, Any]] = (),
    note: str = "",
    also: dict[str, Any] | None = None,
    filters: SearchFilters | None = None,
    **said: Any,
) -> Arguments:
    """Return the arguments of `recommend`; what filters rule in or out is stated with the items they found.

    `said` are the other fields of an answer: act, basis, facts, unknown, unused, question, order, and
    `any_of` in place of that of the filters.
    """
    arguments: Arguments = {
        "items": list(items),
        "conditions": list(conditions),
        "corrections": list(corrections),
        "note": note,
        "also": also,
    }
    if filters is not None and items:
        arguments["conditions"] += [*filters.compared, *year_conditions(filters.years)]
        if filters.sort:
            arguments["order"] = list(filters.sort)
        arguments |= {"any_of": list(filters.any_of), "none_of": list(filters.none_of)}
    arguments |= {name: value for name, value in said.items() if value}
    lists = ("conditions", "any_of", "none_of")
    return arguments | {name: _once(arguments[name]) for name in lists if name in arguments}


def _once(stated: Sequence[Stated]) -> list[Stated]:
    """Return conditions, each once, however often they are said."""
    return [each for place, each in enumerate(stated) if each not in stated[:place]]


def year_conditions(years: Years) -> list[Stated]:
    """Return a range of years as conditions."""
    first, last = years
    if first is not None and first == last:
        return [{"relation": "year", "op": "is", "value": str(first)}]
    ends = ((">=", first), ("<=", last))
    return [{"relation": "year", "op": op, "value": str(year)} for op, year in ends if year is not None]


def years_stated(conditions: Sequence[Stated]) -> Years:
    """Return the range of years that conditions state: the inverse of `year_conditions`."""
    first: int | None = None
    last: int | None = None
    for each in conditions:
        if each["relation"] == "year" and each.get("op", "is") != "":
            value, op = int(each["value"]), each.get("op", "is")
            first = value if op in ("is", ">=") else first
            last = value if op in ("is", "<=") else last
    return first, last


def by_similarity(
    text: str,
    session: ToolSession,
    reading: ParsedRequest,
    note: str,
    corrections: Sequence[dict[str, Any]] = (),
) -> Arguments:
    """Answer by nearness of descriptions; nothing is claimed to be proved."""
    if note and not reading.examples:
        return proposal(corrections=corrections, note=note)
    if not session.has("search_items") or not any(c.isalpha() for c in text):
        return proposal(corrections=corrections, note=note or wording.NOT_UNDERSTOOD)
    arguments: Arguments = {"text": text, "k": _SIMILAR}
    excluded = [title.choices[0].id for title in reading.mentioned if title.choices]
    if excluded:
        arguments["exclude_items"] = list(dict.fromkeys(excluded))
    if reading.domain:
        arguments["domain"] = reading.domain
    arguments["conditions"] = [category_term(name)[0].condition for name in reading.categories]
    found = session.call("search_items", **arguments)
    if found and not found["items"] and arguments.pop("conditions"):
        found = session.call("search_items", **arguments)
    items = [hit["id"] for hit in found["items"]][: reading.limit] if found else []
    return proposal(
        items, corrections=corrections, note="" if items else wording.NOT_UNDERSTOOD, basis="text"
    )


def rival(other: Rival) -> dict[str, Any]:
    """Return another reading of a name as `recommend` takes it, with the question that decides."""
    here, there = other.here, other.there
    if here.value == there.value:
        roles = [role.relation.replace("_", " ") for role in (here, there)]
        label = f"If you mean {there.value} as {roles[1]}"
        question, choices = f"{here.value} as {roles[0]} or as {roles[1]}?", [f"as {role}" for role in roles]
    else:
        label = f"If you mean {there.value}"
        question = f"Which {here.said}: {here.value} or {there.value}?"
        choices = [here.value, there.value]
    return {
        "label": label,
        "items": other.items,
        "conditions": other.conditions,
        "question": question,
        "choices": choices,
    }
