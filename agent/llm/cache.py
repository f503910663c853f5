"""Replies by what was asked: a file that many processes and threads may use at once.

The key is the SHA-256 of the request body as sent (model, parameters, messages, tool schemas), the base URL,
the number of the repeat and the epoch. What is stored first under a key stays.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any, Protocol

from agent.llm.errors import NotRecorded
from kg.errors import DataError
from kg.folders import private_file
from kg.store import home

FILE = "replies.sqlite"
_PACKED = ".gz"
_WAIT = 60.0  # seconds for another process to finish writing
_TABLE = """CREATE TABLE IF NOT EXISTS replies
  (key TEXT PRIMARY KEY, model TEXT NOT NULL, made TEXT NOT NULL, reply TEXT NOT NULL) WITHOUT ROWID"""


def key_of(body: dict[str, Any], base_url: str, repeat: int = 0, epoch: str = "") -> str:
    """Return the key of a request; the order of fields in the body does not matter."""
    asked = json.dumps([base_url, repeat, epoch, body], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()


class Replies(Protocol):
    """Where replies are kept."""

    def get(self, key: str) -> dict[str, Any] | None:
        """Return the reply under a key, None if there is none.

        Raises:
            NotRecorded: there is none, and none may be asked for.
        """
        ...

    def put(self, key: str, model: str, reply: dict[str, Any]) -> dict[str, Any]:
        """Keep a reply; return the one that counts, which is the first."""
        ...

    def refusals(self) -> set[str]:
        """Return the fields that are known to be refused from the start."""
        ...


class DiskCache:
    """Replies in an SQLite file; a connection an operation, so that threads and processes share nothing."""

    def __init__(self, path: Path | None = None):
        self.path = path or home() / FILE
        private_file(self.path)
        with self._open() as db:
            db.execute(_TABLE)

    def get(self, key: str) -> dict[str, Any] | None:
        """Return the reply under a key, None if there is none."""
        with self._open() as db:
            row = db.execute("SELECT reply FROM replies WHERE key = ?", (key,)).fetchone()
        return None if row is None else dict(json.loads(row[0]))

    def put(self, key: str, model: str, reply: dict[str, Any]) -> dict[str, Any]:
        """Keep a reply unless there is one under the key; return the one that is kept."""
        made = datetime.now(UTC).isoformat(timespec="seconds")
        text = json.dumps(reply, ensure_ascii=False)
        with self._open() as db:
            db.execute("INSERT OR IGNORE INTO replies VALUES (?, ?, ?, ?)", (key, model, made, text))
            kept = db.execute("SELECT reply FROM replies WHERE key = ?", (key,)).fetchone()
        return dict(json.loads(kept[0]))

    def refusals(self) -> set[str]:
        """Return nothing: the cache is for many models and servers, and each is found out anew."""
        return set()

    def write(self, keys: Iterable[str], path: Path, settings: Mapping[str, Any] | None = None) -> int:
        """Write the replies under these keys as a replay file, one a line, by key; return how many.

        Before them comes a line of the settings they were asked for with. A file named .gz is compressed.
        """
        wanted = sorted(set(keys))
        partial = path.with_name(f".{path.name}.partial")
        with self._open() as db, _writer(partial, packed=path.suffix == _PACKED) as stream:
            stream.write(json.dumps({"settings": settings or {}}) + "\n")
            for key in wanted:
                row = db.execute("SELECT model, reply FROM replies WHERE key = ?", (key,)).fetchone()
                if row is None:
                    raise DataError(f"no reply under {key}", path=self.path, remedy="Run it again first.")
                line = {"key": key, "model": row[0], "reply": json.loads(row[1])}
                stream.write(json.dumps(line, ensure_ascii=False) + "\n")
        partial.replace(path)
        return len(wanted)

    def read(self, path: Path) -> int:
        """Take in the replies of a replay file; return how many it holds."""
        rows = list(_lines(path))
        made = datetime.now(UTC).isoformat(timespec="seconds")
        with self._open() as db:
            db.executemany(
                "INSERT OR IGNORE INTO replies VALUES (?, ?, ?, ?)",
                [(r["key"], r["model"], made, json.dumps(r["reply"], ensure_ascii=False)) for r in rows],
            )
        return len(rows)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            db = sqlite3.connect(self.path, timeout=_WAIT)
            try:
                with db:
                    yield db
            finally:
                db.close()
        except sqlite3.DatabaseError as error:
            raise DataError(
                f"the cache of replies cannot be used ({error})",
                path=self.path,
                remedy="Move the file away; replies are then asked for again.",
            ) from error


class Replay:
    """The replies of a replay file, and no others: nothing is asked of a server."""

    def __init__(self, path: Path):
        self.path = path
        self.settings: dict[str, Any] = _head(path)
        self._replies = {row["key"]: row["reply"] for row in _lines(path)}

    def get(self, key: str) -> dict[str, Any]:
        """Return the reply under a key."""
        if key not in self._replies:
            raise NotRecorded(
                f"{self.path} holds no reply to a request of this run ({key[:12]}…; it holds"
                f" {len(self._replies):,}).\n  A replay needs the run as it was recorded: the same queries,"
                " catalogue, model, server, settings and prompts. Or run it without --replay."
            )
        return dict(self._replies[key])

    def put(self, key: str, model: str, reply: dict[str, Any]) -> dict[str, Any]:
        """Return the reply: a replay takes none in."""
        return reply

    def refusals(self) -> set[str]:
        """Return what was refused: threads that come in another order need not find it out again."""
        return {reply["refused"] for reply in self._replies.values() if "refused" in reply}


def _head(path: Path) -> dict[str, Any]:
    """Return the settings that a replay was recorded with."""
    if not path.is_file():
        raise DataError("there is no such replay file", path=path, remedy="Write one with --record FILE.")
    with _reader(path) as stream:
        try:
            return dict(json.loads(stream.readline())["settings"])
        except (ValueError, KeyError, TypeError):
            raise DataError(
                "not a replay file: its first line holds no settings",
                path=path,
                line=1,
                remedy="Write one with --record FILE.",
            ) from None


def _reader(path: Path) -> IO[str]:
    if path.suffix != _PACKED:
        return path.open(encoding="utf-8", errors="replace")
    try:
        return io.StringIO(gzip.decompress(path.read_bytes()).decode("utf-8", "replace"))
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(
            f"cannot be unpacked ({error})", path=path, remedy="Write it again with --record FILE."
        ) from error


@contextmanager
def _writer(path: Path, *, packed: bool) -> Iterator[IO[str]]:
    """Open a file to write; a packed one has no name and time: the same lines are the same bytes."""
    with path.open("wb") as raw, ExitStack() as stack:
        below = stack.enter_context(gzip.GzipFile("", "wb", fileobj=raw, mtime=0)) if packed else raw
        yield stack.enter_context(io.TextIOWrapper(below, encoding="utf-8", newline="\n"))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    _head(path)
    with _reader(path) as stream:
        for number, text in islice(enumerate(stream, 1), 1, None):
            try:
                row = json.loads(text)
                whole = isinstance(row["reply"], dict) and isinstance(row["key"] + row["model"], str)
            except (ValueError, KeyError, TypeError):
                whole = False
            if not whole:
                raise DataError(
                    "not a line of a replay file",
                    path=path,
                    line=number,
                    remedy='Every line is {"key", "model", "reply"}; write the file again with --record.',
                )
            yield row
