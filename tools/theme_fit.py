"""How far items are what some words say, as a wish beside likeness: a kind, a mood or a theme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from kg.graph import Positions
from kg.taste.types import FloatArray
from tools.knowledge import Knowledge
from tools.moods import Mood
from tools.theme import SURELY, opposed, relative, theme
from tools.theme_moods import feeling
from tools.theme_words import Wanted, taken_apart

_NOT_OPPOSED = 0.5  # of a mood, where an item is of no kind that is opposed to it


class Fit(NamedTuple):
    """How far every item is what some words say: `shares` (n_items,) float32, 0 to 1.

    If the words say `kinds` and nothing else, it is the share of these that an item has. It is `sure` where
    tags tell of the words, so that an item of share 0 has nothing of them. Of what there should be `less` the
    share is what an item has not of it.
    """

    shares: FloatArray
    kinds: int = 0
    sure: bool = False
    less: bool = False


def fit(knowledge: Knowledge, text: str, among: Positions | None = None) -> Fit:
    """Return how far every item is what some words say.

    An item has a kind or not, named or one of those that a mood stands for; of the rest it has more or less.
    Of items `among` which is looked the tags are read for moods: what these say is so, whatever its kinds.
    """
    wanted = taken_apart(text)
    found = theme(knowledge, text)
    suited = relative(found.scores)
    named = [[kind] for group in wanted.groups for kind in group.stems if kind in knowledge.kinds]
    felt = [mood for mood in wanted.moods if any(kind in knowledge.kinds for kind in mood.kinds)]
    if not (named or felt):
        return Fit(suited, sure=found.about is not None and found.about >= SURELY)
    single = [group for group in wanted.groups if not group.together]
    if len(named) >= len(single) and all(len(_kinds_here(knowledge, mood)) == 1 for mood in felt):
        had = [_of_kinds(knowledge, kinds) for kinds in named]
        had += [_of_one_kind(knowledge, mood, among) for mood in felt]
        return Fit(np.mean(had, axis=0), len(had))
    half = np.asarray((suited + 1) / 2, dtype=np.float32)
    shares = np.minimum.reduce([_of_kinds(knowledge, kinds) * half for kinds in named], initial=1)
    for mood in felt:
        shares = np.minimum(shares, _felt(knowledge, mood, half, wanted, among))
    return Fit(np.asarray(shares, dtype=np.float32))


def _of_one_kind(knowledge: Knowledge, mood: Mood, among: Positions | None) -> FloatArray:
    """Return which items are of the kind of a mood, or have a tag that says it: 'witty' books are funny."""
    had = _of_kinds(knowledge, _kinds_here(knowledge, mood))
    if among is not None:
        had[feeling(knowledge, mood, among)] = 1
    return had


def _kinds_here(knowledge: Knowledge, mood: Mood) -> list[str]:
    return [kind for kind in mood.kinds if kind in knowledge.kinds]


def _of_kinds(knowledge: Knowledge, kinds: Sequence[str]) -> FloatArray:
    """Return which items are of one of some kinds, (n_items,) float32, 1 or 0."""
    had = np.zeros(len(knowledge.graph.catalogue.items), dtype=np.float32)
    for kind in kinds:
        had[knowledge.kinds[kind]] = 1
    return had


def _felt(
    knowledge: Knowledge, mood: Mood, suited: FloatArray, wanted: Wanted, among: Positions | None
) -> FloatArray:
    """Return how far items are of a mood: by kinds and words, and wholly where a tag says it."""
    shares = _of_kinds(knowledge, _kinds_here(knowledge, mood)) * suited
    if len(unlike := opposed(knowledge, wanted)):
        shares = np.maximum(shares, _NOT_OPPOSED)
        shares[unlike] = 0
    if among is not None:
        shares[feeling(knowledge, mood, among)] = 1
    return np.asarray(shares, dtype=np.float32)
