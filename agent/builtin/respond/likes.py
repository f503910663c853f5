"""Sentences on what is told to be liked, or of several kinds at once, beside a wish."""

from __future__ import annotations

from collections.abc import Sequence


def liked_first(names: Sequence[str]) -> str:
    """Return that what is by people or with them comes first."""
    if not names:
        return ""
    listed = " or ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
    return f"First what is by or with {listed}."


def listed_under_all(kinds: Sequence[Sequence[str]]) -> str:
    """Return that what is of several kinds at once is left out."""
    return " ".join(f"Left out what is listed under both {' and '.join(each)}." for each in kinds)
