"""What is told to be liked beside a wish: found items that have to do with it come first."""

from __future__ import annotations

from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.plan.alternatives import name_term
from agent.builtin.plan.search import SearchFilters, find_each
from agent.builtin.plan.tool_session import Arguments, ToolSession
from agent.builtin.respond.likes import liked_first as said_first


def liked_first(
    found: Arguments, reading: ParsedRequest, filters: SearchFilters, session: ToolSession
) -> Arguments:
    """Return found items with those of liked names first; a name that none has to do with is unused."""
    if not reading.likes or not found["items"] or found.get("order"):
        return found
    ways = [[name_term(like.roles, like.name)] for like in reading.likes]
    known = set(found["items"])
    first, used, lost = list[str](), list[str](), list[str]()
    for like, finding in zip(reading.likes, find_each(ways, filters, session), strict=True):
        own = [item for item in finding.items if item in known]
        first += own
        if own:
            used.append(like.name.choices[0].label)
        else:
            lost.append(like.name.text)
    items = list(dict.fromkeys((*first, *found["items"])))
    note = " ".join(filter(None, (found.get("note", ""), said_first(used))))
    return (
        found
        | {"items": items, "note": note}
        | ({"unused": [*found.get("unused", ()), *lost]} if lost else {})
    )
