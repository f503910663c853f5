"""Numbers that answer a question by themselves, and measures that are left open by name."""

from __future__ import annotations

import re

from agent.builtin.goal.hints import says
from agent.builtin.goal.labels import labels_in, plain
from agent.builtin.goal.state import Constraint, Goal
from agent.builtin.goal.told import Frame, Told, more
from agent.builtin.interpret.message import Message
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.lexicon.load import tables
from agent.builtin.lexicon.profiles import NUMBERS
from agent.builtin.parse.measures import Measure
from kg.types import Kind

PART = re.compile(r"[,.;:!?()\n]+(?:\s|$)|\s(?:and|but)\s")
_OUT_OF = re.compile(r"(?:out of|/)\s*$", re.IGNORECASE)
_UNIT = re.compile(r"\s*(?:h|hrs?|hours?|m|mins?|minutes?|%|am|pm)\b", re.IGNORECASE)
_TIMED = re.compile(r"\b(?:h|hrs?|hours?|mins?|minutes?)\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.-])\d+(?:\.\d+)?(?![\w-])")


def with_bare_numbers(found: Told, text: str, goal: Goal, frame: Frame) -> Told:
    """Add a number that answers a question by itself: '6.5+', 'at least 7', 'no more than 100'."""
    free = [m for m in frame.measures if m.kind is Kind.NUMBER and m.name not in found.relations]
    used = {each.value for each in found.all_of}
    for clause in map(_in_figures, PART.split(text)):
        open_slots = [m for m in free if m.name in goal.pending or _is_named(m, plain(clause))]
        if _TIMED.search(clause):
            open_slots = [m for m in open_slots if "duration" in m.topics]
        for match in _NUMBER.finditer(clause) if open_slots else ():
            number, said = float(match.group()), plain(clause)
            if _OUT_OF.search(clause[: match.start()]) or _UNIT.match(clause[match.end() :]):
                continue
            fit = [m for m in open_slots if _could_be(m, number)]
            if match.group() in used or len(fit) != 1:
                continue
            after = clause[match.end() : match.end() + 2]
            upper = says(said, "upper end") or says(said, "below a number")
            lower = after.startswith("+") or says(said, "lower end") or says(said, "above a number")
            op = "<=" if upper else ">=" if lower or "rating" in fit[0].topics else "<="
            found = more(found, all_of=(Constraint(fit[0].name, op, match.group()),))
    return found


def unread(message: Message, frame: Frame) -> str:
    """Return a message without the words of quantities that are read, and without labels of scales."""
    text = message.reading.text
    places = [(chunk.start, chunk.end) for chunk in message.chunks if chunk.start in message.reading.measured]
    for measure in frame.measures:
        if measure.scale:
            names = labels_in(text, frame.labels.get(measure.name, ()), asked=True)
            places += [(each.start, each.end) for each in names]
    for start, end in places:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _in_figures(text: str) -> str:
    """Return a text with its number words as figures: 'six or better'."""
    numbers = {word: str(number) for word, number in NUMBERS.items() if number > 1}  # 'pick one'
    return re.sub(r"[a-z]+", lambda m: numbers.get(m.group().lower(), m.group()), text, flags=re.IGNORECASE)


def _is_named(measure: Measure, said: str) -> bool:
    """Tell whether words name what a measure measures, by a word of its own: 'the score has to be 6'."""
    names = [name for topic in measure.topics for name in tables("measures").get(f"names {topic}", ())]
    return any(f" {name} " in f" {said} " for name in (*names, measure.name.replace("_", " ")))


def _could_be(measure: Measure, number: float) -> bool:
    """Tell whether a number lies among the values of a measure."""
    held = measure.literals
    if held is None or not len(held.values):
        return False
    return bool(held.values.min() * 0.5 <= number <= held.values.max() * 1.5)


def with_dropped(found: Told, text: str, reading: ParsedRequest, frame: Frame) -> Told:
    """Add the measures that a text leaves open by name: 'the length doesn't matter', 'any rating'."""
    padded, dropped = f" {text} ", []
    idle = any(f" {phrase} " in padded for phrase in tables("goal")["dropping"])
    for measure in frame.measures if idle else ():
        names = {*measure.own.get("agent", ()), measure.name.replace("_", " ")}
        names |= {name for topic in measure.topics for name in tables("measures").get(f"names {topic}", ())}
        for name in names:
            after = any(f" {name} {phrase} " in padded for phrase in tables("goal")["dropping"])
            before = any(
                f" {phrase} {name} " in padded or f" {phrase} the {name} " in padded
                for phrase in tables("goal")["dropping"]
            )
            if (after or before) and measure.name not in found.relations:
                dropped.append(measure.name)
    open_parts = [part for part in map(plain, PART.split(reading.text)) if says(part, "open")]
    spoken = tuple(word for part in open_parts for word in part.split())
    left = tuple(word for name in dropped for word in _names_of(name, frame))
    return more(found, dropped=tuple(dict.fromkeys(dropped)), used=(*spoken, *left))


def _names_of(relation: str, frame: Frame) -> list[str]:
    topics = next((each.topics for each in frame.measures if each.name == relation), ())
    said = [name for topic in topics for name in tables("measures").get(f"names {topic}", ())]
    return [word for name in (*said, relation.replace("_", " ")) for word in name.split()]
