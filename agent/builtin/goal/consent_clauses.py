"""Clauses of an answer to whether something restricted is all right: their labels, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from agent.builtin.goal.hints import longest
from agent.builtin.goal.labels import Group, groups_in, plain
from agent.builtin.lexicon.load import tables, words

_CLAUSE = re.compile(r"[,:()—–]|\s-\s|\b(?=(?:but|except|unless)\b)|\b(?:though|although|however|and|yet)\b")
_MARK = re.compile(r"label(\d+)")
_LOOKS_MARKED = re.compile(r"(?i)\blabel(?=\d)")
_VERBS = frozenset("is are was were be been would will can could may might must should has have".split())
_FIRST = frozenset("i we ive weve id im".split())


@dataclass(frozen=True, slots=True)
class Clause:
    """Folded words of a clause, `labelN` in the place of its labels, and what they stand for."""

    words: tuple[str, ...]
    groups: Sequence[Group]

    @property
    def text(self) -> str:
        """The words, parted by spaces."""
        return " ".join(self.words)

    @property
    def places(self) -> list[int]:
        """The places of the words that stand for labels."""
        return [place for place, word in enumerate(self.words) if _MARK.fullmatch(word)]

    def group(self, place: int) -> Group:
        """Return the labels that the word at a place stands for."""
        return self.groups[int(self.words[place].removeprefix("label"))]


def clauses_in(sentence: str, scale: Sequence[str]) -> list[Clause]:
    """Return the clauses of a sentence that may name labels of a scale."""
    sentence = _LOOKS_MARKED.sub("label ", sentence)
    groups = groups_in(sentence, tuple(scale))
    for number, group in reversed(list(enumerate(groups))):
        sentence = f"{sentence[: group.start]} label{number} {sentence[group.end :]}"
    parts = (tuple(plain(part).split()) for part in _CLAUSE.split(sentence))
    return [Clause(part, groups) for part in parts if part]


# What is no answer of the person


def is_no_answer(sentence: str, clauses: Sequence[Clause]) -> bool:
    """Tell whether a sentence is a question, supposes something, or says what others said or allow."""
    whole = plain(sentence)
    asks = sentence.rstrip().endswith("?") and "why not" not in whole
    role = sentence.partition(":")[0] if ":" in sentence else ""
    speaks = bool(set(plain(role).split()[-1:]) & words("consent", "speakers"))
    supposed = has(whole, "supposing") or has(whole, "claimed")
    return asks or speaks or supposed or any(map(_is_of_others, clauses))


def _is_of_others(clause: Clause) -> bool:
    """Tell whether a clause says what somebody else said, allowed or has nothing against."""
    said = clause.words
    for place, word in enumerate(said):
        lead = set(said[max(0, place - 2) : place])
        own = lead & (_FIRST | _VERBS) or any(map(_MARK.fullmatch, lead))
        if word in words("consent", "reporting") and place and not own:
            return True
    if not (allows(clause.text) or set(said) & words("consent", "reporting")):
        return False
    if set(said) & words("consent", "others"):
        return True
    verb = next((place for place, word in enumerate(said) if word in _VERBS), 0)
    subject = said[:verb]
    own = set(subject[-2:]) & words("consent", "own") or any(map(_MARK.fullmatch, subject))
    return bool(clause.places and subject and not own)


def orders_something(clause: Clause) -> bool:
    """Tell whether a clause orders to be given something."""
    said = [word for word in clause.words if word not in words("consent", "filler")]
    return bool(said and said[0] in words("consent", "demanding")) or has(clause.text, "demands")


# Words


@cache
def strong_yes() -> frozenset[str]:
    """Return words that say yes and fill no pause, as 'ok' does."""
    return frozenset("yes yeah yep yup sure absolutely definitely certainly".split())


@cache
def phrases(section: str) -> tuple[str, ...]:
    """Return the phrases of a section, the longest first."""
    own = tables("consent").get(section, ())
    return tuple(sorted({*tables("goal")[section], *own}, key=lambda each: (-len(each), each)))


def allows(said: str) -> bool:
    """Tell whether folded words say that something may be."""
    minds = (each for each in tables("goal")["no denial"] if each != "nothing but")
    return longest(said, (*phrases("yes"), *minds)) > 0 or has(said, "permitting")


def has(text: str, section: str) -> bool:
    """Tell whether folded words hold one of the phrases of a section of the words of consent."""
    return longest(text, tables("consent")[section]) > 0


def without(text: str, phrases: Sequence[str]) -> str:
    """Return folded words without some phrases, which come longest first."""
    left = f" {text} "
    for phrase in phrases:
        left = left.replace(f" {phrase} ", " ")
    return left.strip()


@cache
def harmless() -> tuple[str, ...]:
    """Return phrases with a denial that deny no label, the longest first."""
    said = (*tables("goal")["no denial"], *tables("goal")["upper end"], *tables("consent")["permitting"])
    every = (*said, *phrases("yes"))
    return tuple(sorted({each for each in every if " " in each}, key=lambda each: (-len(each), each)))
