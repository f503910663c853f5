"""SASRec and GRU4Rec as systems of the next item, where torch is there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bench.next_item.roster import ROSTER
from bench.next_item.sequences import fit, windows
from kg.catalogue import Histories

NAMES = ("sasrec-3", "sasrec-6", "rechub-sasrec-3", "gru4rec")
needs_torch = pytest.mark.ctr


@pytest.fixture
def torch() -> Any:
    found = pytest.importorskip("torch", reason="sequence models need the extra `ctr`: make test-model")
    pytest.importorskip("torch_rechub", reason="sequence models need the extra `ctr`: make test-model")
    return found


def positions(*items: int) -> Any:
    return np.array(items, dtype=np.int32)


# Everybody goes round a circle of twelve items.
CIRCLE = Histories.pack([[(start + step) % 12 for step in range(8)] for start in range(12)])


def test_windows_are_cut_from_the_end_and_overlap_by_one() -> None:
    found = windows(Histories.pack([[0, 1, 2, 3, 4], [7], [], [5, 6]]), 3)
    assert found.tolist() == [[3, 4, 5], [1, 2, 3], [6, 7, 0]]


def test_every_item_but_the_first_is_once_what_comes_next() -> None:
    history = list(range(23))
    nexts = [item - 1 for row in windows(Histories.pack([history]), 5).tolist() for item in row[1:] if item]
    assert sorted(nexts) == history[1:]


@needs_torch
@pytest.mark.parametrize("name", NAMES)
def test_a_network_learns_what_comes_next(torch: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.next_item.sequences.RATE", 1e-2)
    found = fit(name, CIRCLE, 12, epochs=40)
    assert [int(found.scores(positions(n, n + 1, n + 2)).argmax()) for n in (4, 9)] == [7, 0]


@needs_torch
@pytest.mark.parametrize("name", NAMES)
def test_scores_are_finite_and_one_an_item(torch: Any, name: str) -> None:
    found = fit(name, CIRCLE, 12, epochs=1)
    for history in ((), (3,), tuple(range(12)) * 9):
        scores = found.scores(positions(*history))
        assert (scores.shape, scores.dtype, bool(np.isfinite(scores).all())) == ((12,), np.float32, True)


@needs_torch
@pytest.mark.parametrize("name", NAMES)
def test_what_comes_later_changes_nothing_before(torch: Any, name: str) -> None:
    network = fit(name, CIRCLE, 12, epochs=1).network
    with torch.inference_mode():
        short = network(torch.tensor([[1, 2, 3]]))
        padded = network(torch.tensor([[1, 2, 3, 0, 0]]))
        longer = network(torch.tensor([[1, 2, 3, 9, 4]]))
    assert torch.allclose(short[0], padded[0, :3], atol=1e-6)
    assert torch.allclose(short[0], longer[0, :3], atol=1e-6)


@needs_torch
def test_a_history_counts_by_its_latest_choices(torch: Any) -> None:
    found = fit("gru4rec", CIRCLE, 12, epochs=1)
    latest = [n % 12 for n in range(50)]
    first, second = found.scores(positions(*latest)), found.scores(positions(7, 7, *latest))
    assert first.tobytes() == second.tobytes()


@needs_torch
def test_the_same_seed_gives_the_same_scores_and_another_does_not(torch: Any) -> None:
    first, again, other = (
        fit("sasrec-3", CIRCLE, 12, epochs=1, seed=seed).scores(positions(1, 2)) for seed in (3, 3, 4)
    )
    assert first.tobytes() == again.tobytes() != other.tobytes()


@needs_torch
def test_ours_has_as_many_layers_as_its_name_says(torch: Any) -> None:
    three, six = (fit(name, CIRCLE, 12, epochs=0).learned for name in ("sasrec-3", "sasrec-6"))
    wide = 32
    attention, forward, norms = 4 * wide * (wide + 1), 2 * wide * 4 * wide + 5 * wide, 2 * 2 * wide
    assert six - three == 3 * (attention + forward + norms)


def test_the_library_s_row_takes_the_parameters_of_ours() -> None:
    assert ROSTER["rechub-sasrec-3"].like == "sasrec-3"
    assert set(NAMES) < set(ROSTER)
