"""Fitting a click model: Adam on the training rows until the validation's AUC no longer rises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bench.identifiers import identifiers
from bench.metrics.auc import auc
from bench.optional import MissingLibraryError, library
from bench.pair_wise.baselines import Scores
from bench.pair_wise.feedback import Pairs
from bench.pair_wise.split import Parts
from kg.embedder_roster import embedder
from kg.embedders import Vectors
from kg.errors import DataError

EXTRA = "ctr"
Represent = Callable[[Parts], Any]
_AT_ONCE = 4096  # rows predicted together


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to learn; an epoch that raises nothing `patience` times in a row is the last."""

    epochs: int = 30
    patience: int = 3
    batch: int = 5000  # this and the learning rate: section 4.3 of the paper
    learning_rate: float = 1e-3
    decay: float = 1e-5


@dataclass(frozen=True, slots=True)
class Fitted:
    """A click model after training."""

    model: Any
    parameters: int
    notes: dict[str, float] = field(default_factory=dict)

    def scores(self, pairs: Pairs) -> Scores:
        """Return (n,) probabilities of being liked."""
        torch = library("torch", EXTRA)
        found = []
        with torch.inference_mode():
            for start in range(0, len(pairs), _AT_ONCE):
                histories, items = _tensors(torch, pairs.rows(slice(start, start + _AT_ONCE)))
                found.append(self.model(histories, items).double().numpy())
        return np.concatenate(found) if found else np.zeros(0)


def ids(parts: Parts) -> Any:
    """Return a learned vector an item: group A."""
    from bench.pair_wise import representations

    return representations.Ids(len(parts.catalogue))


def words(parts: Parts) -> Any:
    """Return the mean of learned vectors of an item's title words: group B."""
    from bench.pair_wise import representations

    return representations.Words(parts.catalogue.titles)


def static(parts: Parts) -> Any:
    """Return the default embedder's vector of a title, not learned: group B."""
    from bench.pair_wise import representations

    return representations.Vectors(_embedded("static", tuple(parts.catalogue.titles)))


def codes(parts: Parts) -> Any:
    """Return the mean of learned vectors of the codes of a title's semantic identifier."""
    from bench.pair_wise import representations

    return representations.Codes(identifiers(_embedded("static", tuple(parts.catalogue.titles))))


def minilm(parts: Parts) -> Any:
    """Return MiniLM's vector of a title, not learned: group C.

    Raises:
        MissingLibraryError: the extra `semantic` or its model is not installed.
    """
    from bench.pair_wise import representations

    library("sentence_transformers", "semantic")
    try:
        return representations.Vectors(_embedded("sentence-transformers", tuple(parts.catalogue.titles)))
    except DataError as error:
        raise MissingLibraryError(str(error)) from None


@lru_cache(maxsize=2)
def _embedded(name: str, titles: tuple[str, ...]) -> Vectors:
    return embedder(name, Path(), lambda: titles).embed(titles)


def fit(network: str, represent: Represent, parts: Parts, seed: int, plan: Plan = Plan()) -> Fitted:
    """Return a click model fitted on the training part; the weights are those of the best epoch.

    One thread, so that the same seed gives the same weights on the same machine.

    Raises:
        MissingLibraryError: the extra `ctr` is not installed.
    """
    torch = library("torch", EXTRA)
    library("torch_rechub", EXTRA)
    from bench.pair_wise.networks import NETWORKS, WIDTH
    from bench.pair_wise.representations import ClickModel

    torch.set_num_threads(1)
    with torch.random.fork_rng(devices=()):
        torch.manual_seed(seed)
        model = ClickModel(represent(parts), NETWORKS[network](WIDTH))
        epoch, best = _taught(torch, model, parts, np.random.default_rng(seed), plan)
    learned = sum(each.numel() for each in model.parameters() if each.requires_grad)
    return Fitted(model.eval(), learned, {"epochs": epoch, "validation_auc": round(best, 4)})


def _taught(torch: Any, model: Any, parts: Parts, rng: np.random.Generator, plan: Plan) -> tuple[int, float]:
    """Teach a model and leave the best epoch's weights in it; return the epoch and its AUC."""
    optimizer = torch.optim.Adam(model.parameters(), lr=plan.learning_rate, weight_decay=plan.decay)
    histories, items = _tensors(torch, parts.train)
    liked = torch.from_numpy(parts.train.liked.astype(np.float32))
    best, at, kept = -1.0, 0, deepcopy(model.state_dict())
    for epoch in range(1, plan.epochs + 1):
        model.train()
        for rows in _batches(rng.permutation(len(parts.train)), plan.batch):
            told = torch.from_numpy(rows)
            loss = torch.nn.functional.binary_cross_entropy(model(histories[told], items[told]), liked[told])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        found = auc(parts.validation.liked, Fitted(model, 0).scores(parts.validation)) or 0.0
        if found > best:
            best, at, kept = found, epoch, deepcopy(model.state_dict())
        elif epoch - at >= plan.patience:
            break
    model.load_state_dict(kept)
    return at, best


def _batches(order: npt.NDArray[np.int64], size: int) -> Iterator[npt.NDArray[np.int64]]:
    """Yield rows, so many at a time; a last batch of one is left out, which no batch norm can take."""
    for start in range(0, len(order), size):
        if len(order) - start > 1:
            yield order[start : start + size]


def _tensors(torch: Any, pairs: Pairs) -> tuple[Any, Any]:
    """Return histories and items as numbers from 1; 0 is no item."""
    histories, items = (
        torch.from_numpy(each.astype(np.int64) + 1) for each in (pairs.histories, pairs.items)
    )
    return histories, items
