"""Train every click model beside FuxiCTR's of the same name: the tables of a page.

    pip install -c constraints.txt -e '.[ctr]' fuxictr==2.3.10
    python docs/pair_wise_elsewhere.py --data DIR --zoo MODEL_ZOO --out FOLDER           # ml-100k; print
    python docs/pair_wise_elsewhere.py --data DIR --zoo MODEL_ZOO --out FOLDER --write   # into the page

`MODEL_ZOO` is the folder of that name in FuxiCTR's repository: the package holds the library, the folder its
models. Both sides learn from the same rows in the same batches; our metrics score both. What lies in FOLDER
already is not trained again. This is no part of `make check`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

import numpy as np

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from metrics_elsewhere import written  # noqa: E402

from bench import stamp  # noqa: E402
from bench.metrics import resampled  # noqa: E402
from bench.metrics.f1 import best_threshold  # noqa: E402
from bench.metrics.stats import Estimate  # noqa: E402

PAGE = HERE / "results" / "pair-wise-elsewhere.md"
SIDES = ("ours", "theirs")
WRITTEN = ("dnn", "pnn", "finalmlp", "masknet", "gdcn")  # by us
MODELS = (*WRITTEN, "deepfm", "dcn", "dcnv2", "autoint")
LIBRARIES = ("fuxictr", "torch", "torch-rechub", "numpy")
_SEED = 0


class Side(NamedTuple):
    """One side's trainings of a model, a row a seed: each metric, its draws over users, and what it took."""

    values: Mapping[str, Sequence[float]]
    draws: Mapping[str, Any]
    seconds: Sequence[float]
    parameters: int


class Pair(NamedTuple):
    """A model on both sides; `apart`: how far probabilities are apart at most under the same weights."""

    ours: Side
    theirs: Side
    users: int
    apart: float | None


def make(asked: argparse.Namespace) -> dict[str, Pair]:
    """Train what is not there yet; return a pair a model."""
    import pair_wise_fuxictr as fuxictr

    from bench.pair_wise import sources, training
    from bench.pair_wise.split import split
    from kg.store import open_catalogue

    opened = open_catalogue(asked.catalogue, asked.data)
    parts = split(sources.of_catalogue(asked.catalogue, opened, asked.data, _SEED), _SEED)
    asked.out.mkdir(parents=True, exist_ok=True)
    pairs = {}
    for name in asked.models.split(","):
        fits = {
            "ours": lambda seed, name=name: training.fit(name, training.ids, parts, seed),
            "theirs": lambda seed, name=name: fuxictr.fit(asked.zoo, name, parts, seed),
        }
        for seed in range(asked.seeds):
            for side in SIDES:  # in turns, so that the machine treats both alike
                keep(file_of(asked, side, name, seed), fits[side], parts, seed)
        kept = {
            side: [dict(np.load(file_of(asked, side, name, seed))) for seed in range(asked.seeds)]
            for side in SIDES
        }
        users = len(np.unique(parts.test.users))
        apart = fuxictr.apart(asked.zoo, name, parts)
        pairs[name] = Pair(*(side_of(kept[side], parts) for side in SIDES), users, apart)
    return pairs


def file_of(asked: argparse.Namespace, side: str, name: str, seed: int) -> Path:
    """Return where a training is kept."""
    return Path(asked.out) / f"{asked.catalogue}-{name}-{side}-{seed}.npz"


def keep(file: Path, fit: Any, parts: Any, seed: int) -> None:
    """Train and keep what it says of the validation and the test, unless that lies there."""
    if file.exists():
        return
    start = process_time()
    model = fit(seed)
    seconds = process_time() - start
    told = {name: model.scores(getattr(parts, name)) for name in ("validation", "test")}
    np.savez_compressed(file, **told, seconds=seconds, parameters=model.parameters, commit=stamp.commit())


def side_of(kept: Sequence[Mapping[str, Any]], parts: Any) -> Side:
    """Return a side's trainings, scored by our metrics; the threshold of F1 is that of the validation."""
    values: dict[str, list[float]] = {name: [] for name in resampled.METRICS}
    draws: dict[str, list[Any]] = {name: [] for name in resampled.METRICS}
    for each in kept:
        threshold = best_threshold(parts.validation.liked, each["validation"])
        told = (parts.test.users, parts.test.liked, each["test"], threshold)
        found, drawn = resampled.values(*told), resampled.resampled(*told)
        for name in resampled.METRICS:
            values[name].append(found[name] or 0.0)
            draws[name].append(drawn[name])
    stacked = {name: np.stack(rows) for name, rows in draws.items()}
    return Side(values, stacked, [float(each["seconds"]) for each in kept], int(kept[0]["parameters"]))


def difference(pair: Pair, metric: str) -> Estimate:
    """Return the mean of ours minus that of theirs; both sides meet the same draws of users, not of seeds."""
    rng = np.random.default_rng(_SEED)
    means = []
    for side in (pair.ours, pair.theirs):
        drawn = side.draws[metric]
        seeds = rng.integers(0, len(drawn), drawn.T.shape)
        means.append(np.take_along_axis(drawn.T, seeds, axis=1).mean(axis=1))
    found = float(np.mean(pair.ours.values[metric]) - np.mean(pair.theirs.values[metric]))
    made = resampled.estimate(found, means[0] - means[1], pair.users)
    assert made is not None  # noqa: S101 - of a value
    return made


def table(pairs: Mapping[str, Pair]) -> str:
    """Return the table in Markdown."""
    heads = (
        *("model", "our network is", "AUC, ours", "AUC, FuxiCTR's", "AUC apart (95 %)", "GAUC apart (95 %)"),
        *("F1 apart (95 %)", "found", "training, s", "numbers learned", "same weights"),
    )
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    return "\n".join([*lines, *map(line, pairs, pairs.values())]) + "\n"


def line(name: str, pair: Pair) -> str:
    """Return a model's row."""
    apart = {metric: difference(pair, metric) for metric in resampled.METRICS}
    cells = (
        f"`{name}`",
        "ours" if name in WRITTEN else "torch-rechub's",
        *(spread(side.values["auc"]) for side in (pair.ours, pair.theirs)),
        *(interval(apart[metric]) for metric in ("auc", "gauc", "f1")),
        verdict(apart["auc"]),
        " / ".join(f"{np.mean(side.seconds):.1f}" for side in (pair.ours, pair.theirs)),
        " / ".join(f"{side.parameters:,}" for side in (pair.ours, pair.theirs)),
        "built otherwise" if pair.apart is None else f"{pair.apart:.6f}",
    )
    return f"| {' | '.join(cells)} |"


def spread(values: Sequence[float]) -> str:
    """Return a mean over seeds with its least and greatest."""
    return f"{np.mean(values):.4f} ({min(values):.4f}–{max(values):.4f})"


def interval(found: Estimate) -> str:
    """Return a difference as a cell."""
    return f"{found.mean:+.4f} ({found.low:+.4f} to {found.high:+.4f})"


def verdict(found: Estimate) -> str:
    """Return whether the interval of a difference holds 0."""
    if found.low > 0:
        return "ahead"
    return "behind" if found.high < 0 else "within noise"


def made_by(asked: argparse.Namespace) -> str:
    """Return what made the table: commits, versions, seeds and processor seconds."""
    kept = [dict(np.load(each)) for each in _files(asked)]
    commits = sorted({str(each["commit"]) for each in kept})
    seconds = sum(float(each["seconds"]) for each in kept)
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"Trained on commit {', '.join(commits)}: {asked.seeds} seeds a side, {seconds:,.0f} seconds of the"
        f" processor, one thread; {libraries}.\n"
    )


def _files(asked: argparse.Namespace) -> Iterator[Path]:
    for name in asked.models.split(","):
        for seed in range(asked.seeds):
            yield from (file_of(asked, side, name, seed) for side in SIDES)


def main() -> int:
    """Print or write the table; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--catalogue", default="ml-100k")
    parser.add_argument("--data", type=Path, help="the folder of raw sources")
    parser.add_argument(
        "--zoo", type=Path, required=True, help="the folder model_zoo of FuxiCTR's repository"
    )
    parser.add_argument("--out", type=Path, required=True, help="the folder of what was trained")
    parser.add_argument("--models", default=",".join(MODELS), help="names, with commas")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="write the table into the page")
    asked = parser.parse_args()
    tables = {"models": table(make(asked)), "made": made_by(asked)}
    if asked.write:
        named = {f"{asked.catalogue} {name}": text for name, text in tables.items()}
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), named), encoding="utf-8")
    else:
        sys.stdout.writelines(f"{text}\n" for text in tables.values())
    return 0


if __name__ == "__main__":
    sys.exit(main())
