"""Click models over two fields, the user and the item; imported only where torch is there.

A network takes (rows, 2, width) fields and returns (rows,) probabilities. Those that torch-rechub has are its
own, given fields in place of its embeddings; the others are ours, each with its paper.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn
from torch_rechub.basic.features import SparseFeature
from torch_rechub.models.ranking import DCN, AutoInt, DCNv2, DeepFM

WIDTH = 32  # of a field
HIDDEN = (128, 64)  # of every multi-layer perceptron
DROPOUT = 0.2
FIELDS = 2
CROSSES = 3
_MLP = {"dims": list(HIDDEN), "dropout": DROPOUT}


def perceptron(wide: int, hidden: Sequence[int] = HIDDEN, *, out: int | None = 1) -> nn.Sequential:
    """Return hidden layers with ReLU and dropout, and a linear layer to `out` if there is one."""
    layers: list[nn.Module] = []
    for each in hidden:
        layers += [nn.Linear(wide, each), nn.ReLU(), nn.Dropout(DROPOUT)]
        wide = each
    return nn.Sequential(*layers, *([nn.Linear(wide, out)] if out else []))


class Dnn(nn.Module):
    """A multi-layer perceptron over the fields side by side."""

    def __init__(self, width: int):
        super().__init__()
        self.deep = perceptron(FIELDS * width)

    def forward(self, fields: Tensor) -> Tensor:
        """Return (rows,) probabilities."""
        return torch.sigmoid(self.deep(fields.flatten(1)).squeeze(1))


class Pnn(nn.Module):
    """Inner products of the fields beside them, under a perceptron (IPNN; Qu et al. 2016)."""

    def __init__(self, width: int):
        super().__init__()
        self.deep = perceptron(FIELDS * width + FIELDS * (FIELDS - 1) // 2)

    def forward(self, fields: Tensor) -> Tensor:
        """Return (rows,) probabilities."""
        above = torch.triu_indices(FIELDS, FIELDS, offset=1)
        products = (fields @ fields.transpose(1, 2))[:, above[0], above[1]]
        return torch.sigmoid(self.deep(torch.cat([fields.flatten(1), products], dim=1)).squeeze(1))


class FinalMlp(nn.Module):
    """Two perceptrons over gated fields, joined by a bilinear form in several heads (Mao et al. 2023).

    Each gate is a network of a learned vector: the paper's way where no field is its context.
    """

    def __init__(self, width: int, heads: int = 2):
        super().__init__()
        wide, last = FIELDS * width, HIDDEN[-1]
        self.contexts = nn.Parameter(torch.zeros(2, width))
        self.gates = nn.ModuleList(perceptron(width, (HIDDEN[-1],), out=wide) for _ in range(2))
        self.streams = nn.ModuleList(perceptron(wide, out=None) for _ in range(2))
        self.linear = nn.ModuleList([nn.Linear(last, 1), nn.Linear(last, 1, bias=False)])
        self.heads = nn.Parameter(torch.empty(heads, last // heads, last // heads))
        nn.init.xavier_normal_(self.heads)

    def forward(self, fields: Tensor) -> Tensor:
        """Return (rows,) probabilities."""
        flat = fields.flatten(1)
        first, second = (
            stream(flat * 2 * torch.sigmoid(gate(context)))
            for stream, gate, context in zip(self.streams, self.gates, self.contexts, strict=True)
        )
        left, right = (each.unflatten(1, (len(self.heads), -1)) for each in (first, second))
        joined = torch.einsum("rhi,hij,rhj->r", left, self.heads, right)
        return torch.sigmoid((self.linear[0](first) + self.linear[1](second)).squeeze(1) + joined)


class MaskNet(nn.Module):
    """Blocks in parallel, each with a mask that the row's own fields make (Wang, She & Zhang 2021)."""

    def __init__(self, width: int, blocks: int = 3, wider: int = 2):
        super().__init__()
        wide, last = FIELDS * width, HIDDEN[-1]
        self.norm = nn.LayerNorm(width)
        self.masks = nn.ModuleList(
            nn.Sequential(nn.Linear(wide, wider * wide), nn.ReLU(), nn.Linear(wider * wide, wide))
            for _ in range(blocks)
        )
        self.blocks = nn.ModuleList(
            nn.Sequential(nn.Linear(wide, last, bias=False), nn.LayerNorm(last), nn.ReLU())
            for _ in range(blocks)
        )
        self.deep = perceptron(blocks * last)

    def forward(self, fields: Tensor) -> Tensor:
        """Return (rows,) probabilities."""
        flat, normed = fields.flatten(1), self.norm(fields).flatten(1)
        found = [block(mask(flat) * normed) for mask, block in zip(self.masks, self.blocks, strict=True)]
        return torch.sigmoid(self.deep(torch.cat(found, dim=1)).squeeze(1))


class Gdcn(nn.Module):
    """Crossing layers with a gate each, in parallel with a perceptron (GDCN-P; Wang et al. 2023)."""

    def __init__(self, width: int):
        super().__init__()
        wide = FIELDS * width
        self.crosses = nn.ModuleList(nn.Linear(wide, wide) for _ in range(CROSSES))
        self.gates = nn.ModuleList(nn.Linear(wide, wide, bias=False) for _ in range(CROSSES))
        self.deep = perceptron(wide, out=None)
        self.last = nn.Linear(wide + HIDDEN[-1], 1)

    def forward(self, fields: Tensor) -> Tensor:
        """Return (rows,) probabilities."""
        first = fields.flatten(1)
        crossed = first
        for cross, gate in zip(self.crosses, self.gates, strict=True):
            crossed = first * cross(crossed) * torch.sigmoid(gate(crossed)) + crossed
        return torch.sigmoid(self.last(torch.cat([crossed, self.deep(first)], dim=1)).squeeze(1))


class _Given(nn.Module):
    """Fields in place of torch-rechub's embeddings of ids."""

    def forward(self, x: dict[str, Tensor], features: Sequence[Any], squeeze_dim: bool = False) -> Tensor:
        """Return the fields, side by side if asked."""
        return x["fields"].flatten(1) if squeeze_dim else x["fields"]


class Rechub(nn.Module):
    """A model of torch-rechub over fields."""

    def __init__(self, made: Callable[[list[Any]], nn.Module], place: str, width: int):
        super().__init__()
        self.model = made([SparseFeature(name, 1, width) for name in ("user", "item")])
        setattr(self.model, place, _Given())

    def forward(self, fields: Tensor) -> Tensor:
        """Return (rows,) probabilities."""
        return self.model({"fields": fields})


def _deepfm(features: list[Any]) -> nn.Module:
    return DeepFM(features, features, dict(_MLP))


def _dcn(features: list[Any]) -> nn.Module:
    return DCN(features, CROSSES, dict(_MLP))


def _dcnv2(features: list[Any]) -> nn.Module:
    return DCNv2(features, CROSSES, dict(_MLP), use_low_rank_mixture=False)


def _autoint(features: list[Any]) -> nn.Module:
    return AutoInt(features, [], num_layers=CROSSES, num_heads=2, mlp_params=dict(_MLP))


NETWORKS: dict[str, Callable[[int], nn.Module]] = {
    "dnn": Dnn,
    "pnn": Pnn,
    "deepfm": partial(Rechub, _deepfm, "embedding"),
    "dcn": partial(Rechub, _dcn, "embedding"),
    "dcnv2": partial(Rechub, _dcnv2, "embedding"),
    "autoint": partial(Rechub, _autoint, "sparse_embedding"),
    "finalmlp": FinalMlp,
    "masknet": MaskNet,
    "gdcn": Gdcn,
}
