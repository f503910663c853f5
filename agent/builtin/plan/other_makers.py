"""Items by whoever made those that are named, where something by others is wanted."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.request import ItemMention
from agent.builtin.parse.chunks import Candidate
from agent.builtin.plan.tool_session import Call, ToolSession

_MAKING = ("author", "director")


def by_same_makers(items: Sequence[Candidate], session: ToolSession) -> list[str]:
    """Return the items that the makers of some items made: 'as big as Dune BUT BY SOMEONE ELSE'."""
    if not (session.has("describe_item") and session.has("find_items")):
        return []
    facts = [session.call("describe_item", item=item.id) for item in items]
    told = [each["relations"] for each in facts if each]
    made = dict.fromkeys((name, value) for each in told for name in _MAKING for value in each.get(name, ()))
    asked = [Call("find_items", {"conditions": [{"relation": name, "value": value}]}) for name, value in made]
    return [hit["id"] for hits in session.call_all(asked) if hits for hit in hits["items"]]


def likeliest(title: ItemMention) -> list[Candidate]:
    """Return what a title may mean, as surely as what it most likely means."""
    return [c for c in title.choices if c.match == title.choices[0].match]
