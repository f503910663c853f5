"""The word lists of themes: their lines, and phrases for subjects by how they are said."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from kg.stems import raw
from kg.text import fold

_FOLDER = Path(__file__).parent


def lines(name: str) -> list[str]:
    """Return the lines of a word list, without comments."""
    text = (_FOLDER / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def spoken_phrases() -> Mapping[tuple[str, ...], str]:
    """Return the line of a subject by each way to say it, in folded words."""
    found: dict[tuple[str, ...], str] = {}
    for line in lines("phrases.txt"):
        for phrase in line.partition(":")[0].split("/"):
            found.setdefault(tuple(map(fold, raw(phrase))), line)
    return MappingProxyType(found)


@cache
def asking_words() -> frozenset[str]:
    """Return words that ask, or hold others together, and say nothing of what is asked for; folded."""
    return frozenset(word for line in lines("asking_words.txt") for word in line.split())
