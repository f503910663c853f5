"""What a language model may speak of: items that tools found for it, and names that the person said.

The guard proves what is stated of an item. Where nothing is stated, a model could still name what it
remembers or what a text told it to name; here every item and every name is traced back to its source.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

from agent.answer import Answer
from agent.messages import REPAIR, answered_calls, this_turn, turns
from kg.text import tokens
from kg.types import ItemId
from tools.errors import ToolError
from tools.knowledge import Knowledge
from tools.link import link_entities
from tools.proposal import Basis, Proposal
from tools.toolsets import FINDERS

_KEPT = 64  # answers of tools, which the guard looks into at every turn that follows
_SURE = 0.5  # a link that is less is perhaps just words


def found(messages: Sequence[AnyMessage]) -> frozenset[ItemId]:
    """Return the items that tools found in a conversation, or that the person named.

    What a tool only says back (`rank_for_user`, `check_fact`) proves nothing, nor what a model had linked in
    words of its own.
    """
    said = _said(messages)
    ids: set[ItemId] = set()
    for call in answered_calls(messages):
        if call.refused:
            continue
        if call.name in FINDERS:
            ids |= _hits(call.content)
        elif call.name == "link_entities" and str(call.arguments["text"]) in said:
            ids |= _linked(call.content, 0.0)
    return frozenset(ids)


@lru_cache(maxsize=_KEPT)
def _hits(answer: str) -> frozenset[ItemId]:
    """Return the items that a finder's answer holds."""
    return frozenset(ItemId(hit["id"]) for hit in json.loads(answer)["items"])


@lru_cache(maxsize=_KEPT)
def _linked(answer: str, least: float) -> frozenset[ItemId]:
    """Return the items that `link_entities` linked with at least this score."""
    candidates = (c for mention in json.loads(answer)["mentions"] for c in mention["candidates"])
    return frozenset(ItemId(c["id"]) for c in candidates if c["kind"] == "item" and c["score"] >= least)


_BASES: Mapping[str, Basis] = {
    "similar_items": "taste",
    "group_favourites": "taste",
    "search_items": "text",
    "find_items": "popular",
}


def basis(messages: Sequence[AnyMessage], proposal: Proposal) -> Basis | None:
    """Return why the proposed items were found, by the tool of this turn that found most of them.

    "proved" where something is stated of them; None where no tool found them.
    """
    if proposal.conditions or proposal.any_of or proposal.none_of:
        return "proved"
    wanted, best = set(proposal.items), (0, "")
    for call in answered_calls(this_turn(messages)):
        if call.name in _BASES and not call.refused:
            held = len(wanted & _hits(call.content))
            best = max(best, (held, call.name), key=lambda each: each[0])
    return _BASES[best[1]] if best[0] else None


def spoken_of(knowledge: Knowledge, messages: Sequence[AnyMessage]) -> frozenset[ItemId]:
    """Return the items that the person named in a conversation, or that an earlier answer told of."""
    said, ids = _said(messages), set[ItemId]()
    for call in answered_calls(messages):
        if call.name == "link_entities" and not call.refused and str(call.arguments["text"]) in said:
            ids |= _linked(call.content, _SURE)
    before = messages[: -len(this_turn(messages))]
    ends = [turn[-1] for turn in turns(before)]  # a model's own words stand before it, and were not shown
    told = "\n".join(str(m.text) for m in ends if isinstance(m, AIMessage) and not m.tool_calls)
    return frozenset(ids | {key for key in _recommended(before) if knowledge.graph.item(key).title in told})


def kept_to_policy(
    knowledge: Knowledge, answer: Answer, held: Answer, messages: Sequence[AnyMessage]
) -> Answer:
    """Return `held`, which is `answer` held to a policy, without words of a model that name other items."""
    left = replace(answer, items=held.items, also=held.also, facts=held.facts, removed=held.removed)
    words = without_strange_names(knowledge, left, messages, spoken_of(knowledge, messages))
    return replace(
        held,
        also=words.also,
        note=words.note if held.note == answer.note else held.note,
        question=words.question if held.question == answer.question else held.question,
        act=words.act if held.act == answer.act else held.act,
        removed=words.removed,
    )


def without_strange_names(
    knowledge: Knowledge,
    answer: Answer,
    messages: Sequence[AnyMessage],
    earlier: Set[ItemId] | None = None,
) -> Answer:
    """Return an answer whose words name no item but its own, earlier answers' and what the person named.

    A note, a question or a second reading that does is left out, and that is said in `removed`. `earlier` are
    the items of earlier answers, found out if not given.
    """
    said = "\n".join((_said(messages), *_labels(answer)))
    shown = {line.id for line in answer.items} | {ItemId(key) for c in answer.corrections for key in c.items}
    shown |= {ItemId(told.fact.item) for told in answer.facts}
    shown |= _recommended(messages[: -len(this_turn(messages))]) if earlier is None else earlier
    if answer.also:
        shown |= {line.id for line in answer.also.items}
        words = ".\n".join((answer.also.label, answer.also.question, *answer.also.choices))
        if strange := next(_strange(knowledge, words, shown, said), None):
            problem = f"the second reading names {strange!r}, which nothing proves"
            answer = replace(answer, also=None, removed=(*answer.removed, problem))
    if answer.question:
        words = ".\n".join((answer.question.text, *answer.question.choices))
        if strange := next(_strange(knowledge, words, shown, said), None):
            problem = f"the question names {strange!r}, which nothing proves"
            act = "decline" if answer.act == "ask" else answer.act
            answer = replace(answer, question=None, act=act, removed=(*answer.removed, problem))
    if strange := next(_strange(knowledge, answer.note, shown, said), None):
        problem = f"the note names {strange!r}, which nothing proves"
        answer = replace(answer, note="", removed=(*answer.removed, problem))
    return answer


def _recommended(messages: Sequence[AnyMessage]) -> set[ItemId]:
    """Return the items of earlier answers that tools had found."""
    given = [call for call in answered_calls(messages) if call.name == "recommend" and not call.refused]
    return {ItemId(item) for call in given for item in call.arguments["items"]} & found(messages)


def _labels(answer: Answer) -> Iterator[str]:
    """Yield the names that an answer states and the guard has proved."""
    stated = (*answer.conditions, *answer.any_of, *answer.none_of)
    for condition in (*stated, *(answer.also.conditions if answer.also else ())):
        yield condition.value
    for correction in answer.corrections:
        yield from correction.true
    for told in answer.facts:
        yield from (told.title, *told.fact.values)
    for line in (*answer.items, *(answer.also.items if answer.also else ())):
        yield from (line.title, *(label for _, label in line.proof))


def _strange(knowledge: Knowledge, words: str, shown: set[ItemId], said: str) -> Iterator[str]:
    """Yield the names of items, and of nothing here, that are neither shown nor in what the person said."""
    try:
        links = link_entities(knowledge, words)
    except ToolError:  # too long to be read, so too long to be said
        yield f"{words[:80]}…"
        return
    known = {word.norm for word in tokens(said)}
    for mention in links.mentions:
        sure = [each for each in mention.candidates if each.score >= _SURE]
        items = {ItemId(each.id) for each in sure if each.kind == "item"}
        if (
            len(items) == len(sure) > 0
            and not items & shown
            and mention.text.casefold() not in said.casefold()
        ):
            yield mention.text
    yield from (each.text for each in links.unlinked if not {t.norm for t in tokens(each.text)} <= known)


def _said(messages: Sequence[AnyMessage]) -> str:
    """Return what the person said in a conversation."""
    own = [m for m in messages if isinstance(m, HumanMessage) and m.name != REPAIR]
    return "\n".join(str(message.text) for message in own)
