"""Titles that a person named of items that are known here and not in the catalogue, and what came of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from langchain_core.messages import AnyMessage

from agent.answer import Answer
from agent.builtin.parse.fillers import without_hesitation
from agent.messages import Answered, answered_calls, loaded, this_turn
from kg.forms import Form
from kg.graph import KnowledgeGraph
from kg.text import name_key
from kg.types import ItemId
from tools.knowledge import Knowledge

_YEAR = 4  # digits
_SURE = 0.5  # a link that is less is perhaps just words


class _Named(NamedTuple):
    item: ItemId
    said: str


def with_only_known(knowledge: Knowledge, messages: Sequence[AnyMessage], answer: Answer) -> Answer:
    """Return an answer that names the titles in the person's last message of items that are only known.

    Where no condition, correction or fact came of one, its words are unknown too: it may only have put others
    in order.
    """
    named = list(_named(messages))
    if not named:
        return answer
    titles = (knowledge.graph.item(each.item).title for each in named)
    used = _used(this_turn(messages), answer)
    idle = (each.said for each in named if each.item not in used)
    unknown = tuple(dict.fromkeys((*answer.unknown, *idle)))
    return replace(answer, only_known=tuple(dict.fromkeys(titles)), unknown=unknown)


def is_only_known(graph: KnowledgeGraph, words: str) -> bool:
    """Tell whether words are a title of nothing but items that are known here and not in the catalogue."""
    refs = [ref for ref in graph.names.lookup([name_key(words)])[0] if ref.form <= Form.ALIAS]
    items = [graph.catalogue.items[ref.code].id for ref in refs if ref.is_item]
    return bool(items) and len(items) == len(refs) and not any(map(graph.offers, items))


def _named(messages: Sequence[AnyMessage]) -> Iterator[_Named]:
    turn = this_turn(messages)
    asked = without_hesitation(str(turn[0].text)) if turn else ""
    for call in answered_calls(turn):
        if call.name != "link_entities" or call.refused or call.arguments["text"] != asked:
            continue
        links = loaded(call.content)
        for mention in links["mentions"] if links["only_known"] else ():
            best = mention["candidates"][0]
            if mention["text"].isdecimal() and len(mention["text"]) < _YEAR:
                continue  # 'over 3 hours', 'the first two were great, 3 was bleak'
            if best["score"] >= _SURE and best["id"] in links["only_known"]:
                yield _Named(ItemId(best["id"]), mention["text"])


def _used(turn: Sequence[AnyMessage], answer: Answer) -> frozenset[ItemId]:
    """Return the items that a correction, a fact or a condition of the answer came of."""
    used = {ItemId(key) for each in answer.corrections for key in each.items}
    used |= {ItemId(each.fact.item) for each in answer.facts}
    stated = (*answer.conditions, *answer.any_of, *answer.none_of)
    stated += answer.also.conditions if answer.also else ()
    values = {(str(each.relation), each.value) for each in stated}
    compared = {str(each.relation) for each in stated if each.op != "is"}
    for call in answered_calls(turn):
        if not call.refused:
            used |= {ItemId(key) for key in _led_to(call, values, compared)}
    return frozenset(used)


def _led_to(call: Answered, values: set[tuple[str, str]], compared: set[str]) -> Sequence[str]:
    """Return the items of a call that led to what is stated."""
    told: Any = loaded(call.content)
    if call.name == "resolve_reference":
        found = {(str(call.arguments["relation"]), each["value"]) for each in told["values"]}
        return call.arguments["items"] if found & values else ()
    if call.name == "check_fact":
        claimed = (str(call.arguments["relation"]), str(call.arguments["value"]))
        return [call.arguments["item"]] if claimed in values else ()
    return [call.arguments["item"]] if call.name == "describe_item" and compared else ()
