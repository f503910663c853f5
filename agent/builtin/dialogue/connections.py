"""Answers to how two things hang together: what they share, or the way from one to the other."""

from __future__ import annotations

from itertools import product

from agent.builtin.dialogue.asked_items import Fact, Told
from agent.builtin.dialogue.utterance import Utterance
from agent.builtin.interpret.fact_questions import FactQuestion
from agent.builtin.interpret.request import EntityMention, ItemMention
from agent.builtin.parse.chunks import Candidate
from agent.builtin.plan.tool_session import Call
from agent.builtin.respond import facts as sentences

_LIKELY = 2  # candidates of a name that are tried


def connection(utterance: Utterance, question: FactQuestion) -> Told | None:
    """Say what two items have in common, or through whom two things are connected."""
    named: list[ItemMention | EntityMention] = [*question.subject.titles, *question.subject.people]
    if not utterance.session.has("find_connection") or not all(each.choices for each in named):
        return None
    pairs = list(product(*(each.choices[:_LIKELY] for each in named)))
    calls = [Call("find_connection", {"first": a.id, "second": b.id}) for a, b in pairs if a.id != b.id]
    answers = [answer for answer in utterance.session.call_all(calls) if answer]
    if not answers:
        return None
    found = next((answer for answer in answers if answer["ways"]), answers[0])
    labels = {choice.id: choice for pair in pairs for choice in pair}
    first, second = _called(labels[found["first"]]), _called(labels[found["second"]])
    direct = bool(found["ways"]) and len(found["ways"][0]) <= _LIKELY
    ways = found["ways"] if direct else found["ways"][:1]
    steps = [[(s["name"], s["relation"], s["label"]) for s in way] for way in ways]
    if direct:
        note = sentences.in_common(first, second, steps)
    else:
        note = sentences.connected(first, second, steps[0] if steps else ())
    facts: list[Fact] = []
    for step in (step for way in ways for step in way):
        told = _fact(utterance, step["item"], step["relation"])
        facts += [told] if told and told not in facts else []
    return Told((note,), tuple(facts))


def _called(candidate: Candidate) -> str:
    return f"{candidate.label} ({candidate.year})" if candidate.year else candidate.label


def _fact(utterance: Utterance, item: str, relation: str) -> Fact | None:
    """Return everything an item has on a relation as a fact."""
    described = utterance.session.call("describe_item", item=item)
    values = described["relations"].get(relation) if described else None
    return {"item": item, "relation": relation, "values": list(values)} if values else None
