"""What a model on a server can do, tried with small requests: each a line, good or not, with what came."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any, Literal, NamedTuple

from agent.llm.client import Client
from agent.llm.errors import Unanswered
from agent.llm.schema_text import SCHEMA
from agent.llm.secrets import masked
from agent.llm.settings import Settings
from kg.errors import UsageError

_MOST = 200  # tokens of a reply here; some models never end one
Verdict = Literal["ok", "no", "skipped"]
YEAR_OF: dict[str, Any] = {
    "type": "function",
    "function": {
        "name": "year_of",
        "description": "Return the year in which a film came out.",
        "parameters": {
            "type": "object",
            "properties": {"title": {"type": "string", "description": "the film's title"}},
            "required": ["title"],
        },
    },
}
PAIR: dict[str, Any] = {
    "type": "json_schema",
    "json_schema": {
        "name": "film",
        "strict": True,
        "schema": {
            "type": "object",
            "properties": {"title": {"type": "string"}, "year": {"type": "integer"}},
            "required": ["title", "year"],
            "additionalProperties": False,
        },
    },
}


class Line(NamedTuple):
    """A line of the report. `needed`: Usher does not work with this model without it."""

    what: str
    verdict: Verdict
    said: str
    needed: bool


class Failed(Exception):  # noqa: N818 - an outcome
    """What a server did instead."""


class Probe:
    """Asks a model what can be told from its reply."""

    def __init__(self, model: str, settings: Settings):
        self.model = model
        short = {} if settings.max_tokens is not None else {"max_tokens": _MOST}
        self.settings = settings = settings.model_copy(update=short)
        self.client = Client.connect(model, settings)

    def reachable(self) -> str:
        """A request is answered at all."""
        self.client.invoke("Say OK.")
        return self.settings.host

    def plain(self) -> str:
        """Words come back."""
        text = self.client.invoke("Say OK.").text
        if not text.strip():
            raise Failed("an empty reply")
        return repr(text.strip()[:40])

    def tool_call(self) -> str:
        """A tool is called with the right argument, natively or in words."""
        calls = self._calls("Call year_of for the film 'Jaws'.")
        if not calls:
            raise Failed("no call: the reply was words")
        if "jaws" not in str(calls[0]["args"].get("title")).lower():
            raise Failed(f"called with {calls[0]['args']}")
        return "written as JSON in words" if "tools" in self.client.refused else "native"

    def parallel(self) -> str:
        """Two tools are called at once."""
        calls = self._calls("Call year_of for 'Jaws' and for 'Alien', both now, in one reply.")
        if len(calls) < 2:
            raise Failed(f"{len(calls)} at once; several take a step each")
        return f"{len(calls)} at once"

    def answered(self) -> str:
        """What a tool answered is taken up."""
        first = self._bound().invoke("Call year_of for the film 'Jaws'.")
        if not first.tool_calls:
            raise Failed("no call: the reply was words")
        results = [
            {"role": "tool", "tool_call_id": call["id"], "content": json.dumps({"year": 1975})}
            for call in first.tool_calls
        ]
        asked = {"role": "user", "content": "Call year_of for the film 'Jaws'."}
        reply = self._bound().invoke([asked, first, *results])
        return "another call" if reply.tool_calls else repr(reply.text.strip()[:40])

    def streaming(self) -> str:
        """A stream comes to its end."""
        streaming = Client.connect(self.model, self.settings.model_copy(update={"stream": True}))
        text = streaming.invoke("Say OK.").text.strip()[:40]
        if "stream" in streaming.refused:
            raise Failed("refused; replies come in one piece")
        return repr(text)

    def usage(self) -> str:
        """Tokens are counted."""
        usage = self.client.invoke("Say OK.").usage_metadata
        if not usage or not usage["total_tokens"]:
            raise Failed("not said; tokens and costs stay unknown")
        return f"{usage['input_tokens']} in, {usage['output_tokens']} out"

    def schema(self) -> str:
        """A JSON schema is kept to."""
        text = self.client.invoke("The film Jaws came out in 1975.", response_format=PAIR).text
        try:
            value = json.loads(text)
        except ValueError:
            raise Failed(f"no JSON: {text[:40]!r}") from None
        if not isinstance(value, dict) or not isinstance(value.get("year"), int) or "title" not in value:
            raise Failed(f"another form: {text[:40]!r}")
        said = " ".join(text.split())[:40]
        return f"{said} in words" if SCHEMA in self.client.refused else said

    def _bound(self) -> Any:
        return self.client.bind_tools([YEAR_OF])

    def _calls(self, text: str) -> list[dict[str, Any]]:
        reply = self._bound().invoke(text)
        if reply.invalid_tool_calls:
            raise Failed(f"arguments that are no JSON object: {reply.invalid_tool_calls[0]['args']!r}")
        return list(reply.tool_calls)


def check(model: str, settings: Settings) -> Iterator[Line]:
    """Yield a line an ability, as it is found out; after the first, nothing is tried if nobody is there."""
    probe = Probe(model, settings)
    tried: tuple[tuple[str, Callable[[], str], bool], ...] = (
        ("reachable", probe.reachable, True),
        ("plain reply", probe.plain, True),
        ("tool call", probe.tool_call, True),
        ("tool result", probe.answered, True),
        ("parallel tool calls", probe.parallel, False),
        ("streaming", probe.streaming, False),
        ("usage", probe.usage, False),
        ("JSON schema", probe.schema, False),
    )
    gone = False
    for what, ask, needed in tried:
        line = Line(what, "skipped", "", needed) if gone else _tried(what, ask, needed)
        gone = gone or (what == "reachable" and line.verdict == "no")
        yield line


def _tried(what: str, ask: Callable[[], str], needed: bool) -> Line:
    start = time.perf_counter()
    try:
        said = ask()
    except (Failed, Unanswered, UsageError) as error:
        return Line(what, "no", masked(" ".join(str(error).split())), needed)
    return Line(what, "ok", f"{said} ({time.perf_counter() - start:.1f} s)", needed)
