"""What identifies a run: the commit it ran at, and a short name for all that decides its results."""

from __future__ import annotations

import hashlib
import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def commit() -> str:
    """Return the commit of the checkout, with a mark if it was changed since; 'unknown' outside of one."""
    here = Path(__file__).parent
    described = ["git", "-C", str(here), "describe", "--always", "--dirty", "--exclude=*"]
    try:
        found = subprocess.run(  # noqa: S603
            described, capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    return found.stdout.strip()


def short(identity: dict[str, Any]) -> str:
    """Return eight hexadecimal digits of the hash of a run's identity."""
    return hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()[:8]


def times(start: datetime) -> dict[str, str]:
    """Return when a run was last started and ended, which is now; in UTC."""
    return {
        "last_started": start.isoformat(timespec="seconds"),
        "last_ended": datetime.now(UTC).isoformat(timespec="seconds"),
    }
