"""Sequence models over item numbers, 0 behind the end; imported only where torch is there.

A network takes (rows, length) numbers and returns (rows, length, width): what is known after each place, to
be compared with the items' vectors.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from bench.next_item.setting import DROPOUT, HEADS, LENGTH, WIDTH


class SasRec(nn.Module):
    """Self-attention over what was chosen so far (Kang & McAuley 2018), norm before each layer."""

    def __init__(self, n_items: int, layers: int, length: int = LENGTH, dropout: float = DROPOUT):
        super().__init__()
        self.items = _vectors(n_items)
        self.places = nn.Parameter(torch.randn(length, WIDTH) * 0.02)
        self.drop = nn.Dropout(dropout)
        self.layers = nn.ModuleList(
            nn.TransformerEncoderLayer(
                WIDTH, HEADS, 4 * WIDTH, dropout, "gelu", batch_first=True, norm_first=True
            )
            for _ in range(layers)
        )
        self.last = nn.LayerNorm(WIDTH)

    def forward(self, rows: Tensor, places: Tensor | None = None, unseen: Tensor | None = None) -> Tensor:
        """Return what is known after each place.

        `places` are where the numbers stand, in order if None; `unseen` (length, length) says what each does
        not see, what is later if None.
        """
        length = rows.shape[1]
        at = self.places[:length] if places is None else self.places[places]
        known = self.drop(self.items(rows) * WIDTH**0.5 + at)
        if unseen is None:
            unseen = torch.ones(length, length, dtype=torch.bool).triu(1)
        for layer in self.layers:
            known = layer(known, src_mask=unseen)
        return self.last(known)


class Gru4Rec(nn.Module):
    """A gated recurrent unit over what was chosen so far (Hidasi et al. 2016)."""

    def __init__(self, n_items: int):
        super().__init__()
        self.items = _vectors(n_items)
        self.drop = nn.Dropout(DROPOUT)
        self.unit = nn.GRU(WIDTH, 2 * WIDTH, batch_first=True)
        self.last = nn.Linear(2 * WIDTH, WIDTH)

    def forward(self, rows: Tensor) -> Tensor:
        """Return what is known after each place."""
        return self.last(self.drop(self.unit(self.drop(self.items(rows)))[0]))


class RechubSasRec(nn.Module):
    """torch-rechub's SASRec, its own layers; it wants two rows and two places at least."""

    def __init__(self, n_items: int, layers: int):
        super().__init__()
        from torch_rechub.basic.features import SequenceFeature
        from torch_rechub.models.matching import SASRec

        shared: dict[str, Any] = {"vocab_size": n_items + 1, "embed_dim": WIDTH, "pooling": "concat"}
        seq = SequenceFeature("seq", **shared, padding_idx=0)
        others = [SequenceFeature(name, **shared, shared_with="seq") for name in ("pos", "neg")]
        self.model = SASRec([seq, *others], LENGTH, DROPOUT, layers, HEADS)
        self.items = self.model.item_emb.embed_dict["seq"]
        nn.init.normal_(self.items.weight, std=0.02)  # its own, .0001, hardly learns under this loss

    def forward(self, rows: Tensor) -> Tensor:
        """Return what is known after each place."""
        told = nn.functional.pad(rows, (0, rows.shape[1] == 1, 0, len(rows) == 1))
        return self.model.seq_forward({"seq": told}, self.items(told))[: len(rows), : rows.shape[1]]


def _vectors(n_items: int) -> nn.Embedding:
    table = nn.Embedding(n_items + 1, WIDTH, padding_idx=0)
    nn.init.normal_(table.weight, std=0.02)
    with torch.no_grad():
        table.weight[0] = 0
    return table


NETWORKS: dict[str, Callable[[int], nn.Module]] = {
    "sasrec-3": partial(SasRec, layers=3),
    "sasrec-6": partial(SasRec, layers=6),
    "rechub-sasrec-3": partial(RechubSasRec, layers=3),
    "gru4rec": Gru4Rec,
}
