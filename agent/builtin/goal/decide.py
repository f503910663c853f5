"""What Usher does next in a dialogue that looks for one item: ask, offer, or say that nothing fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from agent.builtin.goal.finding import Desk, agents_of, narrowed, query_of, spoken_name
from agent.builtin.goal.offers import nothing, offer, title_of
from agent.builtin.goal.state import KNOWN, PERSON, Goal
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.tool_session import Arguments
from agent.builtin.respond import questions as wording
from agent.builtin.respond import sentences
from kg.types import Kind

_TELLING = 0.3  # bits; an answer that tells less is not worth a question
_ENOUGH = 1.5  # bits; of slots that tell more, those with fewer values are easier to answer
_RANKS = {"genre": 0, "year": 2}  # a kind is what people have in mind first
_FEW = 3  # items among which nothing but what a policy demands is asked
_AT_ONCE = 3  # slots beside those that a policy demands, in one message
_KNOWN = {"movie": "seen", "book": "read"}


def next_act(goal: Goal, desk: Desk) -> Arguments:
    """Return the arguments of `recommend` for the state of a dialogue.

    Raises:
        NeedsTools: tools must answer first.
    """
    if goal.change == "accepted" and goal.accepted is not None:
        return proposal(act="acknowledge", note=sentences.enjoy(title_of(goal.accepted, desk)))
    found, guesses = narrowed(goal, desk)
    if found is None:
        return proposal(act="decline", note=sentences.UNREADABLE)
    if not found["items"]:
        return nothing(goal, found, desk)
    restricted = _unconfirmed(goal, desk)
    if (question := _question(goal, found, restricted, desk)) is not None:
        return proposal(act="ask", question=question)
    return offer(goal, found, guesses, restricted, desk)


def _unconfirmed(goal: Goal, desk: Desk) -> list[tuple[str, str]]:
    """Return the labels that must be confirmed before an offer, and were neither confirmed nor refused."""
    settled = {*goal.confirmed, *goal.refused}
    asked = [(str(name), label) for name, labels in desk.policy.confirm.items() for label in labels]
    return [each for each in asked if each not in settled]


# Asking


def _question(
    goal: Goal, found: Mapping[str, Any], restricted: Sequence[tuple[str, str]], desk: Desk
) -> dict[str, Any] | None:
    """Return what to ask, in one message: what a policy demands, then what tells most; None to go on."""
    if goal.questions >= desk.policy.max_questions:
        return None
    demanded = _demanded(goal, desk)
    telling = _telling(goal, found, desk) if goal.questions == 0 else []
    if not demanded and (not telling or found["total"] <= _FEW):
        return None
    slots = [*demanded, *telling]
    clauses = [_clause(slot, found, desk) for slot in slots]
    kinds = [each for each in goal.all_of if each.relation == "genre"]
    kind = "genre" if kinds and goal.questions == 0 else ""
    labels = [label for _, label in _offered_too(goal, restricted, desk)]
    confirm = wording.confirming(labels, spoken_name(restricted[0][0], desk)) if labels else ""
    asks = goal.questions == 0 and desk.policy.exclude_known and not (desk.session.knows_person or goal.gone)
    known = _KNOWN.get(goal.domain or next(iter(desk.vocabulary.domains), ""), "got") if asks else ""
    text = wording.asking(clauses, kind=kind, confirm=confirm, opened=goal.questions == 0, known=known)
    named = (
        [str(desk.policy.available) if slot == PERSON else slot for slot in slots]
        + ["genre"] * bool(kind)
        + [KNOWN] * bool(known)
    )
    return {"text": text, "slot": ", ".join(dict.fromkeys(named)), "choices": []}


def _demanded(goal: Goal, desk: Desk) -> list[str]:
    """Return the slots that a policy demands and nothing was said of, those of the person first."""
    available, said = desk.policy.available, goal.said
    own = [PERSON] if available is not None and goal.owned(available) is None else []
    asked = [str(each) for each in desk.policy.ask if each != available]
    return [*own, *(each for each in asked if each not in said and each not in goal.asked)]


def _telling(goal: Goal, found: Mapping[str, Any], desk: Desk) -> list[str]:
    """Return the slots that tell most; never what was said, asked, or only a policy looks at."""
    idle = {*goal.said, *goal.asked, *map(str, desk.policy.disclose), str(desk.policy.available)}
    slots = [each for each in found["slots"] if each["gain"] >= _TELLING and each["relation"] not in idle]
    slots.sort(
        key=lambda each: (_RANKS.get(each["relation"], 1), -min(each["gain"], _ENOUGH), len(each["values"]))
    )
    return [each["relation"] for each in slots][:_AT_ONCE]


def _offered_too(goal: Goal, restricted: Sequence[tuple[str, str]], desk: Desk) -> list[tuple[str, str]]:
    """Return the restricted labels that some of what still satisfies the state has."""
    found = []
    for relation, label in restricted:
        query = query_of(goal, [], desk)
        query["ask"] = False
        query["conditions"] = [*query["conditions"], {"relation": relation, "op": "is", "value": label}]
        answer = desk.session.call("narrow_down", **query)
        if answer and answer["items"]:
            found.append((relation, label))
    return found


def _clause(slot: str, found: Mapping[str, Any], desk: Desk) -> str:
    if slot == PERSON:
        return wording.of_person(agents_of(str(desk.policy.available), desk), str(desk.policy.available))
    measure = next((each for each in desk.vocabulary.measures.every if each.name == slot), None)
    values = next((each["values"] for each in found["slots"] if each["relation"] == slot), ())
    counted = measure is not None and measure.kind is Kind.NUMBER
    topics = measure.topics if measure else ()
    return wording.slot(slot, topics, agents_of(slot, desk), values, counted=counted)
