"""Work in a forked process, so that any end of it can be told: a result, an error, a crash, a hang."""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from kg.errors import DataError, UsageError

_CRASHED = 70  # the exit status of a child that raised what no person can mend


class Came(NamedTuple):
    """What came of some work: its `result`, else the `error` a person would read; what it wrote to stderr.

    Both are None where it crashed; `hung` where it was not done in time.
    """

    result: Any
    error: str | None
    said: str
    hung: bool = False


def forked(work: Callable[[], Any], seconds: float) -> Came:
    """Do some work in a child of this process and wait for it at most so long; its result is sent as JSON."""
    reading, writing = os.pipe()
    with tempfile.TemporaryFile("w+b") as said:
        child = _fork()
        if not child:
            os.close(reading)
            os.dup2(said.fileno(), 2)
            os.dup2(2, 1)
            sys.stderr = sys.stdout = os.fdopen(2, "w", closefd=False)
            _work(work, writing)
        os.close(writing)
        data, hung = _read(reading, child, seconds)
        os.close(reading)
        said.seek(0)
        words = said.read().decode(errors="replace")
    told = json.loads(data) if data else {}
    return Came(told.get("result"), told.get("error"), words, hung)


def _fork() -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # threads that wait are no harm here
        return os.fork()


def _work(work: Callable[[], Any], writing: int) -> None:
    """Do the work, send what came of it and end without a word of the parent's."""
    status = 0
    try:
        try:
            told = {"result": work()}
        except (DataError, UsageError) as error:
            told = {"error": str(error)}
        except OSError as error:  # as `agent.terminal.run_app` says it
            told = {
                "error": f"{error.filename or 'a file'}: {error.strerror or error}\n  Check that it can be"
            }
        with os.fdopen(writing, "wb") as stream:
            stream.write(json.dumps(told).encode())
    except BaseException:
        traceback.print_exc()
        status = _CRASHED
    finally:
        sys.stderr.flush()
        os._exit(status)


def _read(reading: int, child: int, seconds: float) -> tuple[bytes, bool]:
    """Return what a child sent before it ended or its time was over, and whether that was so."""
    data, until = b"", time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        if select.select([reading], [], [], left)[0]:
            if not (part := os.read(reading, 1 << 20)):
                os.waitpid(child, 0)
                return data, False
            data += part
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return b"", True


def copied(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Return size, time and inode of every file of a folder, by where it is in it."""
    found = ((path, path.stat()) for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): (told.st_size, told.st_mtime_ns, told.st_ino)
        for path, told in found
    }
