"""What `/v1/chat/completions` answers: a completion, or the same as a stream of chunks."""

from __future__ import annotations

import json
import re
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import uuid4

from pydantic import BaseModel

from agent.assistant import Turn
from agent.conversation import Said
from agent.serving.answers import UsherAnswer

Body = dict[str, Any]
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])|\[(?=[^\]\n]*\][(\[:])")


class ReplyMessage(BaseModel):
    """What Usher says."""

    role: Literal["assistant"]
    content: str
    refusal: None = None


class Choice(BaseModel):
    """The one answer."""

    index: Literal[0]
    message: ReplyMessage
    logprobs: None = None
    finish_reason: Literal["stop"]


class Usage(BaseModel):
    """Tokens a language model read and wrote; for the built-in model, which has none, words."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class ChatCompletion(BaseModel):
    """A reply; `usher` is the answer as data. In a stream the chunk with the finish reason has it."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
    usher: UsherAnswer


@dataclass(frozen=True)
class Reply:
    """An answer to a conversation, by the model of an id; `view` (`agent.http.view`) where it is wanted."""

    model: str
    turn: Turn
    usage: Body
    id: str = field(default_factory=lambda: new_id())
    created: int = field(default_factory=lambda: int(time.time()))
    view: Body | None = None

    @property
    def text(self) -> str:
        """The answer in words, for clients that read Markdown: no label is a link, a picture or HTML."""
        return _MARKUP.sub(r"\\\g<0>", str(self.turn.answer["text"]))

    def completion(self) -> Body:
        """Return the whole reply."""
        message = {"role": "assistant", "content": self.text, "refusal": None}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        return self._head("chat.completion") | {
            "choices": [choice],
            "usage": self.usage,
            "usher": self.turn.answer,
        }

    def chunks(self, *, with_usage: bool) -> Iterator[Body]:
        """Yield the reply in pieces; the last has the usage, where that is wanted, and `usher` as well."""
        unused = {"usage": None} if with_usage else {}
        yield self._chunk({"role": "assistant", "content": ""}) | unused
        for line in self.text.splitlines(keepends=True):
            yield self._chunk({"content": line}) | unused
        shown = {} if self.view is None else {"usher_view": self.view}
        yield self._chunk({}, "stop") | unused | {"usher": self.turn.answer} | shown
        if with_usage:
            last = {"choices": [], "usage": self.usage, "usher": self.turn.answer}
            yield self._head("chat.completion.chunk") | last

    async def events(self, *, with_usage: bool) -> AsyncIterator[str]:
        """Yield the chunks as server-sent events, and the mark that ends a stream."""
        for chunk in self.chunks(with_usage=with_usage):
            yield f"data: {json.dumps(chunk)}\n\n"
        yield "data: [DONE]\n\n"

    def _chunk(self, delta: Body, finish: str | None = None) -> Body:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return self._head("chat.completion.chunk") | {"choices": [choice]}

    def _head(self, kind: str) -> Body:
        return self.head_of(kind, self.id, self.created, self.model)

    @staticmethod
    def head_of(kind: str, key: str, created: int, model: str) -> Body:
        """Return what every reply and chunk of one answer begins with."""
        return {"id": key, "object": kind, "created": created, "model": model}


def new_id() -> str:
    """Return the id of a new reply."""
    return f"chatcmpl-{uuid4().hex}"


def usage_of(turn: Turn, said: Sequence[Said], *, counted: bool) -> Body:
    """Return what a turn used; where no model `counted` tokens, the words that were read and written."""
    read, written = turn.tokens - turn.written, turn.written
    if not counted:
        read = sum(len(each.text.split()) for each in said)
        written = len(str(turn.answer["text"]).split())
    return {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
