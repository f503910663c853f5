"""The line to a model: cache, limits, pace and retries around one request.

It also remembers what a server refused (`agent.llm.refusals`) and asks without it from then on; with a memory
(`agent.llm.remembered`) later processes do too. A refusal is kept like a reply, so a replay makes the same
turns.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Set
from typing import Any

from agent.llm import drops, refusals, wire
from agent.llm.cache import Replies, key_of
from agent.llm.errors import ErrorInReply, TooLong, Unanswered
from agent.llm.forms import reason_of
from agent.llm.pace import Pace
from agent.llm.remembered import Remembered
from agent.llm.retry import NO_BEGINNING, PATIENCE, Trouble, pause, trouble
from agent.llm.secrets import masked
from agent.llm.server_props import Props
from agent.llm.settings import Settings
from agent.llm.spending import REFUSED, Use, Watch, subject, tokens_of
from agent.stopping import go_on

Body = dict[str, Any]
_HINTS = {
    "401": "Check OPENAI_API_KEY.",
    "403": "Check OPENAI_API_KEY and what it may use.",
    "404": "Check the model's name, and that the base URL is right; it usually ends in /v1.",
    "429": "The server asks for fewer requests; set USHER_PER_MINUTE, or see what is left on the account.",
    "connection": "Check that the server runs and that the base URL is right.",
    NO_BEGINNING: "Give it longer to begin with USHER_FIRST_TOKEN (seconds), or less to read.",
    "timeout": "Give it longer with USHER_TIMEOUT (seconds).",
}


class Line:
    """Asks one model on one server, from any number of threads."""

    def __init__(
        self,
        settings: Settings,
        post: Callable[[Body], Body],
        *,
        cache: Replies | None = None,
        watch: Watch | None = None,
        repeat: int = 0,
        sleep: Callable[[float], None] = time.sleep,
        look: Callable[[], Props] = Props,
        memory: Remembered | None = None,
    ):
        self.settings = settings
        self.cache = cache
        self.watch = watch
        self.repeat = repeat
        self.pace = Pace(settings.concurrency, settings.per_minute)
        self._post = post
        self._sleep = sleep
        self._lock = threading.Lock()
        self._look = look
        self._own: Props | None = None
        self._calls = False  # whether the model ever called a tool natively
        self._memory = memory
        self._refused = refusals.at_start(settings)
        known = refusals.still(memory.refused(), settings) if memory else set()
        self._doubted = "tools" in known and settings.tool_calls == "auto"
        self._refused |= known
        if cache is not None:
            self._refused |= cache.refusals() - {refusals.TOO_LONG}

    @property
    def refused(self) -> frozenset[str]:
        """What the server turned out not to understand so far."""
        with self._lock:
            return frozenset(self._refused)

    def reply(self, body: Body) -> Body:
        """Return the completion to a request, in the shape that the request asked for.

        Raises:
            Unanswered: there was none, however often it was tried.
            TooLong: the conversation does not fit into what the model can read.
            LimitReached: it would pass the limit of the run.
            NotRecorded: a replay does not hold it.
        """
        self._doubt()
        while True:
            refused = self.refused
            reply = self._kept_or_asked(refusals.without(body, refused))
            if "refused" not in reply and not self._takes_no_tools(reply, body, refused):
                return refusals.heard(reply, body, refused)
            reply = {"refused": "tools"} | reply if "choices" in reply else reply
            if reply["refused"] == refusals.TOO_LONG:
                raise TooLong(
                    f"the conversation is longer than the model on {self.settings.host} can read."
                    "\n  Serve it with a longer context (docs/models.md), or start over with /reset."
                )
            if reply["refused"] in refused:
                raise Unanswered(f"the server refuses {reply['refused']}, which was not sent.")
            with self._lock:
                self._refused.add(reply["refused"])
            if "choices" not in reply:
                self._remember(reply["refused"])

    def _doubt(self) -> None:
        """Forget that tools were dropped for another process, where the server says that it takes them."""
        with self._lock:
            doubted, self._doubted = self._doubted, False
        if doubted and self._memory is not None and self._props().tools is True:
            self._memory.forget("tools")
            with self._lock:
                self._refused.discard("tools")

    def _remember(self, refused: str) -> None:
        if self._memory is not None:
            self._memory.add(refused)

    def _takes_no_tools(self, reply: Body, body: Body, refused: Set[str]) -> bool:
        """Tell whether tools that were sent came to nothing; what once worked is not given up."""
        if not body.get("tools") or "tools" in refused or self.settings.tool_calls != "auto":
            return False
        if refusals.heard(reply, body, refused)["choices"][0]["message"].get("tool_calls"):
            self._calls = True
            return False
        if not self._calls and drops.by_count(reply, body):
            self._remember("tools")  # words twice may be one bad day of a model
            return True
        return not self._calls and drops.by_words(body)

    def _kept_or_asked(self, body: Body) -> Body:
        key = key_of(body, self.settings.public_url, self.repeat, self.settings.epoch)
        kept = self.cache.get(key) if self.cache else None
        if kept is not None:
            self._note(key, "cache", kept)
            return kept
        reply = self._asked(body, key)
        return self.cache.put(key, body["model"], reply) if self.cache else reply

    def _asked(self, body: Body, key: str) -> Body:
        if body.get("tools") and self._says_no_tools():
            return {"refused": "tools"}
        for number in range(self.settings.retries + 1):
            if self.watch:
                self.watch.before(body)
            go_on()
            start = time.perf_counter()
            try:
                with self.pace.turn():
                    reply = self._post(body)
            except Exception as error:
                found = trouble(error)
                status = int(found.kind) if found and found.kind.isdigit() else None
                if isinstance(error, ErrorInReply):
                    status = status or refusals.UNSAID
                refused = refusals.refusal(status, _told(error), body, self.settings)
                kind = found.kind if found else type(error).__name__
                self._tell(Use(key, "failure", REFUSED + refused if refused else kind, about=subject()))
                if refused:
                    return {"refused": refused}
                if found is None:
                    raise
                self._wait(error, found, number, key)
            else:
                self._note(key, "server", reply, time.perf_counter() - start)
                return reply
        raise AssertionError("the last attempt returns or raises")

    def _says_no_tools(self) -> bool:
        """Tell whether the server says of itself that the model's template drops tools; it is asked once."""
        if self.settings.tool_calls != "auto":
            return False
        return self._props().tools is False

    def _props(self) -> Props:
        with self._lock:
            if self._own is None:
                self._own = self._look()
            return self._own

    def _wait(self, error: BaseException, found: Trouble, number: int, key: str) -> None:
        asked_too_much = found.wait is not None and found.wait > PATIENCE
        if not found.again or asked_too_much or number == self.settings.retries:
            raise Unanswered(self._said(error, found, number + 1)) from error
        seconds = pause(number, key, found.wait)
        if found.wait:
            self.pace.hold(found.wait)
        self._sleep(seconds)

    def _said(self, error: BaseException, found: Trouble, attempts: int) -> str:
        tried = f" after {attempts} attempts" if attempts > 1 else ""
        waits = f"; it asks to wait {found.wait:.0f} s" if found.wait and found.wait > PATIENCE else ""
        told = masked(f"{_reason(error)}{waits}")  # servers repeat the key they were sent
        said = f"the model server {self.settings.host} gave no answer{tried}: {told}"
        hint = _HINTS.get(found.kind)
        return f"{said}\n  {hint}" if hint else said

    def _note(self, key: str, source: Any, reply: Body, seconds: float = 0.0) -> None:
        if "refused" in reply:
            self._tell(Use(key, source, REFUSED + reply["refused"], about=subject()))
            return
        finish = reply["choices"][0].get("finish_reason")
        told: Body = {**tokens_of(reply), "finish": finish if isinstance(finish, str) else None}
        self._tell(Use(key, source, _fault(reply), **told, seconds=round(seconds, 3), about=subject()))

    def _tell(self, use: Use) -> None:
        if self.watch:
            self.watch.after(use)


def _told(error: BaseException) -> str:
    """Return all that an error says: its text alone may be no more than a status."""
    body = getattr(error, "body", None)
    return f"{error} {body}" if body else str(error)


def _reason(error: BaseException) -> str:
    """Return what an error says: of a server's own, the status and its words, else what came."""
    body, status = getattr(error, "body", None), getattr(error, "status_code", None)
    if status is not None and (reason := reason_of(body)):
        return f"{status}: {reason}"
    return str(error) if isinstance(error, ErrorInReply) else f"{type(error).__name__}: {error}"


def _fault(reply: Body) -> str | None:
    calls = reply["choices"][0]["message"].get("tool_calls") or ()
    return "malformed tool call" if any(not wire.is_object(call) for call in calls) else None
