"""What a language model says that the person said, and what it leaves out of what the graph holds.

A claim, a question's value and words that were not used must be the person's own. A correction or a fact
names every stored value, as the graph spells it; a second reading is called by its conditions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Any

from agent.answer import Answer, Second, Told
from agent.condition_phrases import Stated, Words
from agent.guard.facts import DESCRIPTION
from agent.guard.form import unquoted
from agent.guard.known import SURE, folded
from agent.headings import heading
from kg.graph import KnowledgeGraph
from kg.text import tokens
from kg.types import TITLE, Condition, ItemId
from tools.english import is_everyday
from tools.errors import ToolError
from tools.knowledge import Knowledge
from tools.link import link_entities
from tools.proposal import Correction
from tools.types import Mention

_ANOTHER = "If you meant something else"


@dataclass(frozen=True)
class SaidByPerson:
    """What the person said: the texts, this turn's last, and the names in them."""

    knowledge: Knowledge
    texts: tuple[str, ...]

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The names in the texts, with what they may mean."""
        return tuple(mention for text in self.texts for mention in _mentions(self.knowledge, text))

    @cached_property
    def items(self) -> frozenset[ItemId]:
        """The items that the person may have named."""
        sure = (c for mention in self.mentions for c in mention.candidates if c.score >= SURE)
        return frozenset(ItemId(each.id) for each in sure if each.kind == "item")

    def is_about(self, key: ItemId) -> bool:
        """Tell whether something that the person named is stored of an item."""
        sure = {c.id for mention in self.mentions for c in mention.candidates if c.score >= SURE}
        held = self.knowledge.graph.facts(key).values()
        return any(str(entity.id) in sure for entities in held for entity in entities)

    def whole(self, words: str) -> str | None:
        """Return words as the person said them, a piece of a name as the whole name; None if they did not.

        What a name they said may mean counts as said: 'Ada Quil' says 'Ada Quill'.
        """
        wanted = folded(words)
        if not wanted:
            return None
        inside = (each.text for each in self.mentions if f" {wanted} " in f" {folded(each.text)} ")
        said = filter(None, (_part(text, wanted) for text in self.texts))
        sure = (each for mention in self.mentions for each in mention.candidates if each.score >= SURE)
        meant = (each.label for each in sure if folded(each.label) == wanted)
        return next(chain(inside, said, meant), None)

    def cuts_name(self, words: str) -> bool:
        """Tell whether words stand in what was said only where they share a word with a name known here."""
        for text in self.texts:
            names = [each for each in _mentions(self.knowledge, text) if _is_sure(each)]
            places = list(_places(text, folded(words)))
            if places and not any(
                all(end <= each.start or each.end <= start for each in names) for start, end in places
            ):
                return True
        return False

    def may_claim(self, words: str) -> bool:
        """Tell whether words may name or measure something: they are no everyday words alone."""
        wanted = folded(words)
        named = any(f" {wanted} " in f" {folded(each.text)} " for each in self.mentions)
        return named or not all(is_everyday(each) for each in wanted.split()) or any(map(str.isdigit, wanted))

    def has(self, words: str) -> bool:
        """Tell whether words stand in what was said, word by word."""
        wanted = folded(words)
        return bool(wanted) and any(f" {wanted} " in f" {folded(text)} " for text in self.texts)


def as_said(said: SaidByPerson, answer: Answer, speakable: Set[ItemId]) -> Answer:
    """Return an answer whose claims are the person's own and whose values are all that the graph holds.

    Corrections and facts are of items that are `speakable`: named by the person, found, or shown before. A
    fact may also be of an item that has something the person named.
    """
    graph, removed = said.knowledge.graph, list[str]()
    facts = tuple(filter(None, (_fact(said, each, speakable, removed) for each in answer.facts)))
    corrections = tuple(
        filter(None, (_correction(said, each, speakable, removed) for each in answer.corrections))
    )
    answer = replace(
        answer,
        facts=facts,
        corrections=corrections,
        conditions=tuple(_labelled(graph, each) for each in answer.conditions),
        any_of=_sayable(said, answer, answer.any_of, removed),
        none_of=_sayable(said, answer, answer.none_of, removed),
        note=answer.note if len(facts) == len(answer.facts) else "",
        also=answer.also and _named_by_conditions(graph, answer.also),
    )
    if answer.act == "inform" and not (facts or answer.items or answer.note):
        answer = replace(answer, act="decline")
    answer = _without_used(said, answer, removed)
    return replace(answer, removed=tuple(map(unquoted, (*answer.removed, *removed))))


def _mentions(knowledge: Knowledge, text: str) -> Sequence[Mention]:
    try:
        return link_entities(knowledge, text).mentions
    except ToolError:  # too long to be read
        return ()


def _part(text: str, wanted: str) -> str | None:
    """Return the words of a text that are `wanted`, as they stand there; None if it lacks them."""
    return next((text[start:end] for start, end in _places(text, wanted)), None)


def _places(text: str, wanted: str) -> Iterator[tuple[int, int]]:
    """Yield where words that are `wanted`, folded, stand in a text."""
    said = tokens(text)
    count = len(wanted.split())
    for first, last in zip(said, said[count - 1 :] if count else (), strict=False):
        if folded(text[first.start : last.end]) == wanted:
            yield first.start, last.end


def _is_sure(mention: Mention) -> bool:
    return any(each.score >= SURE for each in mention.candidates)


# Corrections and facts


def _correction(
    said: SaidByPerson, given: Correction, speakable: Set[ItemId], removed: list[str]
) -> Correction | None:
    keys = [ItemId(item) for item in given.items]
    claimed = said.whole(given.claimed) if said.may_claim(given.claimed) else None
    if claimed is None or not set(keys) <= speakable:
        why = "nobody claimed that" if claimed is None else "nobody spoke of it"
        removed.append(f"correction of {said.knowledge.graph.item(keys[0]).name}: {why}")
        return None
    held = [said.knowledge.graph.labels(key, given.relation) for key in keys]
    if set(given.true) <= set(said.knowledge.graph.labels_near(claimed, given.relation)):
        return replace(given, claimed=claimed)  # a slip: what was meant is corrected, not who else there is
    shared = [label for label in held[0] if all(label in labels for labels in held)]
    return replace(given, claimed=claimed, true=shared or list(dict.fromkeys(given.true)))


def _fact(said: SaidByPerson, told: Told, speakable: Set[ItemId], removed: list[str]) -> Told | None:
    fact, key = told.fact, ItemId(told.fact.item)
    asked = said.whole(fact.asked) if fact.asked.strip() else ""
    if asked is None or not (key in speakable or said.is_about(key)):
        why = "nobody asked that" if asked is None else "nobody spoke of it"
        removed.append(f"a fact of {said.knowledge.graph.item(key).name}: {why}")
        return None
    if fact.relation == DESCRIPTION:
        return replace(told, fact=replace(fact, asked=asked, values=list(dict.fromkeys(fact.values))))
    return replace(
        told, fact=replace(fact, asked=asked, values=said.knowledge.graph.labels(key, fact.relation))
    )


# Conditions


def _labelled(graph: KnowledgeGraph, condition: Condition) -> Condition:
    """Return a condition with its value as the graph spells it, where it names one thing there."""
    if condition.op != "is" or graph.literals(condition.relation) is not None:
        return condition
    labels = {each.label for each in graph.entities_named(condition.value, condition.relation)}
    if condition.value in labels or len(labels) != 1:
        return condition
    return replace(condition, value=labels.pop())


def _sayable(
    said: SaidByPerson, answer: Answer, given: Sequence[Condition], removed: list[str]
) -> tuple[Condition, ...]:
    """Return alternatives and exclusions but for words of a title that nobody said and no item has."""
    graph = said.knowledge.graph
    kept = []
    for each in given:
        own = each.relation == TITLE and each.op == "contains" and not said.has(each.value)
        if own and not any(graph.proved(line.id, each) for line in answer.items):
            removed.append("words of a title that are not in the message")
        else:
            kept.append(_labelled(graph, each))
    return tuple(kept)


def _named_by_conditions(graph: KnowledgeGraph, also: Second) -> Second:
    """Return a second reading called by what its items are proved to be."""
    also = replace(also, conditions=tuple(_labelled(graph, each) for each in also.conditions))
    if not also.conditions:
        return replace(also, label=_ANOTHER)
    words = Words.of(graph)
    noun = words.noun(graph.item(line.id).domain for line in also.items)
    label = heading([Stated.of(_data(each)) for each in also.conditions], noun=noun, words=words)
    return replace(also, label=f"If you meant {label}")


def _data(condition: Condition) -> dict[str, Any]:
    return {"relation": str(condition.relation), "op": condition.op, "value": condition.value}


# Words that decided nothing


def _without_used(said: SaidByPerson, answer: Answer, removed: list[str]) -> Answer:
    """Return an answer that calls no part of a known name unknown, and nothing unused that it used."""
    named = {folded(each.text) for each in said.mentions if _is_sure(each)}
    used = {folded(value) for value in _values(answer)}
    unknown = [each for each in answer.unknown if folded(each) not in named and said.cuts_name(each)]
    unused = [each for each in answer.unused if _is_inside(each, used) or _holds(each, used)]
    removed += [f"{each!r} is part of a name that is known here" for each in unknown]
    removed += [f"{each!r} is said to be unused, and is not" for each in unused]
    return replace(
        answer,
        unknown=tuple(each for each in answer.unknown if each not in unknown),
        unused=tuple(each for each in answer.unused if each not in unused),
    )


def _values(answer: Answer) -> Iterator[str]:
    yield from (each.value for each in (*answer.conditions, *answer.any_of, *answer.none_of))


def _holds(words: str, names: Set[str]) -> bool:
    return any(name and f" {name} " in f" {folded(words)} " for name in names)


def _is_inside(words: str, names: Set[str]) -> bool:
    wanted = folded(words)
    return any(f" {wanted} " in f" {name} " for name in names)
