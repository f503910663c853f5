"""Conditions in words that a person would say: 'Westerns from the 1960s, but none with John Wayne'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from agent.condition_phrases import (
    Stated,
    Words,
    any_kind,
    by_relation,
    is_attribute,
    is_year,
    kind,
    noun_of,
    of_years,
    phrase,
)
from agent.phrasing import PASSIVE, listed
from kg.relations import KINDS
from kg.types import Kind


def in_words(
    conditions: Sequence[Mapping[str, Any]],
    units: Mapping[str, str] | None = None,
    none_of: Sequence[Mapping[str, Any]] = (),
) -> str:
    """Return conditions as data as a noun phrase, where nothing but them is known: 'comedies with A'.

    `units` are those of what is compared; `none_of` is ruled out.
    """
    stated = [Stated.of(each) for each in conditions]
    flags = {
        each.relation: Kind.FLAG if each.op == "is" else Kind.CATEGORY
        for each in stated
        if each.value in ("yes", "no")
    }
    compared_too = {each.relation: Kind.NUMBER for each in stated if each.relation in (units or {})}
    words = Words(kinds={**KINDS, **compared_too, **flags}, units=units or {})
    ruled_out = [Stated.of(each) for each in none_of]
    return heading(stated, none_of=ruled_out, noun=noun_of(stated, "titles"), words=words)


def heading(
    all_of: Sequence[Stated],
    any_of: Sequence[Stated] = (),
    none_of: Sequence[Stated] = (),
    *,
    noun: str = "titles",
    words: Words = Words(),
) -> str:
    """Return conditions as a noun phrase, lower case: 'films directed by Billy Wilder, from the 1950s'."""
    attributes = [each for each in all_of if is_attribute(each, words)]
    years = [each for each in all_of if is_year(each, words)]
    others = [each for each in all_of if each not in attributes and each not in years]
    of_kinds = any(is_attribute(each, words) for each in any_of) and not attributes
    apart = of_kinds or (" and " in noun and not all_of)  # films by X or books by Y
    either = [_phrase_either(any_of, words)] if any_of and not apart else []
    head = _alternatives(any_of, noun, words) if any_of and apart else kind(attributes, noun)
    phrases = [*_phrases(others, words), *either]
    told = " ".join([head, *phrases])
    if years:
        told += f"{',' if phrases else ''} {of_years(years)}"
    without = [_without(group, noun, words) for group in by_relation(none_of)]
    return told + (f", but {listed(without)}" if without else "")


def _is_of_kinds(conditions: Sequence[Stated], words: Words) -> bool:
    return bool(conditions) and all(is_attribute(each, words) for each in conditions)


def _alternatives(any_of: Sequence[Stated], noun: str, words: Words) -> str:
    """Return kinds and others to choose from: 'westerns or musicals', 'westerns, or films with A'."""
    kinds = [each for each in any_of if is_attribute(each, words)]
    others = [each for each in any_of if each not in kinds]
    told = [any_kind(kinds, noun)] if kinds else []
    return ", or ".join([*told, _either(others, noun, words)] if others else told)


def _phrases(conditions: Sequence[Stated], words: Words) -> list[str]:
    """Return what is said after the noun; who made it last, as others may follow: 'with A, directed by B'."""
    found = by_relation(conditions)
    passive = [group for group in found if group[0].relation in PASSIVE and group[0].relation != "author"]
    rest = [phrase(group, words) for group in found if group not in passive]
    return [*rest, *([_passives(passive)] if passive else [])]


def _passives(groups: Sequence[Sequence[Stated]]) -> str:
    """Return 'directed by X and scored by Y'; who did several things is named once."""
    by_name: dict[str, list[str]] = {}
    for group in groups:
        names = listed([each.value for each in group])
        by_name.setdefault(names, []).append(PASSIVE[group[0].relation].removesuffix(" by"))
    return listed([f"{listed(verbs)} by {names}" for names, verbs in by_name.items()])


def _either(any_of: Sequence[Stated], noun: str, words: Words) -> str:
    """Return alternatives with their nouns: 'films directed by X or books by Y'."""
    if " and " not in noun:
        return f"{noun} {_phrase_either(any_of, words)}"
    found = by_relation(any_of)
    return " or ".join(f"{noun_of(group, noun)} {phrase(group, words, 'or')}" for group in found)


def _phrase_either(any_of: Sequence[Stated], words: Words) -> str:
    """Return alternatives: 'directed by X or Y', 'with X or from Spain'."""
    found = by_relation(any_of)
    several = any(len(group) > 1 for group in found)
    return (", or " if several else " or ").join(phrase(group, words, "or") for group in found)


def _without(group: Sequence[Stated], noun: str, words: Words) -> str:
    if _is_of_kinds(group, words):
        return f"no {any_kind(group, noun)}"
    return f"none {phrase(group, words, 'or')}"
