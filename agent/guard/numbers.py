"""What the guard asks of numbers in words of a language model: is each shown, told, said, or a count?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.builtin.lexicon.load import words
from agent.guard.known import NUMBER, Known, Number, has_phrase, spoken_numbers
from agent.guard.names import OF_THEM, holds, items_of, sentence_of
from kg.graph import KnowledgeGraph
from kg.stems import singular
from kg.text import fold, tokens
from tools.types import Links

_SIGNS = re.compile(r"[$€£¥₹]")


def strange_numbers(graph: KnowledgeGraph, text: str, links: Links, known: Known) -> Iterator[str]:
    """Yield numbers that nobody said, no tool told and that do not count the items shown."""
    priced = bool(_SIGNS.search(text)) or has_phrase(text, words("notes", "money"))
    if known.asks and not (priced and not _has_unit(graph, text)):
        return
    yield from _only(text, links, known)
    figures = [Number(match[0], match[0], match.end()) for match in NUMBER.finditer(text)]
    for number, written, end in (*figures, *spoken_numbers(text)):
        if (shown := _of_kind(graph, Number(number, written, end), links, known)) is not None:
            yield from () if shown else (written,)
            continue
        here = Number(number, written, end)
        part = _part_of(graph, here, text, links, known)
        part = _counts_values(graph, here, text, links, known) if part is None else part
        if part is not None:
            yield from () if part else (written,)
            continue
        if number in _described(graph, end, text, links, known):
            continue
        if number in known.numbers or (_decade(text, number, end) and _in_decade(known, number)):
            continue
        counted = number.isdigit() and not priced
        if not (counted and _counts(text, Number(number, written, end), known)):
            yield written


def _described(graph: KnowledgeGraph, end: int, text: str, links: Links, known: Known) -> frozenset[str]:
    """Return the numbers in the descriptions of what the sentence at a place is about."""
    about = items_of(sentence_of(text, end - 1), links, known)
    return frozenset(each for key in about for each in NUMBER.findall(graph.catalogue.texts.get(key, "")))


def _decade(text: str, number: str, end: int) -> bool:
    return len(number) == len("1980") and number.endswith("0") and text[end : end + 2].lstrip("'’")[:1] == "s"


def _in_decade(known: Known, number: str) -> bool:
    return any(len(each) == len(number) and each[:-1] == number[:-1] for each in known.numbers)


def _only(text: str, links: Links, known: Known) -> Iterator[str]:
    """Yield that something is the only one of a kind, where more are shown."""
    for match in re.finditer(r"\bonly\s+(?=\w)", text, re.IGNORECASE) if len(known.lines) > 1 else ():
        following = tokens(text[match.end() :])
        named = any(each.start == match.end() for each in links.mentions)
        if named or (following and fold(following[0].raw) in words("notes", "counted")):
            yield f"only {following[0].raw}"


def _of_kind(graph: KnowledgeGraph, number: Number, links: Links, known: Known) -> bool | None:
    """Tell whether as many of the items shown are of the kind behind a number; None if it counts no kind.

    A number above theirs counts what was found.
    """
    beside = next((each for each in links.mentions if 0 <= each.start - number.end <= 1), None)
    if beside is None or not number.value.isdigit() or int(number.value) > len(known.lines):
        return None
    return int(number.value) == sum(holds(graph, line, beside) for line in known.lines)


def _part_of(graph: KnowledgeGraph, number: Number, text: str, links: Links, known: Known) -> bool | None:
    """Tell whether as many of the items shown have what a sentence like 'Two of them were shot by X' names.

    None where it is no such sentence.
    """
    sentence = sentence_of(text, number.end - 1)
    here = [each for each in links.mentions if each.start in sentence]
    if not OF_THEM.match(text[number.end :]) or not number.value.isdigit():
        return None
    if not here or any(each.kind == "item" for mention in here for each in mention.candidates):
        return None
    return int(number.value) == sum(all(holds(graph, key, each) for each in here) for key in known.lines)


def _counts_values(
    graph: KnowledgeGraph, number: Number, text: str, links: Links, known: Known
) -> bool | None:
    """Tell whether a number counts what the one item of a sentence has: 'X has two directors'.

    None where it counts nothing of the kind.
    """
    about = items_of(sentence_of(text, number.end - 1), links, known)
    behind = tokens(text[number.end :])[:1]
    names = {singular(str(each.name)): each.name for each in graph.relations}
    name = names.get(singular(fold(behind[0].raw))) if behind else None
    if name is None or len(about) != 1:
        return None
    return str(len(graph.labels(about[0], name))) == number.value


def _counts(text: str, number: Number, known: Known) -> bool:
    """Tell whether a number counts the items shown: all of them, those of a kind, or some of them."""
    count, before = int(number.value), tokens(text[: number.end - len(number.written)])
    some = count <= len(known.lines)
    if before and fold(before[-1].raw) in words("notes", "before some"):
        return some
    following = tokens(re.split(r"[.!?,;:]", text[number.end :], maxsplit=1)[0])
    if following and fold(following[0].raw) in words("notes", "counted"):
        return count == len(known.lines)
    return some and (not following or fold(following[0].raw) in words("notes", "behind a count"))


def _has_unit(graph: KnowledgeGraph, text: str) -> bool:
    units = {each.unit.casefold() for each in graph.relations if each.unit}
    said = {fold(token.raw).rstrip("s") for token in tokens(text)}
    money = {"eur": {"euro", "eur"}, "usd": {"dollar", "usd", "buck"}, "gbp": {"pound", "gbp"}}
    signs = {"eur": "€", "usd": "$", "gbp": "£"}
    return any(said & money.get(unit, {unit}) or signs.get(unit, "\0") in text for unit in units)
