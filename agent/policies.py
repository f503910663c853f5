"""The policies of a catalogue, enforced on what is already proved, whatever model proposed it.

An offer is items. What a policy forbids is left out and named in `removed`; where an item must be confirmed
or something must be asked first, a question takes the place of the offer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from agent.answer import Answer, Line, Second
from agent.builtin.parse.topics import spoken, topics_of
from agent.builtin.respond import questions as wording
from agent.phrasing import flat, listed, said
from agent.policy_text import required
from kg.graph import KnowledgeGraph
from kg.policy import Policy
from kg.types import ItemId, RelationName
from tools.policy import among, lacking, notices, restricted
from tools.proposal import Act, Question

NOTHING_LEFT = "I can offer nothing of what fits"
BEFORE = "Before I suggest anything:"
_YES_OR_NO = ["yes", "no"]
Label = tuple[RelationName, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a conversation settled, as policies need it; code keeps it, no model does.

    `known`: items the person has seen, bought or turned down. `has`: relation -> labels the person has; no
    entry where nobody was asked, an empty set where they have none or do not mind. `confirmed` and `refused`:
    relation -> labels that an earlier message asked about, and the answer. `settled`: relations that were
    asked about or of which something was said, None where nobody keeps track of that; `questions`: how many
    messages asked. `spoken_of`: items that the person named or was offered, of which facts may be told; None:
    of any.
    """

    known: frozenset[ItemId] = frozenset()
    has: Mapping[RelationName, frozenset[str]] = field(default_factory=dict)
    confirmed: Mapping[RelationName, frozenset[str]] = field(default_factory=dict)
    refused: Mapping[RelationName, frozenset[str]] = field(default_factory=dict)
    settled: frozenset[str] | None = None
    questions: int = 0
    spoken_of: frozenset[ItemId] | None = None


class _Broken(NamedTuple):
    """A rule that an item breaks: for `removed`, and as said of one or several items that do."""

    why: str
    one: str
    several: str


class _Rules(NamedTuple):
    graph: KnowledgeGraph
    policy: Policy
    standing: Standing

    def broken(self, key: ItemId) -> _Broken | None:
        """Return the first rule that an item breaks."""
        graph, policy, standing = self
        for condition in lacking(graph, policy, key):
            told = required(condition)
            return _Broken(f"it has not {told}", f"does not have {told}", f"do not have {told}")
        if policy.exclude_known and key in standing.known:
            why = "the person knows it"
            return _Broken(why, "is one you know or turned down", "are ones you know or turned down")
        if policy.available and not self._is_available(key, policy.available):
            told = f"none of the person's own {said(policy.available)}"
            yours = told.replace("the person's own", "your")
            return _Broken(f"it has {told}", f"has {yours}", f"have {yours}")
        for relation, label in restricted(graph, policy, key):
            if among([label], standing.refused.get(relation, frozenset())):
                told = f"{said(relation)} {flat(label)}"
                return _Broken(f"{told} was refused", f"has {told}", f"have {told}")
        return None

    def _is_available(self, key: ItemId, relation: RelationName) -> bool:
        """Tell whether an item has a label the person has too; any one where nobody was asked.

        Who has nothing or does not mind is not held to it.
        """
        labels, own = self.graph.labels(key, relation), self.standing.has.get(relation)
        return True if own is not None and not own else bool(among(labels, own) if own else labels)

    def unconfirmed(self, key: ItemId) -> list[Label]:
        """Return the labels of an item that must be confirmed and are not."""
        confirmed = self.standing.confirmed
        return [
            (relation, label)
            for relation, label in restricted(self.graph, self.policy, key)
            if not among([label], confirmed.get(relation, frozenset()))
        ]


def enforced(graph: KnowledgeGraph, policy: Policy, standing: Standing, answer: Answer) -> Answer:
    """Return an answer that keeps to the policy; the same one where the policy is empty."""
    if not policy:
        return answer
    rules = _Rules(graph, policy, standing)
    slots = _open_slots(policy, standing)
    also = None if slots or policy.one_at_a_time else _second(rules, answer.also)
    held = replace(answer, also=also)
    if held.items and slots:
        why = f"asked about first: {listed([said(each) for each in slots])}"
        held = _asking(held, _about(rules, slots), (why,))
    elif held.items:
        held = _offered(rules, held)
    return _with_facts_asked_for(answer, held, standing.spoken_of)


def _offered(rules: _Rules, answer: Answer) -> Answer:
    """Return an answer with those of its items that may be offered, or what is said instead."""
    removed: list[str] = []
    broken = Counter[_Broken]()
    kept: list[Line] = []
    for place, line in enumerate(answer.items):
        if kept and rules.policy.one_at_a_time:
            removed.append(f"{len(answer.items) - place} more: one item at a time")
            break
        name, unsure = rules.graph.item(line.id).name, rules.unconfirmed(line.id)
        if problem := rules.broken(line.id):
            removed.append(f"{name}: {problem.why}")
            broken[problem] += 1
        elif unsure:
            removed.append(f"{name}: {_told(unsure)} must be confirmed first")
            if not kept:
                return _asking(answer, confirming(rules.graph, unsure), removed)
        else:
            kept.append(replace(line, notices=notices(rules.graph, rules.policy, line.id)))
    return _cut(answer, kept, removed) if kept else _nothing(answer, broken, removed)


def confirming(graph: KnowledgeGraph, labels: Sequence[Label]) -> Question:
    """Return the question whether labels of an item are all right, which names no item."""
    names = list(dict.fromkeys(relation for relation, _ in labels))
    asked = [
        wording.confirming([flat(label) for each, label in labels if each == name], _agents(graph, name)[0])
        for name in names
    ]
    return Question(f"{BEFORE} {listed(asked)}", ", ".join(names), list(_YES_OR_NO))


def _told(labels: Sequence[Label]) -> str:
    return listed([f"{said(relation)} {flat(label)}" for relation, label in labels])


def _about(rules: _Rules, slots: Sequence[RelationName]) -> Question:
    """Return the question about what must be asked first."""
    graph, available = rules.graph, rules.policy.available
    clauses = [
        wording.of_person(_agents(graph, name), name) if name == available else _slot(graph, name)
        for name in slots
    ]
    return Question(f"{BEFORE} {listed(clauses)}?", ", ".join(slots))


def _slot(graph: KnowledgeGraph, name: RelationName) -> str:
    held, agents = graph.relation(name), _agents(graph, name)
    return wording.slot(name, [*topics_of(held.kind, spoken(" ".join(agents)), held.unit)], agents, ())


def _agents(graph: KnowledgeGraph, name: RelationName) -> Sequence[str]:
    """Return what a relation is called in speech, its own name at least."""
    own = (graph.catalogue.notes.get("wording") or {}).get("relations", {}).get(name, {})
    return own.get("agent") or [said(name)]


def _open_slots(policy: Policy, standing: Standing) -> list[RelationName]:
    """Return what must still be asked before anything is offered."""
    if standing.settled is None or standing.questions >= policy.max_questions:
        return []
    return [each for each in policy.ask if each not in standing.settled and each not in standing.has]


def _asking(answer: Answer, question: Question, removed: Sequence[str]) -> Answer:
    """Return a question in the place of an offer; a note might name what must not be named yet."""
    asking = replace(answer, act="ask", question=question, note="")
    return _without_items(asking, removed)


def _nothing(answer: Answer, broken: Counter[_Broken], removed: Sequence[str]) -> Answer:
    """Return that nothing is left to offer, and which rules left nothing."""
    most_first = sorted(broken.items(), key=lambda pair: (-pair[1], pair[0]))
    parts = [f"{count} {rule.one if count == 1 else rule.several}" for rule, count in most_first]
    said = replace(answer, act="decline", question=None, note=f"{NOTHING_LEFT}: {listed(parts)}.")
    return _without_items(said, removed)


def _without_items(answer: Answer, removed: Sequence[str]) -> Answer:
    withheld = {line.id for line in answer.items}
    told = tuple(each for each in answer.facts if each.fact.item not in withheld)
    problems = (*answer.removed, *removed)
    return replace(answer, items=(), also=None, basis=None, order=(), facts=told, removed=problems)


def _cut(answer: Answer, kept: Sequence[Line], removed: Sequence[str]) -> Answer:
    """Return an answer with the items that are left; a note that names another one goes."""
    left = {line.id for line in kept}
    gone = [line.title.casefold() for line in answer.items if line.id not in left]
    note = "" if any(title in answer.note.casefold() for title in gone) else answer.note
    return replace(answer, items=tuple(kept), note=note, removed=(*answer.removed, *removed))


def _second(rules: _Rules, also: Second | None) -> Second | None:
    """Return the second reading with the items that may be offered; None if none may."""
    kept = [
        replace(line, notices=notices(rules.graph, rules.policy, line.id))
        for line in (also.items if also else ())
        if not rules.broken(line.id) and not rules.unconfirmed(line.id)
    ]
    return replace(also, items=tuple(kept)) if also and kept else None


def _with_facts_asked_for(given: Answer, answer: Answer, spoken_of: Set[ItemId] | None) -> Answer:
    """Return an answer without facts of items that nobody spoke of: to tell of one is to offer it."""
    if spoken_of is None:
        return answer
    known = spoken_of | {line.id for line in answer.items}
    kept = tuple(each for each in answer.facts if ItemId(each.fact.item) in known)
    strange = dict.fromkeys(each.title for each in answer.facts if each not in kept)
    if not strange:
        return answer
    act: Act = "decline" if answer.act == "inform" and not (kept or answer.items) else answer.act
    note = "" if answer.note == given.note else answer.note  # a model's own may tell the same
    problems = tuple(f"facts of {title}, which nobody asked about" for title in strange)
    return replace(answer, act=act, note=note, facts=kept, removed=(*answer.removed, *problems))
