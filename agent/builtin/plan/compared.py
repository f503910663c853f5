"""Comparisons and orders as tools take them, and what an answer must say of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from agent.builtin.interpret.compared import Comparison, Sort
from agent.builtin.plan.tool_session import Arguments, Call, ToolSession
from agent.builtin.respond import quantities as sentences

_TIED = 50  # items that may have the value of the last one shown


def stated_comparisons(comparisons: Iterable[Comparison]) -> tuple[dict[str, str], ...]:
    """Return comparisons as conditions, each with its `op`; those without a value yet are left out."""
    stated = [
        {"relation": each.relation, "op": each.op, "value": each.value}
        for each in comparisons
        if each.value and not each.denied and not each.either
    ]
    return tuple(each for place, each in enumerate(stated) if each not in stated[:place])


def either_of(comparisons: Iterable[Comparison]) -> tuple[dict[str, str], ...]:
    """Return the comparisons of which one is enough, as conditions."""
    return tuple(
        {"relation": each.relation, "op": each.op, "value": each.value} for each in comparisons if each.either
    )


def ruled_out(comparisons: Iterable[Comparison]) -> tuple[dict[str, str], ...]:
    """Return what must not be so, as conditions."""
    return tuple({"relation": each.relation, "value": each.value} for each in comparisons if each.denied)


def stated_sorts(sorts: Iterable[Sort]) -> tuple[dict[str, Any], ...]:
    """Return orders as tools take them."""
    return tuple({"relation": each.relation, "descending": each.descending} for each in sorts)


def how_meant(comparisons: Iterable[Comparison]) -> Iterator[str]:
    """Yield how words were taken that give no number, or only about one."""
    for each in comparisons:
        if each.by == "third":
            yield sentences.third(each.text, each.relation, each.op, each.value, each.unit)
        elif each.by == "around":
            yield sentences.around(each.text)


def softened(comparisons: Sequence[Comparison]) -> tuple[tuple[Comparison, ...], tuple[Sort, ...], str]:
    """Return comparisons without those of thirds, orders in their place, and a sentence that says so."""
    thirds = [
        each for each in comparisons if each.by == "third" and each.op in ("<=", ">=") and not each.either
    ]
    sorts = tuple(Sort(each.relation, descending=each.op == ">=") for each in thirds)
    return tuple(each for each in comparisons if each not in thirds), sorts, sentences.softened(thirds)


def with_unsorted(
    answer: Arguments, sorts: Sequence[Sort], call: Call, session: ToolSession
) -> tuple[Arguments, str]:
    """Return an answer that is only put in order with what has no value at its end, and a note that says so.

    `call` is what found the items. Where so many of them are asked for, those without a value are not.
    """
    if not sorts or sorts[0].limit is not None or "limit" in call.arguments:
        return answer, ""
    unsorted = {name: given for name, given in call.arguments.items() if name != "order"}
    found = session.call(call.name, **unsorted)
    rest = [hit["id"] for hit in found["items"] if hit["id"] not in answer["items"]] if found else []
    note = sentences.unsorted(len(rest), sorts[0].relation) if rest else ""
    return answer | {"items": [*answer["items"], *rest]}, note


def cut(answer: Arguments, sorts: Sequence[Sort], call: Call, session: ToolSession) -> Arguments:
    """Return an answer with as many items as an order asks for; who has the same value as the last is said.

    `call` is what found the items.
    """
    if not sorts or not answer["items"] or sorts[0].limit is None:
        return answer
    sort, items = sorts[0], answer["items"]
    end = sort.rank - 1 + (sort.limit or 1)
    kept = items[sort.rank - 1 : end]
    if not kept:
        return answer | {"items": items[-1:]}
    note = _tied(kept, items[end : end + _TIED], sort, call, session)
    return answer | {"items": kept, "note": " ".join(filter(None, (answer["note"], note)))}


def _tied(kept: Sequence[str], rest: Sequence[str], sort: Sort, call: Call, session: ToolSession) -> str:
    if not rest or not session.has("describe_item"):
        return ""
    described = session.call("describe_item", item=kept[-1])
    values = described["relations"].get(sort.relation, ()) if described else ()
    if not values:
        return ""
    value = values[-1] if sort.descending else values[0]
    same = {"relation": sort.relation, "op": "is", "value": value}
    alike = session.call(call.name, **{**call.arguments, "conditions": [*call.arguments["conditions"], same]})
    hits = {hit["id"]: hit["title"] for hit in alike["items"]} if alike else {}
    return sentences.same_value([hits[item] for item in rest if item in hits], sort.relation)
