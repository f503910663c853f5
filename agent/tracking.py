"""The dialogue state of a conversation under a policy, kept by code whatever model drives the loop."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from agent.builtin.dialogue.small_talk import small_talk, spoken
from agent.builtin.goal.note import noted
from agent.builtin.goal.state import Goal
from agent.builtin.goal.told import Frame
from agent.builtin.goal.track import track
from agent.builtin.interpret.message import understood
from agent.builtin.parse.measures import Measure
from agent.builtin.parse.vocabulary import Vocabulary
from agent.policies import Standing
from agent.state import Context
from kg.graph import KnowledgeGraph
from kg.types import YEAR, ItemId, Kind, RelationName
from tools.describe import describe_item
from tools.errors import ToolError
from tools.link import link_entities
from tools.toolsets import as_json

_YEARS = Measure(YEAR, Kind.DATE, topics=("released",))
_LISTED = 60  # labels of a relation that are recognised in an answer


def heard(context: Context, dialogue: Mapping[str, Any] | None, text: str) -> dict[str, Any]:
    """Return the dialogue state as plain data after a message of the person."""
    assert context.knowledge is not None  # noqa: S101
    graph, goal = context.knowledge.graph, Goal.of_data(dialogue)
    if "start over" in small_talk(spoken(text)).kinds:
        return Goal(has=goal.has, gone=goal.gone).as_data()  # what they have and know stays true
    goal = replace(goal, gone=tuple(each for each in goal.gone if each in graph))
    vocabulary, labels = reading_of(graph)
    text = _parted(text, vocabulary)
    try:
        links = json.loads(as_json(link_entities(context.knowledge, text)))
    except ToolError:  # too long to be read
        return replace(goal, change="nothing", used=()).as_data()
    facts: dict[str, tuple[str, ...]] = {}
    if goal.offered is not None and goal.offered in graph:
        described = describe_item(context.knowledge, goal.offered)
        facts = {str(name): labels for name, labels in described.relations.items()}
        facts |= {YEAR: (str(described.year),)} if described.year else {}
    frame = Frame(context.policy, _measures(vocabulary), labels, facts)
    message = understood(text, links, vocabulary)
    return track(goal, message, spoken(text), frame).as_data()


def answered(
    context: Context, dialogue: Mapping[str, Any] | None, answer: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the dialogue state as plain data after an answer of Usher as data."""
    return noted(Goal.of_data(dialogue), answer, context.policy).as_data()


def standing_of(dialogue: Mapping[str, Any] | None, context: Context) -> Standing:
    """Return what policies need to know of a conversation."""
    goal, asker = Goal.of_data(dialogue), context.knowledge.asker if context.knowledge else None
    history = asker.history if asker else ()
    return Standing(
        known=frozenset(map(ItemId, goal.gone)) | frozenset(history),
        has={RelationName(name): frozenset(labels) for name, labels in goal.has},
        confirmed=_by_relation(goal.confirmed),
        refused=_by_relation(goal.refused),
        settled=goal.said.union(goal.asked) if "narrow_down" in context.tools else None,
        questions=goal.questions,
    )


def _by_relation(pairs: tuple[tuple[str, str], ...]) -> dict[RelationName, frozenset[str]]:
    names = dict.fromkeys(relation for relation, _ in pairs)
    return {RelationName(n): frozenset(label for each, label in pairs if each == n) for n in names}


def _parted(text: str, vocabulary: Vocabulary) -> str:
    """Return a text of the same length in which a label of a letter is no initial: 'fine with R. Heat'."""
    letters = "".join(rung for each in vocabulary.measures.every for rung in each.scale if len(rung) == 1)
    return re.sub(rf"(?<![\w.])([{letters}])\.(?=\s)", r"\1;", text) if letters.isalpha() else text


def _measures(vocabulary: Vocabulary) -> tuple[Measure, ...]:
    """Return what can be compared, the year of items among it where nothing else says how old they are."""
    every = vocabulary.measures.every
    dated = any("released" in each.topics for each in every)
    return every if dated or not vocabulary.measures.has_years else (*every, _YEARS)


@lru_cache(maxsize=8)
def reading_of(graph: KnowledgeGraph) -> tuple[Vocabulary, Mapping[str, tuple[str, ...]]]:
    """Return the vocabulary of a graph, and the labels of its relations that have few."""
    edges, entities = graph.catalogue.edges, graph.catalogue.entities
    labels = {}
    for code, relation in enumerate(graph.relations):
        held = np.unique(edges[edges[:, 1] == code, 2])
        if 0 < len(held) <= _LISTED:
            labels[str(relation.name)] = tuple(entities[place].label for place in held.tolist())
    return Vocabulary.of_graph(graph), labels
