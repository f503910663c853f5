"""Trained sequence models as scorers of the next item: SASRec and GRU4Rec (group G of arXiv 2503.05493)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bench.next_item.setting import BATCH, LENGTH, RATE
from bench.optional import library
from kg.catalogue import Histories, IntArray
from kg.taste.types import FloatArray

EXTRA = "ctr"
_STEEPEST = 1.0  # norm of a step's gradients


@dataclass(frozen=True, slots=True)
class Sequential:
    """A trained network; `learned` counts its numbers."""

    network: Any
    n_items: int
    length: int
    learned: int

    def scores(self, history: IntArray) -> FloatArray:
        """Return a score an item after a history, of which the latest choices count; 0 after none."""
        latest = np.asarray(history, dtype=np.int64)[-self.length :]
        if not len(latest):
            return np.zeros(self.n_items, dtype=np.float32)
        torch = library("torch", EXTRA)
        with torch.inference_mode():
            known = self.network(torch.from_numpy(latest + 1)[None])[0, -1]
            return np.array((self.network.items.weight[1:] @ known).numpy(), dtype=np.float32)


def fit(name: str, histories: Histories, n_items: int, *, epochs: int, seed: int = 0) -> Sequential:
    """Return a network of `bench.next_item.networks` taught to tell every next item of the histories.

    The loss is categorical cross-entropy over all items (eq. 7 of the paper). One thread, so that the same
    seed gives the same weights on the same machine.

    Raises:
        MissingLibraryError: the extra `ctr` is not installed.
    """
    torch = library("torch", EXTRA)
    library("torch_rechub", EXTRA)
    from bench.next_item.networks import NETWORKS

    torch.set_num_threads(1)
    rows = windows(histories, LENGTH + 1)
    with torch.random.fork_rng(devices=()):
        torch.manual_seed(seed)
        network = NETWORKS[name](n_items)
        teach(network, rows, np.random.default_rng(seed), epochs)
    learned = sum(each.numel() for each in network.parameters())
    return Sequential(network.eval(), n_items, LENGTH, learned)


def windows(histories: Histories, length: int) -> npt.NDArray[np.int64]:
    """Return histories cut from their ends into (n, length) item numbers from 1, 0 behind the end.

    A cut's last item is the first of the next, so that every item but the first of a history is once what
    comes next. Histories of one item teach nothing.
    """
    cut: list[npt.NDArray[np.int64]] = []
    for start, end in zip(histories.starts[:-1].tolist(), histories.starts[1:].tolist(), strict=True):
        while end - start > 1:
            cut.append(np.asarray(histories.items[max(start, end - length) : end], dtype=np.int64) + 1)
            end -= length - 1
    rows = np.zeros((len(cut), length), dtype=np.int64)
    for row, items in zip(rows, cut, strict=True):
        row[: len(items)] = items
    return rows


def teach(
    network: Any,
    rows: npt.NDArray[np.int64],
    rng: np.random.Generator,
    epochs: int,
    *,
    told: int = 1,
    rate: float | None = None,
) -> None:
    """Teach a network what comes next in rows of numbers, 0 behind the end; no loss for the first `told`."""
    torch = library("torch", EXTRA)
    optimizer = torch.optim.Adam(network.parameters(), lr=RATE if rate is None else rate)
    network.train()
    for _ in range(epochs):
        order = rng.permutation(len(rows))
        for start in range(0, len(order), BATCH):
            batch = torch.from_numpy(rows[order[start : start + BATCH]])
            wanted = batch[:, told:]
            known = network(batch[:, :-1])[:, told - 1 :][wanted != 0]
            loss = torch.nn.functional.cross_entropy(
                known @ network.items.weight[1:].T, wanted[wanted != 0] - 1
            )
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), _STEEPEST)
            optimizer.step()
