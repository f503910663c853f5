"""What was found out of servers, kept over processes: a small file below `USHER_HOME`.

An entry is keyed by a hash of the base URL and the model, and holds what the server refuses or drops, the
mode that fits and the day; no address, no name, no key. It is forgotten after `DAYS`, and by `usher models
check`, which writes the mode anew. A file that cannot be read holds nothing and is written again.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_args

from agent.llm.refusals import KEPT
from agent.llm.settings import Mode, Settings
from kg.folders import private_file
from kg.store import home

FILE = "servers.json"
DAYS = 7
_MOST = 200  # servers and models; the oldest give way
_LOCK = threading.Lock()


def today() -> date:
    """Return the day in UTC."""
    return datetime.now(UTC).date()


class Remembered:
    """What is known of one model on one server."""

    def __init__(self, model: str, settings: Settings, day: Callable[[], date] = today):
        self._key = hashlib.sha256(f"{settings.public_url}\n{model}".encode()).hexdigest()
        self._day = day

    def refused(self) -> frozenset[str]:
        """Return what the server refuses or drops."""
        return frozenset(self._entry().get("refused", ())) & KEPT

    def mode(self) -> Mode | None:
        """Return the mode that `usher models check` found to fit; None if it was not asked lately."""
        return self._entry().get("mode")

    def add(self, refused: str) -> None:
        """Keep that the server refuses something; what depends on one request alone is not kept."""
        if refused in KEPT:
            self._write({"refused": sorted({*self.refused(), refused})})

    def settle(self, mode: Mode) -> None:
        """Keep the mode that fits."""
        self._write({"mode": mode})

    def forget(self, refused: str | None = None) -> None:
        """Forget that the server refuses something; everything where nothing is named."""
        if refused is None:
            self._write(None)
        elif refused in self.refused():
            self._write({"refused": sorted(self.refused() - {refused})})

    def _entry(self) -> dict[str, Any]:
        return _read(self._day()).get(self._key, {})

    def _write(self, told: dict[str, Any] | None) -> None:
        with _LOCK, suppress(OSError):  # a turn goes on where nothing can be kept
            entries = _read(self._day())
            before = entries.pop(self._key, {})
            if told is None and not before:
                return
            if told is not None:
                entries[self._key] = {**before, **told, "found": self._day().isoformat()}
            _replace(dict(list(entries.items())[-_MOST:]))


def _read(day: date) -> dict[str, dict[str, Any]]:
    """Return the entries that are whole and recent, the oldest first."""
    try:
        told = json.loads((home() / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return (
        {key: entry for key, entry in told.items() if _is_whole(entry, day)} if isinstance(told, dict) else {}
    )


def _is_whole(entry: Any, day: date) -> bool:
    try:
        age = (day - date.fromisoformat(entry["found"])).days
        refused, mode = entry.get("refused", []), entry.get("mode")
        known = isinstance(refused, list) and all(isinstance(each, str) for each in refused)
        return known and mode in (None, *get_args(Mode)) and 0 <= age < DAYS
    except (TypeError, ValueError, KeyError, AttributeError):
        return False


def _replace(entries: dict[str, dict[str, Any]]) -> None:
    """Write all entries at once: another process reads the old file or the new one."""
    partial = private_file(Path(f"{home() / FILE}.{os.getpid()}"))
    partial.write_text(json.dumps(entries, indent=1), encoding="utf-8")
    partial.replace(home() / FILE)
