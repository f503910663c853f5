"""What was looked up before a language model is asked, as text: it made none of these calls itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from agent.messages import Answered
from kg.text import name_key

HEADING = "# Looked up"
_SURE = 0.5  # a link that is less is perhaps just words
_MOST = 2  # candidates of a name, roles of a candidate, names like it


def as_text(calls: Sequence[Answered]) -> str:
    """Return lookups as a block of lines under `HEADING`; "" where nothing was looked up."""
    lines = [line for call in calls for line in _lines(call)]
    return "\n".join((HEADING, *lines)) if lines else ""


def _lines(call: Answered) -> Iterator[str]:
    if call.refused:
        yield f"{call.name}: {call.content}"
        return
    found = json.loads(call.content)
    match call.name:
        case "link_entities":
            yield from _links(found)
        case "check_fact":
            yield _checked(found)
        case "resolve_reference":
            yield _resolved(found)


def _links(found: dict[str, Any]) -> Iterator[str]:
    if not (found["mentions"] or found["unlinked"]):
        yield "no names"
    unsure: dict[str, str] = {}
    for mention in found["mentions"]:
        sure = [each for each in mention["candidates"] if each["score"] >= _SURE]
        if sure:
            yield f"{_quoted(mention['text'])}: {' or '.join(map(_candidate, sure[:_MOST]))}"
        else:
            unsure.setdefault(name_key(mention["text"]), _unsure(mention))
    for name in found["unlinked"]:
        near = ", ".join(name["nearest"][:_MOST])
        yield f"{_quoted(name['text'])}: nothing here{f' (near: {near})' if near else ''}"
    if unsure:
        yield f"Perhaps just words: {'; '.join(unsure.values())}"


def _unsure(mention: dict[str, Any]) -> str:
    """Return a name that is perhaps just words, with what it may be in as few as tell it."""
    said, best = mention["text"], mention["candidates"][0]
    alike = best["kind"] == "item" and name_key(best["label"]) == name_key(said)
    meant = f"item {best['id']}" if alike else _candidate(best)
    return f"{_quoted(said)} {meant}"


def _candidate(each: dict[str, Any]) -> str:
    if each["kind"] == "item":
        year = f" ({each['year']})" if each.get("year") else ""
        return f"item {each['id']}, {each['label']}{year}"
    ranked = sorted(each["roles"].items(), key=lambda role: (-role[1], role[0]))
    return f"{'/'.join(name for name, _ in ranked[:_MOST])} {each['label']}"


def _checked(found: dict[str, Any]) -> str:
    op = "" if found["op"] == "is" else f"{found['op']} "
    claim = f"claim, {found['relation']} of item {found['item']} is {op}{found['value']}: {found['verdict']}"
    true = ", ".join(found["true_values"])
    return f"{claim}, true: {true}" if found["verdict"] == "contradicted" else claim


def _resolved(found: dict[str, Any]) -> str:
    most = len(found["items"])
    values = (
        each["value"] if each["items"] == most else f"{each['value']} (of {each['items']})"
        for each in found["values"]
    )
    return f"{found['relation']} of item {', '.join(found['items'])}: {', '.join(values) or 'not known'}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
