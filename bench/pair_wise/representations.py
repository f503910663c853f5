"""What an item is to a click model: an id, words of its title, or a vector; only where torch is there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from bench.pair_wise.networks import WIDTH
from kg.embedders import analyse

_SPREAD = 0.01  # of numbers that a table begins with
_WORDS = 12  # of a title


class Ids(nn.Module):
    """A vector an item, learned (group A)."""

    def __init__(self, n_items: int):
        super().__init__()
        self.table = _table(n_items)

    def forward(self) -> Tensor:
        """Return (items + 1, width): a vector an item, of none first."""
        return self.table.weight


class Words(nn.Module):
    """The mean of the vectors of a title's words, learned (group B; eq. 4)."""

    def __init__(self, titles: Sequence[str]):
        super().__init__()
        known: dict[str, int] = {}
        rows = np.zeros((len(titles) + 1, _WORDS), dtype=np.int64)
        for row, title in enumerate(titles, 1):
            words = [known.setdefault(word, len(known) + 1) for word in analyse(title)[:_WORDS]]
            rows[row, : len(words)] = words
        self.register_buffer("words", torch.from_numpy(rows))
        self.table = _table(len(known))

    def forward(self) -> Tensor:
        """Return (items + 1, width): a vector an item, of none first."""
        return self.table(self.words).sum(1) / (self.words != 0).sum(1, keepdim=True).clamp(min=1)


class Vectors(nn.Module):
    """A given vector an item, which is not learned, under a linear layer, which is (group C; eq. 5)."""

    def __init__(self, vectors: npt.NDArray[np.float32]):
        super().__init__()
        none = np.zeros((1, vectors.shape[1]), dtype=np.float32)
        self.register_buffer("vectors", torch.from_numpy(np.concatenate([none, vectors])))
        self.project = nn.Linear(vectors.shape[1], WIDTH, bias=False)

    def forward(self) -> Tensor:
        """Return (items + 1, width): a vector an item, of none first."""
        return self.project(self.vectors)


class Codes(nn.Module):
    """The mean of the learned vectors of an item's codes: its semantic identifier."""

    def __init__(self, codes: npt.NDArray[np.int64]):
        super().__init__()
        sizes = codes.max(axis=0) + 1
        numbers = codes + np.concatenate([[0], np.cumsum(sizes)[:-1]]) + 1
        none = np.zeros((1, codes.shape[1]), dtype=np.int64)
        self.register_buffer("codes", torch.from_numpy(np.concatenate([none, numbers])))
        self.table = _table(int(sizes.sum()))

    def forward(self) -> Tensor:
        """Return (items + 1, width): a vector an item, of none first."""
        return self.table(self.codes).mean(1)


class ClickModel(nn.Module):
    """A network over the mean of a history's vectors and the item's (eq. 2 and 3).

    What represents items is computed for all of them at once: a batch has most of them, and many times.
    Outside of training that is done once.
    """

    def __init__(self, represent: nn.Module, network: nn.Module):
        super().__init__()
        self.represent, self.network = represent, network
        self.kept: Tensor | None = None

    def train(self, mode: bool = True) -> ClickModel:
        """Go over to training or away from it; weights may change, so nothing is kept."""
        self.kept = None
        return super().train(mode)

    def forward(self, histories: Tensor, items: Tensor) -> Tensor:
        """Return (rows,) probabilities; numbers of items begin with 1, 0 fills histories."""
        vectors = self.represent() if self.kept is None else self.kept
        if not self.training:
            self.kept = vectors
        known = (histories != 0).unsqueeze(-1)
        looked_up = nn.functional.embedding(histories, vectors)
        user = (looked_up * known).sum(1) / known.sum(1).clamp(min=1)
        return self.network(torch.stack([user, nn.functional.embedding(items, vectors)], dim=1))


def _table(n: int) -> nn.Embedding:
    table = nn.Embedding(n + 1, WIDTH, padding_idx=0)
    nn.init.normal_(table.weight, std=_SPREAD)
    with torch.no_grad():
        table.weight[0] = 0
    return table
