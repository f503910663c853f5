"""From dialogues to a table: pass^k with intervals over tasks, slices, violations, turns and time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean, median
from typing import Any

import numpy as np

from bench.metrics.pass_k import pass_k
from bench.metrics.stats import bootstrap
from bench.tau_rec.evaluator import VERSION, Verdict, judge
from bench.tau_rec.types import Dialogue, Shop, Task

KS = (1, 2, 4)
# The best of nine language-model configurations, with a language model as the person: arXiv 2606.10156.
REPORTED = {"pass^1": 0.57, "pass^4": 0.38}
Judged = tuple[Task, Dialogue, Verdict]


def judged(tasks: Sequence[Task], dialogues: Iterable[Dialogue], shop: Shop) -> list[Judged]:
    """Return dialogues with their tasks and verdicts."""
    by_id = {task.id: task for task in tasks}
    return [(by_id[each.task], each, judge(by_id[each.task], each, shop)) for each in dialogues]


def table(rows: Sequence[Judged]) -> dict[str, Any]:
    """Return everything that `scores.json` holds."""
    replies = [exchange.reply for _, dialogue, _ in rows for exchange in dialogue.exchanges]
    spent = [reply.cpu_ms for reply in replies]
    return {
        "evaluator": VERSION,
        "all": _row(rows),
        "complexity": _sliced(rows, {row[0].complexity for row in rows}, lambda row: row[0].complexity),
        "reveal": _sliced(
            rows, {row[0].reveal_difficulty for row in rows}, lambda row: row[0].reveal_difficulty
        ),
        "manner": _sliced(rows, {row[1].manner for row in rows}, lambda row: row[1].manner),
        "outcomes": dict(sorted(Counter(verdict.outcome for _, _, verdict in rows).items())),
        "violations": dict(sorted(Counter(kind for *_, v in rows for kind in v.violations).items())),
        "questions": _mean([sum(e.reply.question is not None for e in d.exchanges) for _, d, _ in rows]),
        "cpu_ms": {
            "median": round(median(spent), 3) if spent else None,
            "p95": round(float(np.percentile(spent, 95)), 3) if spent else None,
        },
    }


def _sliced(rows: Sequence[Judged], names: Iterable[str], of: Any) -> dict[str, Any]:
    return {name: _row([row for row in rows if of(row) == name]) for name in sorted(names)}


def _row(rows: Sequence[Judged]) -> dict[str, Any]:
    """Return pass^k over the tasks of some rows; k up to the trials that every task has."""
    won: dict[str, list[bool]] = {}
    for task, _, verdict in rows:
        won.setdefault(task.id, []).append(verdict.success)
    least = min(map(len, won.values()))
    found = {
        f"pass^{k}": bootstrap([pass_k(sum(w), len(w), k) for w in won.values()]) for k in KS if k <= least
    }
    return {
        "tasks": len(won),
        "trials": len(rows),
        **{name: estimate._asdict() for name, estimate in found.items() if estimate},
        "turns": _mean([len(dialogue.exchanges) for _, dialogue, _ in rows]),
    }


def _mean(values: Sequence[float]) -> float:
    return round(fmean(values), 3) if values else 0.0


def failures(rows: Sequence[Judged]) -> list[str]:
    """Return the transcripts of trials that failed, with what the task was and what went wrong."""
    return [transcript(*row) for row in rows if not row[2].success]


def transcript(task: Task, dialogue: Dialogue, verdict: Verdict) -> str:
    """Return a dialogue as text."""
    goal = "; ".join(
        f"{each.constraint.field} {each.constraint.op} {', '.join(each.constraint.labels)} ({each.reveal})"
        for each in task.constraints
    )
    lines = [
        f"## {task.id} trial {dialogue.trial} ({dialogue.manner}): {verdict.outcome},"
        f" {', '.join(verdict.violations) or 'no policy broken'}",
        f"goal: {goal}",
        f"has: {', '.join(task.user_services) or 'any'}; known: {', '.join(task.known) or 'nothing'}",
    ]
    for exchange in dialogue.exchanges:
        lines.append(f"> {exchange.said.text}")
        reply = exchange.reply
        offered = ", ".join(f"{item.title} [{item.id}]" for item in reply.items[:5])
        lines.append(
            f"[{reply.act}] {reply.error or reply.text.strip()}" + (f" => {offered}" if offered else "")
        )
    return "\n".join([*lines, f"> {dialogue.last.text} ({dialogue.last.stop})"]) + "\n"


def slices(scores: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return every row of a table by its name."""
    found = {"all": scores["all"]}
    for by in ("complexity", "reveal", "manner"):
        found |= {f"{by} {name or '–'}": row for name, row in scores[by].items()}
    return found
