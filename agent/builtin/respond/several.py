"""Sentences on several requests that are answered as one list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from agent.headings import in_words

NONE_SHOWN = "None of those shown is; others that fit:"
_Stated = Sequence[Mapping[str, Any]]


def some_of_each(parts: Sequence[tuple[_Stated, _Stated]]) -> str:
    """Return what each of several requests is for: conditions, and what is ruled out of it.

    Those without conditions were chosen by their descriptions.
    """
    proved = [in_words(stated, none_of=ruled) for stated, ruled in parts if stated]
    if not proved:
        return "Some of each."
    return (
        f"Some of each: {'; '.join(proved)}{'; others by their descriptions' * (len(proved) < len(parts))}."
    )
