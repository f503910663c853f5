"""Finding items for several readings at once, and relaxing what nothing satisfies."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, product

from agent.builtin import wording
from agent.builtin.desk import Arguments, Call, Desk
from agent.builtin.reading import Reading
from agent.builtin.terms import MAX_READINGS, Option, Term, category_term, name_term

_FALLBACK_K = 10

Finding = tuple[list[str], list[dict[str, str]]]


def find_each(several: Sequence[list[Term]], reading: Reading, desk: Desk) -> list[Finding]:
    """Find for several sets of terms in one turn."""
    ways = [
        sorted(islice(product(*terms), 4096), key=lambda way: sum(o.rank for o in way))[:MAX_READINGS]
        if terms
        else []
        for terms in several
    ]
    answers = iter(_ask_find([way for each in ways for way in each], reading, desk))
    return [_best([(way, next(answers)) for way in each]) for each in ways]


def _best(tried: Sequence[tuple[tuple[Option, ...], list[str]]]) -> Finding:
    ranked = [
        (sum(o.rank for o in way), -len(found), index) for index, (way, found) in enumerate(tried) if found
    ]
    if not ranked:
        return [], []
    way, found = tried[min(ranked)[2]]
    return found, [option.condition for option in _unique(way)]


def _ask_find(ways: Sequence[tuple[Option, ...]], reading: Reading, desk: Desk) -> list[list[str]]:
    answers = desk.ask_all([_find_call(way, reading, desk) for way in ways])
    return [[hit["id"] for hit in answer["items"]] if answer else [] for answer in answers]


def _find_call(way: tuple[Option, ...], reading: Reading, desk: Desk) -> Call:
    arguments: Arguments = {"conditions": [option.condition for option in _unique(way)]}
    excluded = [title.choices[0].id for title in reading.mentioned if title.choices]
    if excluded:
        arguments["exclude_items"] = list(dict.fromkeys(excluded))
    first, last = reading.years
    if first is not None:
        arguments["year_from"] = first
    if last is not None:
        arguments["year_to"] = last
    if reading.domain:
        arguments["domain"] = reading.domain
    if not desk.has("find_items"):
        return Call("search_items", {"text": reading.text, "k": _FALLBACK_K, **arguments})
    unwanted = [
        o.condition
        for w in reading.unwanted
        for o in name_term(w.roles, w.name)[:1] or category_term(w.name)[:1]
    ]
    if unwanted:
        arguments["none_of"] = unwanted
    return Call("find_items", arguments)


def _unique(way: tuple[Option, ...]) -> list[Option]:
    return list({(option.relation, option.value): option for option in way}.values())


def relaxed(terms: list[Term], reading: Reading, desk: Desk) -> tuple[list[str], list[dict[str, str]], str]:
    """Nothing satisfies everything: drop the one term whose absence leaves the most, and say so."""
    if len(terms) < 2:
        return [], [], wording.nothing([o.condition for t in terms for o in t[:1]])
    findings = find_each([[t for t in terms if t is not dropped] for dropped in terms], reading, desk)
    (items, conditions), dropped = max(zip(findings, terms, strict=True), key=lambda trial: len(trial[0][0]))
    wanted = [o.condition for t in terms for o in t[:1]]
    return (
        items,
        conditions,
        wording.relaxed(wanted, dropped[0].condition) if items else wording.nothing(wanted),
    )
