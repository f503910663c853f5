"""What a language model may speak of: items that tools found for it, what tools told, what the person said.

The guard proves what is stated of an item. Where nothing is stated, a model could still name what it
remembers or what a text told it to name; here every item and every name is traced back to its source.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

from agent.answer import Answer
from agent.builtin.respond.sentences import ALL_LEFT_OUT, STOPPED, STOPPED_NEAR
from agent.guard.asked import as_asked
from agent.guard.known import NUMBER, SURE, EmptySearch, Known, folded
from agent.guard.said import SaidByPerson, as_said
from agent.guard.words import unproved
from agent.messages import REPAIR, Answered, answered_calls, this_turn, turns
from agent.wishes_said import sentence
from kg.types import TITLE, ItemId
from tools.knowledge import Knowledge
from tools.proposal import Basis, Proposal
from tools.toolsets import FINDERS

_KEPT = 64  # answers of tools, which the guard looks into at every turn that follows
_CHOICES = 10  # of a question
_OF_ARGUMENTS = frozenset(("items", "evidence", "missing", "unheard"))
_YEARS = ("year_from", "year_to")
_SLOTS = ("title", "year", "genre", "kind", "domain", "audience")  # beside the relations of a catalogue
_OF_MODEL = ("act", "note", "question", "corrections", "conditions", "any_of", "none_of", "unknown", "unused")


def found(messages: Sequence[AnyMessage]) -> frozenset[ItemId]:
    """Return the items that tools found in a conversation, or that the person named.

    What a tool only says back (`rank_for_user`, `check_fact`) proves nothing, nor what a model had linked in
    words of its own, nor a search for the words of a title that the person did not say.
    """
    said = "\n".join(_texts(messages))
    ids: dict[frozenset[ItemId], None] = {}  # turn after turn finds the same, and a set is hashed once
    for call in answered_calls(messages):
        if call.refused:
            continue
        if call.name in FINDERS:
            hits, own = _hits(call.content), _looked_for(call, said)
            ids[hits - own if own else hits] = None
        elif call.name == "link_entities" and _is_said(str(call.arguments["text"]), said):
            ids[_linked(call.content, 0.0)] = None
    return _union(tuple(ids))


@lru_cache(maxsize=_KEPT)
def _union(parts: tuple[frozenset[ItemId], ...]) -> frozenset[ItemId]:
    return parts[0] if len(parts) == 1 else frozenset().union(*parts)


def _is_said(text: str, said: str) -> bool:
    """Tell whether a text stands in what was said, word by word."""
    return f" {folded(text)} " in f" {folded(said)} " if folded(text) else text in said


def _looked_for(call: Answered, said: str) -> set[ItemId]:
    """Return the hits of a search by words that were mostly a title which the person did not say."""
    text = folded(str(call.arguments.get("text", "")))
    if not text:
        return set()
    titles = {ItemId(hit["id"]): folded(hit["title"]) for hit in json.loads(call.content)["items"]}
    named = {key for key, title in titles.items() if title and f" {title} " in f" {text} "}
    return {key for key in named if 2 * len(titles[key]) > len(text) and not _is_said(titles[key], said)}


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
    said, ids = "\n".join(_texts(messages)), set[ItemId]()
    for call in answered_calls(messages):
        if call.name == "link_entities" and not call.refused and _is_said(str(call.arguments["text"]), said):
            ids |= _linked(call.content, SURE)
    before, told = messages[: -len(this_turn(messages))], "\n".join(_shown_before(messages))
    return frozenset(ids | {key for key in _recommended(before) if knowledge.graph.item(key).title in told})


def kept_to_policy(
    knowledge: Knowledge, answer: Answer, held: Answer, messages: Sequence[AnyMessage]
) -> Answer:
    """Return `held`, which is `answer` held to a policy, without words of a model that nothing proves."""
    left = replace(answer, items=held.items, also=held.also, facts=held.facts, removed=held.removed)
    words = without_strange_names(knowledge, left, messages, spoken_of(knowledge, messages))
    own = {name: getattr(words, name) for name in _OF_MODEL if getattr(held, name) == getattr(answer, name)}
    return replace(held, **own, facts=words.facts, also=words.also, removed=words.removed)


def without_strange_names(
    knowledge: Knowledge,
    answer: Answer,
    messages: Sequence[AnyMessage],
    earlier: Set[ItemId] | None = None,
) -> Answer:
    """Return an answer that says only what it proves, what tools told and what the person said.

    A note, a question or a second reading that says more is left out, and that is said in `removed`.
    `earlier` are the items of earlier answers, found out if not given.
    """
    said = SaidByPerson(knowledge, tuple(_texts(messages)))
    speakable = found(messages) | spoken_of(knowledge, messages)
    own = answer.also and (answer.also.label, answer.also.question, *answer.also.choices)
    answer = as_said(said, answer, speakable | said.items)
    under_policy = earlier is not None  # what is asked for is settled over turns
    earlier = _recommended(messages[: -len(this_turn(messages))]) if earlier is None else earlier
    known = _known(knowledge, answer, messages, speakable | said.items, earlier)
    removed, asking = [*answer.removed], replace(known, text=f"{known.text}\n{known.said}", asks=True)
    also, question, note, act = answer.also, answer.question, answer.note, answer.act
    if own and (problem := _problem(knowledge, own, asking)):
        also, removed = None, [*removed, f"the second reading {problem}"]
    if question and (problem := _problem(knowledge, (question.text, *question.choices), asking)):
        question, act = None, "decline" if act == "ask" else act
        removed.append(f"the question {problem}")
    elif question and question.slot not in {*_SLOTS, *(each.name for each in knowledge.graph.relations)}:
        question = replace(question, slot="")
    own_words = (ALL_LEFT_OUT, sentence(answer.wishes, knowledge.graph), STOPPED, STOPPED_NEAR)
    if note not in own_words and (problem := unproved(knowledge, note, known)):
        note = ""
        removed.append(f"the note {problem}")
    answer = replace(answer, also=also, question=question, act=act, note=note, removed=tuple(removed))
    return answer if under_policy else as_asked(knowledge, answer, this_turn(messages)[0].text)


def _problem(knowledge: Knowledge, texts: Sequence[str], known: Known) -> str | None:
    """Return what is wrong with a question and its choices; None if nothing is."""
    if len(texts) > _CHOICES + 2:
        return f"has {len(texts) - 1} choices"
    return next(filter(None, (unproved(knowledge, text, known) for text in texts)), None)


def _known(
    knowledge: Knowledge,
    answer: Answer,
    messages: Sequence[AnyMessage],
    speakable: Set[ItemId],
    earlier: Set[ItemId],
) -> Known:
    """Return what the words of an answer may speak of."""
    told = [ItemId(each.fact.item) for each in answer.facts]
    corrected = [ItemId(key) for each in answer.corrections for key in each.items]
    lines = [line.id for line in answer.items]
    also = [line.id for line in answer.also.items] if answer.also else []
    calls = [call for call in answered_calls(this_turn(messages)) if not call.refused]
    text = (
        *_labels(answer),
        *_shown_before(messages),
        *_told(calls, {*speakable, *lines}),
        *(each.unit for each in knowledge.graph.relations if each.unit),
    )
    denied = [each.value for each in answer.none_of] + [each.claimed for each in answer.corrections]
    refuted = [each.fact for each in answer.facts if each.fact.verdict == "no"]
    denied += [each.asked for each in refuted]
    instead = [value for each in answer.corrections for value in each.true]
    instead += [value for each in refuted for value in each.values]
    denied += [*answer.unknown, *answer.unused]
    empty = tuple(_empty_searches(calls))
    sought = (each for search in empty for each in (*search.names, *search.numbers))
    return Known(
        items=frozenset((*lines, *also, *told, *corrected, *earlier)),
        lines=tuple(dict.fromkeys(lines or told or corrected)),
        text="\n".join((*text, *denied, *sought)),
        stated="\n".join(text),
        said="\n".join(_texts(messages)),
        denied=frozenset(map(folded, denied)),
        instead=frozenset(map(folded, instead)),
        empty=empty,
        verdicts=frozenset(each.fact.verdict for each in answer.facts if each.fact.verdict),
    )


def _empty_searches(calls: Sequence[Answered]) -> Iterator[EmptySearch]:
    """Yield the searches by facts that found nothing."""
    for call in calls:
        if call.name == "find_items" and not _hits(call.content):
            stated = (*(call.arguments.get("conditions") or ()), *(call.arguments.get("any_of") or ()))
            values = [str(each["value"]) for each in stated]
            values += [str(call.arguments[name]) for name in _YEARS if call.arguments.get(name)]
            names = frozenset(folded(value) for value in values if not NUMBER.search(value))
            yield EmptySearch(names, frozenset(n for value in values for n in NUMBER.findall(value)))


def _shown_before(messages: Sequence[AnyMessage]) -> list[str]:
    """Return the texts of earlier answers; a model's own words stand before them, and were not shown."""
    ends = [turn[-1] for turn in turns(messages[: -len(this_turn(messages))])]
    return [str(m.text) for m in ends if isinstance(m, AIMessage) and not m.tool_calls]


def _told(calls: Sequence[Answered], items: Set[ItemId]) -> Iterator[str]:
    """Yield what tools told of items out of the graph; what they say back of their arguments is none."""
    for call in calls:
        evidence, own = _read(call.content)
        yield from (label for item, label in evidence if item in items)
        if call.name in FINDERS or call.name == "rank_for_user":
            yield " ".join(NUMBER.findall(own))
        if call.name == "describe_item" and (said := json.loads(own))["id"] in items:
            yield f"{said['year']} {said['description']}"


@lru_cache(maxsize=_KEPT)
def _read(content: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """Return the proofs in a tool's result, as (item, label), and what else it says out of the graph."""
    said: dict[str, Any] = json.loads(content)
    # A search for a title says that title back, and so tells of nothing.
    told = [each for each in said.get("evidence", ()) if each["relation"] != TITLE]
    evidence = tuple((str(each["item"]), str(each["label"])) for each in told)
    return evidence, json.dumps({name: value for name, value in said.items() if name not in _OF_ARGUMENTS})


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
        yield from (line.title, str(line.year or ""), *(label for _, label in line.proof))


def _texts(messages: Sequence[AnyMessage]) -> list[str]:
    """Return what the person said in a conversation."""
    own = [m for m in messages if isinstance(m, HumanMessage) and m.name != REPAIR]
    return [str(message.text) for message in own]
