"""What a person has, and where an item must be: 'I have A and B, it has to be on A'."""

from __future__ import annotations

from agent.builtin.goal.hints import says
from agent.builtin.goal.labels import Group, groups_in, labels_in, plain
from agent.builtin.goal.qualifiers import SENTENCE
from agent.builtin.goal.state import PERSON, Constraint, Goal
from agent.builtin.goal.told import Frame, Told, more
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.lexicon.load import tables

_OTHERS = 3  # words of what else a person has, before labels that are known


def with_what_is_had(
    found: Told, relation: str, reading: ParsedRequest, text: str, goal: Goal, frame: Frame
) -> Told:
    """Add what the person has ('I have Netflix'), and what must be ('it has to be on Hulu')."""
    labels, asked = frame.labels.get(relation, ()), PERSON in goal.pending
    loose = asked or relation in goal.pending or says(text, "possessing")
    loose = loose or bool(labels_in(reading.text, labels))
    has: list[str] | None = None
    owned = False
    for group in groups_in(reading.text, labels, asked=loose):
        alternatives = tuple(Constraint(relation, "is", each) for each in group.labels)
        if _last(group.before, "lacking") > _last(group.before, "possessing"):
            found = more(found, none_of=alternatives)
        elif group.behind.split()[:1] == ["only"] or (
            _requires(group.before) and not says(group.before, "possessing")
        ):
            found = more(found, one_of=(alternatives,))
        elif (
            has and _is_choice(reading.text[group.start : group.end]) and not says(group.before, "possessing")
        ):
            found = more(found, one_of=(alternatives,))  # 'I have A and B. A or C would be best.'
        elif asked or owned or _is_had(group, reading.text):
            has, owned = [*(has or []), *group.labels], True
        else:
            found = more(found, one_of=(alternatives,))
        found = more(found, used=tuple(plain(reading.text[group.start : group.end]).split()))
    if has is None and asked:
        nothing = says(text, "possessing nothing") or says(text, "open")
        limited = any(each.relation == relation for alternatives in found.one_of for each in alternatives)
        has = [] if nothing and not limited else None
    return found if has is None else more(found, has=tuple(dict.fromkeys(has)))


def _is_had(group: Group, text: str) -> bool:
    """Tell whether words say that the person has labels, among others: 'I have Stan, NETFLIX and HULU'."""
    if says(group.before, "possessing") or says(group.behind, "possessing"):
        return True
    opening = f" {plain(SENTENCE.split(text[: group.start])[-1])} "
    rest = [
        opening.rpartition(f" {each} ")[2] for each in tables("goal")["possessing"] if f" {each} " in opening
    ]
    return any(len(each.split()) <= _OTHERS for each in rest)


def _last(before: str, section: str) -> int:
    """Return where the last phrase of a section begins in folded words; -1 if none stands there."""
    return max(f" {before} ".rfind(f" {each} ") for each in tables("goal")[section])


def _requires(before: str) -> bool:
    """Tell whether words lead to where an item must be: 'it has to be on', 'I want to stream it on'."""
    wanted = set(tables("goal")["wanting"]) & set(before.split())
    return says(before, "requiring") or bool(wanted and before.endswith(" on"))


def _is_choice(said: str) -> bool:
    return " or " in f" {plain(said)} "
