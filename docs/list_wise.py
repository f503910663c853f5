"""Run the list-wise task beside libraries that cannot be installed beside ours: the tables of a page.

    python docs/list_wise.py --data DIR --out FOLDER           # ml-100k: train, rank and print the tables
    python docs/list_wise.py --data DIR --out FOLDER --write   # write them into docs/results/list-wise.md
    python docs/list_wise.py --data DIR --out FOLDER --write --catalogue ml-1m --every 10   # a tenth of users

RecTools gets a venv of its own below FOLDER, installed by pip from its default index, unless `--python` names
one that has it; it learns from the rows of our split, and is never told a true item. What lies in FOLDER
already is not made again. This is no part of `make check`; the extras `ctr` and `lenskit` are needed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from list_wise_sample import sampled  # noqa: E402
from metrics_elsewhere import written  # noqa: E402

from bench.metrics.paired import Difference, difference  # noqa: E402
from bench.next_item.ranks import ndcg  # noqa: E402

PAGE = HERE / "results" / "list-wise.md"
RECTOOLS = "rectools[torch]==0.19.0"
GROUPS = (
    "popularity,item-knn-cosine,lenskit-item-knn,item-knn-bm25-recent,ease-recent,lenskit-ease-recent,successors",
    "sasrec-3",
    "gru4rec",
    "sid-sasrec-3,sid-sasrec-3-cbs,sid-sasrec-3-cbs-shared",
    "sasrec-6",
)  # a run each, so that one that is stopped loses little
SYSTEMS = tuple(name for group in GROUPS for name in group.split(","))
OUTSIDE = ("rectools-sasrec-3",)
PAIRS = (
    ("sasrec-3", "rectools-sasrec-3"),
    ("item-knn-cosine", "lenskit-item-knn"),
    ("ease-recent", "lenskit-ease-recent"),
    ("sasrec-3", "ease-recent"),
    ("sasrec-3", "successors"),
    ("gru4rec", "sasrec-3"),
    ("sid-sasrec-3-cbs-shared", "sid-sasrec-3-cbs"),
)


class Finding(NamedTuple):
    """A finding of the paper: who is better than whom, by its overall nDCG@10 and its milliseconds."""

    said: str
    better: str
    worse: str
    reported: tuple[float, float]
    latency: tuple[float, float]


FINDINGS = (
    Finding("more layers are better", "sasrec-6", "sasrec-3", (0.0127, 0.0096), (38.43, 23.30)),
    Finding(
        *("a search among items that exist is better", "sid-sasrec-3-cbs", "sid-sasrec-3"),
        *((0.0306, 0.0081), (66.67, 36.12)),
    ),
    Finding(
        *("with few layers, semantic identifiers are better than ids", "sid-sasrec-3-cbs", "sasrec-3"),
        *((0.0306, 0.0096), (66.67, 23.30)),
    ),
    Finding(
        *("without that search they are not", "sasrec-3", "sid-sasrec-3"),
        *((0.0096, 0.0081), (23.30, 36.12)),
    ),
)


class Made(NamedTuple):
    """What run folders hold: their systems, and everybody's nDCG@10 by system."""

    systems: Mapping[str, Any]
    by_user: Mapping[str, Mapping[str, float]]


def make(
    catalogue: str,
    data: Path | None,
    out: Path,
    python: Path | None,
    seed: int,
    wanted: Sequence[str] = SYSTEMS,
) -> list[Path]:
    """Train and rank what is not there yet; return the run folders."""
    from bench.next_item import elsewhere
    from bench.next_item.roster import ROSTER
    from bench.next_item.task import Asked, task_of
    from kg.store import open_catalogue

    others = out / "others"
    others.mkdir(parents=True, exist_ok=True)
    split = others / elsewhere.SPLIT
    asked = Asked(GROUPS[0], None, seed, None, fresh=True)
    elsewhere.write(task_of(open_catalogue(catalogue, data), asked)[0], split)
    for name in OUTSIDE:
        if not (theirs := others / f"{name}.npz").exists():
            python = python or venv(out / "venv")
            epochs = str(ROSTER["sasrec-3"].grid["epochs"][0])
            script = [python, HERE / "list_wise_rectools.py", split, theirs, "--epochs", epochs]
            subprocess.run(script, check=True)  # noqa: S603
    more = ["--seed", str(seed), *(["--data", data] if data else [])]
    groups = [[name for name in group.split(",") if name in wanted] for group in GROUPS]
    runs = {out / f"run-{number}": ",".join(names) for number, names in enumerate(groups) if names}
    for run, group in runs.items():
        if not (run / "scores.json").exists():
            bench = [sys.executable, "-m", "bench.run", "--task", "next-item", "--catalogue", catalogue]
            given = ["--system", group, "--answers", others, "--out", run, "--fresh", *more]
            subprocess.run([*bench, *given], check=True, cwd=HERE.parent)  # noqa: S603
    return list(runs)


def venv(folder: Path) -> Path:
    """Return the interpreter of a venv with RecTools, made if it is not there."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)  # noqa: S603
        subprocess.run([python, "-m", "pip", "install", "--quiet", RECTOOLS], check=True)  # noqa: S603
    return python


def read(runs: Iterable[Path]) -> Made:
    """Return what run folders hold together; of a system in several of them, what the first says."""
    systems: dict[str, Any] = {}
    by_user: dict[str, dict[str, float]] = defaultdict(dict)
    for run in runs:
        systems = json.loads((run / "scores.json").read_text(encoding="utf-8"))["systems"] | systems
        with (run / "ranks.jsonl").open(encoding="utf-8") as lines:
            for line in map(json.loads, lines):
                by_user[line["system"]][line["user"]] = ndcg(line["rank"])
    return Made(systems, by_user)


def made_on(runs: Sequence[Path]) -> str:
    """Return on which commit each system ran, and by which libraries."""
    commits: dict[str, list[str]] = defaultdict(list)
    libraries: dict[str, str] = {}
    for what in (json.loads((run / "run.json").read_text(encoding="utf-8"))["what"] for run in runs):
        commits[what["commit"]] += what["systems"]
        libraries |= {name: number for name, number in what["libraries"].items() if number}
    one = len(commits) == 1
    said = [f"{commit}{'' if one else f' ({_named(names)})'}" for commit, names in commits.items()]
    versions = [f"{name} {number}" for name, number in libraries.items()]
    return f"Run on commit {', '.join(said)}; {', '.join(versions)}.\n"


def _named(systems: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in systems)


def apart(made: Made, one: str, other: str) -> Difference | None:
    """Return one system's nDCG@10 minus another's, user by user; None if one of them did not run."""
    if one not in made.by_user or other not in made.by_user:
        return None
    return difference(made.by_user[one], made.by_user[other])


def systems(made: Made) -> str:
    """Return the table of systems in Markdown, the best first."""
    heads = ("system", "nDCG@10", "Recall@10", "MRR", "training, s", "p50 ms", "p95 ms", "numbers learned")
    lines = [f"| {' | '.join(heads)} |", "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |"]
    for name, row in sorted(made.systems.items(), key=lambda each: (-each[1]["ndcg"]["mean"], each[0])):
        spread, took = row["ndcg"], row["latency_ms"]
        cells = (
            f"`{name}`",
            f"{spread['mean']:.4f} ({spread['low']:.4f}–{spread['high']:.4f})",
            f"{row['recall']['mean']:.4f}",
            f"{row['mrr']['mean']:.4f}",
            f"{row['train_s']:.0f}" if row["train_s"] >= 10 else f"{row['train_s']:.1f}",
            f"{took['p50']:.2f}",
            f"{took['p95']:.2f}",
            "–" if row["learned"] is None else f"{row['learned']:,}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def differences(made: Made) -> str:
    """Return the table of differences in Markdown."""
    lines = ["| nDCG@10 | mean (95 %) |", "| --- | --- |"]
    for one, other in PAIRS:
        if found := apart(made, one, other):
            lines.append(f"| `{one}` − `{other}` | {spread(found)} |")
    return "\n".join(lines) + "\n"


def findings(made: Made) -> str:
    """Return the table of the paper's findings beside ours in Markdown."""
    heads = (
        "the paper's finding",
        "better − worse",
        "the paper's",
        "here (95 %)",
        "its time",
        "time here",
        "seen",
    )
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    for each in FINDINGS:
        if found := apart(made, each.better, each.worse):
            times = [made.systems[name]["latency_ms"]["p50"] for name in (each.better, each.worse)]
            cells = (
                each.said,
                f"`{each.better}` − `{each.worse}`",
                f"{each.reported[0] - each.reported[1]:+.4f}",
                spread(found),
                f"{each.latency[0] / each.latency[1]:.1f} ×",
                f"{times[0] / times[1]:.1f} ×",
                verdict(found),
            )
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def verdict(found: Difference) -> str:
    """Return whether a difference shows what was said."""
    if found.low > 0:
        return "yes"
    return "the opposite" if found.high < 0 else "not told apart"


def spread(found: Difference) -> str:
    """Return a difference as a cell."""
    return f"{found.mean:+.4f} ({found.low:+.4f} to {found.high:+.4f})"


def main() -> int:
    """Print or write the tables; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--catalogue", default="ml-100k")
    parser.add_argument("--data", type=Path, help="the folder of raw sources")
    parser.add_argument("--out", type=Path, required=True, help="the folder for the split, lists and scores")
    parser.add_argument("--python", type=Path, help="an interpreter that has RecTools")
    parser.add_argument("--system", default=",".join(SYSTEMS), help="names, with commas")
    parser.add_argument("--every", type=int, help="take only users whose number this divides")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--write", action="store_true", help="write the tables into the page")
    asked = parser.parse_args()
    data, label, out = asked.data and asked.data.resolve(), asked.catalogue, asked.out.resolve()
    if asked.every:
        data, label = sampled(label, data, asked.every, out / "data"), f"{label} by {asked.every}"
    runs = make(asked.catalogue, data, out, asked.python, asked.seed, asked.system.split(","))
    made = read(runs)
    tables = {
        "made": made_on(runs),
        "systems": systems(made),
        "differences": differences(made),
        "findings": findings(made),
    }
    if asked.write:
        named = {f"{label} {name}": table for name, table in tables.items()}
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), named), encoding="utf-8")
    else:
        sys.stdout.writelines(f"{name}\n\n{text}\n" for name, text in tables.items())
    return 0


if __name__ == "__main__":
    sys.exit(main())
