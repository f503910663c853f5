"""Servers that take tools and drop them, told from what comes back."""

from __future__ import annotations

import json
from typing import Any

from agent.messages import REPAIR

Body = dict[str, Any]
_THINNEST = 10  # characters of a token of JSON, at the very most; four are usual
_SMALL = 2000  # characters of tools below which their size tells nothing


def by_count(reply: Body, body: Body) -> bool:
    """Tell whether the server read fewer tokens than the tools alone have."""
    read = (reply.get("usage") or {}).get("prompt_tokens") or 0
    size = len(json.dumps(body["tools"], ensure_ascii=False))
    return size > _SMALL and 0 < read < size / _THINNEST


def by_words(body: Body) -> bool:
    """Tell whether this request sends words back that came where a call was due."""
    before = [message for message in body["messages"] if message["role"] != "system"][-2:]
    roles = [message["role"] for message in before]
    sent_back = roles == ["assistant", "user"] and before[1].get("name") == REPAIR
    return sent_back and not before[0].get("tool_calls")
