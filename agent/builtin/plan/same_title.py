"""Items that go with one: of its title ('Alien', 'Aliens', 'Alien 3') or of its series."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agent.builtin.lexicon.triggers import DOMAIN_NOUNS
from agent.builtin.parse.chunks import Candidate
from agent.builtin.plan.tool_session import Call, ToolSession
from kg.text import fold, tokens

_MOST = 200


def of_same_title(item: Candidate, session: ToolSession) -> list[dict[str, Any]]:
    """Return what was found of the items, other than one, whose title begins like its own."""
    begun = name_of(item.label)
    asked = {"words": list(dict.fromkeys(begun)), "k": _MOST, "exclude_items": [item.id]}
    found = session.call("search_items", text="", **asked) if session.has("search_items") else None
    return [hit for hit in (found["items"] if found else []) if is_like(name_of(hit["title"]), begun)]


def with_whole_series(items: Sequence[Candidate], session: ToolSession) -> list[str]:
    """Return items with all that go with them, by title or by series: 'not X, I have seen all three'."""
    found = [item.id for item in items]
    found += [hit["id"] for item in items for hit in of_same_title(item, session)]
    if session.has("find_items"):
        told = items if session.has("describe_item") else ()
        facts = [session.call("describe_item", item=item.id) for item in told]
        series = dict.fromkeys(name for each in facts if each for name in series_of(each))
        asked = [Call("find_items", {"conditions": [{"relation": "series", "value": s}]}) for s in series]
        found += [hit["id"] for hits in session.call_all(asked) if hits for hit in hits["items"]]
    return list(dict.fromkeys(found))


def domain_of_id(item: str) -> str | None:
    """Return the domain that the id of an item tells; None where a catalogue has but one."""
    domain, mark, _ = item.partition("/")
    return domain if mark and domain in DOMAIN_NOUNS else None


def are_dated(stated: Sequence[dict[str, str]], session: ToolSession) -> bool:
    """Tell whether a year is known of all items under conditions, so that their years tell an order."""
    found = session.call("find_items", conditions=list(stated))
    return found is not None and all(hit["year"] for hit in found["items"])


def series_of(described: dict[str, Any]) -> list[str]:
    """Return the series that the description of an item tells."""
    return list(described.get("relations", {}).get("series", ()))


def name_of(title: str) -> list[str]:
    """Return the words of a title up to its colon, without a number at its end: 'Alien 3', 'Alien: Ash'."""
    said = [fold(token.raw) for token in tokens(title.partition(":")[0])]
    while len(said) > 1 and (said[-1].isdecimal() or set(said[-1]) <= set("ivx")):
        said.pop()
    return said


def is_like(name: list[str], begun: list[str]) -> bool:
    """Tell whether a title is another or goes on from it: 'Jaws', 'Aliens'; not 'Alien Nation'."""
    if len(begun) == 1:
        return len(name) == 1 and name[0] in (begun[0], f"{begun[0]}s")
    return name[: len(begun)] == begun
