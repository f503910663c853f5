"""Scripted language models for one-call mode: each takes its value of every choice, none of them thinks."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, convert_to_openai_messages
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import PrivateAttr

LEAVES = "leave it out"


class Taking(BaseChatModel):
    """Takes the value at a place of every choice; keeps what it was sent."""

    place: int = 0
    mode: str = "loop"  # what `agent.models.mode_of` looks at
    _sent: list[Any] = PrivateAttr(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "usher-taking"

    def taken(self) -> list[Any]:
        """Return what was sent since the last time."""
        sent, self._sent = self._sent, []
        return sent

    def _generate(self, messages: list[BaseMessage], *_: Any, **asked: Any) -> ChatResult:
        self._sent.append([convert_to_openai_messages(messages)])
        choices = asked["response_format"]["json_schema"]["schema"]["properties"]
        text = json.dumps({key: self._value(key, each["enum"]) for key, each in choices.items()})
        return ChatResult(generations=[ChatGeneration(message=AIMessage(text))])

    def _value(self, key: str, values: Sequence[str]) -> str:
        return values[self.place]


class Drawing(Taking):
    """Takes any value of every choice: the same of the same choice."""

    seed: int = 0

    def _value(self, key: str, values: Sequence[str]) -> str:
        drawn = random.Random(f"{self.seed} {key} {values}")  # noqa: S311 - no secret
        return drawn.choice(values)


class Leaving(Taking):
    """Leaves out whatever may be left out, and says "none" of the rest, which is no value."""

    def _value(self, key: str, values: Sequence[str]) -> str:
        return LEAVES if LEAVES in values else "none"
