"""What is said of the item that was offered, and asks for nothing: 'it is rather short'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.goal.hints import Hint, hints, says
from agent.builtin.goal.state import Constraint, Goal
from agent.builtin.goal.told import Frame, Told
from agent.builtin.interpret.message import Message
from kg.types import YEAR


def without_remarks(said: Told, message: Message, words: Sequence[str], goal: Goal, frame: Frame) -> Told:
    """Leave out what is a remark about what was offered and no bound: 'it is rather short'."""
    loose = {each.relation for each in message.reading.comparisons if each.by != "said"}
    loose |= {YEAR} if not any(letter.isdecimal() for letter in message.reading.text) else set()
    found = hints(words, frame.measures, message.reading.shifts)
    remarked = {each.relation for each in found} & loose
    kept = replace(said, all_of=tuple(e for e in said.all_of if e.relation not in remarked))
    text = " ".join(words)
    return kept if says(text, "wishing") else _without_kinds(kept, goal, text, found, frame)


def _without_kinds(said: Told, goal: Goal, text: str, found: Sequence[Hint], frame: Frame) -> Told:
    """Read kinds that are said of the offer and not wished for: 'that's ACTION, isn't it?'."""
    suited = {each.name for each in frame.measures if "certificate" in each.topics}
    if suited & {each.relation for each in found}:
        one_of = tuple(group for group in said.one_of if group[0].relation != "genre")
        return replace(said, all_of=tuple(e for e in said.all_of if e.relation != "genre"), one_of=one_of)
    asked = {each.value for each in goal.all_of}
    held = [
        each
        for each in said.all_of
        if each.relation == "genre" and each.value in frame.facts.get("genre", ()) and each.value not in asked
    ]
    missed = [each for each in said.none_of if _is_missed(each, text, frame)]
    all_of = tuple(each for each in said.all_of if each not in held)
    none_of = tuple(each for each in said.none_of if each not in missed)
    return replace(said, all_of=(*all_of, *missed), none_of=(*none_of, *held))


def _is_missed(barred: Constraint, text: str, frame: Frame) -> bool:
    """Tell whether an offer is said not to be of a kind, and is not: 'that's not COMEDY'."""
    lacks = barred.relation == "genre" and barred.value not in frame.facts.get("genre", ())
    return lacks and says(text, "is not")
