"""Subjects of stories and the words of descriptions that speak of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from agent.builtin.lexicon.load import tables


def related(word: str) -> tuple[str, ...]:
    """Return a word and those that speak of the same subject: 'trains' -> 'trains', 'railway' …."""
    return tuple(dict.fromkeys((word, *_subjects().get(word, ()))))


@cache
def _subjects() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in tables("themes")["subjects"]:
        said = tuple(line.split())
        found |= {word: said for word in said[:_NAMING] if word not in found}
    return MappingProxyType(found)


_NAMING = 40  # words of a line by which its subject may be named
