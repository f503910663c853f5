"""Parts of the world, and the countries of each: 'Scandinavian', 'Latin American'."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from agent.builtin.lexicon.load import tables


@cache
def regions() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Return the labels of the countries of a region, by the words of its names."""
    found = {
        tuple(phrase.split()): tuple(labels.split(" | "))
        for labels, phrases in tables("regions").items()
        for phrase in phrases
    }
    return MappingProxyType(found)


def regions_called(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Return all names of the region with these countries."""
    return tuple(" ".join(said) for said, held in regions().items() if held == labels)


@cache
def labels_of_regions() -> frozenset[str]:
    """Return the labels of all countries that a region stands for."""
    return frozenset(label for labels in regions().values() for label in labels)
