"""The year an answer tells of a title outside brackets: 'Heat came out in 1995', 'the 1995 film Heat'."""

from __future__ import annotations

import re
from functools import cache

from agent.builtin.lexicon.load import tables
from agent.builtin.lexicon.triggers import ITEM_NOUNS

_YEAR = r"((?:1[5-9]|20)\d\d)(?![\w%€$£]|[-–—/]\d|,\d| ?(?:to|until|or) \d)"
_GAP = r"[\s\"”'’*_,:–—-]*"
_IS = r"(?:(?:is|was|it|this|it['’]s)\b\s*){0,2}"
_APPOSED = re.compile(rf"[\"”'’*_]*\s*(?:,|\s[-–—])\s*{_YEAR}(?=\s*(?:[,.;:)]|[-–—]\s|$))")
_NOUN = re.compile(rf"{_GAP}{_IS}(?:an?|the)\s+{_YEAR}\s+((?:[\w'’-]+\s*){{1,4}})", re.IGNORECASE)
_FROM = re.compile(
    rf"{_GAP}{_IS}(?:(?:an?|the)(?:\s+[\w'’-]+){{1,4}}\s+)?(?:from|of)\s+{_YEAR}", re.IGNORECASE
)
_BEFORE = re.compile(rf"(?:^|[\s\"“(*]){_YEAR}\s+((?:[\w'’-]+\s+){{1,4}})[\"“'*_]*$")
_WORDS = re.compile(r"[\w']+")


def told_year(text: str, start: int, end: int, until: int | None = None) -> int | None:
    """Return the year told of a title in `text[start:end]`, up to where the next title begins.

    A year of a story, of a book behind a film or of a disc is none of the title.
    """
    behind = text[end:until]
    if match := _APPOSED.match(behind):
        return int(match[1])
    if (match := _NOUN.match(behind)) and _has_noun(match[2]):
        return int(match[1])
    if match := _FROM.match(behind):
        return int(match[1])
    for match in _released().finditer(behind):
        around = _WORDS.findall(behind[: match.start()].casefold()) + _words_after(behind, match.end())
        if not set(around) & set(tables("verify")["of another"]):
            return int(match[1])
    before = _BEFORE.search(text[:start]) if end > start else None
    return int(before[1]) if before and _has_noun(before[2]) else None


def _words_after(text: str, end: int) -> list[str]:
    return _WORDS.findall(text[end:].casefold())[:2]


def _has_noun(said: str) -> bool:
    nouns = {*ITEM_NOUNS, *tables("verify")["nouns of items"]}
    return any(word in nouns for word in _WORDS.findall(said.casefold()))


@cache
def _released() -> re.Pattern[str]:
    """Return what tells when something came out; nothing but a day or a month stands before the year."""
    verbs = "|".join(map(re.escape, tables("verify")["came out"]))
    fillers = "|".join(map(re.escape, tables("verify")["before a year"]))
    return re.compile(
        rf"(?<![\w-])(?i:{verbs})(?:[\s,:*_]+(?i:{fillers}|\d{{1,2}}(?:st|nd|rd|th)?))*[\s,:*_]+{_YEAR}"
    )
