"""Entries of a mapping's TOML, checked: an error names the key, what came and what was expected."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from kg.errors import UsageError


@lru_cache(maxsize=4096)
def relation_name(header: str) -> str:
    """Return the name of the relation that a header stands for: 'Grape variety' -> 'grape_variety'."""
    return re.sub(r"\W+", "_", header.strip().lower()).strip("_")


def near(name: str, known: Iterable[str]) -> str:
    """Return "; did you mean …?" with the nearest of `known`, or nothing."""
    close = get_close_matches(name, list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else "."


def as_table(value: object, key: str, known: Iterable[str] | None) -> dict[str, Any]:
    """Return a table whose keys are all `known`; None: any may come."""
    if not isinstance(value, dict):
        raise UsageError(f"{key} is {value!r}, expected a table: [{key}].")
    for name in value if known is not None else ():
        if name not in (names := list(known or ())):
            raise UsageError.unknown(f"key of [{key}]" if key else "table", name, names)
    return value


def as_word(value: object, key: str) -> str:
    """Return a text that is not empty, on one line."""
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f'{key} is {value!r}, expected a word: "…".')
    return " ".join(value.split())


def as_words(value: object, key: str) -> tuple[str, ...]:
    """Return a list of texts, each once."""
    if not isinstance(value, list):
        raise UsageError(f'{key} is {value!r}, expected a list of words: ["…", "…"].')
    return tuple(dict.fromkeys(as_word(each, key) for each in value))


def as_flag(value: object, key: str) -> bool:
    """Return what is either true or false."""
    if not isinstance(value, bool):
        raise UsageError(f"{key} is {value!r}, expected true or false.")
    return value


def as_count(value: object, key: str) -> int:
    """Return a number that counts."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise UsageError(f"{key} is {value!r}, expected a whole number, 0 or more.")
    return value
