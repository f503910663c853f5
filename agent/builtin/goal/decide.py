"""What Usher does next in a dialogue that looks for one item: ask, offer, or say that nothing fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agent.builtin.goal.state import KNOWN, PERSON, Constraint, Goal, conditions
from agent.builtin.parse.measures import Measure
from agent.builtin.parse.vocabulary import Vocabulary
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.tool_session import Arguments, ToolSession
from agent.builtin.respond import questions as wording
from agent.builtin.respond import sentences
from agent.headings import in_words
from agent.phrasing import listed
from kg.policy import Policy
from kg.types import Kind
from tools.quality import counts_votes

_TELLING = 0.3  # bits; an answer that tells less is not worth a question
_ENOUGH = 1.5  # bits; of slots that tell more, those with fewer values are easier to answer
_RANKS = {"genre": 0, "year": 2}  # a kind is what people have in mind first
_FEW = 3  # items among which nothing but what a policy demands is asked
_AT_ONCE = 3  # slots beside those that a policy demands, in one message
_SHOWN = 10
_RELAXED = 2
_KNOWN = {"movie": "seen", "book": "read"}


@dataclass(frozen=True, slots=True)
class Desk:
    """What a decision is made with."""

    session: ToolSession
    vocabulary: Vocabulary
    policy: Policy


def next_act(goal: Goal, desk: Desk) -> Arguments:
    """Return the arguments of `recommend` for the state of a dialogue.

    Raises:
        NeedsTools: tools must answer first.
    """
    if goal.change == "accepted" and goal.accepted is not None:
        return proposal(act="acknowledge", note=sentences.enjoy(_title(goal.accepted, desk)))
    found, guesses = _narrowed(goal, desk)
    if found is None:
        return proposal(act="decline", note=sentences.UNREADABLE)
    if not found["items"]:
        return _nothing(goal, found, desk)
    restricted = _unconfirmed(goal, desk)
    if (question := _question(goal, found, restricted, desk)) is not None:
        return proposal(act="ask", question=question)
    return _offer(goal, found, guesses, restricted, desk)


# Finding


def _narrowed(goal: Goal, desk: Desk) -> tuple[dict[str, Any] | None, list[Constraint]]:
    """Return what satisfies the state, and the guesses it was found under.

    Guesses that leave nothing are given up: first what must not be, then the bounds.
    """
    guesses = goal.inferred
    found = desk.session.call("narrow_down", **_query(goal, guesses, desk))
    bounds = [each for each in guesses if each.op != "is"]
    for fewer in (bounds, []):
        if found and not found["items"] and len(fewer) < len(guesses):
            guesses = fewer
            found = desk.session.call("narrow_down", **_query(goal, guesses, desk))
    return found, guesses


def _query(goal: Goal, guesses: Sequence[Constraint], desk: Desk) -> dict[str, Any]:
    said = [each for each in goal.all_of if each.source == "said"]
    always = [{"relation": c.relation, "op": c.op, "value": c.value} for c in desk.policy.always]
    barred = [each for each in goal.none_of if each.source == "said"]
    refused = [{"relation": relation, "value": label} for relation, label in goal.refused]
    query: dict[str, Any] = {
        "conditions": [*conditions(said), *always],
        "one_of": [conditions(group) for group in _groups(goal, desk)],
        "none_of": [*conditions(barred), *refused, *conditions([g for g in guesses if g.op == "is"])],
        "inferred": conditions([each for each in guesses if each.op != "is"]),
        "preferred": conditions(goal.preferred),
        "exclude_items": [
            *goal.gone,
            *([goal.offered] if goal.offered and goal.offered not in goal.gone else []),
        ],
        "exclude_known": desk.policy.exclude_known,
        "ask": goal.questions == 0,
    }
    return query | ({"domain": goal.domain} if goal.domain else {})


def _groups(goal: Goal, desk: Desk) -> list[tuple[Constraint, ...]]:
    """Return the groups of which one must hold, what the person has among them."""
    available = desk.policy.available
    owned = goal.owned(available) if available is not None else None
    had = tuple(Constraint(available, "is", label) for label in owned) if available and owned else ()
    return [*goal.one_of, *([had] if had else [])]


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
    confirm = wording.confirming(labels, _spoken(restricted[0][0], desk)) if labels else ""
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
        query = _query(goal, [], desk)
        query["ask"] = False
        query["conditions"] = [*query["conditions"], {"relation": relation, "op": "is", "value": label}]
        answer = desk.session.call("narrow_down", **query)
        if answer and answer["items"]:
            found.append((relation, label))
    return found


def _clause(slot: str, found: Mapping[str, Any], desk: Desk) -> str:
    if slot == PERSON:
        return wording.of_person(_agent(str(desk.policy.available), desk), str(desk.policy.available))
    measure = next((each for each in desk.vocabulary.measures.every if each.name == slot), None)
    values = next((each["values"] for each in found["slots"] if each["relation"] == slot), ())
    counted = measure is not None and measure.kind is Kind.NUMBER
    topics = measure.topics if measure else ()
    return wording.slot(slot, topics, _agent(slot, desk), values, counted=counted)


def _agent(relation: str, desk: Desk) -> Sequence[str]:
    return desk.vocabulary.agents.get(relation, ())


def _spoken(relation: str, desk: Desk) -> str:
    return next(iter(_agent(relation, desk)), relation.replace("_", " "))


# Offering


def _offer(
    goal: Goal,
    found: Mapping[str, Any],
    guesses: Sequence[Constraint],
    restricted: Sequence[tuple[str, str]],
    desk: Desk,
) -> Arguments:
    """Offer the best item; one that nobody must be asked about first, if there is any."""
    items = [hit["id"] for hit in found["items"]]
    free = _free_of(restricted, goal, guesses, desk) if restricted else items
    items = free or items
    if restricted and not free and (asked := _confirmation(items[0], restricted, desk)):
        return asked
    shown = items[:1] if desk.policy.one_at_a_time else items[:_SHOWN]
    described = (
        desk.session.call("describe_item", item=shown[0]) if desk.session.has("describe_item") else None
    )
    facts = described["relations"] if described else {}
    said = [each for each in goal.all_of if each.source == "said"]
    stated, either = conditions(said), []
    groups = _groups(goal, desk)
    if len(shown) == 1:
        stated += [c.condition for group in groups for c in group if c.value in facts.get(c.relation, ())][:4]
    elif groups:
        either = conditions(groups[0])
    note = ""
    if len(shown) == 1 and described:
        year = f" ({described['year']})" if described["year"] else ""
        note = wording.offer(f"{described['title']}{year}", _about(facts, goal, desk))
    if guesses:
        note = f"{note} {_guessed(guesses, desk)}".strip()
    barred = conditions([each for each in goal.none_of if each.source == "said"])
    return proposal(shown, _once(stated), note=note, any_of=either, none_of=barred)


def _confirmation(item: str, restricted: Sequence[tuple[str, str]], desk: Desk) -> Arguments | None:
    """Return the question whether an item's restricted label is all right; None if it has none."""
    described = desk.session.call("describe_item", item=item) if desk.session.has("describe_item") else None
    held = [each for each in restricted if described and each[1] in described["relations"].get(each[0], ())]
    if not held:
        return None
    text = wording.asking(
        [], confirm=wording.confirming([label for _, label in held], _spoken(held[0][0], desk))
    )
    return proposal(act="ask", question={"text": text, "slot": held[0][0], "choices": ["yes", "no"]})


def _free_of(
    restricted: Sequence[tuple[str, str]], goal: Goal, guesses: Sequence[Constraint], desk: Desk
) -> list[str]:
    query = _query(goal, guesses, desk)
    query["none_of"] = [*query["none_of"], *({"relation": r, "value": label} for r, label in restricted)]
    found = desk.session.call("narrow_down", **query)
    return [hit["id"] for hit in found["items"]] if found else []


def _once(stated: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    return list({tuple(sorted(each.items())): each for each in stated}.values())


def _about(facts: Mapping[str, Sequence[str]], goal: Goal, desk: Desk) -> list[str]:
    """Return what an offer says of its item: kinds, and whatever can be compared or must be available."""
    units = {each.name: each.unit for each in desk.vocabulary.measures.every}
    idle = set(map(str, desk.policy.disclose))
    measures = [each for each in desk.vocabulary.measures.every if _is_told(each)]
    told = ["genre", *(each.name for each in measures), str(desk.policy.available)]
    shown = {name: facts[name] for name in dict.fromkeys(told) if facts.get(name) and name not in idle}
    bare = {"genre", *(each.name for each in measures if "certificate" in each.topics)}
    names = {name: "" if name in bare else _spoken(name, desk) for name in shown}
    if desk.policy.available in shown:
        names[str(desk.policy.available)] = "on"
    return wording.facts({name: _lower(name, held) for name, held in shown.items()}, units, names)


def _is_told(measure: Measure) -> bool:
    """Tell whether an offer says a measure: not how many voted, and not the date, whose year is said."""
    return measure.kind not in (Kind.DATE, Kind.FLAG) and not counts_votes(measure.name)


def _lower(name: str, labels: Sequence[str]) -> list[str]:
    return (
        [label if label.isupper() else label.lower() for label in labels] if name == "genre" else list(labels)
    )


def _title(item: str, desk: Desk) -> str:
    described = desk.session.call("describe_item", item=item) if desk.session.has("describe_item") else None
    return described["title"] if described else ""


# Nothing


def _nothing(goal: Goal, found: Mapping[str, Any], desk: Desk) -> Arguments:
    """Say that nothing fits: what was asked for, what rules everything out, the nearest way out."""
    said = [each for each in goal.all_of if each.source == "said"]
    asked = _in_words([*said, *(each for group in goal.one_of for each in group)], desk)
    ways: list[str] = []
    for each in found["relaxations"][:_RELAXED]:
        dropped = [Constraint(c["relation"], c["op"], c["value"]) for c in each["without"]]
        ways.append(wording.nearest(_terms(dropped, desk), each["total"]))
    return proposal(act="decline", note=wording.nothing_left(asked, " ".join(dict.fromkeys(ways))))


def _in_words(constraints: Sequence[Constraint], desk: Desk) -> str:
    units = {each.name: each.unit for each in desk.vocabulary.measures.every}
    return in_words([each.condition for each in constraints], units)


def _terms(constraints: Sequence[Constraint], desk: Desk) -> str:
    """Return constraints as terms: 'a runtime under 96 min', '“Comedy”'."""
    labels = [f"“{each.value}”" for each in constraints if each.op == "is"]
    compared = [each for each in constraints if each.op != "is"]
    said = [_in_words([each], desk).removeprefix("titles ").removeprefix("with ") for each in compared]
    return listed(list(dict.fromkeys([*labels, *said])), "or")


def _guessed(guesses: Sequence[Constraint], desk: Desk) -> str:
    bounds = _terms([each for each in guesses if each.op != "is"], desk).replace(" or ", " and ")
    return wording.guessed(bounds, _terms([each for each in guesses if each.op == "is"], desk))
