"""What a message states of the item that is looked for, as constraints; read in the light of a question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from agent.builtin.goal.hints import hints, says
from agent.builtin.goal.labels import groups_in, labels_in, plain
from agent.builtin.goal.numbers import LOWER, PART, UPPER, unread, with_bare_numbers, with_dropped
from agent.builtin.goal.state import KNOWN, PERSON, Constraint, Goal
from agent.builtin.goal.told import Frame, Told, more
from agent.builtin.interpret.message import Message
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.lexicon.load import tables
from agent.builtin.plan.alternatives import category_term, name_term
from agent.builtin.plan.proposal import year_conditions
from agent.builtin.plan.search import filters_of
from kg.types import Kind

_NONE_OF = ("no", "not", "without", "without any", "zero", "minus", "not any", "no more", "not another")
_EVERYTHING = ("anything", "everything", "any film", "any movie", "any book", "one")
_SENTENCE = re.compile(r"[.;!?\n]+(?:\s|$)")
_WINDOW = 6  # words around a kind that say how firmly it is wanted
_BESIDE = 4  # words before and behind labels that say how they bound
_NEAR = 3  # words between a denial and the label that it denies
_DIGIT = re.compile(r"\b(?:19|20)\d\d\b|\d0s\b")
_DENYING = (
    "no",
    "not",
    "nothing",
    "without",
    "never",
    "dont",
    "isnt",
    "avoid",
    "except",
    "hate",
    "skip",
    "anything but",
)


_DEMANDING = (
    "just",
    "only",
    "nothing but",
    "stick to",
    "strictly",
    "must be",
    "has to be",
    "needs to be",
    "should be",
    "i want",
    "looking for",
)
_TOO = ("too", "bit", "rather", "quite", "so", "very")
_LACKING = ("dont have", "do not have", "havent got", "without", "not on", "no longer have")


def told(message: Message, words: Sequence[str], goal: Goal, frame: Frame) -> Told:
    """Return what a message states; `words` are its folded words."""
    text, reading = " ".join(words), message.reading
    available = frame.policy.available
    scales = {measure.name: measure for measure in frame.measures if measure.scale}
    apart = {*scales, *([available] if available else [])}
    asked = _asked_labels(reading, goal, frame, apart)
    apart |= {each.relation for each in asked}
    all_of, one_of, none_of = _plain(reading, apart, {each.value for each in asked})
    timed = {each.name for each in frame.measures if "duration" in each.topics}
    all_of = [replace(e, op="<=") if e.relation in timed and e.op == "is" else e for e in all_of]
    all_of = [*asked, *all_of]
    if KNOWN in goal.pending and not _DIGIT.search(reading.text):  # 'nothing recent' tells what was seen
        dated = {"year", *(each.name for each in frame.measures if each.kind is Kind.DATE)}
        all_of = [each for each in all_of if each.relation not in dated]
    all_of = _turned(_without_loose(all_of, reading, text), reading, frame)
    soft = [each for each in all_of if _is_soft(each, reading)] if len(all_of) > 1 or goal.all_of else []
    firm = [each for each in all_of if each not in soft]
    if soft and not (firm or goal.all_of):
        firm, soft = soft, []
    found = Told(tuple(firm), tuple(one_of), tuple(none_of), preferred=tuple(soft))
    found = _with_labels_alone(found, reading, goal, frame)
    for name in scales:
        found = _with_scale(found, name, reading, goal, frame)
    if available is not None:
        found = _with_what_is_had(found, available, reading, text, goal, frame)
    found = with_bare_numbers(found, unread(message, frame), goal, frame)
    return with_dropped(found, text, reading, frame)


def _asked_labels(reading: ParsedRequest, goal: Goal, frame: Frame, apart: set[str]) -> list[Constraint]:
    """Return labels of relations that were asked about, or are named beside them: 'the language: FRENCH'.

    A label that several of them have belongs to the one whose name stands in the same sentence.
    """
    found: dict[str, list[str]] = {}
    for part in _SENTENCE.split(reading.text):
        said = plain(part)
        named = {name for name in frame.labels if f" {name.replace('_', ' ')} " in f" {said} "}
        alone = {name for name, labels in frame.labels.items() if _is_alone(said, labels)}
        for name in sorted(named or {each for each in goal.pending if each in frame.labels} or alone):
            if name in apart or name == "genre":
                continue
            for group in groups_in(part, frame.labels[name]):
                near = f" {' '.join(group.before.split()[-_NEAR:])} "
                if not any(f" {each} " in near for each in (*_DENYING, *_TOO)):
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
    out = {name.text for name, _ in named if _is_kept_out(name.text, reading.text)}
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
    apart_too = {each.name.text for each in reading.any_of if not _is_alternative(each.name.text, reading)}
    for each in filters.any_of:
        if each["relation"] not in apart:
            groups.setdefault(each["relation"], []).append(_constraint(each))
    if len(apart_too) == len(reading.any_of):  # 'A crime film. A thriller.' wants both
        all_of += [each for group in groups.values() for each in group]
        groups = {}
    none_of = [_constraint(e) for e in (*filters.none_of, *ruled) if e["relation"] not in apart]
    return all_of, [tuple(group) for group in groups.values()], none_of


def _is_alternative(name: str, reading: ParsedRequest) -> bool:
    """Tell whether a name stands beside 'or' in its sentence: 'a CRIME film or a thriller'."""
    sentence = next((part for part in _SENTENCE.split(reading.text) if name.lower() in part.lower()), "")
    before, _, behind = f" {sentence.lower()} ".partition(name.lower())
    return any(f" {word} " in f"{before} " or f" {word} " in f" {behind}" for word in ("or", "either", "and"))


def _is_kept_out(name: str, text: str) -> bool:
    """Tell whether a name is what should be left out: 'keep HORROR out of it', 'I'm tired of WESTERNS'."""
    before, _, behind = text.lower().partition(name.lower())
    last, first = plain(PART.split(before)[-1]), plain(PART.split(behind)[0])
    held = first.startswith(("out ", "is out", "has to go")) or first == "out"
    denied = any(f" {last} ".endswith(f" {each} ") for each in _NONE_OF)
    away = denied or any(last.endswith(f" {each}") or last == each for each in tables("goal")["keeping away"])
    return (
        (held and last.split()[-1:] in (["keep"], ["leave"], ["rule"], ["with"], []))
        or (held and not away)
        or away
    )


def _without_loose(all_of: Sequence[Constraint], reading: ParsedRequest, text: str) -> list[Constraint]:
    """Leave out ends of a measure that bound nothing: 'long or short, whatever', 'up to two hours LONG'."""
    thirds = [each for each in reading.comparisons if each.by == "third"]
    idle = {a.relation for a in thirds for b in thirds if a.relation == b.relation and a.op != b.op}
    idle |= {each.relation for each in reading.comparisons if each.by != "third"}
    idle |= {each.relation for each in thirds} if says(text, "open") else set()
    gone = {(each.relation, each.value) for each in thirds if each.relation in idle}
    return [each for each in all_of if (each.relation, each.value) not in gone]


def _turned(all_of: Sequence[Constraint], reading: ParsedRequest, frame: Frame) -> list[Constraint]:
    """Return bounds as meant where what is beyond them is too much: 'anything over 90 min is TOO LONG'."""
    meant: dict[str, str] = {}
    for part in map(plain, _SENTENCE.split(reading.text)):
        if part.startswith(_EVERYTHING) and " too " in f" {part} ":
            found = hints(
                part.partition(" too ")[1].split() + part.partition(" too ")[2].split(), frame.measures, ()
            )
            meant |= {each.relation: "<=" if each.way == "lower" else ">=" for each in found}
    last = {each.relation: each for each in all_of}  # the bounds before it are others
    turned = {relation: last[relation] for relation in meant if relation in last}
    return [replace(e, op=meant[e.relation]) if e is turned.get(e.relation) else e for e in all_of]


def _is_soft(constraint: Constraint, reading: ParsedRequest) -> bool:
    """Tell whether a kind is only liked: 'I'm interested in FAMILY stories, if possible'."""
    if constraint.op != "is":
        return False
    names = [
        each.text for each in reading.categories if any(c.label == constraint.value for c in each.choices)
    ]
    if not names:
        return False
    before, _, behind = reading.text.lower().partition(names[0].lower())
    return _is_liked(before, behind)


def _is_liked(before: str, behind: str) -> bool:
    """Tell whether the words before and behind a kind say that it is liked and need not be."""
    last = " ".join(plain(_SENTENCE.split(before)[-1]).split()[-_WINDOW:])
    if plain(behind).split()[:1] and plain(behind).split()[0] in tables("goal")["people who like"]:
        return True
    first = " ".join(plain(_SENTENCE.split(behind)[0]).split()[:_WINDOW])
    return says(last, "soft before") or says(first, "soft behind")


def _with_labels_alone(found: Told, reading: ParsedRequest, goal: Goal, frame: Frame) -> Told:
    """Add kinds that answer a question or an offer in so many words: 'Music.', 'I wanted family'."""
    told = {c.value for c in (*found.all_of, *found.none_of, *found.preferred)}
    told |= {c.value for group in found.one_of for c in group}
    asked = {each.value for each in goal.all_of}
    for group in groups_in(reading.text, frame.labels.get("genre", ())):
        near = f" {' '.join(group.before.split()[-_NEAR:])} "
        denied = any(f" {each} " in near for each in (*_DENYING, "too"))
        denied = denied and group.behind.split()[:2] != [
            "would",
            "be",
        ]  # 'not my mood, COMEDY would be better'
        denied = denied or _is_kept_out(reading.text[group.start : group.end], reading.text)
        for label in (each for each in group.labels if each not in told):
            is_offered = label in frame.facts.get("genre", ()) and label not in asked
            is_offered = is_offered and not says(plain(reading.text), "wishing")
            held = (Constraint("genre", "is", label),)
            soft = _is_liked(reading.text[: group.start], reading.text[group.end :])
            field = "none_of" if denied or is_offered else "preferred" if soft else "all_of"
            found = more(found, **{field: held})
    return found


def _constraint(stated: Mapping[str, str]) -> Constraint:
    return Constraint(stated["relation"], stated.get("op", "is"), stated["value"])


# Labels of a scale


def _scale_of(name: str, frame: Frame) -> tuple[str, ...]:
    return next((measure.scale for measure in frame.measures if measure.name == name), ())


def _with_scale(found: Told, name: str, reading: ParsedRequest, goal: Goal, frame: Frame) -> Told:
    """Add what is said of a scale: 'PG-13 or R', 'R or unrated', 'nothing above PG', 'R is fine'."""
    labels, asked = frame.labels.get(name, ()), name in goal.pending
    restricted = frame.policy.confirm.get(name, ())  # type: ignore[call-overload]
    rungs = tuple(dict.fromkeys([*labels, *_scale_of(name, frame)]))
    for group in groups_in(reading.text, rungs, asked=asked):
        last, first = group.before.split()[-_BESIDE:], group.behind.split()[:_BESIDE]
        held, beside = group.labels, f" {' '.join(last)} | {' '.join(first)} "
        upper, lower = (any(f" {each} " in beside for each in ends) for ends in (UPPER, LOWER))
        allowed = tuple((name, label) for label in held if label in restricted)
        known = [label for label in held if label in labels]  # others are on the scale, and no item has them
        near = f" {' '.join(group.before.split()[-_NEAR:])} "
        if goal.offered is not None and any(f" {each} " in near for each in _TOO):
            continue  # a remark about the offer: 'too LIGHT'
        denied = any(f" {each} " in near for each in _DENYING) and not says(near, "no denial")
        if denied and not (upper or lower):
            bars = tuple((name, label) for label in held)
            found = more(found, none_of=tuple(Constraint(name, "is", each) for each in known), barred=bars)
        elif upper or lower:
            bound = Constraint(name, "<=" if upper else ">=", held[0])
            found = more(found, all_of=(bound,), permitted=allowed)
        elif not known:
            continue
        elif len(held) > 1:
            found = more(
                found, one_of=(tuple(Constraint(name, "is", each) for each in known),), permitted=allowed
            )
        elif held[0] in restricted and not any(f" {each} " in beside for each in _DEMANDING):
            found = more(found, permitted=allowed)
        else:
            found = more(found, all_of=(Constraint(name, "is", held[0]),), permitted=allowed)
        found = more(found, used=tuple(plain(reading.text[group.start : group.end]).split()))
    return found


# What the person has


def _is_choice(said: str) -> bool:
    return " or " in f" {plain(said)} "


def _requires(before: str) -> bool:
    """Tell whether words lead to where an item must be: 'it has to be on', 'I want to stream it on'."""
    wanted = set(tables("goal")["wanting"]) & set(before.split())
    return says(before, "requiring") or bool(wanted and before.endswith(" on"))


def _with_what_is_had(
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
        if any(f" {each} " in f" {group.before} " for each in _LACKING):
            found = more(found, none_of=alternatives)
        elif group.behind.split()[:1] == ["only"] or (
            _requires(group.before) and not says(group.before, "possessing")
        ):
            found = more(found, one_of=(alternatives,))
        elif (
            has and _is_choice(reading.text[group.start : group.end]) and not says(group.before, "possessing")
        ):
            found = more(found, one_of=(alternatives,))  # 'I have A and B. A or C would be best.'
        elif asked or owned or says(group.before, "possessing") or says(group.behind, "possessing"):
            has, owned = [*(has or []), *group.labels], True
        else:
            found = more(found, one_of=(alternatives,))
        found = more(found, used=tuple(plain(reading.text[group.start : group.end]).split()))
    if has is None and asked:
        nothing = says(text, "possessing nothing") or says(text, "open")
        limited = any(each.relation == relation for alternatives in found.one_of for each in alternatives)
        has = [] if nothing and not limited else None
    return found if has is None else more(found, has=tuple(dict.fromkeys(has)))
