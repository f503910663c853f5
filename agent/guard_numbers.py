"""What the guard asks of numbers in words of a language model: is each shown, told, said, or a count?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.builtin.lexicon.load import words
from agent.known_words import NUMBER, Known, Number, has_phrase, spoken_numbers
from kg.graph import KnowledgeGraph
from kg.text import fold, tokens
from tools.types import Links

_SIGNS = re.compile(r"[$€£¥₹]")


def strange_numbers(graph: KnowledgeGraph, text: str, links: Links, known: Known) -> Iterator[str]:
    """Yield numbers that nobody said, no tool told and that do not count the items shown."""
    priced = bool(_SIGNS.search(text)) or has_phrase(text, words("notes", "money"))
    if known.asks and not (priced and not _has_unit(graph, text)):
        return
    figures = [Number(match[0], match[0], match.end()) for match in NUMBER.finditer(text)]
    for number, written, end in (*figures, *spoken_numbers(text)):
        if number in known.numbers or (_decade(text, number, end) and _in_decade(known, number)):
            continue
        beside = any(0 <= mention.start - end <= 1 for mention in links.mentions)
        counts = number.isdigit() and int(number) <= len(known.lines) and (beside or _counts(text[end:]))
        if priced or not counts:
            yield written


def _decade(text: str, number: str, end: int) -> bool:
    return len(number) == len("1980") and number.endswith("0") and text[end : end + 2].lstrip("'’")[:1] == "s"


def _in_decade(known: Known, number: str) -> bool:
    return any(len(each) == len(number) and each[:-1] == number[:-1] for each in known.numbers)


def _counts(rest: str) -> bool:
    """Tell whether a number counts items: what stands behind it is a word for them, or none."""
    following = tokens(re.split(r"[.!?,;:]", rest, maxsplit=1)[0])
    return not following or fold(following[0].raw) in words("notes", "counted")


def _has_unit(graph: KnowledgeGraph, text: str) -> bool:
    units = {each.unit.casefold() for each in graph.relations if each.unit}
    said = {fold(token.raw).rstrip("s") for token in tokens(text)}
    money = {"eur": {"euro", "eur"}, "usd": {"dollar", "usd", "buck"}, "gbp": {"pound", "gbp"}}
    signs = {"eur": "€", "usd": "$", "gbp": "£"}
    return any(said & money.get(unit, {unit}) or signs.get(unit, "\0") in text for unit in units)
