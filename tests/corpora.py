"""Corpora of the tests: what a section means, `== MEANING`, and lines that mean it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest


def lines(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the meaning of a section and one of its lines; empty lines and comments are skipped."""
    meaning = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            meaning = line[3:]
        elif line and not line.startswith("#"):
            yield meaning, line


def each_of(*paths: Path) -> pytest.MarkDecorator:
    """Run a test for every line of corpora, as `meaning` and `text`."""
    rows = [row for path in paths for row in lines(path)]
    return pytest.mark.parametrize(("meaning", "text"), rows, ids=[text for _, text in rows])
