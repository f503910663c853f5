"""Messages in short, for a model that cannot read them whole."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from langchain_core.messages import AnyMessage, ToolMessage

_FIRST = 20  # of a list, so many are kept: tools return the best first
_WORDS = 400  # characters of a text


def in_short(messages: Sequence[AnyMessage]) -> list[AnyMessage]:
    """Return messages in which every tool's answer is short: the first of every list, no evidence.

    The guard proves again what the model recommends, so the evidence is only missing from the model's sight.
    """
    return [
        message.model_copy(update={"content": _short(str(message.content))})
        if isinstance(message, ToolMessage)
        else message
        for message in messages
    ]


def _short(content: str) -> str:
    try:
        result = json.loads(content)
    except ValueError:  # a refusal, in words
        return content[:_WORDS]
    return json.dumps(_cut(result), ensure_ascii=False, separators=(",", ":"))


def _cut(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _cut(each) for name, each in value.items() if name != "evidence"}
    if isinstance(value, list):
        return [_cut(each) for each in value[:_FIRST]]
    return value[:_WORDS] if isinstance(value, str) else value
