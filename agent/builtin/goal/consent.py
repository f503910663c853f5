"""Whether a person consents to something restricted that the message before asked about (docs/dialogues.md).

A yes to that question consents to all it asked about, labels by name to those alone. An order, a claim of
what others allow and a yes to something else consent to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from agent.builtin.goal.assent import Event, asks_consent, events, minds_nothing
from agent.builtin.goal.hints import says
from agent.builtin.goal.labels import labels_in, plain
from agent.builtin.goal.state import Goal
from agent.builtin.goal.told import Frame, Told
from agent.builtin.interpret.request import ParsedRequest
from agent.builtin.lexicon.load import words as section_words
from kg.policy import Policy

Pair = tuple[str, str]
_LEFT_OUT = frozenset("avoid no nothing not without".split())
_TITLE = "thattitle"  # in the place of a title, and no word
_QUESTIONS = tuple((word,) for word in "who what when where which why how is does did".split())


class Consent(NamedTuple):
    """The restricted labels that an answer allows and those that it refuses, as (relation, label)."""

    given: tuple[Pair, ...] = ()
    refused: tuple[Pair, ...] = ()


def asked_about(text: str, policy: Policy) -> tuple[Pair, ...]:
    """Return the restricted labels that a question asks to agree to; none that it asks to leave out."""
    return tuple(
        (str(relation), each.label)
        for relation, labels in policy.confirm.items()
        for sentence in asks_consent(text, labels)
        for each in labels_in(sentence, tuple(labels))
    )


def consent(goal: Goal, said: Told, reading: ParsedRequest, words: Sequence[str], frame: Frame) -> Consent:
    """Return what a message answers to the question whether something restricted is all right.

    `words` are its folded words.
    """
    if not goal.confirming or tuple(words[:1]) in _QUESTIONS:
        return Consent()
    text, found = _without_titles(reading, frame), _Answer(goal, frame)
    for relation in dict.fromkeys(relation for relation, _ in goal.confirming):
        asked = [label for each, label in goal.confirming if each == relation]
        for event in events(text, _scale(relation, frame), asked):
            found.hear(relation, event)
    given = found.given()
    restricted = {(str(name), label) for name, held in frame.policy.confirm.items() for label in held}
    if (found.named | found.mentioned) & (restricted - found.asked) and not given:
        return Consent()  # it is about another restricted label
    if given:
        return Consent(given, tuple(sorted(found.denied & found.asked)))
    if found.denied & found.asked:
        return Consent((), tuple(each for each in goal.confirming if each in found.denied))
    if found.refuses or _wants_another(goal, said) or (found.alone and _refuses(words)):
        return Consent((), goal.confirming)
    if found.alone and not found.named and minds_nothing(text):
        return Consent(goal.confirming)
    return Consent()


class _Answer:
    """What the events of a message come to, in their order: what is said last holds."""

    def __init__(self, goal: Goal, frame: Frame):
        self.goal, self.frame = goal, frame
        self.asked = set(goal.confirming)
        self.alone = not goal.pending or set(goal.pending) <= {relation for relation, _ in goal.confirming}
        self.named: set[Pair] = set()
        self.mentioned: set[Pair] = set()
        self.denied: set[Pair] = set()
        self.yes = self.refuses = False

    def hear(self, relation: str, event: Event) -> None:
        """Take in an event."""
        pairs = {(relation, label) for label in event.labels}
        if event.kind == "named":
            self.named |= pairs
            self.denied -= pairs
        elif event.kind == "denied":
            self.named -= pairs
            self.denied |= pairs
        elif event.kind == "mentioned":
            self.mentioned |= pairs
        elif event.kind == "yes":
            self.yes |= not self._answers_another(event)
        elif event.kind == "withdrawn":
            self.yes, self.named = False, set()
        elif self.alone or event.alone:
            self.refuses = True
            self.yes = False
            self.named = set() if self.alone else self.named

    def given(self) -> tuple[Pair, ...]:
        """Return the labels that are allowed: those by name, else all that were asked about.

        A yes beside a label is one to that label alone.
        """
        limits = self.mentioned or self.asked
        allowed = self.named or (limits - self.denied if self.yes else set())
        return tuple(each for each in self.goal.confirming if each in allowed)

    def _answers_another(self, event: Event) -> bool:
        """Tell whether a yes stands beside what answers something else: 'Yes, I have seen Heat'."""
        beside = f" {plain(event.beside)} "
        own = {relation for relation, _ in self.asked}
        labels = (each for name, held in self.frame.labels.items() if name not in own for each in held)
        named = any(f" {plain(name)} " in beside for name in (*labels, _TITLE))
        left_out = not self.alone and bool(_LEFT_OUT & set(beside.split()))
        seen = bool(section_words("acts", "seen") & set(beside.split())) and not self.alone
        return named or left_out or seen or says(beside.strip(), "possessing")


def _without_titles(reading: ParsedRequest, frame: Frame) -> str:
    """Return a message with a word in the place of every title, which may hold a yes or end a sentence."""
    text, policy = reading.text, frame.policy
    labels = {plain(label) for held in policy.confirm.values() for label in held}
    for title in reading.mentioned:
        name = plain(title.text)
        if name not in labels and not says(name, "yes") and not says(name, "no"):
            text = text.replace(title.text, f" {_TITLE} ")
    return text


def _scale(relation: str, frame: Frame) -> tuple[str, ...]:
    """Return the labels of a relation in their order, with those that no item has."""
    restricted = next((held for name, held in frame.policy.confirm.items() if name == relation), ())
    rungs = next((each.scale for each in frame.measures if each.name == relation), ())
    return tuple(dict.fromkeys([*rungs, *frame.labels.get(relation, ()), *restricted]))


def _wants_another(goal: Goal, said: Told) -> bool:
    """Tell whether what is wanted of the relation is something else than was asked about."""
    limits = {label for _, label in goal.confirming}
    relations = {relation for relation, _ in goal.confirming}
    stated = [*said.all_of, *(each for group in said.one_of for each in group)]
    return any(each.relation in relations and each.value not in limits for each in stated)


def _refuses(words: Sequence[str]) -> bool:
    text = " ".join(words)
    return says(text, "no") and not says(text, "open")
