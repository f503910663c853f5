"""Answers to questions of what can be compared, by the stored value, and corrections of what was claimed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agent.builtin.dialogue.antecedents import antecedent
from agent.builtin.dialogue.asked_items import Described, labels
from agent.builtin.dialogue.state import focus_of
from agent.builtin.dialogue.utterance import Utterance, places_of
from agent.builtin.interpret.compared import Asked
from agent.builtin.interpret.request import ItemMention
from agent.builtin.lexicon.load import words
from agent.builtin.plan.proposal import proposal
from agent.builtin.plan.tool_session import Arguments, Call
from agent.builtin.respond import facts as sentences
from agent.builtin.respond import quantities

_ALIKE = 3
_FEW = 10  # items of which one thing is told at once


def measured_answer(utterance: Utterance) -> Arguments | None:
    """Answer 'how long is X?', 'is it under 20 euros?', 'which is cheaper, A or B?'; None if not asked."""
    asked = utterance.reading.asked
    if asked is None or not utterance.session.has("describe_item"):
        return None
    meant = _items(utterance, asked)
    if not meant:
        return proposal(act="ask", question={"text": sentences.WHICH, "slot": "", "choices": []})
    calls = [Call("describe_item", {"item": item}) for alike in meant for item in alike]
    told_of = iter(utterance.session.call_all(calls))
    described = [[each for _ in alike if (each := next(told_of))] for alike in meant]
    known = [_having(asked.relation, alike) for alike in described if alike]
    units = dict(utterance.reading.units)
    of_each = len(known) > 1 and not asked.titles  # 'are they all under two hours?'
    tell = {"value": _value, "yes_no": _value if of_each else _yes_no, "compare": _compare}
    told = [
        tell[each.kind](known, each, units.get(each.relation, ""), utterance) for each in (asked, *asked.also)
    ]
    notes = dict.fromkeys(note for note, _ in told)
    return proposal(act="inform", note=" ".join(notes), facts=[fact for _, facts in told for fact in facts])


def _items(utterance: Utterance, asked: Asked) -> list[list[str]]:
    """Return, for every item that is asked of, those of its name that may be meant, the likeliest first."""
    if asked.titles:
        mentions = [t for t in utterance.reading.mentioned if t.text in asked.titles and t.choices]
        return [_alike(utterance, mention) for mention in mentions]
    shown, state = utterance.state.shown, utterance.state
    if places := [place for place in places_of(utterance) if place < len(shown)]:
        return [[shown[place]] for place in places]
    several = state.together or shown[:_FEW]
    if len(several) > 1 and words("comparators", "each of them") & set(utterance.words):
        return [[item] for item in several]
    focus = focus_of(state)
    if focus is not None and focus == state.one_named and state.focus is None:
        return [list(state.named[:_ALIKE])]
    found = [focus] if focus is not None else antecedent(utterance)
    return [found] if found else []


def _alike(utterance: Utterance, mention: ItemMention) -> list[str]:
    """Return the items that a title may mean: one of the last answer alone, else all of its name."""
    alike = [choice.id for choice in mention.choices if choice.match == mention.choices[0].match][:_ALIKE]
    return next(([item] for item in alike if item in utterance.state.items), alike)


def _best(utterance: Utterance, mention: ItemMention) -> str:
    return _alike(utterance, mention)[0]


def _having(relation: str, alike: Sequence[Described]) -> Described:
    """Return which of several of one name has what is asked: pages are a book's, not its film's."""
    return next((each for each in alike if labels(each, relation)), alike[0])


def _fact(each: Described, relation: str, verdict: str | None = None, asked: str = "") -> dict[str, Any]:
    values = labels(each, relation)
    return {
        "item": each["id"],
        "relation": relation,
        "values": values,
        "verdict": verdict if values else None,
        "asked": asked,
    }


def _value(
    known: Sequence[Described], asked: Asked, unit: str, utterance: Utterance
) -> tuple[str, list[dict[str, Any]]]:
    notes = [
        quantities.value(each["title"], asked.relation, labels(each, asked.relation), unit) for each in known
    ]
    return " ".join(notes), [_fact(each, asked.relation) for each in known]


def _yes_no(
    known: Sequence[Described], asked: Asked, unit: str, utterance: Utterance
) -> tuple[str, list[dict[str, Any]]]:
    each = known[0]
    value, against = asked.value, None
    if not value:
        others = [t for t in utterance.reading.mentioned if t.text == asked.against and t.choices]
        found = utterance.session.call("describe_item", item=_best(utterance, others[0])) if others else None
        held = labels(found, asked.relation) if found else []
        value, against = (held[0] if held else ""), found
    values = labels(each, asked.relation)
    if not (values and value):
        missing = each if not values else against or each
        return quantities.value(missing["title"], asked.relation, [], unit), [_fact(each, asked.relation)]
    op = "is" if asked.op == "~" else asked.op
    said = value if op == "is" else f"{op} {value}"
    check = utterance.session.call("check_fact", item=each["id"], relation=asked.relation, value=value, op=op)
    yes = bool(check) and check["verdict"] == "supported"
    facts = [_fact(each, asked.relation, "yes" if yes else "no", said)]
    facts += [_fact(against, asked.relation)] if against else []
    note = (
        f"{'Yes' if yes else 'No'}, {quantities.value(each['title'], asked.relation, values, unit, mid=True)}"
    )
    if against:
        note += (
            f" {quantities.value(against['title'], asked.relation, labels(against, asked.relation), unit)}"
        )
    if asked.third:
        note += " " + quantities.third(asked.third, asked.relation, asked.op, asked.value, unit)
    return note, facts


def _compare(
    known: Sequence[Described], asked: Asked, unit: str, utterance: Utterance
) -> tuple[str, list[dict[str, Any]]]:
    facts = [_fact(each, asked.relation) for each in known]
    notes = [
        quantities.value(each["title"], asked.relation, labels(each, asked.relation), unit) for each in known
    ]
    valued = [
        (_number(labels(each, asked.relation)[0]), each["title"])
        for each in known
        if labels(each, asked.relation)
    ]
    if len(valued) < 2:
        return " ".join(notes), facts
    best = max(valued)[0] if asked.op == ">" else min(valued)[0]
    first = [title for value, title in valued if value == best]
    lead = f"{first[0]}." if len(first) == 1 else "They are equal."
    return " ".join((lead, *notes)), facts


def _number(label: str) -> float:
    try:
        return float(label)
    except ValueError:
        return float(label.replace("-", "")) if label.replace("-", "").isdecimal() else float(label == "yes")


def wrong_claims(utterance: Utterance) -> list[dict[str, Any]]:
    """Return the corrections of what a message claims of titles in numbers."""
    found: list[dict[str, Any]] = []
    if not utterance.session.has("check_fact"):
        return found
    for title, said in utterance.reading.measured_claims:
        mention = next((t for t in utterance.reading.mentioned if t.text == title and t.choices), None)
        if mention is None:
            continue
        op = "is" if said.op == "~" else said.op
        arguments = {
            "item": _best(utterance, mention),
            "relation": said.relation,
            "value": said.value,
            "op": op,
        }
        check = utterance.session.call("check_fact", **arguments)
        if check and check["verdict"] == "contradicted":
            claimed = said.value if op == "is" else f"{op} {said.value}"
            claimed = said.text if said.by == "around" else claimed
            found.append(
                {
                    "items": [check["item"]],
                    "relation": said.relation,
                    "claimed": claimed,
                    "true": list(check["true_values"]),
                }
            )
    return found
