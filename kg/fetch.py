"""Raw files from public addresses: ordered mirrors, resume, checksums, and archives that are not trusted.

Knows nothing of catalogues. A file is there whole and as expected, or it is not there.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any
from urllib.parse import urlsplit

from kg.archives import unpack
from kg.errors import DataError

__all__ = ["Download", "by_hand", "fetch", "mismatch", "unpack"]

Progress = Callable[[int, int | None], None]  # bytes so far, bytes in all where the server tells
USER_AGENT = "Usher (a research recommender; fetches public data sets)"
TIMEOUT = 30.0  # seconds without a byte
_BLOCK = 1 << 18
_RESUMES = 5  # cut connections to one mirror that are taken up again, as long as each brought something
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_RANGE = re.compile(r"bytes (\d+)-\d+/(?:\d+|\*)")


@dataclass(frozen=True, slots=True)
class Download:
    """A file to fetch.

    `name` is where it goes below the raw folder, with '/'; `urls` are mirrors, the best first; `size` is in
    bytes. Of an archive, `members` are what is wanted of it, each unpacked under its last name; a plain file
    has none.
    """

    name: str
    urls: tuple[str, ...]
    sha256: str | None = None
    md5: str | None = None
    size: int | None = None
    members: tuple[str, ...] = ()

    @property
    def checksum(self) -> str:
        """What is known of the content, for a person."""
        if self.sha256 or self.md5:
            return f"SHA-256 {self.sha256}" if self.sha256 else f"MD5 {self.md5}"
        return "no checksum is published"


def fetch(download: Download, into: Path, on_progress: Progress = lambda _done, _all: None) -> Path:
    """Fetch a file into the folder `into`, or find it there whole; return its path.

    What an interrupted attempt left in `NAME.part` is taken up where the server still has the same file.

    Raises:
        DataError: no mirror gave the file; says what every one of them did.
    """
    target = into / download.name
    if target.is_file() and mismatch(download, target) is None:
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    part = _Part(target.with_name(target.name + ".part"))
    failures = []
    for url in download.urls:
        try:
            _from_mirror(download, url, part, on_progress)
        except _MirrorError as error:
            failures.append(f"{url}: {error}")
            continue
        part.path.replace(target)
        part.forget()
        return target
    raise DataError("\n  ".join([f"{download.name} could not be fetched.", *failures]))


def mismatch(download: Download, path: Path) -> str | None:
    """Return how a file differs from what is expected of it, with both values; None if it does not."""
    if download.size is not None and path.stat().st_size != download.size:
        return f"{path.stat().st_size:,} bytes, expected {download.size:,}"
    for kind, expected in (("sha256", download.sha256), ("md5", download.md5)):
        if expected is not None:
            with path.open("rb") as stream:
                found = hashlib.file_digest(stream, kind)
            if found.hexdigest() != expected.lower():
                return f"its {kind.upper()} is {found.hexdigest()}, expected {expected.lower()}"
    return None


def by_hand(downloads: Sequence[Download]) -> str:
    """Return what to fetch with a browser: a line a file with name, addresses and checksum."""
    names = [PurePosixPath(each.name).name for each in downloads]
    return "\n  ".join(
        f"  {name}  {' or '.join(each.urls)}  ({each.checksum})"
        for name, each in zip(names, downloads, strict=True)
    )


class _MirrorError(Exception):
    """A mirror did not give the file; the next one may."""


class _AgainError(_MirrorError):
    """The mirror has another file than the beginning we hold; the next attempt starts over."""


class _Part:
    """A file that is not whole yet, and which version of what it is the beginning of."""

    def __init__(self, path: Path):
        self.path = path
        self._sidecar = path.with_name(path.name + ".json")

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def validator(self, url: str) -> str | None:
        """Return the ETag or date under which `url` gave this part."""
        try:
            kept = json.loads(self._sidecar.read_text(encoding="utf-8"))
            return str(kept["validator"]) if kept["url"] == url else None
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def begin(self, url: str, validator: str | None) -> None:
        """Start over with what `url` gives."""
        self.forget()
        if validator:
            kept = json.dumps({"url": url, "validator": validator})
            self._sidecar.write_text(kept, encoding="utf-8")

    def forget(self) -> None:
        self._sidecar.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)


def _from_mirror(download: Download, url: str, part: _Part, on_progress: Progress) -> None:
    """Bring `part` to its full length from one mirror and check it; cut connections are taken up again."""
    for _ in range(_RESUMES):
        before = part.size
        try:
            _transfer(download, url, part, on_progress)
        except _AgainError:
            part.forget()
            continue
        except _MirrorError:
            if part.size <= before:
                raise
            continue
        problem = mismatch(download, part.path)
        if problem is None:
            return
        part.forget()
        if not before:  # else the beginning we held may be to blame
            raise _MirrorError(problem)
    raise _MirrorError(f"the connection was cut {_RESUMES} times")


def _transfer(download: Download, url: str, part: _Part, on_progress: Progress) -> None:
    """Append to `part` what is missing of it, or write it anew where the server does not resume."""
    import http.client
    import urllib.error

    headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
    start, validator = part.size, part.validator(url)
    if start and validator:
        headers |= {"Range": f"bytes={start}-", "If-Range": validator}
    try:
        with _open(url, headers) as response:
            if response.status != http.HTTPStatus.PARTIAL_CONTENT:
                start = 0
                part.begin(url, _validator(response.headers))
            elif _range_start(response.headers) != start:
                raise _AgainError("it resumed elsewhere than asked")
            length = response.headers.get("Content-Length", "")
            total = start + int(length) if length.isdecimal() else download.size
            done = start
            with part.path.open("ab") as stream:
                while block := response.read1(_BLOCK):
                    done += len(block)
                    if download.size is not None and done > download.size:
                        break
                    _put(block, stream, part.path)
                    on_progress(done, total)
    except urllib.error.HTTPError as error:
        with error:
            gone = error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
            raise (_AgainError if gone else _MirrorError)(str(error)) from None
    except (urllib.error.URLError, http.client.HTTPException) as error:
        raise _MirrorError(str(getattr(error, "reason", "")) or repr(error)) from None
    except OSError as error:
        if error.filename is not None:  # our disk, not their network
            raise
        raise _MirrorError(str(error) or type(error).__name__) from None
    if download.size is not None and done > download.size:
        part.forget()
        raise _MirrorError(f"more than the {download.size:,} bytes expected")
    if total is not None and done < total:
        raise _MirrorError(f"cut off after {done:,} of {total:,} bytes")


def _put(block: bytes, stream: IO[bytes], path: Path) -> None:
    try:
        stream.write(block)
        stream.flush()
    except OSError as error:
        remedy = "Make room on the disk; what was fetched so far is kept."
        raise DataError(f"cannot be written ({error.strerror})", path=path, remedy=remedy) from None


def _open(url: str, headers: dict[str, str]) -> Any:
    """Open an address; redirections are held to the same rule as the address itself."""
    import urllib.request

    class Redirects(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, req: Any, fp: Any, code: Any, msg: Any, headers: Any, newurl: str) -> Any:
            _allow(newurl)
            return super().redirect_request(req, fp, code, msg, headers, newurl)

    _allow(url)
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - `_allow` checked the scheme
    return urllib.request.build_opener(Redirects).open(request, timeout=TIMEOUT)


def _allow(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise _MirrorError(f"{url!r} is not https")


def _validator(headers: Any) -> str | None:
    tag: str = headers.get("ETag") or ""
    if tag and not tag.startswith("W/"):
        return tag
    date: str | None = headers.get("Last-Modified")
    return date


def _range_start(headers: Any) -> int | None:
    match = _RANGE.match(headers.get("Content-Range", ""))
    return int(match[1]) if match else None
