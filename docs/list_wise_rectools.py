"""RecTools' SASRec on the split of a next-item run; runs in a venv of its own.

    pip install 'rectools[torch]==0.19.0'
    python docs/list_wise_rectools.py SPLIT.npz OUT.npz --epochs 20

`SPLIT.npz` is what `bench.next_item.elsewhere` wrote. What it does not say is RecTools' default: its loss
(softmax over all items), its positions, its paddings in front.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from importlib.metadata import version
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
import pandas as pd
import pytorch_lightning
import torch
from rectools import Columns
from rectools.dataset import Dataset
from rectools.models import SASRecModel

TIMED = 500
AT_ONCE = 200  # users whose whole lists are in memory together


def interactions(starts: Any, items: Any, who: Any) -> pd.DataFrame:
    """Return rows of a user each, in order, as RecTools takes them."""
    lengths = np.diff(starts)
    moments = pd.Timestamp("2000-01-01") + pd.to_timedelta(np.arange(len(items)), unit="s")
    users = np.repeat(who, lengths)
    return pd.DataFrame(
        {Columns.User: users, Columns.Item: items, Columns.Weight: 1.0, Columns.Datetime: moments}
    )


def listed(model: Any, told: pd.DataFrame, users: Any, k: int) -> Any:
    """Return (users, k) items, best first, -1 behind the end; what a user was told is left out."""
    found = np.full((len(users), k), -1, dtype=np.int32)
    for start in range(0, len(users), AT_ONCE):
        some = users[start : start + AT_ONCE]
        rows = Dataset.construct(told[told[Columns.User].isin(some)])
        given = model.recommend(some, rows, k=k, filter_viewed=True)
        places = pd.Series(np.arange(len(users)), index=users)[given[Columns.User]].to_numpy()
        found[places, given[Columns.Rank].to_numpy() - 1] = given[Columns.Item].to_numpy()
    return found


def milliseconds(model: Any, told: pd.DataFrame, users: Any) -> list[float]:
    """Return how long the network takes from a history to scores of all items, one user at a time."""
    numbers = {item: number for number, item in enumerate(model.data_preparator.item_id_map.external_ids)}
    by_user = told.groupby(Columns.User)[Columns.Item].agg(list)
    network, length = model.torch_model.eval(), model.data_preparator.session_max_len
    took = []
    with torch.inference_mode():
        everything = network.item_model.get_all_embeddings()
        for user in users[:: max(1, len(users) // TIMED)]:
            start = process_time()
            latest = [numbers[item] for item in by_user[user] if item in numbers][-length:]
            row = torch.zeros((1, length), dtype=torch.long)
            if latest:
                row[0, -len(latest) :] = torch.tensor(latest)
            known = network.encode_sessions({"x": row}, everything)[0, -1]
            torch.topk(everything @ known, min(len(latest) + 10, len(everything)))
            took.append((process_time() - start) * 1000)
    return took


def main() -> int:
    """Train, rank and write; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("split", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, required=True)
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--like", default="sasrec-3", help="our system of the same model")
    asked = parser.parse_args()
    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    split = np.load(asked.split)
    pytorch_lightning.seed_everything(int(split["seed"]), verbose=False)
    model = SASRecModel(
        n_blocks=asked.layers,
        n_heads=int(split["heads"]),
        n_factors=int(split["width"]),
        dropout_rate=float(split["dropout"]),
        session_max_len=int(split["length"]),
        batch_size=int(split["batch"]),
        lr=float(split["rate"]),
        epochs=asked.epochs,
        deterministic=True,
    )
    rows = interactions(split["row_starts"], split["row_items"], np.arange(len(split["row_starts"]) - 1))
    start = process_time()
    model.fit(Dataset.construct(rows))
    train_s = process_time() - start
    told = interactions(split["known_starts"], split["known_items"], split["users"])
    np.savez_compressed(
        asked.out,
        split=split["digest"],
        library=f"RecTools {version('rectools')}",
        like=asked.like,
        parameters=f"{asked.epochs} epochs",
        lists=listed(model, told, split["users"], int(split["n_items"])),
        train_s=train_s,
        learned=sum(each.numel() for each in model.torch_model.parameters()),
        latencies_ms=milliseconds(model, told, split["users"]),
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
