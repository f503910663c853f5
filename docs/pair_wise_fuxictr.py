"""FuxiCTR's click models on the rows of a pair-wise run, under the settings of ours.

The library is the package `fuxictr`; its models are files of its repository, in the folder `model_zoo`. What
is not set here is FuxiCTR's default: how weights begin, pooling, gradients cut at a norm of 10, its fitting.
"""

from __future__ import annotations

import importlib.util
import re
import sys
import tempfile
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from fuxictr.features import FeatureMap
from fuxictr.pytorch.torch_utils import seed_everything

from bench.pair_wise.feedback import LONGEST, Pairs
from bench.pair_wise.networks import CROSSES, DROPOUT, HIDDEN, NETWORKS, WIDTH
from bench.pair_wise.representations import ClickModel, Ids
from bench.pair_wise.split import Parts
from bench.pair_wise.training import Fitted as Ours
from bench.pair_wise.training import Plan

_AT_ONCE = 4096  # rows predicted together
_DRAWN = 0.3  # spread of drawn weights: probabilities are then anywhere between 0 and 1

_UNITS = list(HIDDEN)
_PERCEPTRON = {"net_dropout": DROPOUT}
_DEEP = {"hidden_units": _UNITS, **_PERCEPTRON}
_BESIDE = {"dnn_hidden_units": _UNITS, **_PERCEPTRON}
_CROSSED = {"num_cross_layers": CROSSES, **_PERCEPTRON}
_NORMED = {"batch_norm": True}  # as torch-rechub has it in every perceptron


class Zoo(NamedTuple):
    """A model of the zoo: its file, its class, and the settings that make it the model of ours."""

    file: str
    name: str
    settings: Mapping[str, Any]


ZOO = {
    "dnn": Zoo("DNN/DNN_torch/src/DNN.py", "DNN", _DEEP),
    "pnn": Zoo("PNN/src/PNN.py", "PNN", _DEEP),
    "finalmlp": Zoo(
        "FinalMLP/src/FinalMLP.py",
        "FinalMLP",
        {
            "mlp1_hidden_units": _UNITS,
            "mlp2_hidden_units": _UNITS,
            "mlp1_dropout": DROPOUT,
            "mlp2_dropout": DROPOUT,
            "fs_hidden_units": [HIDDEN[-1]],
            "num_heads": 2,
        },
    ),
    "masknet": Zoo(
        "MaskNet/src/MaskNet.py",
        "MaskNet",
        {
            "model_type": "ParallelMaskNet",
            "parallel_num_blocks": 3,
            "parallel_block_dim": HIDDEN[-1],
            "reduction_ratio": 2,
            **_BESIDE,
        },
    ),
    "gdcn": Zoo("GDCN/src/GDCN.py", "GDCNP", {**_BESIDE, **_CROSSED}),
    "deepfm": Zoo("DeepFM/DeepFM_torch/src/DeepFM.py", "DeepFM", {**_DEEP, **_NORMED}),
    "dcn": Zoo("DCN/DCN_torch/src/DCN.py", "DCN", {**_BESIDE, **_CROSSED, **_NORMED}),
    "dcnv2": Zoo("DCNv2/src/DCNv2.py", "DCNv2", {"parallel_dnn_hidden_units": _UNITS, **_CROSSED, **_NORMED}),
    "autoint": Zoo(
        "AutoInt/src/AutoInt.py",
        "AutoInt",
        {"attention_layers": CROSSES, "num_heads": 2, "attention_dim": WIDTH, **_BESIDE, **_NORMED},
    ),
}


class Batches:
    """Rows as FuxiCTR takes them, so many at a time; shuffled anew each time if `rng` is given."""

    def __init__(self, pairs: Pairs, size: int, rng: np.random.Generator | None = None):
        self.history, self.item = (
            torch.from_numpy(each + 1).long() for each in (pairs.histories, pairs.items)
        )
        self.liked = torch.from_numpy(pairs.liked.astype(np.float32))
        self.size, self.rng = size, rng

    def __len__(self) -> int:
        return -(-len(self.item) // self.size)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        order = np.arange(len(self.item)) if self.rng is None else self.rng.permutation(len(self.item))
        for start in range(0, len(order), self.size):
            rows = torch.from_numpy(order[start : start + self.size])
            yield {"item": self.item[rows], "history": self.history[rows], "liked": self.liked[rows]}


class Fitted:
    """A model of the zoo after training."""

    def __init__(self, model: Any):
        self.model = model
        self.parameters = sum(each.numel() for each in model.parameters() if each.requires_grad)

    def scores(self, pairs: Pairs) -> Any:
        """Return (n,) probabilities of being liked."""
        return self.model.predict(Batches(pairs, _AT_ONCE))


def features(n_items: int, folder: str) -> FeatureMap:
    """Return two fields, the history and the item, which share a table of vectors."""
    made = FeatureMap("pairs", folder)
    table = {"source": "", "vocab_size": n_items + 1, "padding_idx": 0}
    pooled = {"max_len": LONGEST, "feature_encoder": "layers.MaskedAveragePooling()"}
    history = {"type": "sequence", **pooled, **table}
    item = {"type": "categorical", "share_embedding": "history", **table}
    made.features = OrderedDict(history=history, item=item)
    made.num_fields, made.labels, made.default_emb_dim = 2, ["liked"], WIDTH
    return made


def loaded(zoo: Path, file: str) -> Any:
    """Return a module of the zoo."""
    spec = importlib.util.spec_from_file_location(f"zoo_{Path(file).stem}", zoo / file)
    if spec is None or spec.loader is None or not (zoo / file).exists():
        sys.exit(f"{zoo} has no {file}: name the folder model_zoo of FuxiCTR's repository.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def made(zoo: Path, name: str, n_items: int, folder: str, plan: Plan = Plan()) -> Any:
    """Return a model of the zoo before training; it keeps its weights in the folder."""
    each = ZOO[name]
    Path(folder, "pairs").mkdir(exist_ok=True)
    return getattr(loaded(zoo, each.file), each.name)(
        features(n_items, folder),
        model_root=folder,
        optimizer="adam",
        loss="binary_crossentropy",
        learning_rate=plan.learning_rate,
        embedding_dim=WIDTH,
        embedding_regularizer=plan.decay,
        net_regularizer=plan.decay,
        early_stop_patience=plan.patience,
        reduce_lr_on_plateau=False,
        metrics=["AUC"],
        verbose=0,
        **each.settings,
    )


def fit(zoo: Path, name: str, parts: Parts, seed: int, plan: Plan = Plan()) -> Fitted:
    """Return a model of the zoo fitted on the training part; the weights are those of the best epoch."""
    torch.set_num_threads(1)
    seed_everything(seed)
    with tempfile.TemporaryDirectory() as folder:
        model = made(zoo, name, len(parts.catalogue), folder, plan)
        told = Batches(parts.train, plan.batch, np.random.default_rng(seed))
        model.fit(told, epochs=plan.epochs, validation_data=Batches(parts.validation, _AT_ONCE))
    return Fitted(model)


_MLP = (r"(?:dnn|mlp)\.mlp\.", "network.deep.")
_LAST = (r"fc\.", "network.model.linear.fc.")
_OURS: dict[str, tuple[tuple[str, str], ...]] = {  # names of weights, theirs -> ours; `#0` is the first row
    "dnn": (_MLP,),
    "pnn": (_MLP,),
    "finalmlp": (
        (r"mlp1\.mlp\.", "network.streams.0."),
        (r"mlp2\.mlp\.", "network.streams.1."),
        (r"fs_module\.fs1_ctx_bias", "network.contexts#0"),
        (r"fs_module\.fs2_ctx_bias", "network.contexts#1"),
        (r"fs_module\.fs1_gate\.mlp\.0", "network.gates.0.0"),
        (r"fs_module\.fs1_gate\.mlp\.2", "network.gates.0.3"),
        (r"fs_module\.fs2_gate\.mlp\.0", "network.gates.1.0"),
        (r"fs_module\.fs2_gate\.mlp\.2", "network.gates.1.3"),
        (r"fusion_module\.w_xy", "network.heads"),
        (r"fusion_module\.w_x\.", "network.linear.0."),
        (r"fusion_module\.w_y\.", "network.linear.1."),
    ),
    "masknet": (
        (r"mask_net\.mask_blocks\.(\d)\.mask_layer", r"network.masks.\1"),
        (r"mask_net\.mask_blocks\.(\d)\.hidden_layer", r"network.blocks.\1"),
        (r"mask_net\.dnn\.mlp\.", "network.deep."),
        (r"emb_norm\.\d", "network.norm"),
    ),
    "gdcn": (
        (r"cross_net\.w\.(\d)", r"network.crosses.\1"),
        (r"cross_net\.b\.(\d)", r"network.crosses.\1.bias"),
        (r"cross_net\.wg\.", "network.gates."),
        _MLP,
        (r"fc\.", "network.last."),
    ),
    "dcn": (
        (r"crossnet\.cross_net\.(\d)\.weight", r"network.model.cn.w.\1"),
        (r"crossnet\.cross_net\.(\d)\.bias", r"network.model.cn.b.\1"),
        (r"dnn\.mlp\.", "network.model.mlp.mlp."),
        _LAST,
    ),
    "dcnv2": (
        (r"crossnet\.cross_layers\.(\d)\.weight", r"network.model.crossnet.w.\1.weight"),
        (r"crossnet\.cross_layers\.(\d)\.bias", r"network.model.crossnet.b.\1"),
        (r"parallel_dnn\.mlp\.", "network.model.parallel_dnn.mlp."),
        _LAST,
    ),
}


def apart(zoo: Path, name: str, parts: Parts) -> float | None:
    """Return how far a probability is from ours at most under the same weights; None: built otherwise."""
    if name not in _OURS:
        return None
    n_items = len(parts.catalogue)
    torch.manual_seed(0)
    ours = ClickModel(Ids(n_items), NETWORKS[name](WIDTH)).eval()
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        theirs = made(zoo, name, n_items, folder)
        for each in ours.parameters():
            each.normal_(std=_DRAWN)
        ours.represent.table.weight[0] = 0
        told = dict(ours.named_parameters())
        for its, weight in theirs.named_parameters():
            if weight.requires_grad:
                weight.copy_(_told(told, name, its, weight))
    there = Fitted(theirs).scores(parts.test)
    return float(np.abs(Ours(ours, 0).scores(parts.test) - there).max())


def _told(ours: Mapping[str, Any], name: str, its: str, like: Any) -> Any:
    """Return the weight of ours that stands for one of theirs; 0 for a bias that only adds to another."""
    if its.startswith("embedding_layer."):
        return ours["represent.table.weight"]
    for pattern, mine in _OURS[name]:
        its = re.sub(f"^{pattern}", mine, its)
    key, _, row = its.partition("#")
    if key == "network.linear.1.bias":
        return torch.zeros_like(like)
    return (ours[key][int(row)] if row else ours[key]).reshape(like.shape)
