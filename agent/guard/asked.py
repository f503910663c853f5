"""What a request asks for and a language model's answer leaves out: that is said, and the rest not proved.

The request is read as the built-in model reads it. A name, a kind, a time or a measure that it states and no
condition of the answer has was not used; an item that it rules out by name is not shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from agent.answer import Answer
from agent.builtin.interpret.message import Message, understood
from agent.builtin.interpret.request import Constraint, EntityMention
from agent.builtin.parse.negation import is_negated
from agent.builtin.parse.vocabulary import Vocabulary
from agent.guard.known import folded
from kg.types import YEAR, Condition, ItemId
from tools.errors import ToolError
from tools.knowledge import Knowledge
from tools.link import link_entities
from tools.toolsets import as_json


def as_asked(knowledge: Knowledge, answer: Answer, request: str) -> Answer:
    """Return an answer that says what of the request no condition of it has, and shows nothing ruled out.

    A message of several requests, or one that standing wishes are noted of, is left as it is.
    """
    if not answer.items or answer.act != "recommend" or answer.wishes:
        return answer
    try:
        links = json.loads(as_json(link_entities(knowledge, request)))
    except ToolError:  # too long to be read
        return answer
    message = understood(request, links, Vocabulary.of_graph(knowledge.graph))
    if len(message.parts) > 1:
        return answer
    refused = _refused(message)
    gone = tuple(f"{line.title}: the request rules it out" for line in answer.items if line.id in refused)
    kept = tuple(line for line in answer.items if line.id not in refused)
    said = {folded(each) for each in (*answer.unused, *answer.unknown)}
    left = [each for each in dict.fromkeys(_left_out(message, answer)) if folded(each) not in said]
    unsaid = [each for each in left if f" {folded(each)} " not in f" {folded(answer.note)} "]
    return replace(
        answer,
        items=kept,
        act="recommend" if kept else "decline",
        basis=None if not kept or (left and answer.basis == "proved") else answer.basis,
        unused=(*answer.unused, *unsaid),
        removed=(*answer.removed, *gone),
    )


def _refused(message: Message) -> set[ItemId]:
    """Return the items that a message rules out by name: 'but not Night Tram'."""
    titles = (i for i, chunk in enumerate(message.chunks) if chunk.kind == "title")
    return {ItemId(message.chunks[i].best_id) for i in titles if is_negated(message.chunks, i)}


def _left_out(message: Message, answer: Answer) -> Iterator[str]:
    """Yield the words of a message that ask for what no condition of the answer has."""
    reading = message.reading
    corrected = [value for each in answer.corrections for value in (each.claimed, *each.true)]
    also = answer.also.conditions if answer.also else ()
    held = {*_values(answer.conditions), *_values(also), *map(folded, corrected)}
    either = held | _values(answer.any_of)
    wanted = [each.name for each in reading.wanted if each not in reading.any_of]
    alternatives = {each.name.text for each in reading.any_of}
    wanted += [each for each in reading.categories if each.text not in alternatives]
    ruled_out = _values(answer.none_of)
    yield from _missing(wanted, held)
    yield from _in_other_roles(message, answer)
    yield from _missing(_names(reading.any_of), either)
    yield from _missing(_names(reading.none_of), ruled_out)
    stated = {str(each.relation) for each in (*answer.conditions, *answer.any_of, *answer.none_of)}
    stated |= {str(each.relation) for each in also} | {each.relation for each in answer.order}
    first, last = reading.years
    years = [line.year or 0 for line in answer.items]
    fit = all((first or 0) <= year <= (last or year) and year for year in years)
    if reading.years != (None, None) and not (YEAR in stated and fit):
        yield " ".join(span.text for span in message.spans if span.start in reading.timed)
    yield from (each.text for each in reading.comparisons if each.text and each.relation not in stated)


def _in_other_roles(message: Message, answer: Answer) -> Iterator[str]:
    """Yield names that the answer uses in another relation than the message does, with what says so there.

    'With' alone is no role that nobody of that name has: films 'with' a cinematographer are shot by them.
    """
    either = [*answer.conditions, *answer.any_of]
    for each in (*message.reading.wanted, *message.reading.any_of):
        labels = {folded(choice.label) for choice in each.name.choices}
        used = [str(condition.relation) for condition in either if folded(condition.value) in labels]
        if used and each.roles and not set(used) & set(each.roles):
            before, _, after = message.reading.text.partition(each.name.text)
            held = {role for choice in each.name.choices for role in choice.roles}
            loose = before.casefold().split()[-1:] == ["with"] and after.split()[:1] != ["as"]
            if not loose or held & set(each.roles):
                yield " ".join((*before.split()[-2:], each.name.text))


def _names(constraints: Sequence[Constraint]) -> list[EntityMention]:
    return [each.name for each in constraints]


def _missing(names: Iterable[EntityMention], held: set[str]) -> Iterator[str]:
    """Yield the names, as written, none of whose meanings is held."""
    for name in names:
        if name.choices and not {folded(each.label) for each in name.choices} & held:
            yield name.text


def _values(conditions: Iterable[Condition]) -> set[str]:
    return {folded(each.value) for each in conditions}
