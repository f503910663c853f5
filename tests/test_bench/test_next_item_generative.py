"""SID-SASRec: the next item told code by code, and the search for the likeliest."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bench.next_item import generative
from bench.next_item.generative import NEVER, Generative, behind, fit, numbered, spelled
from bench.next_item.roster import ROSTER
from kg.catalogue import Histories

NAMES = tuple(f"sid-sasrec-{n}{search}" for n in (3, 6) for search in ("", "-cbs", "-cbs-shared"))
needs_torch = pytest.mark.ctr

# Everybody goes round a circle of twelve items, a number each.
CIRCLE = Histories.pack([[(start + step) % 12 for step in range(8)] for start in range(12)])
TEXTS = "one two three four five six seven eight nine ten eleven twelve".split()


@pytest.fixture
def torch() -> Any:
    found = pytest.importorskip("torch", reason="sequence models need the extra `ctr`: make test-model")
    pytest.importorskip("torch_rechub", reason="sequence models need the extra `ctr`: make test-model")
    return found


def positions(*items: int) -> Any:
    return np.array(items, dtype=np.int32)


def test_codes_of_each_level_have_numbers_of_their_own() -> None:
    assert numbered(np.array([[0, 1, 0], [2, 0, 1]])).tolist() == [[1, 5, 6], [3, 4, 7]]


def test_a_row_of_items_is_told_as_their_codes_and_nothing_stays_nothing() -> None:
    items = np.array([[1, 5], [2, 4]])
    assert spelled(np.array([[2, 1, 0]]), items).tolist() == [[2, 4, 1, 5, 0, 0]]


def test_rows_of_the_roster_differ_by_layers_and_search() -> None:
    assert set(NAMES) < set(ROSTER)
    assert all(ROSTER[name].described and ROSTER[name].seeded for name in NAMES)


class Told:
    """A network that gives every code a fixed chance, whatever came before, by place in the item's codes."""

    def __init__(self, torch: Any, chances: list[list[float]]):
        self.torch, self.logits = torch, torch.tensor(chances).log()
        self.items = torch.nn.Embedding(self.logits.shape[1] + 1, self.logits.shape[1])
        with torch.no_grad():
            self.items.weight[1:] = torch.eye(self.logits.shape[1])

    def __call__(self, rows: Any, places: Any, unseen: Any) -> Any:
        return self.logits[(places + 1) % len(self.logits)][None]


def test_beginnings_see_what_was_told_and_themselves() -> None:
    last, places, unseen = behind(2, (2, 2))
    assert (last.tolist(), places.tolist()) == ([3, 5], [0, 1, 2, 3, 2, 3])
    assert (~unseen).astype(int).tolist() == [
        [1, 0, 0, 0, 0, 0],
        [1, 1, 0, 0, 0, 0],
        [1, 1, 1, 0, 0, 0],
        [1, 1, 1, 1, 0, 0],
        [1, 1, 0, 0, 1, 0],
        [1, 1, 0, 0, 1, 1],
    ]


def test_before_the_first_code_the_last_that_was_told_is_what_counts() -> None:
    last, places, unseen = behind(3, (1, 0))
    assert (last.tolist(), places.tolist(), unseen.shape) == ([2], [0, 1, 2], (3, 3))


@needs_torch
def test_many_beginnings_in_one_row_are_as_each_alone(torch: Any) -> None:
    found = fit(CIRCLE, 12, texts=TEXTS, layers=2, search="free", epochs=1)
    told, beginnings = found.items[[3, 4]].reshape(-1), found.items[[5, 9, 1], :2]
    together = found._after(told, beginnings)
    alone = [found._after(np.concatenate([told, each]), beginnings[:1, :0])[0] for each in beginnings]
    assert np.allclose(together, alone, atol=1e-5)


# Codes 1, 2 come first, 3, 4 second; (2, 4) is no item.
ITEMS = np.array([[1, 3], [1, 4], [2, 3]])
CHANCES = [[0.3, 0.5, 0.1, 0.1], [0.2, 0.1, 0.2, 0.5]]


@needs_torch
def test_an_item_has_the_product_of_the_chances_of_its_codes(torch: Any) -> None:
    found = Generative(Told(torch, CHANCES), ITEMS, "free", 0).scores(positions(0))
    assert np.exp(found).tolist() == pytest.approx([0.3 * 0.2, 0.3 * 0.5, 0.5 * 0.2])


@needs_torch
def test_of_codes_that_exist_the_chances_add_up_to_one(torch: Any) -> None:
    # First 1 and 2 share .3 to .5; behind 1 come 3 and 4 with .2 to .5, behind 2 only 3.
    found = Generative(Told(torch, CHANCES), ITEMS, "shared", 0).scores(positions(0))
    assert np.exp(found).tolist() == pytest.approx([0.375 * 2 / 7, 0.375 * 5 / 7, 0.625])


@needs_torch
def test_a_search_that_may_say_anything_loses_what_is_no_item(
    torch: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The two likeliest pairs are (2, 4) with .25, which is no item, and (1, 4) with .15.
    monkeypatch.setattr(generative, "BEAMS", 2)
    free, bound = (
        Generative(Told(torch, CHANCES), ITEMS, each, 0).scores(positions(0)) for each in ("free", "existing")
    )
    assert np.flatnonzero(free > NEVER).tolist() == [1]
    assert np.exp(bound[1:]).tolist() == pytest.approx([0.3 * 0.5, 0.5 * 0.2])
    assert bound[0] == NEVER


@needs_torch
def test_a_network_learns_what_comes_next_code_by_code(torch: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.next_item.generative.RATE", 1e-2)
    found = fit(CIRCLE, 12, texts=TEXTS, layers=2, search="shared", epochs=200)
    assert [int(found.scores(positions(n, n + 1, n + 2)).argmax()) for n in (4, 9)] == [7, 0]


@needs_torch
@pytest.mark.parametrize("search", ["free", "existing", "shared"])
def test_scores_are_finite_and_one_an_item(torch: Any, search: generative.Search) -> None:
    found = fit(CIRCLE, 12, texts=TEXTS, layers=1, search=search, epochs=1)
    for history in ((), (3,), tuple(range(12)) * 9):
        scores = found.scores(positions(*history))
        assert (scores.shape, scores.dtype, bool(np.isfinite(scores).all())) == ((12,), np.float32, True)


@needs_torch
def test_the_same_seed_gives_the_same_scores(torch: Any) -> None:
    first, again = (
        fit(CIRCLE, 12, texts=TEXTS, layers=1, search="existing", epochs=2, seed=3).scores(positions(1, 2))
        for _ in range(2)
    )
    assert first.tobytes() == again.tobytes()
