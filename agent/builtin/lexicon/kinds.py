"""Everyday words for kinds of items, and the labels that a catalogue may have for them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from agent.builtin.lexicon.load import tables

Form = Literal["describing", "noun", "wish"]
_MADE_FOR = "made for "
_MADE_AGAINST = "made against "
_IN_PLACE_OF = "in place of "
_FORMS: tuple[Form, ...] = ("noun", "wish")


class Kind(NamedTuple):
    """What a word says of an item: one of several sets of labels, the likeliest first; a set is meant whole.

    A "wish" says what an item should do to somebody ("make me laugh"), a "noun" names an item.
    """

    labels: tuple[tuple[str, ...], ...]
    form: Form


@cache
def kinds() -> Mapping[tuple[str, ...], Kind]:
    """Return the kinds by the words of their phrases."""
    found: dict[tuple[str, ...], Kind] = {}
    for section, phrases in tables("kinds").items():
        form: Form = next((each for each in _FORMS if section.startswith(f"{each} ")), "describing")
        if (labels := section.removeprefix(f"{form} "))[0].isupper():
            found |= {tuple(phrase.split()): Kind(_labels(labels), form) for phrase in phrases}
    return MappingProxyType(found)


@cache
def made_for() -> Mapping[str, tuple[str, ...]]:
    """Return the labels of what is made for a "child" and for a "teen"."""
    return _headed(_MADE_FOR)


@cache
def made_against() -> Mapping[str, tuple[str, ...]]:
    """Return the labels of what is rather not for an "elder"."""
    return _headed(_MADE_AGAINST)


@cache
def nearest_kinds() -> Mapping[str, tuple[str, ...]]:
    """Return the labels that stand in for a label where nothing of a domain has it, the nearest first."""
    headings = (
        s.removeprefix(_IN_PLACE_OF).partition(": ") for s in tables("kinds") if s.startswith(_IN_PLACE_OF)
    )
    return MappingProxyType({label: tuple(others.split(" | ")) for label, _, others in headings})


def _headed(start: str) -> Mapping[str, tuple[str, ...]]:
    headings = [s.removeprefix(start).partition(": ") for s in tables("audience") if s.startswith(start)]
    return MappingProxyType({who: tuple(labels.split(" | ")) for who, _, labels in headings})


@cache
def labels_of_kinds() -> frozenset[str]:
    """Return every label that a word may stand for, or that is made for somebody, or not."""
    said = [label for kind in kinds().values() for together in kind.labels for label in together]
    meant = (*made_for().values(), *made_against().values())
    return frozenset((*said, *(label for labels in meant for label in labels)))


def _labels(section: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(part.strip() for part in each.split(" + ")) for each in section.split(" | "))
