"""What a person hints at when they turn an item down: less or more of something than it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from agent.builtin.dialogue.small_talk import spoken
from agent.builtin.goal.state import Constraint
from agent.builtin.interpret.compared import Shift
from agent.builtin.lexicon.load import tables
from agent.builtin.parse.measures import Measure
from agent.builtin.parse.topics import sections

Way = Literal["lower", "higher"]
_ACTS = ("seen phrases", "rejection", "more")
_WAYS: tuple[Way, Way] = ("lower", "higher")


class Hint(NamedTuple):
    """That a lower or higher value of a relation is wanted than that of what was turned down."""

    relation: str
    way: Way


def says(text: str, section: str) -> bool:
    """Tell whether folded words hold one of the phrases of a section of the words of goals."""
    return longest(text, tables("goal")[section]) > 0


def words_of_phrases(text: str, *, offered: bool) -> list[str]:
    """Return the words of every phrase that folded words hold and a dialogue reads.

    What asks for less or more of something, or turns an item down, is read only where one was `offered`.
    """
    padded = f" {text} "
    goal = (said for name, said in tables("goal").items() if offered or not name.startswith(_WAYS))
    known = [*goal, *(tables("acts")[each] for each in _ACTS if offered)]
    said = (phrase for section in known for phrase in section if f" {phrase} " in padded)
    return [word for phrase in said for word in phrase.split()]


def longest(text: str, phrases: Sequence[str]) -> int:
    """Return the number of letters of the longest phrase that folded words hold; 0 if none."""
    padded = f" {text} "
    return max((len(phrase) for phrase in phrases if f" {phrase} " in padded), default=0)


def hints(words: Sequence[str], measures: Sequence[Measure], shifts: Sequence[Shift]) -> list[Hint]:
    """Return what a rejection hints at, by the words for what each relation measures.

    The catalogue's own words count too: "too mature", where `mature` is a word for the high end. Where words
    say both, the longer phrase decides.
    """
    text, found = " ".join(words), []
    for measure in measures:
        length = {way: longest(text, _phrases(measure, way)) for way in _WAYS}
        length = _of_labels(text, measure) if measure.scale and not any(length.values()) else length
        if length["lower"] != length["higher"]:
            found.append(Hint(measure.name, max(_WAYS, key=lambda way: length[way])))
    told = {hint.relation for hint in found}
    rest = [each for each in shifts if each.relation not in told]
    found += [Hint(each.relation, "lower" if each.lower else "higher") for each in rest]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=256)
def _phrases(measure: Measure, way: Way) -> tuple[str, ...]:
    """Return what asks for less or more of a measure: by its topics, and by the words for its ends."""
    said = tables("goal")
    topics = [said.get(f"{way} {topic}", ()) for topic in measure.topics]
    end, other = ("high", "low") if way == "lower" else ("low", "high")
    over = [f"{much} {word}" for word in _ends(measure, end) for much in said["too much"]]
    under = [f"{more} {word}" for word in _ends(measure, other) for more in said["more of"]]
    return (*(phrase for each in topics for phrase in each), *over, *under, *_by_name(measure, way))


def _by_name(measure: Measure, way: Way) -> list[str]:
    """Return what is said with a measure's name: 'the weight is too high', 'a lower weight'."""
    names = {measure.name.replace("_", " "), *measure.own.get("agent", ())}
    far = (
        ("is too high", "too high", "is too much")
        if way == "lower"
        else ("is too low", "too low", "is too little")
    )
    near = ("lower", "less", "smaller") if way == "lower" else ("higher", "more", "bigger")
    said = [f"{name} {each}" for name in sorted(names) for each in far]
    return said + [f"{each} {name}" for name in sorted(names) for each in near]


def _of_labels(text: str, measure: Measure) -> dict[Way, int]:
    """Return how much of a text says that a label of a scale is too much: 'too light' asks for more."""
    ways: dict[Way, int] = {"lower": 0, "higher": 0}
    low = 3 if "certificate" in measure.topics else 2  # 'too PG-13' is too mature, in the middle of its scale
    for place, label in enumerate(measure.scale):
        name = " ".join(spoken(label))
        said = longest(text, [f"{much} {name}" for much in tables("goal")["too much"]])
        way: Way = "higher" if low * place < len(measure.scale) - 1 else "lower"
        ways[way] = max(ways[way], said)
    return ways


def _ends(measure: Measure, end: str) -> list[str]:
    general = [word for topic in measure.topics for word in sections(end).get(topic, ())]
    return [*measure.own.get(end, ()), *general]


def constraints_of(
    found: Sequence[Hint], facts: Mapping[str, Sequence[str]], measures: Sequence[Measure]
) -> list[Constraint]:
    """Return hints as constraints relative to the values of the item that was turned down.

    Lower than the lowest of them, or higher than the highest; without a value, or at the end of a scale,
    nothing follows.
    """
    by_name = {measure.name: measure for measure in measures}
    constraints = []
    for hint in found:
        values = facts.get(hint.relation, ())
        scale = by_name[hint.relation].scale if hint.relation in by_name else ()
        if scale:
            values = [label for label in scale if label in values]
        if values:
            op, value = ("<", values[0]) if hint.way == "lower" else (">", values[-1])
            constraints.append(Constraint(hint.relation, op, value, "inferred"))
    return constraints
