"""An offer of what fits best, or that nothing fits, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from agent.builtin.goal.finding import Desk, groups_of, query_of, spoken_name
from agent.builtin.goal.state import Constraint, Goal, conditions
from agent.builtin.parse.measures import Measure
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.tool_session import Arguments
from agent.builtin.respond import questions as wording
from agent.headings import in_words
from agent.phrasing import listed
from kg.types import Kind
from tools.quality import counts_votes

_SHOWN = 10
_RELAXED = 2


def offer(
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
    groups = groups_of(goal, desk)
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
        [], confirm=wording.confirming([label for _, label in held], spoken_name(held[0][0], desk))
    )
    return proposal(act="ask", question={"text": text, "slot": held[0][0], "choices": ["yes", "no"]})


def _free_of(
    restricted: Sequence[tuple[str, str]], goal: Goal, guesses: Sequence[Constraint], desk: Desk
) -> list[str]:
    """Return the best items without a restricted label; a label that no item has rules out none."""
    query = query_of(goal, guesses, desk)
    without = [{"relation": relation, "value": label} for relation, label in restricted]
    found = desk.session.call("narrow_down", **_barring(query, without))
    if found is None:
        held = [each for each in without if desk.session.call("narrow_down", **_barring(query, [each]))]
        found = desk.session.call("narrow_down", **_barring(query, held)) if held else None
    return [hit["id"] for hit in found["items"]] if found else []


def _barring(query: Arguments, conditions: Sequence[dict[str, str]]) -> Arguments:
    return {**query, "none_of": [*query["none_of"], *conditions]}


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
    names = {name: "" if name in bare else spoken_name(name, desk) for name in shown}
    if desk.policy.available in shown:
        before = desk.vocabulary.prepositions.get(str(desk.policy.available))
        names[str(desk.policy.available)] = min(before) if before else "on"
    return wording.facts({name: _lower(name, held) for name, held in shown.items()}, units, names)


def _is_told(measure: Measure) -> bool:
    """Tell whether an offer says a measure: not how many voted, and not the date, whose year is said."""
    return measure.kind not in (Kind.DATE, Kind.FLAG) and not counts_votes(measure.name)


def _lower(name: str, labels: Sequence[str]) -> list[str]:
    return (
        [label if label.isupper() else label.lower() for label in labels] if name == "genre" else list(labels)
    )


def nothing(goal: Goal, found: Mapping[str, Any], desk: Desk) -> Arguments:
    """Say that nothing fits: what was asked for, what rules everything out, the nearest way out."""
    said = [each for each in goal.all_of if each.source == "said"]
    asked = _in_words([*said, *(each for group in groups_of(goal, desk) for each in group)], desk)
    barred = [each.value for each in goal.none_of if each.source == "said"]
    barred = list(dict.fromkeys([*barred, *(label for _, label in goal.refused)]))
    ways: list[str] = []
    for each in found["relaxations"][:_RELAXED]:
        dropped = [Constraint(c["relation"], c["op"], c["value"]) for c in each["without"]]
        ways.append(wording.nearest(_terms(dropped, desk), each["total"]))
    relaxed = " ".join(dict.fromkeys(ways))
    note = wording.nothing_left(asked, barred, relaxed, others=bool(goal.gone or goal.offered))
    return proposal(act="decline", note=note)


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


def title_of(item: str, desk: Desk) -> str:
    """Return the title of an item; "" where nothing describes it."""
    described = desk.session.call("describe_item", item=item) if desk.session.has("describe_item") else None
    return described["title"] if described else ""
