"""What was looked up before a language model is asked, as text: it made none of these calls itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from agent.messages import Answered
from kg.text import name_key

HEADING = "# Looked up"
_SURE = 0.5  # a link that is less is perhaps just words
_FEW = 3  # names that are perhaps just words, the likeliest
_MOST = 2  # candidates of a name, roles of a candidate, names like it


def as_text(calls: Sequence[Answered]) -> str:
    """Return lookups as a block of lines under `HEADING`; "" where nothing was looked up."""
    lines = [line for call in calls for line in _lines(call)] + list(_checked(calls))
    return "\n".join((HEADING, *lines)) if lines else ""


def _lines(call: Answered) -> Iterator[str]:
    if call.refused:
        yield f"{call.name}: {call.content}"
    elif call.name == "link_entities":
        yield from _links(json.loads(call.content))
    elif call.name == "resolve_reference":
        yield _resolved(json.loads(call.content))


def _links(found: dict[str, Any]) -> Iterator[str]:
    if not (found["mentions"] or found["unlinked"]):
        yield "no names"
    unsure: dict[str, dict[str, Any]] = {}
    named: dict[str, dict[str, str]] = {}  # by what they may be, the names as they stand, each once
    for mention in found["mentions"]:
        sure = [each for each in mention["candidates"] if each["score"] >= _SURE]
        if sure:
            meant = " or ".join(map(_candidate, sure[:_MOST]))
            named.setdefault(meant, {}).setdefault(name_key(mention["text"]), _quoted(mention["text"]))
        else:
            unsure.setdefault(name_key(mention["text"]), mention)
    for meant, names in named.items():
        yield f"{', '.join(names.values())}: {meant}"
    for name in found["unlinked"]:
        near = ", ".join(name["nearest"][:_MOST])
        yield f"{_quoted(name['text'])}: nothing here{f' (near: {near})' if near else ''}"
    if unsure:
        likeliest = sorted(unsure.values(), key=lambda each: -each["candidates"][0]["score"])[:_FEW]
        yield f"Perhaps just words: {'; '.join(_unsure(m) for m in unsure.values() if m in likeliest)}"


def _unsure(mention: dict[str, Any]) -> str:
    """Return a name that is perhaps just words, with what it may be in as few as tell it."""
    said, best = mention["text"], mention["candidates"][0]
    alike = best["kind"] == "item" and name_key(best["label"]) == name_key(said)
    meant = f"item {best['id']}" if alike else _candidate(best)
    return f"{_quoted(said)} {meant}"


def _tells(item: dict[str, Any]) -> bool:
    """Tell whether an item's id begins with its title in words, as ids of some catalogues do."""
    return name_key(item["id"].rpartition("/")[2]).startswith(name_key(item["label"]))


def _candidate(each: dict[str, Any]) -> str:
    """Return what a name may be: an item by its id, with its title where that does not tell it."""
    if each["kind"] == "item":
        year = str(each.get("year") or "")
        told = "" if _tells(each) else f", {each['label']}"
        return f"item {each['id']}{told}{f' ({year})' if year and year not in each['id'] else ''}"
    ranked = sorted(each["roles"].items(), key=lambda role: (-role[1], role[0]))
    return f"{'/'.join(name for name, _ in ranked[:_MOST])} {each['label']}"


def _checked(calls: Sequence[Answered]) -> Iterator[str]:
    """Yield what became of claims; what was claimed of several items with one outcome is one line."""
    alike: dict[tuple[str, str], list[str]] = {}
    for call in calls:
        if call.name == "check_fact" and not call.refused:
            found = json.loads(call.content)
            alike.setdefault((found["relation"], _outcome(found)), []).append(found["item"])
    for (relation, outcome), items in alike.items():
        yield f"claim, {relation} of item {', '.join(items)} is {outcome}"


def _outcome(found: dict[str, Any]) -> str:
    op = "" if found["op"] == "is" else f"{found['op']} "
    true = ", ".join(found["true_values"])
    truth = f", true: {true}" if found["verdict"] == "contradicted" else ""
    return f"{op}{found['value']}: {found['verdict']}{truth}"


def _resolved(found: dict[str, Any]) -> str:
    most = len(found["items"])
    values = (
        each["value"] if each["items"] == most else f"{each['value']} (of {each['items']})"
        for each in found["values"]
    )
    return f"{found['relation']} of item {', '.join(found['items'])}: {', '.join(values) or 'not known'}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
