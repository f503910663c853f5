"""Run `pip install` with one line that says how far it is; packages, megabytes and seconds at the end.

    python .ci/install.py WHAT CONSTRAINTS ARGUMENT...

Where it fails, what pip said last is shown.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import time
from collections import deque
from pathlib import Path

_KEPT = 30  # lines of pip that are shown where it fails
_PAUSE = 10.0  # seconds between lines where nobody looks
_WIDTH = 78
_WRITING = "Installing collected packages: "


def main(what: str, constraints: str, *arguments: str) -> int:
    """Install, and return pip's exit code."""
    begun = time.monotonic()
    before = _size()
    pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off"]
    line = _Line(f"{what}: ")
    said: deque[str] = deque(maxlen=_KEPT)
    with subprocess.Popen(
        [*pip, "--constraint", constraints, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as running:
        found = 0
        for each in running.stdout or ():
            said.append(each)
            word, _, rest = each.strip().partition(" ")
            if word == "Collecting":
                found += 1
                line.say(f"{found} packages found, {rest.split(' ')[0]}")
            elif each.startswith(_WRITING):
                line.say(f"writing {each.count(',') + 1} packages", at_once=True)
    if running.returncode:
        sys.stderr.write("\n" + "".join(said))
        return running.returncode
    size = _size()
    line.end(
        f"{size - before:,.0f} MB in {time.monotonic() - begun:.0f} s; the environment has {size:,.0f} MB"
    )
    return 0


class _Line:
    """A line that is written over on a terminal; elsewhere one now and then."""

    def __init__(self, head: str):
        self._head = head
        self._last = 0.0
        self._over = sys.stderr.isatty()

    def say(self, text: str, *, at_once: bool = False) -> None:
        now = time.monotonic()
        if self._over:
            sys.stderr.write("\r" + (self._head + text)[:_WIDTH].ljust(_WIDTH))
        elif at_once or now - self._last > _PAUSE:
            self._last = now
            sys.stderr.write(self._head + text + "\n")
        sys.stderr.flush()

    def end(self, text: str) -> None:
        self.say(text, at_once=True)
        if self._over:
            sys.stderr.write("\n")


def _size() -> float:
    """Return the megabytes of this environment's packages."""
    place = Path(sysconfig.get_path("purelib"))
    return sum(path.stat().st_size for path in place.rglob("*") if path.is_file()) / 1e6


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
