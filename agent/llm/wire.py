"""One request over the wire: a body in, a whole completion out, streamed or not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, NamedTuple

from agent.llm import forms, sse
from agent.llm.errors import CutOff, Silence
from agent.llm.merging import merged
from agent.llm.silence import watched
from kg.errors import UsageError

Body = dict[str, Any]


class Patience(NamedTuple):
    """Seconds to wait: for the first piece of a streamed reply, and between two pieces of any reply."""

    first: float
    between: float


def post(completions: Any, body: Body, patience: Patience) -> Body:
    """Send a body with the SDK's `chat.completions` and return the completion in the protocol's form.

    Raises:
        openai.APIError: the server refused or was not reached.
        CutOff: the reply ended in the middle.
        Silence: nothing came for too long.
        BadReply: a success without a completion.
        UsageError: what answers there does not speak this protocol.
    """
    # As `extra_body` it goes out as it is; what is said twice to the SDK is taken from there.
    known = {"model": body["model"], "messages": [], "extra_body": body}
    if body.get("stream"):
        return _streamed(completions, known, patience)
    text = completions.with_raw_response.create(**known).text
    return whole(text if isinstance(text, str) else text())


def whole(text: str) -> Body:
    """Return the completion in the text of a reply, checked for what everybody relies on.

    Raises:
        CutOff: the text ends in the middle.
        BadReply: it is no completion, or an error.
        UsageError: it is not of this protocol.
    """
    try:
        reply = json.loads(text)
    except ValueError:
        if text.lstrip().startswith("{"):
            raise CutOff("the reply ends in the middle") from None
        raise UsageError(
            f"what answers there does not speak the chat-completions protocol: it sent {text[:60]!r}."
            "\n  Check USHER_BASE_URL; it usually ends in /v1."
        ) from None
    return forms.checked(reply, text)


def _streamed(completions: Any, known: Body, patience: Patience) -> Body:
    import httpx2  # the SDK's own, loaded by it

    wait = httpx2.Timeout(patience.between, read=patience.first)
    opening = completions.with_streaming_response.create(**known, stream=True, timeout=wait)
    rest: list[str] = []
    with _begun(opening, patience) as response:
        # The rest is for who watches, who knows what is waited for.
        response.http_response.request.extensions["timeout"]["read"] = max(patience) + 1
        raw = _breaks(response.iter_bytes())
        pieces = watched(response.http_response, raw, patience.first, patience.between)
        try:
            reply = merged(sse.events(sse.lines(pieces), rest))
        except CutOff:
            if rest:  # in one piece: it knows no streams
                return whole("\n".join(rest))
            raise
    return forms.checked(reply, str(reply))


@contextmanager
def _begun(opening: Any, patience: Patience) -> Iterator[Any]:
    """Open a streamed response; say how long nothing came, where that is why there is none."""
    with ExitStack() as stack:
        try:
            response = stack.enter_context(opening)
        except Exception as error:
            if type(error.__cause__).__name__ == "ReadTimeout":
                raise Silence(patience.first, begun=False) from error
            raise
        yield response


def _breaks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the pieces of a stream; what breaks it on the way is said as `CutOff`."""
    try:
        yield from pieces
    except Exception as error:
        if any(kind.__name__ == "TransportError" for kind in type(error).__mro__):
            raise CutOff(f"the stream broke: {error}") from error
        raise


def is_object(call: Body) -> bool:
    """Tell whether a tool call has a name, and arguments that are a JSON object; none at all count as one."""
    function = call.get("function")
    if not isinstance(function, dict) or not isinstance(function.get("name"), str) or not function["name"]:
        return False
    arguments = function.get("arguments")
    try:
        return arguments in (None, "") or isinstance(json.loads(arguments), dict)
    except (ValueError, TypeError):
        return False
