"""Verify an answer: every item, condition and claim is compared with what the graph stores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from agent.answer_json import describe
from agent.assistant import Assistant
from agent.guard.proof import examine
from agent.verify.claims import checked_claim
from agent.verify.reading import read_answer
from agent.verify.types import Checked, CheckedClaim, Met, Verdict, Verification
from kg.graph import KnowledgeGraph
from kg.text import words
from kg.types import Condition, ItemId, RelationName
from tools.knowledge import Asker
from tools.link import link_entities
from tools.proposal import Proposal

_MOST = 10  # items of a repaired answer
_WORST: tuple[Verdict, ...] = ("contradicted", "unknown", "proved")


def verify(
    assistant: Assistant, request: str, answer: str, *, repair: bool = False, asker: Asker = Asker()
) -> Verification:
    """Check somebody's answer to a request against the assistant's catalogue.

    Args:
        assistant: its catalogue is what is compared with; no model but the built-in one reads.
        request: what the person asked for.
        answer: words, a list of titles or ids a line each, or JSON: a list, or an object with `items`.
        repair: also return an answer of what holds, filled up with what Usher found itself.
        asker: on whose behalf; what they have is not recommended again.

    Returns:
        The verdict on every item, condition and claim. "contradicted" means that the catalogue stores
        something else on that relation, "unknown" that it stores nothing or, of a cast, only others.
    """
    graph = assistant.graph
    own = assistant.ask(request, asker=asker).answer
    named = [
        ItemId(mention.candidates[0].id)
        for mention in link_entities(assistant.knowledge, request).mentions
        if mention.candidates[0].kind == "item" and mention.candidates[0].score >= 1
    ]
    read = read_answer(assistant.knowledge, answer)
    titles = read.recommended(named)
    items = tuple(_checked(graph, each.id, each.said, own) for each in titles if each.id is not None)
    strange = (each.said for each in titles if each.id is None and not _is_said(each.said, request))
    unknown = tuple(dict.fromkeys(strange))
    claims = tuple(checked_claim(graph, claim) for claim in read.claims)
    found = Verification(request, items, unknown, _worth_saying(claims), _ignored(items, own), _unread(own))
    return replace(found, repaired=_repaired(graph, found, own)) if repair else found


def _is_said(name: str, request: str) -> bool:
    """Tell whether a request itself has a name, word by word."""
    return f" {' '.join(words(name))} " in f" {' '.join(words(request))} "


def _unread(own: dict[str, Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*own["unknown"], *own["unused"])))


def _checked(graph: KnowledgeGraph, key: ItemId, said: str, own: dict[str, Any]) -> Checked:
    item = graph.item(key)
    met = tuple(_conditions(graph, key, own))
    verdict: Verdict = min((each.verdict for each in met), key=_WORST.index, default="unknown")
    return Checked(key, item.title, item.year, said, verdict, met, graph.offers(key))


def _conditions(graph: KnowledgeGraph, key: ItemId, own: dict[str, Any]) -> Iterator[Met]:
    """Yield the verdict of every condition; of alternatives one, the best."""
    yield from (_met(graph, key, each) for each in own["conditions"])
    either = [_met(graph, key, each) for each in own["any_of"]]
    if either:
        yield max(either, key=lambda each: _WORST.index(each.verdict))
    yield from (_met(graph, key, each, denied=True) for each in own["none_of"])


def _met(graph: KnowledgeGraph, key: ItemId, stated: dict[str, str], *, denied: bool = False) -> Met:
    condition = _condition(stated)
    values = tuple(graph.labels(key, condition.relation))
    holds = bool(graph.proved(key, condition))
    verdict: Verdict = "unknown" if not values else "proved" if holds != denied else "contradicted"
    return Met(condition.relation, condition.op, condition.value, verdict, values, denied)


def _worth_saying(claims: Sequence[CheckedClaim]) -> tuple[CheckedClaim, ...]:
    """Return claims, those that no relation is told of left out where nothing here proves them."""
    return tuple(each for each in claims if each.relation or each.verdict == "proved")


def _ignored(items: Sequence[Checked], own: dict[str, Any]) -> tuple[Met, ...]:
    """Return the conditions that no item of the answer is proved to meet."""
    if not items:
        stated = [*own["conditions"], *own["any_of"]]
        return tuple(Met(each["relation"], each["op"], str(each["value"]), "unknown") for each in stated)
    columns = zip(*(each.conditions for each in items), strict=True)
    return tuple(column[0] for column in columns if all(each.verdict != "proved" for each in column))


def _condition(stated: dict[str, Any]) -> Condition:
    return Condition(RelationName(stated["relation"]), str(stated["value"]), stated["op"])


def _repaired(graph: KnowledgeGraph, found: Verification, own: dict[str, Any]) -> dict[str, Any]:
    """Return an answer of the items that hold, then Usher's own, ten at most, as the guard leaves it."""
    good = [each.id for each in found.items if each.verdict != "contradicted" and each.offered]
    proposal = Proposal(
        tuple(dict.fromkeys([*good, *(line["id"] for line in own["items"])]))[:_MOST],
        *(tuple(map(_condition, own["conditions"])), (), "", None),
        any_of=tuple(map(_condition, own["any_of"])),
        none_of=tuple(map(_condition, own["none_of"])),
        basis=own["basis"] if own["basis"] == "proved" else None,
        unknown=tuple(own["unknown"]),
        unused=tuple(own["unused"]),
    )
    return describe(graph, examine(graph, proposal))
