"""The last word: what may be said to a person.

Facts are proved here again, whatever the model and its tools said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from typing import NamedTuple

from agent.answer import Answer, Line, Second, Told
from agent.guard.facts import holds, in_order, said_words, told, unknown_words
from kg.graph import KnowledgeGraph
from kg.types import Condition, ItemId
from tools.proposal import Act, Basis, Correction, Fact, Proposal, SecondReading
from tools.types import Order

_TWO = 2  # choices between readings
_WITHOUT_ITEMS: frozenset[Act] = frozenset(("ask", "acknowledge", "decline"))


def examine(
    graph: KnowledgeGraph,
    proposal: Proposal,
    found: Set[ItemId] | None = None,
    message: str | None = None,
) -> Answer:
    """Prove a proposal. What cannot be proved is left out and named in `removed`.

    Items must be among those `found`, if it is known which were; words that are unknown or unused must be in
    the `message`, if that is given.
    """
    removed: list[str] = []
    stated = _Stated(proposal.conditions, proposal.any_of, proposal.none_of, found)
    items = _proved(graph, proposal.items, stated, removed)
    if items and proposal.act in _WITHOUT_ITEMS:
        removed.append(f"items, which an answer that is to {proposal.act} has none of")
        items = ()
    facts = _true_facts(graph, proposal.facts, removed)
    unknown = unknown_words(graph, proposal.unknown, message)
    unused = said_words(proposal.unused, message)
    answer = Answer(
        items,
        *(proposal.conditions, proposal.any_of, proposal.none_of),
        _true_corrections(graph, proposal.corrections, removed),
        proposal.note if len(facts) == len(proposal.facts) else "",  # it may say what does not hold
        _second(graph, proposal.also, stated, removed),
        facts=facts,
        unknown=unknown.kept,
        unused=unused.kept,
        question=proposal.question if proposal.question and proposal.question.text.strip() else None,
        order=_held_order(graph, items, proposal.order, removed),
    )
    removed += [*unknown.problems, *unused.problems]
    act, basis = _act(proposal, answer), _basis(proposal, items)
    return replace(answer, removed=tuple(removed), act=act, basis=basis)


def _act(proposal: Proposal, answer: Answer) -> Act:
    """Return the act that is proposed if it fits what is left, else the one that does."""
    act, items = proposal.act, bool(answer.items)
    informs = act == "inform" and bool(items or answer.facts or not proposal.facts)
    if act is not None and (informs or (act != "inform" and (act == "recommend") == items)):
        return act
    if items:
        return "recommend"
    return "inform" if answer.facts else "ask" if answer.question else "decline"


def _basis(proposal: Proposal, items: Sequence[Line]) -> Basis | None:
    """Return why these items: "proved" only where something is stated; None where nobody can say."""
    if not items:
        return None
    stated = bool(proposal.conditions or proposal.any_of or proposal.none_of)
    if stated:
        return proposal.basis or "proved"
    return proposal.basis if proposal.basis != "proved" else None


def _true_corrections(
    graph: KnowledgeGraph, given: Iterable[Correction], removed: list[str]
) -> tuple[Correction, ...]:
    problems = [(each, _false_correction(graph, each)) for each in given]
    removed += [problem for _, problem in problems if problem]
    return tuple(each for each, problem in problems if not problem)


def _true_facts(graph: KnowledgeGraph, given: Iterable[Fact], removed: list[str]) -> tuple[Told, ...]:
    kept = []
    for fact in given:
        try:
            kept.append(told(graph, fact))
        except ValueError as problem:
            removed.append(str(problem))
    return tuple(kept)


def _held_order(
    graph: KnowledgeGraph, items: Sequence[Line], given: Sequence[Order], removed: list[str]
) -> tuple[Order, ...]:
    problems = [(each, in_order(graph, [line.id for line in items], each)) for each in given]
    removed += [problem for _, problem in problems if problem]
    return tuple(each for each, problem in problems if not problem)


def unexamined(graph: KnowledgeGraph, proposal: Proposal) -> Answer:
    """Return a proposal as it is. For ablations only: nothing a person sees goes through here."""
    items = tuple(
        Line(key, graph.item(key).title if key in graph else key, None, ())
        for key in map(ItemId, proposal.items)
    )
    said = (proposal.conditions, proposal.any_of, proposal.none_of)
    answer = Answer(items, *said, proposal.corrections, proposal.note)
    return replace(answer, act=_act(proposal, answer), basis=_basis(proposal, items))


class _Stated(NamedTuple):
    """What is said to hold: all of these, one of these, none of these; and what was found at all."""

    all_of: Sequence[Condition]
    any_of: Sequence[Condition] = ()
    none_of: Sequence[Condition] = ()
    found: Set[ItemId] | None = None


def _proved(
    graph: KnowledgeGraph, items: Sequence[str], stated: _Stated, removed: list[str]
) -> tuple[Line, ...]:
    lines = []
    for key in map(ItemId, items):
        place = graph.place(key)
        if place is None:
            removed.append(f"{key!r} is not in the catalogue")
            continue
        item = graph.catalogue.items[place]
        if place >= graph.catalogue.offered:
            removed.append(f"{item.name}: known here only as a reference, not in this catalogue")
            continue
        if stated.found is not None and key not in stated.found:
            removed.append(f"{item.name}: no tool found it for this request")
            continue
        if not any(stated[:3]):
            lines.append(Line(key, item.title, item.year, ()))
            continue
        proofs = {condition: graph.proved(key, condition) for condition in (*stated.all_of, *stated.any_of)}
        missing = [condition for condition in stated.all_of if not proofs[condition]]
        if stated.any_of and not any(proofs[condition] for condition in stated.any_of):
            missing += stated.any_of
        held = [condition for condition in stated.none_of if graph.proved(key, condition)]
        if missing or held:
            wrong = missing or held
            removed.append(f"{item.name}: {'not proved' if missing else 'excluded'}: {wrong[0]}")
            continue
        facts = [fact for proof in proofs.values() for fact in proof]
        lines.append(Line(key, item.title, item.year, tuple(dict.fromkeys(facts))))
    return tuple(lines)


def _false_correction(graph: KnowledgeGraph, correction: Correction) -> str | None:
    """Return why a correction must not be said; None if it holds.

    Every item has one of the true values and not the claimed one; every true value is held by one of them.
    """
    if not (correction.items and correction.claimed.strip()):
        return "a correction without items or without what was claimed"
    believed: set[str] = set()
    for key in map(ItemId, correction.items):
        if key not in graph:
            return f"correction of {key!r}, which is not in the catalogue"
        held = set(graph.labels(key, correction.relation))
        if not held & set(correction.true):
            said = f"{correction.relation} is not {', '.join(correction.true)}"
            return f"correction of {graph.item(key).name}: {said}"
        if _is_right(graph, key, correction):
            return f"correction of {graph.item(key).name}: {correction.claimed} is right"
        believed |= held
    invented = [value for value in correction.true if value not in believed]
    return f"correction to {invented[0]!r}, which nothing proves" if invented else None


def _is_right(graph: KnowledgeGraph, key: ItemId, correction: Correction) -> bool:
    if graph.literals(correction.relation) is not None:
        return holds(graph, key, correction.relation, correction.claimed)
    held = graph.labels(key, correction.relation)
    return correction.claimed.casefold() in {label.casefold() for label in held}


def _second(
    graph: KnowledgeGraph, also: SecondReading | None, stated: _Stated, removed: list[str]
) -> Second | None:
    if also is None:
        return None
    lines = _proved(graph, also.items, stated._replace(all_of=also.conditions), removed)
    question = also.question.strip() if len(also.choices) == _TWO else ""
    choices = tuple(also.choices) if question else ()
    return Second(also.label, lines, tuple(also.conditions), question, choices) if lines else None
