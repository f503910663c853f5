"""Asking a SPARQL service: one request at a time, waiting as long as the service says.

See https://www.mediawiki.org/wiki/Wikidata_Query_Service/User_Manual and Wikimedia's User-Agent policy.
"""

from __future__ import annotations

import email.utils
import http.client
import os
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

from kg.errors import DataError, UsageError

Fetch = Callable[[str, str], bytes]
RESUME = "Try again later: the pages read so far are kept and not asked for again."
_PATIENCE = 300.0  # seconds; a service that asks for more is asking us to stop
_MAX_BODY = 1 << 26
_AGAIN = frozenset((429, 500, 502, 503, 504))


def post(
    endpoint: str,
    text: str,
    *,
    tries: int = 5,
    timeout: float = 90,
    sleep: Callable[[float], None] = time.sleep,
) -> bytes:
    """Send a query and return the body; what is said to be temporary is tried again, later each time.

    Waits what `Retry-After` says, or 2, 4, 8 … seconds.

    Raises:
        UsageError: the endpoint is neither https nor on this machine.
        DataError: refused, no whole answer in `tries` tries, or asked to wait more than five minutes.
    """
    request = urllib.request.Request(  # noqa: S310 - the scheme is checked
        _checked(endpoint),
        data=urllib.parse.urlencode({"query": text}).encode(),
        headers={"User-Agent": user_agent(), "Accept": "application/sparql-results+json"},
    )
    problem = ""
    for attempt in range(1, tries + 1):
        wait = 2.0**attempt
        try:
            return _answer(request, timeout)
        except urllib.error.HTTPError as error:
            with error:
                problem = f"HTTP {error.code} {error.reason}"
                if error.code not in _AGAIN:
                    raise DataError(f"the service refused: {problem}", path=endpoint, remedy=RESUME) from None
                wait = _asked_wait(error.headers.get("Retry-After", ""), wait)
        except (OSError, http.client.HTTPException) as error:
            problem = f"{type(error).__name__}: {error}"
        if wait > _PATIENCE:
            raise DataError(f"{problem}, to be tried in {wait:.0f} s", path=endpoint, remedy=RESUME)
        if attempt < tries:
            sleep(wait)
    raise DataError(f"no whole answer in {tries} tries; the last: {problem}", path=endpoint, remedy=RESUME)


def user_agent() -> str:
    """Return how we name ourselves: Wikimedia's policy asks for name, version and, where given, a contact."""
    try:
        number = version("usher")
    except PackageNotFoundError:
        number = "0"
    contact = re.sub(r"[^ -'*-~]", "", os.environ.get("USHER_CONTACT", ""))
    return f"Usher/{number} ({contact or 'recommendation assistant; set USHER_CONTACT'}) Python-urllib"


def _checked(endpoint: str) -> str:
    parts = urllib.parse.urlsplit(endpoint)
    if parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1", "localhost")
    ):
        return endpoint
    raise UsageError(f"endpoint {endpoint!r}: expected https://…, or http:// on this machine")


def _answer(request: urllib.request.Request, timeout: float) -> bytes:
    with urllib.request.urlopen(request, timeout=timeout) as response:  # noqa: S310 - the scheme is checked
        body: bytes = response.read(_MAX_BODY + 1)
        if len(body) > _MAX_BODY:
            raise DataError(
                f"an answer of more than {_MAX_BODY:,} bytes", path=request.full_url, remedy=RESUME
            )
        if response.length:  # what Content-Length promised and did not come
            raise http.client.IncompleteRead(body, response.length)
        return body


def _asked_wait(header: str, otherwise: float) -> float:
    """Return the seconds that a `Retry-After` header asks for: a number, or a date."""
    if re.fullmatch(r"[0-9]{1,9}", header.strip()):
        return float(header)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(header).timestamp() - time.time())
    except (TypeError, ValueError):
        return otherwise
