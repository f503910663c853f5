"""What a message says of something restricted, clause by clause: yes, no, what may be and what may not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from agent.builtin.goal.consent_clauses import (
    Clause,
    allows,
    clauses_in,
    harmless,
    has,
    is_no_answer,
    orders_something,
    phrases,
    strong_yes,
    without,
)
from agent.builtin.goal.hints import says
from agent.builtin.goal.labels import Group, labels_in, plain
from agent.builtin.lexicon.load import tables, words

_QUOTED = re.compile(
    r"\"[^\"]*\"|“[^”]*”|«[^»]*»|(?<!\w)['‘][^'’]*['’](?!\w)|<[^>]*>(?:.*</[^>]*>)?|\{.*\}", re.DOTALL
)
_STRANGE = " someones words "  # in the place of what is quoted, which the person does not say
_SENTENCE = re.compile(r"(?<=[.;!?\n])\s+")
_WORDS = frozenset("aiu")  # letters that are words by themselves
_WHICH = frozenset(("which", "what"))
_NEAR = 3  # words between a denial and the label that it denies
_ABOUT = frozenset("to about for on regarding concerning".split())
_BESIDE = frozenset(("any", "anything", "but"))  # beside a label by itself
_THINGS = frozenset("one ones film films movie movies title titles book books item items".split())
Kind = Literal["yes", "no", "named", "denied", "mentioned", "withdrawn"]


class Event(NamedTuple):
    """A yes or a no by itself, or what is said of labels: allowed, denied, or neither.

    `beside` are the other words of its sentence that name no label.
    """

    kind: Kind
    labels: tuple[str, ...] = ()
    beside: str = ""

    @property
    def alone(self) -> bool:
        """Whether nothing else stands in the sentence, but for a yes or a no once more."""
        left = without(self.beside, (*phrases("yes"), *phrases("no")))
        return set(left.split()) <= words("consent", "filler") - {"no", "nothing"}


def events(text: str, scale: Sequence[str], asked: Sequence[str]) -> list[Event]:
    """Return what a message says about the labels of a scale, in its order; some of them were asked about.

    What is quoted, reported of others, supposed or asked is no yes; nor is an order to be given something.
    """
    objects = has(plain(text), "objecting")
    answers = {*phrases("yes"), *phrases("no")}
    scale = [label for label in scale if plain(label) not in answers]
    known = {plain(label) for label in scale}
    for label in (each for each in asked if len(each) == 1 and each.lower() not in _WORDS):
        text = re.sub(rf"(?<![\w'’-]){label.lower()}(?![\w'’-])", label, text)
    said = _QUOTED.sub(lambda m: m[0][1:-1] if plain(m[0]) in known else _STRANGE, text)
    return [event for sentence in _SENTENCE.split(said) for event in _of_sentence(sentence, scale, objects)]


def orders(text: str) -> bool:
    """Tell whether a message orders to be given something, or objects to being asked."""
    clauses = (each for sentence in _SENTENCE.split(text) for each in clauses_in(sentence, ()))
    return has(plain(text), "objecting") or any(map(orders_something, clauses))


def minds_nothing(text: str) -> bool:
    """Tell whether a message says that nothing matters, and not of what: 'I don't care'."""
    said = plain(text)
    left = without(said, sorted(tables("consent")["open"], key=lambda each: (-len(each), each)))
    return left != said and set(left.split()) <= words("consent", "filler") and not orders(text)


def asks_consent(text: str, labels: Sequence[str]) -> Iterator[str]:
    """Yield the sentences of a question that name labels and ask whether they are all right.

    "It is rated R. Is that all right?" are two for one. A question what to leave out asks the opposite.
    """
    before = ""
    for sentence in _SENTENCE.split(text):
        said = plain(sentence)
        which = said.partition(" ")[0] in _WHICH or has(said, "asking the opposite")
        if has(said, "asking consent") and not which:
            yield sentence if labels_in(sentence, tuple(labels)) else before
        told = not sentence.rstrip().endswith("?") and not has(said, "asking the opposite")
        before = sentence if told else ""


def _of_sentence(sentence: str, scale: Sequence[str], objects: bool) -> Iterator[Event]:
    clauses = clauses_in(sentence, scale)
    bound = is_no_answer(sentence, clauses)
    orders = objects or any(orders_something(each) for each in clauses)
    before: tuple[str, ...] = ()  # labels of the clause before, where it is no more than they
    for place, clause in enumerate(clauses):
        others = (each.text for at, each in enumerate(clauses) if at != place and not each.places)
        beside = without(" ".join(others), harmless())
        if before and _is_only(clause, "no"):
            yield Event("denied", before)
            before = ()
            continue
        if before and not bound and _is_only(clause, "yes"):
            yield Event("named", before)
            before = ()
            continue
        before = ()
        if not clause.places:
            closed = bound or any(map(_says_more, clauses[:place]))  # 'that is a fine film, YES'
            yield from _polarity(clause, beside, bound=closed, orders=orders)
            continue
        for at, held in enumerate(clause.places):
            group = clause.group(held)
            if _is_denied(clause, at):
                yield Event("denied", group.labels)
            elif not bound and _is_allowed(clause, at, orders):
                yield Event("named", _with_lower(group, clause, scale))
            else:
                yield Event("mentioned", group.labels)
        before = clause.group(0).labels if len(clause.words) == 1 else ()
    if not any(each.places for each in clauses) and has(plain(sentence), "withdrawing"):
        yield Event("withdrawn")


def _says_more(clause: Clause) -> bool:
    """Tell whether a clause says something else than yes or no, so that a yes behind it affirms that."""
    left = without(clause.text, (*harmless(), *phrases("yes"), *phrases("no")))
    return not clause.places and not set(left.split()) <= words("consent", "filler") - _THINGS


def _polarity(clause: Clause, beside: str, *, bound: bool, orders: bool) -> Iterator[Event]:
    if _is_only(clause, "no"):
        yield Event("no", beside=beside)
    elif not bound and _is_only(clause, "yes") and (not orders or set(clause.words) & strong_yes()):
        yield Event("yes", beside=beside)
    elif not bound and _opens_with_yes(clause):
        yield Event("yes", beside=f"{clause.text} {beside}")


# Yes and no


def _is_only(clause: Clause, section: Literal["yes", "no"]) -> bool:
    """Tell whether a clause says yes, or no, and nothing else."""
    if clause.places:
        return False
    left, found = f" {clause.text} ", False
    for phrase in phrases(section):
        if f" {phrase} " in left:
            left, found = left.replace(f" {phrase} ", " "), True
    return found and set(left.split()) <= words("consent", "filler") - _THINGS - {
        "no",
        "nothing",
        "if",
        "more",
    }


def _opens_with_yes(clause: Clause) -> bool:
    said = set(clause.words)
    of_another = set(clause.words[1:2]) & _ABOUT
    return clause.words[0] in strong_yes() and not of_another and not said & words("consent", "denied behind")


# Labels


def _windows(clause: Clause, at: int) -> tuple[str, str]:
    """Return the words before and behind the label at a place that are said of it.

    Where the clause opens with a label, what is said of one follows it; else it stands before.
    """
    places = clause.places
    first, last = places[0] == 0, at == len(places) - 1
    start = places[at - 1] + 1 if at else 0
    end = len(clause.words) if last else places[at + 1]
    before = clause.words[start : places[at]] if not (first and at) else ()
    behind = clause.words[places[at] + 1 : end] if first or last else ()
    return " ".join(before), " ".join(behind)


def _is_denied(clause: Clause, at: int) -> bool:
    before, behind = (without(each, harmless()) for each in _windows(clause, at))
    near = " ".join(before.split()[-_NEAR:])
    left_out = near == "but" and not allows(behind)
    return left_out or has(near, "denied before") or has(behind, "denied behind")


def _is_allowed(clause: Clause, at: int, orders: bool) -> bool:
    """Tell whether a label may be: that is said of it, or it is all that is said."""
    before, behind = _windows(clause, at)
    strong = bool(set(before.split()[:1]) & strong_yes())
    if (allows(before) or allows(behind)) and (strong or not orders_something(clause)):
        return True
    bare = set(clause.words) - {clause.words[place] for place in clause.places} - _BESIDE
    return not orders and bare <= words("consent", "filler") - _THINGS


def _with_lower(group: Group, clause: Clause, scale: Sequence[str]) -> tuple[str, ...]:
    """Return the labels of a group, and those below it on the scale where it is an upper end."""
    if not says(group.beside, "upper end") or group.labels[0] not in scale:
        return group.labels
    return tuple(scale[: list(scale).index(group.labels[0]) + 1])
