"""Single queries for reading: the worst of every type, as HTML. All text in them is data and is escaped."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bench.reports import tables
from bench.reports.runs import Run, Runs
from bench.reports.shown import escape
from bench.types import TYPES, Answer, Query
from kg.graph import KnowledgeGraph
from kg.types import ItemId

MOST = 300  # of a run
ROOM = 2_200_000  # bytes for the cases of all runs, so that the page stays below 3 MB
_NAMED = 12  # items of a kind named in a case
_LETTERS = 700  # of any one text
_STEP = 200  # of the arguments of a step, and of its result
_COUNTED = ("precision", "recall", "cmr", "correction")


class Case(NamedTuple):
    """A query with what a run made of it; `score` is the mean of the metrics that apply, 0 worst."""

    query: Query
    answer: Answer
    score: float


def worst(runs: Runs, run: Run, most: int = MOST) -> list[Case]:
    """Return at most `most` cases, worst first.

    Types take turns, the worst of each first: a type that nobody solves would fill the list otherwise.
    """
    ranked = {kind: [case for case in _cases(runs, run) if case.query.type == kind] for kind in TYPES}
    turns = {kind: sorted(cases, key=_badness) for kind, cases in ranked.items()}
    longest = max(map(len, turns.values()), default=0)
    taken = [turns[kind][turn] for turn in range(longest) for kind in TYPES if turn < len(turns[kind])]
    return sorted(taken[:most], key=_badness)


def browser(runs: Runs) -> str:
    """Return the filters and every run's cases; each run gets an equal share of the room."""
    parts = [_filters(runs)]
    for place, run in enumerate(runs.runs):
        picked = worst(runs, run)
        drawn = _fitting([_case(case, run, runs.graph) for case in picked], ROOM // len(runs.runs))
        total = f"{len(drawn):,} of {len(runs.queries):,} queries, worst first; types take turns."
        parts.append(
            f'<section class="cases" data-run="{place}" aria-labelledby="cases-{place}">'
            f'<h3 id="cases-{place}">{escape(run.label)}</h3><p class="quiet">{total}</p>'
            f"{''.join(drawn)}</section>"
        )
    return "".join(parts)


def _cases(runs: Runs, run: Run) -> Iterable[Case]:
    for query in runs.queries:
        values = run.values[query.id]
        counted = [values[name] for name in _COUNTED if name in values]
        if "false_alarm" in values:
            counted.append(1 - values["false_alarm"])
        answer = run.answers.get(query.id) or Answer(id=query.id, error="no answer yet")
        yield Case(query, answer, sum(counted) / len(counted))


def _badness(case: Case) -> tuple[bool, float, str]:
    return case.answer.error is None, case.score, case.query.id


def _fitting(drawn: Sequence[str], room: int) -> list[str]:
    kept, used = [], 0
    for text in drawn:
        used += len(text.encode())
        if used > room:
            break
        kept.append(text)
    return kept


def _filters(runs: Runs) -> str:
    present = {query.type for query in runs.queries}
    names = "".join(
        f'<option value="{place}">{_t(run.label)}</option>' for place, run in enumerate(runs.runs)
    )
    kinds = "".join(f'<option value="{kind}">{kind}</option>' for kind in TYPES if kind in present)
    return (
        '<form id="filters" hidden><label>Run <select name="run">'
        f'{names}<option value="">all</option></select></label>'
        f'<label>Type <select name="type"><option value="">all</option>{kinds}</select></label>'
        '<label>Score <select name="score"><option value="2">any</option>'
        '<option value="0.999">not perfect</option><option value="0.5">at most .5</option>'
        '<option value="0">0</option><option value="-1">errors</option></select></label>'
        '<label>Text <input name="text" type="search" autocomplete="off"></label>'
        '<p role="status" id="found"></p></form>'
        "<noscript><p>The filters need JavaScript; all cases are listed below.</p></noscript>"
    )


def _case(case: Case, run: Run, graph: KnowledgeGraph) -> str:
    query, answer = case.query, case.answer
    values = run.values[query.id]
    scored = ", ".join(f"{tables.heading(n)} {tables.number(v)}" for n, v in values.items() if n in _COUNTED)
    rows = [
        ("wanted", _wanted(query, graph)),
        ("claim", _claim(query, graph)),
        ("corrections", _corrections(answer, graph)),
        *_items(query, answer, graph),
        ("steps", _steps(answer)),
        ("error", _t(answer.error or "")),
        ("scores", _t(scored)),
        ("spent", _spent(answer)),
    ]
    listed = "".join(f'<dt>{name}</dt><dd class="{name}">{text}</dd>' for name, text in rows if text)
    state = "error" if answer.error else f"{case.score:.3f}"
    return (
        f'<details data-type="{query.type}" data-score="{-1 if answer.error else case.score:.3f}">'
        f'<summary><span class="score">{state}</span> <span class="kind">{query.type}</span> '
        f"{_t(query.query)}</summary><dl>{listed}<dt>id</dt><dd>{_t(query.id)}</dd></dl></details>"
    )


def _items(query: Query, answer: Answer, graph: KnowledgeGraph) -> list[tuple[str, str]]:
    given = list(dict.fromkeys(answer.items))
    truth = set(query.ground_truth) - set(query.ignore)
    hit = [item for item in given if item in truth]
    missed = [item for item in query.ground_truth if item in truth and item not in given]
    wrong = [item for item in given if item not in truth and item not in query.ignore]
    found = [
        (name, _titles(items, graph)) for name, items in (("hit", hit), ("missed", missed), ("wrong", wrong))
    ]
    return [*found, ("outside", _listed([_t(title) for title in answer.unmatched]))]


def _wanted(query: Query, graph: KnowledgeGraph) -> str:
    said = [f"{_t(each.relation)}: {_t(each.value)}" for each in query.conditions]
    for hint in query.references:
        said.append(f"{_t(hint.relation)} {_t(hint.value)} is hinted at by {_titles(hint.items, graph)}")
    who = query.profile.model_dump(exclude_none=True) if query.profile else {}
    said += [f"{name}: {_t(str(value))}" for name, value in who.items()]
    return "; ".join(said)


def _claim(query: Query, graph: KnowledgeGraph) -> str:
    if query.claim is None:
        return ""
    claim = query.claim
    truths = ", ".join(sorted(_t(each) for each in claim.truths))
    about = f"{_t(claim.relation)} of {_titles(claim.items, graph)}"
    return f"{about} said to be {_t(claim.claimed)}; true: {truths}"


def _steps(answer: Answer) -> str:
    lines = [
        f"<li><code>{_t(step.tool)}</code> {_t(json.dumps(step.arguments, ensure_ascii=False), _STEP)}"
        f' <span class="result">{"refused: " if step.refused else ""}{_t(step.result, _STEP)}</span></li>'
        for step in answer.trace
    ]
    return f'<ol class="steps">{"".join(lines)}</ol>' if lines else ""


def _spent(answer: Answer) -> str:
    counts = f"{answer.steps} steps, {answer.calls} calls, {answer.tokens} tokens"
    return f"{answer.latency_ms:,.1f} ms, {counts}"


def _corrections(answer: Answer, graph: KnowledgeGraph) -> str:
    return "; ".join(
        f"{_t(each.relation)} of {_titles(each.items, graph)}: not {_t(each.claimed)} but"
        f" {_listed([_t(true) for true in each.true]) or 'unknown'}"
        for each in answer.corrections[:_NAMED]
    )


def _titles(items: Sequence[str], graph: KnowledgeGraph) -> str:
    return _listed([_t(_title(item, graph)) for item in items])


def _title(item: str, graph: KnowledgeGraph) -> str:
    if item not in graph:
        return f"{item} (not in the catalogue)"
    found = graph.item(ItemId(item))
    return f"{found.title} ({found.year})" if found.year else found.title


def _listed(said: Sequence[str]) -> str:
    more = len(said) - _NAMED
    return ", ".join(said[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _t(text: str, letters: int = _LETTERS) -> str:
    return escape(text if len(text) <= letters else f"{text[:letters]} …")
