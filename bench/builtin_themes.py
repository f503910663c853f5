"""Everyday themes of well-known films and books, and how many of them the built-in catalogue tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from kg.stems import raw, stem
from tools.theme_phrases import Stems, phrases_in, singulars

_LIST = Path(__file__).with_name("builtin_themes.txt")


class Known(NamedTuple):
    """An item that is about a theme: its file has `films` or `books` for a name."""

    theme: str
    kind: str
    title: str
    year: str


def known() -> Iterator[Known]:
    """Yield what is known of everyday themes: general knowledge, written apart from the catalogue's lines."""
    theme = ""
    for line in _LIST.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            theme = line.removeprefix("== ")
        elif line and not line.startswith("#"):
            kind, year, title = line.split(" ", 2)
            yield Known(theme, kind, title, year)


def ways(theme: str) -> tuple[Stems, ...]:
    """Return how a theme may be told, without the endings of plurals."""
    said = raw(theme)
    phrases = phrases_in(said, [stem(word) for word in said])
    return phrases[0][1] if 0 in phrases else (singulars(said),)


def tells(themes: Sequence[str], theme: str) -> bool:
    """Tell whether one of an item's themes has all words of a way to tell a theme."""
    told = [set(singulars(raw(each))) for each in themes]
    return any(set(way) <= each for way in ways(theme) for each in told)


def told(items: Mapping[tuple[str, str, str], Sequence[str]]) -> list[tuple[Known, bool]]:
    """Return for all that is known whether an item, by kind, title and year, tells it."""
    return [(each, tells(items.get(each[1:], ()), each.theme)) for each in known()]
