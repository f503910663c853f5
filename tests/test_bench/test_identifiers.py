"""Semantic identifiers: codes of items by residual k-means of their vectors."""

from __future__ import annotations

import numpy as np
import pytest

from bench.identifiers import LEVELS, SIZE, identifiers


def vectors(*rows: tuple[float, ...]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.array(rows, dtype=np.float32)


def test_items_of_one_vector_share_all_codes_but_the_last_which_counts_them() -> None:
    found = identifiers(vectors((1, 0), (0, 1), (1, 0), (1, 0)))
    assert found[:, -1].tolist() == [0, 0, 1, 2]
    assert (found[[2, 3], :-1] == found[0, :-1]).all()
    assert (found[1, :-1] != found[0, :-1]).any()


def test_no_two_items_have_the_same_codes() -> None:
    rng = np.random.default_rng(5)
    found = identifiers(rng.normal(size=(900, 8)).astype(np.float32))
    assert len({tuple(row) for row in found.tolist()}) == 900
    assert found.shape == (900, LEVELS + 1)
    assert found[:, :LEVELS].max() < SIZE


def test_what_is_near_shares_its_first_code_and_what_is_far_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.identifiers.SIZE", 2)
    found = identifiers(vectors((0, 0), (0, 1), (9, 9), (9, 8)))
    first = found[:, 0]
    assert (first[0] == first[1], first[2] == first[3], first[0] == first[2]) == (True, True, False)


def test_the_second_code_tells_what_the_first_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.identifiers.SIZE", 2)
    # Centres (0, .5) and (9, 8.5) leave ±.5 of the second number, alike on both sides.
    found = identifiers(vectors((0, 0), (0, 1), (9, 8), (9, 9)))
    second = found[:, 1]
    assert (second[0] == second[2], second[1] == second[3], second[0] == second[1]) == (True, True, False)


def test_the_same_seed_gives_the_same_codes() -> None:
    rows = np.random.default_rng(1).normal(size=(300, 6)).astype(np.float32)
    assert identifiers(rows, 3).tobytes() == identifiers(rows, 3).tobytes()
