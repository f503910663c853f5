"""Centuries as they are said: 'the 12th century', 'the thirteenth or fourteenth century'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.lexicon.load import tables
from agent.builtin.parse.lexemes import Lexeme
from kg.text import ORDINALS

_LAST = 21
_ENDINGS = ("st", "nd", "rd", "th")
_JOINTS = ("or", "and", "to", "-", "until", "/")


def century_at(said: Sequence[Lexeme], i: int) -> tuple[str, str, int] | None:
    """Return the first and last year of a century that begins at a lexeme, and where it ends."""
    first, at = _ordinal(said, i)
    last = first
    if first and at < len(said) and said[at].text in _JOINTS:
        apart = at + 1 + (said[at + 1 : at + 2] != [] and said[at + 1].text == "the")
        other, past = _ordinal(said, apart)
        last, at = (other, past) if first <= other else (first, at)
    named = [each.text for each in said[at : at + 1]] in (["century"], ["centuries"], ["c"])
    return (str(100 * (first - 1)), str(100 * last - 1), at + 1) if first > 1 and named else None


def _ordinal(said: Sequence[Lexeme], i: int) -> tuple[int, int]:
    """Return which century is counted at a lexeme, 0 if none, and where that ends: '12' and 'th' are two."""
    if i >= len(said):
        return 0, i
    word, end = said[i].text, i + 1
    if end < len(said) and said[end].start == said[i].end and said[end].text in _ENDINGS:
        word, end = word + said[end].text, end + 1
    told = {w: n for n, w in enumerate(tables("years")["ordinals from the fourteenth"], start=14)}
    told |= {w: n for n in range(18, _LAST + 1) for w in tables("years").get(f"century {n}", ())}
    word = ORDINALS.get(word, word)
    number = told.get(word, int(word[:-2]) if word[:-2].isdecimal() and word.endswith(_ENDINGS) else 0)
    return (number, end) if number <= _LAST else (0, i)
