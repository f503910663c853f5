"""Spans of words that may be names: their weight, the best way to choose among them, tolerated typos."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from rapidfuzz.distance import OSA, Levenshtein

from kg.forms import Form
from kg.names import Ref
from kg.text import Token, fold

SHORT = 5  # letters; the first of so short a name must be right
LONG = 9  # letters; of so long a name it may be wrong as well
_VERY_LONG = 14
_TELLING = 8  # letters of a word that no other one is by a doubled letter


class Span(NamedTuple):
    """Words [first, end) that may be a name: what they name, how good the match, how much it weighs.

    `several`: somebody or something with several items is among what they name.
    """

    first: int
    end: int
    refs: tuple[Ref, ...]
    score: float
    match: str
    weight: float
    several: bool = False

    @property
    def is_surname(self) -> bool:
        """Whether only the surname of what is named stands there, perhaps misspelt."""
        return self.refs[0].form == Form.SURNAME


def weight(score: float, words: Sequence[Token]) -> float:
    """Return the evidence of a span: one long exact name outweighs the pieces of it that are names too."""
    return float(score**2 * sum(len(word.norm) for word in words) ** 1.25)


def select(spans: Sequence[Span]) -> list[Span]:
    """Return the non-overlapping spans with the greatest total weight, in the order of the text."""
    ends = sorted(spans, key=lambda s: (s.end, s.first, -s.weight, s.match))
    best: dict[int, tuple[float, tuple[Span, ...]]] = {0: (0.0, ())}
    reached = [0]
    for span in ends:
        before = reached[bisect_right(reached, span.first) - 1]
        total = best[before][0] + span.weight
        if total > best[reached[-1]][0]:
            if reached[-1] != span.end:
                reached.append(span.end)
            best[span.end] = (total, (*best[before][1], span))
    return list(best[reached[-1]][1])


def is_written(label: str, said: str) -> bool:
    """Tell whether two names are the same letter for letter: 'Farrar & Giroux' is not 'Farrar and Giroux'."""
    return fold(label) == fold(said)


def allowed(letters: int, several: bool) -> int:
    """Return how many letters of a name may be wrong; one more if it has several telling words."""
    if letters < SHORT:
        return 0
    if letters < LONG:
        return 2 if letters >= LONG - 2 and several else 1
    return 2 if letters < _VERY_LONG else 3


def digits(key: str) -> str:
    """Return the digits of a key: names with other numbers are other names."""
    return "".join(letter for letter in key if letter.isdigit())


def is_other_number(wanted: str, key: str) -> bool:
    """Tell whether a name is another only by an 's' at its end: another title rather than a slip."""
    return wanted != key and key.removesuffix("s") == wanted.removesuffix("s")


def is_doubled(wanted: str, key: str) -> bool:
    """Tell whether two long words are one but for a letter that one of them doubles: 'programing'."""
    same = re.sub(r"(.)\1", r"\1", wanted) == re.sub(r"(.)\1", r"\1", key)
    return same and wanted != key and len(wanted) >= _TELLING


def is_near_by_word(words: Sequence[str], other: str) -> bool:
    """Tell whether every word is near to its part of another key: 'johnwick' is not nearly 'johnbeck'."""
    low, high = _places("".join(words), other)
    ends = [0, *accumulate(map(len, words))]
    return all(
        any(
            _is_near(word, other[start:end])
            for start in {low[first], high[first]}
            for end in {low[last], high[last]}
            if start < end
        )
        for word, (first, last) in zip(words, pairwise(ends), strict=True)
    )


def _is_near(word: str, part: str) -> bool:
    wrong = OSA.distance(word, part)
    short = len(word) < SHORT and (len(word) < SHORT - 1 or word[0] != part[0])
    return wrong <= (1 if short else 2 if len(word) < LONG else 3)


def _places(typed: str, other: str) -> tuple[list[int], list[int]]:
    """Return where in `other` every place of `typed` lies, at the earliest and at the latest."""
    low, high = [0] * (len(typed) + 1), [0] * (len(typed) + 1)
    for block in Levenshtein.opcodes(typed, other):
        for k in range(block.src_start, block.src_end + 1):
            high[k] = min(block.dest_start + k - block.src_start, block.dest_end)
            low[k] = low[k] if k == block.src_start and k else high[k]
        high[block.src_end] = block.dest_end
    return low, high
