"""Words around a kind or a bound that change what it asks for: left out, liked, one of several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from agent.builtin.goal.hints import hints, says
from agent.builtin.goal.labels import plain
from agent.builtin.goal.numbers import PART
from agent.builtin.goal.state import Constraint
from agent.builtin.goal.told import Frame
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.lexicon.load import tables

SENTENCE = re.compile(r"[.;!?\n]+(?:\s|$)")
_SIDES = {">=", "<="}
_WINDOW = 6  # words around a kind that say how firmly it is wanted


def is_alternative(name: str, reading: ParsedRequest) -> bool:
    """Tell whether a name stands beside 'or' in its sentence: 'a CRIME film or a thriller'."""
    sentence = next((part for part in SENTENCE.split(reading.text) if name.lower() in part.lower()), "")
    before, _, behind = f" {sentence.lower()} ".partition(name.lower())
    return any(f" {word} " in f"{before} " or f" {word} " in f" {behind}" for word in ("or", "either", "and"))


def is_preferred(name: str, text: str) -> bool:
    """Tell whether a name is what would be better: 'not my mood, COMEDY would be nicer'."""
    return leads_better(plain(text.lower().partition(name.lower())[2]))


def leads_better(behind: str) -> bool:
    """Tell whether folded words behind a name say that it would be better."""
    return any(f"{behind} ".startswith(f"{each} ") for each in tables("goal")["better"])


def is_kept_out(name: str, text: str) -> bool:
    """Tell whether a name is what should be left out: 'keep HORROR out of it', 'I'm tired of WESTERNS'."""
    before, _, behind = text.lower().partition(_bare(name.lower()))
    last, first = plain(PART.split(before)[-1]), plain(PART.split(behind)[0])
    said = tables("goal")
    put = first.split()[:1] == ["out"] and last.split()[-1:] and last.split()[-1] in said["leaving"]
    away = any(f" {last} ".endswith(f" {each} ") for each in (*said["none of"], *said["keeping away"]))
    return bool(put) or away or any(f"{first} ".startswith(f"{each} ") for each in said["left out"])


def _bare(name: str) -> str:
    """Return a name without a verb behind it: "HORROR's out"."""
    return re.sub(r"['’]s$", "", name)


def without_loose(all_of: Sequence[Constraint], reading: ParsedRequest, text: str) -> list[Constraint]:
    """Leave out ends of a measure that bound nothing: 'long or short, whatever', 'up to two hours LONG'."""
    thirds = [each for each in reading.comparisons if each.by == "third"]
    idle = {a.relation for a in thirds for b in thirds if a.relation == b.relation and a.op != b.op}
    idle |= {each.relation for each in reading.comparisons if each.by != "third"}
    idle |= {each.relation for each in thirds} if says(text, "open") else set()
    gone = {(each.relation, each.value) for each in thirds if each.relation in idle}
    return [each for each in all_of if (each.relation, each.value) not in gone]


def capped(all_of: Sequence[Constraint], reading: ParsedRequest) -> list[Constraint]:
    """Read an end that points to a number before it: 'about 140 minutes, NOT LONGER THAN THAT'."""
    ends = {each.relation: each.op for each in reading.comparisons if not each.value and each.by == "said"}
    near = [each for each in reading.comparisons if each.by == "around" and each.relation in ends]
    found = list(all_of)
    for name in dict.fromkeys(each.relation for each in near):
        values = [float(each.value) for each in near if each.relation == name]
        sides = {(each.op, each.value) for each in near if each.relation == name}
        if len(values) == len(_SIDES) and {op for op, _ in sides} == _SIDES:
            found = [each for each in found if each.relation != name or (each.op, each.value) not in sides]
            found.append(Constraint(name, ends[name], f"{sum(values) / len(values):g}"))
    return found


def turned(
    all_of: Sequence[Constraint], reading: ParsedRequest, frame: Frame
) -> tuple[list[Constraint], tuple[str, ...]]:
    """Return bounds as meant where what is beyond them is too much: 'anything over 90 min is TOO LONG'.

    Also the words that say so.
    """
    meant: dict[str, str] = {}
    used: list[str] = []
    for part in map(plain, SENTENCE.split(reading.text)):
        if excess := _excess().search(part):
            much = ["too", *excess.group(1).split()]
            found = hints(much, frame.measures, ())
            meant |= {each.relation: "<=" if each.way == "lower" else ">=" for each in found}
            used += much[:2] if found else []
    last = {each.relation: each for each in all_of}  # the bounds before it are others
    turned = {relation: last[relation] for relation in meant if relation in last}
    bounds = [replace(e, op=meant[e.relation]) if e is turned.get(e.relation) else e for e in all_of]
    return bounds, tuple(used)


@cache
def _excess() -> re.Pattern[str]:
    """Return the pattern of what is too much: 'anything … is way too LONG for me'."""
    every = "|".join(tables("goal")["everything"])
    return re.compile(rf"\b(?:{every})\b .*?\b(?:is|are|feels?|gets?|seems?|be) (?:\w+ )?too (\w.*)")


def is_soft(constraint: Constraint, reading: ParsedRequest) -> bool:
    """Tell whether a kind is only liked: 'I'm interested in FAMILY stories, if possible'."""
    if constraint.op != "is":
        return False
    names = [
        each.text for each in reading.categories if any(c.label == constraint.value for c in each.choices)
    ]
    if not names:
        return False
    before, _, behind = reading.text.lower().partition(names[0].lower())
    return is_liked(before, behind)


def is_liked(before: str, behind: str) -> bool:
    """Tell whether the words before and behind a kind say that it is liked and need not be."""
    last = " ".join(plain(SENTENCE.split(before)[-1]).split()[-_WINDOW:])
    if plain(behind).split()[:1] and plain(behind).split()[0] in tables("goal")["people who like"]:
        return True
    first = " ".join(plain(SENTENCE.split(behind)[0]).split()[:_WINDOW])
    return says(last, "soft before") or says(first, "soft behind")
