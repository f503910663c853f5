"""Replies by a JSON schema from servers that know none: as any JSON object, or as words that are one."""

from __future__ import annotations

import json
from collections.abc import Set
from typing import Any

import prompts

Body = dict[str, Any]
SCHEMA, FORMAT = "json_schema", "response_format"  # what a server may refuse, in this order


def wanted(body: Body) -> bool:
    """Tell whether a request asks for a schema."""
    return bool((body.get(FORMAT) or {}).get("type") == SCHEMA)


def spoken(body: Body, refused: Set[str]) -> Body:
    """Return a request with its schema in words; a server that knows JSON objects is asked for one."""
    schema = json.dumps(body[FORMAT][SCHEMA]["schema"], ensure_ascii=False)
    said = prompts.load("agent/json_schema", schema=schema)
    rest = {name: value for name, value in body.items() if name != FORMAT}
    rest |= {} if FORMAT in refused else {FORMAT: {"type": "json_object"}}
    first, *others = body["messages"]
    if first["role"] in ("system", "developer"):
        return rest | {"messages": [first | {"content": f"{first['content']}\n\n{said}"}, *others]}
    return rest | {"messages": [{"role": "system", "content": said}, first, *others]}


def heard(message: Body) -> Body:
    """Return a reply without what stands around its JSON object; words without one stay as they are."""
    text = message.get("content") or ""
    start, end = text.find("{"), text.rfind("}")
    return message | {"content": text[start : end + 1]} if 0 <= start < end else message
