"""What a message states of the item that is looked for, as constraints; read in the light of a question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from agent.builtin.goal.hints import says
from agent.builtin.goal.labels import groups_in, plain
from agent.builtin.goal.numbers import unread, with_bare_numbers, with_dropped
from agent.builtin.goal.possessions import with_what_is_had
from agent.builtin.goal.qualifiers import (
    SENTENCE,
    capped,
    is_alternative,
    is_kept_out,
    is_liked,
    is_preferred,
    is_soft,
    leads_better,
    turned,
    without_loose,
)
from agent.builtin.goal.scales import with_scale
from agent.builtin.goal.state import KNOWN, Constraint, Goal
from agent.builtin.goal.told import Frame, Told, more
from agent.builtin.interpret.message import Message
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.plan.alternatives import category_term, name_term
from agent.builtin.plan.proposal import year_conditions
from agent.builtin.plan.search import filters_of
from kg.types import Kind

_BOUNDS = {"duration": "<=", "rating": ">="}  # what a number alone means: 'two hours', 'a 7'
_DIGIT = re.compile(r"\b(?:19|20)\d\d\b|\d0s\b")


def told(message: Message, words: Sequence[str], goal: Goal, frame: Frame) -> Told:
    """Return what a message states; `words` are its folded words."""
    text, reading = " ".join(words), message.reading
    available = frame.policy.available
    scales = {measure.name: measure for measure in frame.measures if measure.scale}
    apart = {*scales, *([available] if available else [])}
    asked = _asked_labels(reading, goal, frame, apart)
    apart |= {each.relation for each in asked}
    all_of, one_of, none_of = _plain(reading, apart, {each.value for each in asked})
    bound = {m.name: op for m in frame.measures for topic, op in _BOUNDS.items() if topic in m.topics}
    all_of = [replace(e, op=bound.get(e.relation, e.op)) if e.op == "is" else e for e in all_of]
    all_of = [*asked, *all_of]
    if KNOWN in goal.pending and not _DIGIT.search(reading.text):  # 'nothing recent' tells what was seen
        dated = {"year", *(each.name for each in frame.measures if each.kind is Kind.DATE)}
        all_of = [each for each in all_of if each.relation not in dated]
    all_of = capped(without_loose(all_of, reading, text), reading)
    all_of, exceeding = turned(all_of, reading, frame)
    soft = [each for each in all_of if is_soft(each, reading)] if len(all_of) > 1 or goal.all_of else []
    firm = [each for each in all_of if each not in soft]
    if soft and not (firm or goal.all_of):
        firm, soft = soft, []
    used = (*exceeding, *(word for each in asked for word in plain(each.value).split()))
    found = Told(tuple(firm), tuple(one_of), tuple(none_of), preferred=tuple(soft), used=used)
    found = _with_labels_alone(found, reading, goal, frame)
    for name in scales:
        found = with_scale(found, name, reading, goal, frame)
    if available is not None:
        found = with_what_is_had(found, available, reading, text, goal, frame)
    found = with_bare_numbers(found, unread(message, frame), goal, frame)
    return with_dropped(found, text, reading, frame)


def _asked_labels(reading: ParsedRequest, goal: Goal, frame: Frame, apart: set[str]) -> list[Constraint]:
    """Return labels of relations that were asked about, or are named beside them: 'the language: FRENCH'.

    A label that several of them have belongs to the one whose name stands in the same sentence.
    """
    found: dict[str, list[str]] = {}
    for part in SENTENCE.split(reading.text):
        said = plain(part)
        named = {name for name in frame.labels if f" {name.replace('_', ' ')} " in f" {said} "}
        alone = {name for name, labels in frame.labels.items() if _is_alone(said, labels)}
        for name in sorted(named or {each for each in goal.pending if each in frame.labels} or alone):
            if name in apart or name == "genre":
                continue
            for group in groups_in(part, frame.labels[name]):
                if not (says(group.near, "denying") or says(group.near, "degree")):
                    found.setdefault(name, []).extend(group.labels)
    return [Constraint(name, "is", label) for name, held in found.items() for label in dict.fromkeys(held)]


def _is_alone(said: str, labels: Sequence[str]) -> bool:
    """Tell whether a sentence is a label and no more: 'Spain, please.'."""
    bare = " ".join(
        word for word in said.split() if word not in ("please", "from", "a", "an", "the", "preferably")
    )
    return any(bare == label.lower() for label in labels)


def _plain(
    reading: ParsedRequest, apart: set[str], taken: set[str]
) -> tuple[list[Constraint], list[tuple[Constraint, ...]], list[Constraint]]:
    """Return what is stated by names, kinds, comparisons and years, of relations not read apart."""
    filters = filters_of(reading)
    named = [(name, category_term(name)) for name in reading.categories]
    named += [(each.name, name_term(each.roles, each.name)) for each in reading.wanted]
    out = {name.text for name, _ in named if is_kept_out(name.text, reading.text)}
    used = {label.lower() for label in taken}
    stated = [
        term[0].condition
        for name, term in named
        if term and name.text not in out and name.text.lower() not in used
    ]
    ruled = [term[0].condition for name, term in named if term and name.text in out]
    stated += [*filters.compared, *year_conditions(filters.years)]
    all_of = [_constraint(each) for each in stated if each["relation"] not in apart]
    groups: dict[str, list[Constraint]] = {}
    apart_too = {each.name.text for each in reading.any_of if not is_alternative(each.name.text, reading)}
    for each in filters.any_of:
        if each["relation"] not in apart:
            groups.setdefault(each["relation"], []).append(_constraint(each))
    if len(apart_too) == len(reading.any_of):  # 'A crime film. A thriller.' wants both
        all_of += [each for group in groups.values() for each in group]
        groups = {}
    barred = [_constraint(e) for e in (*filters.none_of, *ruled) if e["relation"] not in apart]
    better = [each for each in barred if is_preferred(each.value, reading.text)]
    none_of = [each for each in barred if each not in better]
    return [*all_of, *better], [tuple(group) for group in groups.values()], none_of


def _with_labels_alone(found: Told, reading: ParsedRequest, goal: Goal, frame: Frame) -> Told:
    """Add kinds that answer a question or an offer in so many words: 'Music.', 'I wanted family'."""
    told = {c.value for c in (*found.all_of, *found.none_of, *found.preferred)}
    told |= {c.value for group in found.one_of for c in group}
    asked = {each.value for each in goal.all_of}
    for group in groups_in(reading.text, frame.labels.get("genre", ())):
        denied = says(group.near, "denying") or group.near.split()[-1:] == ["too"]
        denied = denied and not leads_better(group.behind)
        denied = denied or is_kept_out(reading.text[group.start : group.end], reading.text)
        for label in (each for each in group.labels if each not in told):
            is_offered = label in frame.facts.get("genre", ()) and label not in asked
            is_offered = is_offered and not says(plain(reading.text), "wishing")
            held = (Constraint("genre", "is", label),)
            soft = is_liked(reading.text[: group.start], reading.text[group.end :])
            field = "none_of" if denied or is_offered else "preferred" if soft else "all_of"
            found = more(found, **{field: held})
    return found


def _constraint(stated: Mapping[str, str]) -> Constraint:
    return Constraint(stated["relation"], stated.get("op", "is"), stated["value"])
