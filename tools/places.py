"""Whose place a run of words stands in, by what leads to it and what follows it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from tools.english import lead
from tools.shape import Shape

_BEFORE = 5
_OPENING = " \"'“‘(*_"  # what may stand before a word that goes on
Place = Literal["person", "title", "any", ""]
LISTING = frozenset((",", "and", "or", "&", ", and", ", or", "/", "nor", "but not"))


class Run(NamedTuple):
    """Words [first, end) that look like one name; whose place they stand in, any's, or none's."""

    first: int
    end: int
    place: Place = ""


def place_of(shape: Shape, run: Run, before: Run | None) -> Place:
    """Return whose place a run stands in, by the words before and after it and by the run listed before."""
    said = said_before(shape, run.first)
    if is_led_to_person(said, run.end - run.first):
        return "person"
    if is_led_to_title(shape, run.first) or is_praised(shape, run.end):
        return "title"
    if before is not None and before.place and is_listed(shape, before, run.first):
        return before.place
    if expects_title(shape, run.first) or shape.after(run.end) in lead("role") | lead("of one title"):
        return "title"
    if shape.after(run.end) == "on" and lead("putting on") & set(said[-1:]):
        return "title"  # 'we stuck Zorg on last night'
    kinds = lead("kind") | lead("plural kind")
    led = said[-1:] == ["from"] and bool(kinds & set(said[-2:-1]))
    ruled_out = bool(lead("ruling out") & set(said[-1:]))
    return "any" if led or ruled_out or shape.after(run.end) in lead("plural kind") else ""


def is_listed(shape: Shape, before: Run, i: int) -> bool:
    """Tell whether a word only joins what begins at `i` to a run: 'Zorg and the …'."""
    between = shape.text[shape.words[before.end - 1].end : shape.words[i].start].strip().lower()
    return between.removesuffix("the").strip() in LISTING


def is_led_to_person(said: Sequence[str], words: int = 2) -> bool:
    """Tell whether the words before lead to a person; 'watching it with Anna' does not."""
    if words > 1 and said[-1:] in (["that"], ["this"]) and said[-2:-1] != []:
        return said[-2] in lead("person") | {"from"}  # 'anything from THAT zora zorg'
    if said[-1:] == [] or said[-1] not in lead("person"):
        return False
    return words > 1 or said[-1] not in ("with", "w") or not lead("company") & set(said[:-1])


def said_before(shape: Shape, i: int) -> list[str]:
    """Return up to `_BEFORE` folded words right before a word, in its sentence, with no mark between."""
    first, least = i, max(0, i - _BEFORE)
    starts, gaps = shape.starts_sentence, shape.gaps
    while first > least and not starts[first] and (gaps[first] == " " or not gaps[first].strip(_OPENING)):
        first -= 1
    return shape.folds[first:i]


def is_led_to_title(shape: Shape, i: int) -> bool:
    """Tell whether the words before lead to a title: 'loved', 'have you seen', 'the movie'."""
    said = said_before(shape, i)
    if not said:
        return False
    while len(said) > 1 and said[-1] in ("the", "both", "also", "watching", "reading"):
        said.pop()
    last = said[-1]
    if last == "like" and {"would", "id", "to", "d", "youd", "wed", "theyd"} & set(said[-2:-1]):
        return False
    kind = last in lead("kind") and said[-2:-1] != [] and said[-2] in lead("before kind")
    phrases = _title_phrases().get(last, ())
    if any(tuple(said[-len(phrase) :]) == phrase for phrase in phrases):
        return True
    favourite = last in lead("copula") and bool(lead("favourite") & set(said))
    return last in lead("title") or kind or favourite


def expects_title(shape: Shape, i: int) -> bool:
    """Tell whether a title that nobody here knows may follow: 'showed me', 'the cast of'."""
    said = said_before(shape, i)
    if said[-1:] == ["of"] and (lead("role") & set(said[-2:-1]) or "who" in said):
        return True
    while said[-1:] != [] and said[-1] in ("all", "of", "the", "both", "also", "already"):
        said.pop()
    last, before = said[-1:], said[-2:-1]
    shown = bool(lead("shown to") & set(last) and lead("showing") & set(before))
    told = bool(lead("copula") & set(last) and lead("occasion") & set(said))
    made = bool(lead("made") & set(last)) and before in (["who"], ["whoever"])
    return shown or told or made or bool(lead("finishing") & set(last))


@cache
def _title_phrases() -> dict[str, list[tuple[str, ...]]]:
    """Return the phrases that lead to a title, by their last words."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in lead("title phrase"):
        said = tuple(phrase.split("_"))
        found.setdefault(said[-1], []).append(said)
    return found


def is_released(shape: Shape, end: int) -> bool:
    """Tell whether the words after ask when a title is from: 'when did Zorg come out?'."""
    return shape.after(end) in ("come", "came", "comes") and shape.after(end + 1) == "out"


def is_praised(shape: Shape, end: int) -> bool:
    """Tell whether the words after tell of a title: 'was great', 'is my favourite', 'had me hooked'."""
    last = end
    while last < min(end + 5, len(shape.words)) and not shape.parted(last):
        last += 1
    after = shape.folds[end:last]
    if len(after) == 1 and after[0] in lead("praising"):
        return True
    if len(after) > 1 and after[0] in lead("moving") and after[1] in ("me", "us"):
        return True
    if after[:1] == [] or after[0] not in lead("copula"):
        return False
    rest = [word for word in after[1:] if word not in lead("degree")]
    favourite = bool(lead("favourite") & set(rest))  # 'is my son's favourite'
    return bool(rest) and (favourite or rest[0] in lead("praise") or rest[:1] == ["on"])
