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
    """A vector an item, learned (group A). Number 0 is no item."""

    def __init__(self, n_items: int):
        super().__init__()
        self.table = _table(n_items)

    def forward(self, items: Tensor) -> Tensor:
        """Return (…, width) vectors of item numbers, from 1."""
        return self.table(items)


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

    def forward(self, items: Tensor) -> Tensor:
        """Return (…, width) vectors of item numbers, from 1."""
        words = self.words[items]
        return self.table(words).sum(-2) / (words != 0).sum(-1, keepdim=True).clamp(min=1)


class Vectors(nn.Module):
    """A given vector an item, which is not learned, under a linear layer, which is (group C; eq. 5)."""

    def __init__(self, vectors: npt.NDArray[np.float32]):
        super().__init__()
        none = np.zeros((1, vectors.shape[1]), dtype=np.float32)
        self.register_buffer("vectors", torch.from_numpy(np.concatenate([none, vectors])))
        self.project = nn.Linear(vectors.shape[1], WIDTH, bias=False)

    def forward(self, items: Tensor) -> Tensor:
        """Return (…, width) vectors of item numbers, from 1."""
        return self.project(self.vectors[items])


class ClickModel(nn.Module):
    """A network over the mean of a history's vectors and the item's (eq. 2 and 3)."""

    def __init__(self, represent: nn.Module, network: nn.Module):
        super().__init__()
        self.represent, self.network = represent, network

    def forward(self, histories: Tensor, items: Tensor) -> Tensor:
        """Return (rows,) probabilities; numbers of items begin with 1, 0 fills histories."""
        vectors = self.represent(histories)
        known = (histories != 0).unsqueeze(-1)
        user = (vectors * known).sum(1) / known.sum(1).clamp(min=1)
        return self.network(torch.stack([user, self.represent(items)], dim=1))


def _table(n: int) -> nn.Embedding:
    table = nn.Embedding(n + 1, WIDTH, padding_idx=0)
    nn.init.normal_(table.weight, std=_SPREAD)
    with torch.no_grad():
        table.weight[0] = 0
    return table
