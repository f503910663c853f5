"""Single requests as people write them, by phenomenon: the truth of each is computed from the graph.

The data are in requests.jsonl, a request a line: id, phenomenon, text and what is expected of the answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from agent.assistant import Assistant
from kg import text
from kg.graph import KnowledgeGraph, Years
from kg.types import Condition, Item, ItemId, RelationName

pytestmark = pytest.mark.slow

# The least share of each phenomenon's requests that must pass. Raise a share when the reader improves.
LEAST = {
    "titles": 1.0,
    "people": 1.0,
    "typos": 1.0,
    "genres and countries": 0.96,
    "years": 1.0,
    "roles": 0.97,
    "roles of one person": 1.0,
    "references": 0.96,
    "two references": 1.0,
    "claims item wins": 1.0,
    "claims person wins": 1.0,
    "claims with typos": 1.0,
    "several claims": 1.0,
    "true claims": 1.0,
    "liked examples": 1.0,
    "logic": 1.0,
    "counts": 1.0,
    "already seen": 1.0,
    "superlatives": 1.0,
    "noise": 1.0,
    "honesty": 0.95,
    "injection": 1.0,
}

NARROWING = ("all_of", "any_of", "none_of", "years", "domain")
KEYS = {
    *NARROWING,
    "without",
    "order",
    "limit",
    "correction",
    "corrections",
    "said",
    "empty",
    "subset_of_catalogue",
}

Row = dict[str, Any]
Expected = dict[str, Any]
Score = Callable[[str, int, int], None]

REQUESTS: list[Row] = [
    json.loads(line)
    for line in Path(__file__).with_name("requests.jsonl").read_text(encoding="utf-8").splitlines()
]


# What is true


def conditions(pairs: Sequence[Sequence[str]]) -> list[Condition]:
    return [Condition(RelationName(relation), value) for relation, value in pairs]


def titled(graph: KnowledgeGraph, title: str) -> set[str]:
    return by_title(graph).get(title, set())


@cache
def by_title(graph: KnowledgeGraph) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for item in graph.catalogue.items:
        found.setdefault(item.title, set()).add(item.id)
    return found


def truth(graph: KnowledgeGraph, expect: Expected) -> set[str]:
    """Return every item that satisfies what is asked, without those the person named."""
    positions = graph.find(
        conditions(expect.get("all_of", ())),
        conditions(expect.get("none_of", ())),
        years=Years(*expect.get("years", (None, None))),
        domain=expect.get("domain"),
    )
    found: set[str] = set(graph.ids(positions))
    if "any_of" in expect:
        found &= {key for c in conditions(expect["any_of"]) for key in graph.ids(graph.items_with(c))}
    return found - {key for title in expect.get("without", ()) for key in titled(graph, title)}


def listed(expect: Expected) -> list[dict[str, str]]:
    """Return the corrections expected; `correction` is one or a list."""
    said = expect.get("correction", [])
    return said if isinstance(said, list) else [said]


# What is wrong with an answer


def faults(graph: KnowledgeGraph, expect: Expected, answer: dict[str, Any]) -> Iterator[str]:
    """Yield everything an answer gets wrong; nothing if the request passed."""
    keys = [line["id"] for line in answer["items"]]
    yield from invented(graph, answer)
    if any(name in expect for name in NARROWING):
        yield from wrong_items(graph, expect, keys)
    named = {key for title in expect.get("without", ()) for key in titled(graph, title)}
    if said := named & set(keys):
        yield f"named by the person, yet recommended: {titles(graph, said)}"
    if expect.get("empty") and keys:
        yield f"expected no item, got {titles(graph, keys)}"
    if expect.get("said", "").casefold() not in answer["text"].casefold():
        yield f"expected {expect['said']!r} to be said, got {answer['text']!r}"
    yield from wrong_corrections(graph, listed(expect), answer["corrections"])


def invented(graph: KnowledgeGraph, answer: dict[str, Any]) -> Iterator[str]:
    for line in answer["items"]:
        if line["id"] not in graph:
            yield f"not in the catalogue: {line['id']}"
        elif unproved := [
            (relation, value)
            for relation, value in line["proof"]
            if value not in held(graph, line["id"], relation)
        ]:
            yield f"false proof of {line['title']}: {unproved}"


def held(graph: KnowledgeGraph, key: str, relation: str) -> set[str]:
    """Return what the catalogue knows of an item: its labels, or its year."""
    if relation == "year":
        return {str(item_of(graph, key).year)}
    return {entity.label for entity in graph.values(ItemId(key), relation)}


def wrong_items(graph: KnowledgeGraph, expect: Expected, keys: Sequence[str]) -> Iterator[str]:
    wanted = truth(graph, expect)
    if extra := set(keys) - wanted:
        yield f"does not satisfy the request: {titles(graph, extra)}"
    limit = expect.get("limit")
    if limit is None and (missing := wanted - set(keys)):
        yield f"missing: {titles(graph, missing)}"
    if limit is not None and len(keys) != limit:
        yield f"expected {limit} of {titles(graph, wanted)}, got {len(keys)}"
    if "order" in expect:
        backwards = expect["order"] == "-year"
        best = sorted((item_of(graph, key).year or 0 for key in wanted), reverse=backwards)[:limit]
        got = [item_of(graph, key).year or 0 for key in keys]
        if got != best:
            yield f"expected the years {best}, got {got}"


def wrong_corrections(
    graph: KnowledgeGraph, wanted: Sequence[dict[str, str]], said: Sequence[dict[str, Any]]
) -> Iterator[str]:
    for correction in wanted:
        if not any(same_correction(graph, correction, each) for each in said):
            yield f"not corrected: {correction}"
    for each in said:
        if not any(same_correction(graph, correction, each) for correction in wanted):
            of = titles(graph, each["items"])
            yield f"false alarm: {each['relation']} of {of} is {each['true']}, not {each['claimed']}"


def same_correction(graph: KnowledgeGraph, wanted: dict[str, str], said: dict[str, Any]) -> bool:
    """Tell whether a correction is the one expected; a name may be claimed in full or by its surname."""
    claimed, expected = set(text.words(said["claimed"])), set(text.words(wanted["claimed"]))
    return (
        said["relation"] == wanted["relation"]
        and wanted["true"] in said["true"]
        and bool(titled(graph, wanted["title"]) & set(said["items"]))
        and bool(claimed)
        and (claimed <= expected or expected <= claimed)
    )


def item_of(graph: KnowledgeGraph, key: str) -> Item:
    return graph.item(ItemId(key))


def titles(graph: KnowledgeGraph, keys: Sequence[str] | set[str]) -> str:
    names = sorted(item_of(graph, key).name if key in graph else key for key in keys)
    return "; ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")


def failures(assistant: Assistant, rows: Sequence[Row]) -> dict[str, list[str]]:
    """Return what is wrong with the answers, by request id; without those that passed."""
    wrong = {
        row["id"]: list(faults(assistant.graph, row["expect"], assistant.ask(row["text"]).answer))
        for row in rows
    }
    return {key: why for key, why in wrong.items() if why}


def of_phenomenon(name: str) -> list[Row]:
    return [row for row in REQUESTS if row["phenomenon"] == name]


# The data


def test_every_request_has_an_id_and_a_text_of_its_own() -> None:
    assert len({row["id"] for row in REQUESTS}) == len({row["text"] for row in REQUESTS}) == len(REQUESTS)


def test_every_phenomenon_has_a_least_share() -> None:
    assert {row["phenomenon"] for row in REQUESTS} == set(LEAST)


def test_every_expectation_says_something_in_known_keys() -> None:
    assert [row["id"] for row in REQUESTS if not row["expect"] or row["expect"].keys() - KEYS] == []


def test_every_stated_value_is_in_the_graph(usher: Assistant) -> None:
    stated = [
        (row["id"], c)
        for row in REQUESTS
        for part in ("all_of", "any_of", "none_of")
        for c in conditions(row["expect"].get(part, ()))
    ]
    assert [(key, c) for key, c in stated if not len(usher.graph.items_with(c))] == []


def test_every_title_is_in_the_graph(usher: Assistant) -> None:
    named = [(row["id"], title) for row in REQUESTS for title in row["expect"].get("without", ())]
    assert [(key, title) for key, title in named if not titled(usher.graph, title)] == []


def test_every_request_that_narrows_can_be_met(usher: Assistant) -> None:
    sizes = {
        row["id"]: (len(truth(usher.graph, row["expect"])), row["expect"].get("limit", 1))
        for row in REQUESTS
        if any(name in row["expect"] for name in NARROWING)
    }
    assert [key for key, (size, least) in sizes.items() if size < least] == []


def test_every_expected_correction_is_of_a_false_claim(usher: Assistant) -> None:
    wrong = []
    for row in REQUESTS:
        for claim in listed(row["expect"]):
            known = {
                value
                for key in titled(usher.graph, claim["title"])
                for value in held(usher.graph, key, claim["relation"])
            }
            if claim["true"] not in known or claim["claimed"] in known:
                wrong.append(row["id"])
    assert wrong == []


# The requests


@pytest.mark.parametrize("phenomenon", LEAST)
def test_requests_of_a_phenomenon_are_answered(phenomenon: str, usher: Assistant, score: Score) -> None:
    rows = of_phenomenon(phenomenon)
    wrong = failures(usher, rows)
    passed = len(rows) - len(wrong)
    score(phenomenon, len(rows), passed)
    asked = {row["id"]: row["text"] for row in rows}
    report = "\n".join(f"{key}: {asked[key]!r}\n    " + "\n    ".join(why) for key, why in wrong.items())
    assert passed >= LEAST[phenomenon] * len(rows), f"{passed} of {len(rows)} passed\n{report}"
