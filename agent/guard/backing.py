"""What the guard asks of every word of a note: is it mere talk, or does something stored stand behind it?

A sentence about one item may use what is stored of that item, any other what is stored of the items shown.
The person's own words are no proof: they may be repeated as a wish, or denied where the answer denies them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import cache, lru_cache

from agent.builtin.lexicon.load import tables, words
from agent.guard.known import NUMBER, SURE, Known, has_phrase
from agent.guard.names import holds, items_of, without_titles
from agent.guard.roots import root, roots, stored, talk
from kg.graph import KnowledgeGraph
from kg.text import NUMBER_WORDS, Token, fold, tokens
from kg.types import ItemId
from tools.types import Links, Mention

_CLAUSE = re.compile(r"[.!?;:,\n–—()]+|\b(?:and|but|so)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?\n]+")
_INITIAL = re.compile(r"\b([A-Z])\.")
_THEIRS = re.compile(r"\b(?:is|are|was|were|being)\s+(?:all\s+|both\s+)?(?:his|hers|theirs)\b", re.IGNORECASE)
_OF_ALL = re.compile(r"\b(?:all|both|each|every|everything|they|these|those)\b", re.IGNORECASE)
_PLAYS = re.compile(r"\bplay(?:s|ed|ing)?\s+(?:the|an?)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"]([^”\"]*)[”\"]")


def without_echoes(text: str, known: Known) -> str:
    """Return words without the clauses, and the quotes, that only repeat what the person said."""
    said = roots(known.said)
    kept, start = "", 0
    for end in (*(match.end() for match in _CLAUSE.finditer(text)), len(text)):
        clause, start = text[start:end], end
        repeats = has_phrase(clause, words("notes", "repeats a wish"))
        kept += "" if repeats and _is_of(clause, said) else clause
    return _QUOTED.sub(lambda quote: "" if known.was_said(quote[1]) else quote[0], kept)


def unbacked(graph: KnowledgeGraph, text: str, links: Links, known: Known) -> str | None:
    """Return what a note states that nothing stored stands behind, as the end of a sentence."""
    if has_phrase(text, words("notes", "private")):
        return "asks for what is private"
    if _THEIRS.search(text) or _PLAYS.search(text):
        return "tells who somebody is, which no fact here does"
    whole = _INITIAL.sub(r"\1 ", text)  # as long as it was
    untitled = without_titles(whole, links, known)
    for match in _SENTENCE.finditer(whole):
        mentions = [each for each in links.mentions if match.start() <= each.start < match.end()]
        denies = has_phrase(untitled[match.start() : match.end()], words("notes", "denies"))
        if not denies and has_phrase(match[0], words("notes", "claims proof")):
            return "says that something is proved, which only the answer does"
        about = items_of(range(match.start(), match.end()), links, known)
        backed = _backed(graph, about, known, denies=denies, of_all=_OF_ALL.search(match[0]) is not None)
        offers = has_phrase(match[0], words("notes", "offers"))
        fine = [each for each in mentions if offers or _may_be_said(graph, each, about, known)]
        for token in _content(match[0], match.start()):
            inside = any(each.start <= token.start < each.end for each in fine)
            if not inside and root(token.raw) not in backed:
                return f"says {token.raw!r}, which nothing stored stands behind"
        if (kind := _of_all(graph, whole, mentions, match.start(), known)) is not None:
            return f"says {kind!r} of all that is shown, which is not so"
    return None


def _is_of(clause: str, said: Set[str]) -> bool:
    return all(root(token.raw) in said | talk() for token in _content(clause, 0))


def _content(text: str, start: int) -> Iterator[Token]:
    """Yield the words of a text that no closed class of words has, at their places in a longer one."""
    for token in tokens(text):
        plain = fold(token.raw)
        number = NUMBER.search(token.raw) is not None or plain in NUMBER_WORDS
        if not (number or plain in _function() or len(plain) < 2):
            yield token._replace(start=token.start + start, end=token.end + start)


def _backed(
    graph: KnowledgeGraph, about: tuple[ItemId, ...], known: Known, *, denies: bool, of_all: bool
) -> frozenset[str]:
    """Return the roots of the words that a sentence about some items may use."""
    held = stored(graph, *about[:1])
    for key in about[1:]:
        held = held & stored(graph, key) if of_all else held | stored(graph, key)
    if denies:  # what is stored of an item is no lack of it
        held = frozenset()
    denied = " ".join((*known.denied, *(name for each in known.empty for name in each.names)))
    return held | talk() | _nouns(graph) | roots(known.stated) | (roots(denied) if denies else frozenset())


def _may_be_said(graph: KnowledgeGraph, mention: Mention, about: tuple[ItemId, ...], known: Known) -> bool:
    """Tell whether a name is of an item that may be named, or of something that one of these items has.

    A slip in a name is no name: nobody knows whose it is.
    """
    spelt = [each for each in mention.candidates if each.match != "spelling"]
    items = {ItemId(each.id) for each in spelt if each.kind == "item" and each.score >= SURE}
    if items and (items & known.items or known.was_said(mention.text)):
        return True
    return bool(spelt) and any(holds(graph, key, mention) for key in about)


def _of_all(
    graph: KnowledgeGraph, text: str, mentions: list[Mention], start: int, known: Known
) -> str | None:
    """Return the kind that 'French films.' says of all items shown, where one of them is not of it."""
    for mention in mentions:
        opens = not text[start : mention.start].strip(" \"“'‘(")
        nouns = [*tokens(mention.text)[1:], *tokens(text[mention.end :])[:1]]
        plural = any(fold(each.raw) in words("notes", "counted") and each.raw.endswith("s") for each in nouns)
        entity = any(each.kind == "entity" for each in mention.candidates)
        if opens and plural and entity and not all(holds(graph, key, mention) for key in known.lines):
            return mention.text
    return None


@lru_cache(maxsize=16)
def _nouns(graph: KnowledgeGraph) -> frozenset[str]:
    """Return the roots of the names of relations, units and domains."""
    units = (each.unit or "" for each in graph.relations)
    names = (str(each.name).replace("_", " ") for each in graph.relations)
    return roots(" ".join((*names, *units, *graph.domains)))


@cache
def _function() -> frozenset[str]:
    return frozenset(word for section in tables("function").values() for word in section)
