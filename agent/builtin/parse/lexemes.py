"""Lexemes: a text as numbers, words and signs, each with the chunk that has it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from agent.builtin.lexicon.load import tables
from agent.builtin.lexicon.triggers import ITEM_NOUNS
from agent.builtin.lexicon.units import units
from agent.builtin.parse.chunks import Chunk
from kg.text import fold

_FIGURES = re.compile(r"\d+(?:[.,]\d+)*|\.\d+")
_LEXEME = re.compile(
    r"(?P<with>(?<![^\W\d_])[wW]/[oO]?(?![^\W\d_]))|(?P<number>\d+(?:[.,]\d+)*|\.\d+)|(?P<word>[^\W\d_]+(?:['’`][^\W\d_]+)*)"
    r"|(?P<ft>(?<=\d)['’′](?=\s?\d))|(?P<inch>(?<=\d)[\"”″](?!\w))"
    r"|(?P<sign>[<>≤≥]=?|[$€£¥₹%+~/:,.;!?()–—-])"
)
_DASHES = frozenset("–—-")
_AFTER_DASH = re.compile(r"\s*[\d.$€£¥₹]")
_ENDS = frozenset(".;!?()")
_ITEMS = ITEM_NOUNS - {"story", "stories", "fiction"}
_OPS = ("<", "<=", ">", ">=", "~", "is")


class Lexeme(NamedTuple):
    """A piece of a text: folded words, numbers as written, signs; `place` is its chunk, -1 if it has none."""

    text: str
    start: int
    end: int
    place: int = -1
    named: bool = False

    @property
    def is_number(self) -> bool:
        """Whether it is written in figures."""
        return _FIGURES.fullmatch(self.text) is not None

    @property
    def ends_clause(self) -> bool:
        """Whether nothing before it belongs to what stands after it."""
        return self.text in _ENDS


def lexemes(text: str) -> list[Lexeme]:
    """Return the lexemes of a text. A hyphen is one only before a figure: '90-120', not 'two-hour'."""
    found: list[Lexeme] = []
    for match in _LEXEME.finditer(text):
        said, start, end = match.group(), match.start(), match.end()
        if said in _DASHES and not (_AFTER_DASH.match(text, end) and _is_after_amount(text, start, found)):
            continue
        if match["inch"] and _closes_quotation(text, start):
            continue
        if match["with"]:
            found.append(Lexeme("without" if said[-1] in "oO" else "with", start, end))
            continue
        said = "ft" if match["ft"] else "inch" if match["inch"] else said
        said = "-" if said in _DASHES else fold(said) if match["word"] else said
        found.append(Lexeme(said, start, end))
    return found


def _closes_quotation(text: str, start: int) -> bool:
    """Tell whether a mark behind a number ends what is quoted: '"Apollo 13"', not '15"'."""
    return text.count('"', 0, start) % 2 == 1 or "“" in text[:start]


def _is_after_amount(text: str, start: int, before: Sequence[Lexeme]) -> bool:
    """Tell whether a dash does not only join a word to a figure: '10€-20€', not 'sub-20'."""
    if not before or text[start - 1 : start].isspace():
        return True
    return not before[-1].text.isalpha() or before[-1].text in units()


def _compares(chunk: Chunk) -> bool:
    """Tell whether what looks like an unknown name is a quantity: 'exactly 8', '50 mm drivers'."""
    said = chunk.text.casefold().split()
    if not chunk.choices and chunk.text.isdecimal():
        return True  # 'a score of 90 %' speaks of no title
    led = {each.split()[0] for op in _OPS for each in tables("comparators").get(f"{op} before", ())}
    if chunk.choices or len(said) < len(("exactly", "8")):
        return False
    if all(word in _sorting() for word in said):
        return True  # 'price descending'
    return (said[0] in led and all(w[:1].isdecimal() for w in said[1:])) or _is_amount(chunk.text)


@cache
def _sorting() -> frozenset[str]:
    """Return the words of what is sorted by, and of its direction."""
    told = tables("measures")
    heads = [name for name in told if name.split()[0] in ("names", "ascending", "descending")]
    return frozenset(word for name in heads for phrase in told[name] for word in phrase.split())


def _is_amount(said: str) -> bool:
    """Tell whether what looks like an unknown name begins with a number and its unit: '50 mm drivers'."""
    first, *rest = lexemes(said) or [Lexeme("", 0, 0)]
    return first.is_number and bool(rest) and rest[0].text in units()


def _is_degree(chunk: Chunk) -> bool:
    """Tell whether what is said of a kind may tell a degree instead: 'SHORT thrillers', 'SHORT films'."""
    full = any(choice.match == "full" for choice in chunk.choices)
    word, *rest = chunk.text.casefold().split() or [""]
    return chunk.kind == "category" and not full and word in _degrees() and set(rest) <= _ITEMS


@cache
def _degrees() -> frozenset[str]:
    """Return the words for the ends of what may be measured."""
    told = (said for name, said in tables("measures").items() if name.split()[0] in ("low", "high"))
    return frozenset(word for said in told for word in said)


def _respelt(chunk: Chunk, first: int, end: int) -> str:
    """Return the word that a chunk is read as, if it is exactly one; a noun for items stays what it is."""
    whole = chunk.kind == "word" and (chunk.start, chunk.end) == (first, end)
    plain = chunk.text.isalpha() or chunk.text.isdecimal()
    return chunk.text if whole and plain and chunk.text != "items" else ""


def placed(text: str, chunks: Sequence[Chunk], start: int = 0) -> list[Lexeme]:
    """Return the lexemes of a message, each in its chunk; `start` is where the text begins in theirs.

    What stands before the first chunk was left out of the message.
    """
    found, at = [], 0
    for each in lexemes(text):
        first, end = each.start + start, each.end + start
        while at < len(chunks) and chunks[at].end <= first:
            at += 1
        inside = at < len(chunks) and chunks[at].start < end
        named = inside and chunks[at].kind in ("title", "entity", "category")
        named = named and not (_compares(chunks[at]) or _is_degree(chunks[at]))
        if chunks and end > chunks[0].start:
            plain = each.text.isalpha() or each.text.isdecimal()  # "from '91" is of 1991
            said = _respelt(chunks[at], first, end) if inside and plain else ""
            found.append(Lexeme(said or each.text, first, end, at if inside else -1, named))
    return found
