"""A text read back: does it ask for the relations of its plan, and for nothing else?

What a reader does not make out is no fault of a text: requests that are hard to read stay in the benchmark.
A fault is a value that is read in another relation, ruled out, or not in the plan at all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence

from agent.builtin.interpret.message import understood
from agent.builtin.interpret.request import Constraint, EntityMention, ItemMention, ParsedRequest
from agent.builtin.parse.vocabulary import Vocabulary
from bench.plans.types import Plan
from bench.wording.check import stated
from kg.graph import KnowledgeGraph
from kg.text import name_key
from kg.types import YEAR
from kg.vectors import Retriever
from tools.errors import ToolError
from tools.knowledge import Knowledge
from tools.link import link_entities
from tools.toolsets import as_json

BUILT_FROM_RELATIONS = frozenset(("explicit", "implicit", "misinformed"))
Misread = Callable[[Plan, str], list[str]]


def reader(graph: KnowledgeGraph) -> Misread:
    """Return what reads texts of a catalogue back; threads may share it."""
    vocabulary = Vocabulary.of_graph(graph)
    knowledge = Knowledge(graph, _no_index)

    def misread(plan: Plan, text: str) -> list[str]:
        """Return what a text says otherwise than its plan, in words for the one who wrote it."""
        if plan.type not in BUILT_FROM_RELATIONS:
            return []
        try:
            links = json.loads(as_json(link_entities(knowledge, text)))
        except ToolError:
            return ["It is too long."]
        return list(dict.fromkeys(_faults(plan, understood(text, links, vocabulary).reading)))

    return misread


def _no_index() -> Retriever:
    raise AssertionError("names are found without texts")


def _faults(plan: Plan, reading: ParsedRequest) -> Iterator[str]:
    kinds = tuple(Constraint((), each) for each in reading.categories)
    asked = (*reading.wanted, *reading.any_of, *kinds)
    for each in stated(plan):
        if any(_is(each.value, constraint.name) for constraint in reading.none_of):
            yield f"It rules out {each.value}, which it has to ask for."
        yield from _wrong_role(each.value, each.relation, asked)
    for hint in plan.references:
        roles = [r.roles for r in reading.references if _names(hint.items, r.titles)]
        if roles and not any(hint.relation in each or not each for each in roles):
            yield f"It does not ask for the {_word(hint.relation)} of the items of that hint."
    if plan.claim is not None:
        told = [each for each in reading.claims if _names(plan.claim.items, each.titles)]
        roles = [each.roles for each in told if _is(plan.claim.claimed, each.name)]
        if roles and not any(plan.claim.relation in each or not each for each in roles):
            told_as = f"that {plan.claim.claimed} is their {_word(plan.claim.relation)}"
            yield f"It does not say of the items of the belief {told_as}."
    yield from _added(plan, asked, reading)


def _wrong_role(value: str, relation: str, asked: Sequence[Constraint]) -> Iterator[str]:
    roles = [each.roles for each in asked if _is(value, each.name)]
    if roles and not any(relation in each or not each for each in roles):
        read = " or ".join(_word(role) for role in roles[0])
        yield f"{value} has to be the {_word(relation)}, and reads as the {read}."


def _added(plan: Plan, asked: Sequence[Constraint], reading: ParsedRequest) -> Iterator[str]:
    """Yield conditions that a plan does not have."""
    held = [each.value for each in plan.conditions] + [each.value for each in plan.references]
    held += [plan.claim.claimed, *plan.claim.truths] if plan.claim else []
    for each in asked:
        if each.name.choices and not any(_is(value, each.name) for value in held):
            yield f"It also asks for {each.name.text}, which is not given."
    dated = any(each.relation == YEAR for each in plan.conditions)
    if reading.years != (None, None) and not dated:
        yield "It also asks for a time, which is not given."


def _is(value: str, name: EntityMention) -> bool:
    """Tell whether a name in a text may mean a value."""
    called = (name.text, *(each.label for each in name.choices))
    return name_key(value) in {name_key(each) for each in called}


def _names(items: Iterable[str], titles: Iterable[ItemMention]) -> bool:
    return not {choice.id for title in titles for choice in title.choices}.isdisjoint(items)


def _word(relation: str) -> str:
    return relation.replace("_", " ")
