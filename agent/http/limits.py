"""A limit on what a client may send."""

from __future__ import annotations

from agent.http.asgi import App, Message, Receive, Scope, Send, say
from agent.http.errors import body

MAX_BODY = 2**20  # bytes
_DRAINED = 16 * MAX_BODY  # so much is read and dropped, so that the client hears why


class BodyLimit:
    """An ASGI application that answers 413 to bodies above a limit, and hands all others on."""

    def __init__(self, app: App, most: int = MAX_BODY):
        self.app = app
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body, and hand it on whole."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        held, size, more = bytearray(), 0, True
        while more and size <= _DRAINED:
            message = await receive()
            if message["type"] != "http.request":
                return  # the client is gone
            piece = message.get("body", b"")
            size, more = size + len(piece), message.get("more_body", False)
            if size <= self.most:
                held += piece
        if size > self.most:
            await self._refuse(send)
            return
        sent = False

        async def again() -> Message:
            nonlocal sent
            if sent:
                return await receive()
            sent = True
            return {"type": "http.request", "body": bytes(held), "more_body": False}

        await self.app(scope, again, send)

    async def _refuse(self, send: Send) -> None:
        said = body(f"the body is larger than {self.most:,} bytes", code="body_too_large")
        await say(send, 413, said, {b"connection": b"close"})
