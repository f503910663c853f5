"""The parts of an ASGI application that stand before the routes: headers, hosts, keys, faults, HEAD."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from agent.http.access import Access
from agent.http.errors import FAILED, body
from agent.llm.secrets import masked

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
_ENCODED = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
_OPEN = ("/", "/health")  # what is answered without a key: the page, which asks for one, and what it loads
_OPEN_UNDER = "/page/"
_LOG = logging.getLogger("uvicorn.error")


def header(scope: Scope, name: bytes) -> str | None:
    """Return a header of a request, None where it is not there."""
    found = (value.decode("latin-1") for key, value in scope["headers"] if key == name)
    return next(found, None)


async def say(
    send: Send, status: int, said: Mapping[str, Any], headers: Mapping[bytes, bytes] | None = None
) -> None:
    """Send an error in the protocol's form."""
    held = [(b"content-type", b"application/json"), *(headers or {}).items()]
    await send({"type": "http.response.start", "status": status, "headers": held})
    await send({"type": "http.response.body", "body": json.dumps(said).encode()})


class SafeHeaders:
    """Adds the headers that keep pages elsewhere and old browsers out; what a route sets itself stays."""

    def __init__(self, app: App):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", ()))
                names = {bytes(name).lower() for name, _ in given}
                message = {**message, "headers": given + [own for own in _ENCODED if own[0] not in names]}
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class Hosts:
    """Answers 400 to requests for another host, as pages send them whose name was made to lead here."""

    def __init__(self, app: App, access: Access):
        self.app = app
        self.access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on what is meant for this server."""
        if scope["type"] == "http" and not self.access.answers_to(host := header(scope, b"host") or ""):
            said = f"this server does not go by the name {host[:80]!r}; start it with --allow-host NAME"
            await say(send, 400, body(said, code="host_not_allowed"))
            return
        await self.app(scope, receive, send)


class Keys:
    """Answers 401 to who has no key, where one is wanted."""

    def __init__(self, app: App, access: Access):
        self.app = app
        self.access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on what is open, and what comes with a key."""
        if scope["type"] == "http" and not self._may(scope):
            said = "the key is missing or wrong; send the header Authorization: Bearer KEY"
            await say(send, 401, body(said, code="invalid_api_key"), {b"www-authenticate": b"Bearer"})
            return
        await self.app(scope, receive, send)

    def _may(self, scope: Scope) -> bool:
        is_open = scope["path"] in _OPEN or scope["path"].startswith(_OPEN_UNDER)
        reads = scope["method"] in ("GET", "HEAD")
        return (is_open and reads) or self.access.admits(header(scope, b"authorization"))


class Heads:
    """Answers HEAD as GET without the body."""

    def __init__(self, app: App):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask with GET."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self.app({**scope, "method": "GET"}, receive, without_body)


class Faults:
    """Answers 500 to what nobody foresaw; the log says what it was, without keys."""

    def __init__(self, app: App):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on, and catch what comes back."""
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, noted)
        except Exception:
            if scope["type"] != "http":
                raise
            _LOG.error("a request failed\n%s", masked(traceback.format_exc()))
            if not begun:
                await say(send, 500, body("Usher failed; its log says why", FAILED))
