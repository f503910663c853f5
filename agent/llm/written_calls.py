"""Tool calls in a text, in the ways in which models write them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_ARGUMENTS = ("arguments", "parameters", "args", "input")
_NAMED = re.compile(r"(?:<function=([\w.-]+)>|<\|channel\|>commentary to=([\w.]+)[^{}]*<\|message\|>)\s*\Z")
_TAGS = ("<tool_call>", "[TOOL_CALLS]", "<|python_tag|>", "<function_call>", "<|tool_call|>")


class Written(NamedTuple):
    """A call as it was written: its name and its arguments, a JSON object."""

    name: str
    arguments: dict[str, Any]

    @property
    def text(self) -> str:
        """The arguments as JSON."""
        return json.dumps(self.arguments, ensure_ascii=False)


def written(text: str) -> list[Written]:
    """Return the calls that a text makes, in order, each once.

    They are JSON objects with a name and arguments: bare, fenced, in a list, one a line, in tags, inside
    others, or with the name in front. Where an object lists calls (`tool_calls`), the first such list is all.
    """
    found: list[Written] = []
    for value, before in _objects(text):
        if isinstance(value, dict) and isinstance(value.get("tool_calls"), list):
            listed = [_call(each) for each in value["tool_calls"]]
            if listed and None not in listed:
                return [each for each in listed if each is not None]
            continue
        named = _NAMED.search(text[:before]) if isinstance(value, dict) else None
        if named:
            found.append(Written(named[1] or named[2], value))
            continue
        listed = [_call(each) for each in (value if isinstance(value, list) else [value])]
        found += [each for each in listed if each is not None]
    return [each for place, each in enumerate(found) if each not in found[:place]]


def begins_one(text: str) -> bool:
    """Tell whether a text without a call was meant as one, and broke off."""
    return any(f'"{name}"' in text for name in _ARGUMENTS[:2]) or any(tag in text for tag in _TAGS)


def _objects(text: str) -> Iterator[tuple[Any, int]]:
    """Yield the JSON objects and lists of a text, outermost ones, with where each begins."""
    decoder = json.JSONDecoder()
    starts = re.compile(r"[{\[]")
    at = starts.search(text)
    while at is not None:
        try:
            value, end = decoder.raw_decode(text, at.start())
        except (ValueError, RecursionError):
            end = at.start() + 1
        else:
            yield value, at.start()
        at = starts.search(text, end)


def _call(value: Any) -> Written | None:
    if not isinstance(value, dict):
        return None
    inner = value.get("function")
    if isinstance(inner, dict):
        value = inner
    elif isinstance(inner, str) and "name" not in value:
        value = {**value, "name": inner}
    name = value.get("name", value.get("tool"))
    given = next((value[each] for each in _ARGUMENTS if each in value), None)
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            return None
    return Written(name, given) if isinstance(name, str) and name and isinstance(given, dict) else None
