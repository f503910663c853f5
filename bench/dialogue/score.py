"""How good a list is after every turn: precision, recall, and whether it is exactly what holds then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from bench.console import console as tables_console
from bench.dialogue.script import Script, Turn
from bench.metrics.precision import precision
from bench.metrics.recall import recall
from bench.metrics.stats import bootstrap

METRICS = ("precision", "recall", "exact")
_HEADINGS = {"precision": "Precision", "recall": "Recall", "exact": "Exact"}
Scored = tuple[int, Turn, dict[str, float]]  # the number of the turn from 1, and its metrics


def scored(script: Script, answers: Sequence[Sequence[str]]) -> list[Scored]:
    """Return every turn with its metrics; a turn without an answer scores 0."""
    ignored = set(script.ignore)
    rows: list[Scored] = []
    for number, turn in enumerate(script.turns, 1):
        given = answers[number - 1] if number <= len(answers) else ()
        items = [item for item in given if item not in ignored]
        truth = set(turn.truth)
        found = {
            "precision": precision(items, truth),
            "recall": recall(items, truth),
            "exact": float(set(items) == truth),
        }
        rows.append((number, turn, found))
    return rows


def table(rows: Sequence[Scored]) -> dict[str, Any]:
    """Return what `scores.json` holds: all turns, by the number of the turn, by what it does."""
    numbers = sorted({number for number, *_ in rows})
    steps = sorted({turn.step for _, turn, _ in rows})
    return {
        "all": _row(rows),
        "turn": {str(number): _row([row for row in rows if row[0] == number]) for number in numbers},
        "step": {step: _row([row for row in rows if row[1].step == step]) for step in steps},
    }


def _row(rows: Sequence[Scored]) -> dict[str, Any]:
    estimates = {name: bootstrap([found[name] for *_, found in rows]) for name in METRICS}
    return {"n": len(rows)} | {name: each._asdict() for name, each in estimates.items() if each}


def show(scores: Mapping[str, Any], title: str, note: str) -> None:
    """Print scores with 95 % intervals by turn and by what a turn does."""
    console = tables_console(wide=False)
    grid = Table(title=title, title_justify="left", box=None, pad_edge=False)
    grid.add_column("turns", no_wrap=True)
    for heading in ("n", *_HEADINGS.values()):
        grid.add_column(heading, justify="right", no_wrap=True)
    rows = {"all": scores["all"]}
    rows |= {f"turn {n}": row for n, row in scores["turn"].items()}
    rows |= dict(scores["step"])
    for name, row in rows.items():
        grid.add_row(Text(name), str(row["n"]), *(_cell(row[metric]) for metric in METRICS))
    console.print(grid)
    console.print(note, highlight=False, markup=False, soft_wrap=True)


def _cell(estimate: Mapping[str, float]) -> str:
    return f"{estimate['mean']:.3f}\n{estimate['low']:.3f}–{estimate['high']:.3f}"
