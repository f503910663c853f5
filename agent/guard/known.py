"""What the words of an answer may speak of: what was said, told, shown, and looked for in vain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from agent.builtin.lexicon.load import words
from kg.stems import singular
from kg.text import NUMBER_WORDS, fold, tokens
from kg.types import ItemId

SURE = 0.5  # a link that is less is perhaps just words
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class Number(NamedTuple):
    """A number in figures, as it is written, and where it ends."""

    value: str
    written: str
    end: int


class EmptySearch(NamedTuple):
    """The values, folded, and the numbers of a search by facts that found nothing."""

    names: frozenset[str]
    numbers: frozenset[str]


@dataclass(frozen=True)
class Known:
    """What words may speak of.

    `items` may be named, `lines` are those shown; `stated` is what tools told and what the answer states,
    `text` that and what it denies, `said` what the person said. `denied` are names, folded, that the answer
    says something is not, `instead` those it says that it is; `empty` are the searches by facts that found
    nothing, `verdicts` what the facts of the answer say to questions for yes or no. What `asks` states
    nothing, so it may name what the graph has.
    """

    items: frozenset[ItemId]
    lines: tuple[ItemId, ...]
    text: str
    stated: str = ""
    said: str = ""
    denied: frozenset[str] = frozenset()
    instead: frozenset[str] = frozenset()
    empty: tuple[EmptySearch, ...] = ()
    verdicts: frozenset[str] = frozenset()
    asks: bool = False

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the text, in normal form."""
        return frozenset(token.norm for token in tokens(self.text)) | frozenset(
            fold(token.raw) for token in tokens(self.text)
        )

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers of the text, as written; those in words as figures."""
        return frozenset(NUMBER.findall(self.text)) | frozenset(
            each.value for each in spoken_numbers(self.text)
        )

    def has(self, name: str) -> bool:
        """Tell whether the text has a name, word by word."""
        wanted = folded(name)
        return bool(wanted) and (f" {wanted} " in f" {self._folded} " or singular(wanted) in self._single)

    def was_said(self, name: str) -> bool:
        """Tell whether the person said a name, word by word."""
        wanted = folded(name)
        return bool(wanted) and f" {wanted} " in f" {folded(self.said)} "

    @cached_property
    def _single(self) -> frozenset[str]:
        return frozenset(singular(word) for word in self._folded.split())

    @cached_property
    def _folded(self) -> str:
        return folded(self.text)


@lru_cache(maxsize=512)  # what was said is compared again and again
def folded(text: str) -> str:
    """Return the words of a text, folded, with single spaces."""
    return " ".join(fold(token.raw) for token in tokens(text))


def has_phrase(text: str, phrases: frozenset[str]) -> bool:
    """Tell whether a text has one of some folded phrases, word by word."""
    said = f" {folded(text)} "
    return any(f" {each} " in said for each in phrases)


def spoken_numbers(text: str) -> list[Number]:
    """Return the numbers of a text that are words; 'one' is none but in 'only one'."""
    found, before = [], ""
    for token in tokens(text):
        said = fold(token.raw)
        if said in NUMBER_WORDS and (said != "one" or before in words("notes", "before one")):
            found.append(Number(token.norm, token.raw, token.end))
        before = said
    return found
