"""`usher verify`: somebody's recommendation, checked at a terminal."""

from __future__ import annotations

import sys
from pathlib import Path

from kg.errors import DataError

MOST_CHARS = 100_000


def read_given(path: Path) -> str:
    """Return the text of a file, or of the standard input for `-`.

    Raises:
        DataError: it cannot be read, is empty or too long.
    """
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataError(str(error.strerror), path=path, remedy="Give a file with the answer, or -.") from None
    except UnicodeDecodeError as error:
        raise DataError(f"not UTF-8: {error}", path=path, remedy="Save it as UTF-8.") from None
    if not text.strip():
        raise DataError("the answer is empty", path=path, remedy="Give the text or the ids to check.")
    if len(text) > MOST_CHARS:
        problem = f"the answer has {len(text):,} characters, expected at most {MOST_CHARS:,}"
        raise DataError(problem, path=path, remedy="Give one answer at a time.")
    return text
