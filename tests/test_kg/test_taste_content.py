"""Likeness by facts, by hand on the toy catalogue."""

from __future__ import annotations

from math import log, sqrt

import numpy as np
import pytest

from kg.graph import KnowledgeGraph
from kg.taste import content


@pytest.fixture
def found(toy: KnowledgeGraph) -> content.Content:
    return content.fit(toy.catalogue)


def scores(found: content.Content, *items: int) -> list[float]:
    return [float(score) for score in found.scores(np.array(items, dtype=np.int32))]


def test_an_item_is_most_like_itself(found: content.Content) -> None:
    assert scores(found, 2)[2] == pytest.approx(1, abs=1e-6) == max(scores(found, 2))


def test_two_items_share_their_rare_facts(found: content.Content) -> None:
    # "1": Ada Quill (3 of 6), Bo Lund (4), Drama (2), Mara Vance (2); "5": Ines Okafor (1), Bo Lund, Drama.
    one = sqrt(log(2) ** 2 + log(6 / 4) ** 2 + 2 * log(3) ** 2)
    five = sqrt(log(6) ** 2 + log(6 / 4) ** 2 + log(3) ** 2)
    shared = log(6 / 4) ** 2 + log(3) ** 2
    assert scores(found, 0)[4] == pytest.approx(shared / one / five, abs=1e-6)


def test_a_history_adds_up(found: content.Content) -> None:
    assert scores(found, 0, 2) == pytest.approx(np.add(scores(found, 0), scores(found, 2)), abs=1e-6)


def test_nothing_is_like_nothing(found: content.Content) -> None:
    assert scores(found) == [0.0] * 6
