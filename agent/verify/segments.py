"""An answer in sentences, and the titles that stand in one: known ones, and what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from agent.builtin.lexicon.load import tables
from agent.verify.rows import with_rows
from agent.verify.years import told_year
from kg.graph import KnowledgeGraph
from kg.stems import singular
from kg.types import ItemId
from tools.knowledge import Knowledge
from tools.link import MAX_CHARS, link_entities
from tools.types import Links, Mention

_SURE = 0.5
_TIED = 0.95  # of the best score: a title counts as much as the person who is called so
_BULLET = re.compile(r"^\s*(?:[-*•–—]|#+|\(?\d{1,3}[.)])\s+")
_YEAR = re.compile(
    r"[\s\"”'*_!?.…]*[(\[](?:[^()\[\]\n]{0,60}?,\s*)?((?:1[5-9]|20)\d\d)\b[^()\[\]\n]{0,60}[)\]]"
)
_BARE_YEAR = re.compile(r"\s*[(\[](?:1[5-9]|20)\d\d[)\]]")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”')*_]*\s+(?=[\"“'*_]*[A-Z0-9])")
_SHORT = re.compile(r"\b(?:dir|mr|mrs|ms|dr|jr|sr|st|vs|feat|vol|no|e\.g|i\.e|[a-z])\.$", re.IGNORECASE)
_HEAD = re.compile(r"\s*(?:[:(\[,;]|\s[-–—]\s|\bby\b|\bdirected\b|\bwritten\b|\bstarring\b|\bfrom\b|$)")
_MARKED = re.compile(r"\*\*([^*\n]{2,90})\*\*|[\"“]([^\"”\n]{2,90})[\"”]|\*([^*\n]{2,90})\*")
_WORD = r"[A-Z0-9][\w'’.&:!-]*"
_DATED = re.compile(
    rf"({_WORD}(?: (?:{_WORD}|of|the|and|in|on|a|an|to|for|with|from))*) ?(?=[(\[]\d{{4}}[)\]])"
)
_WORDS = re.compile(r"[\w']+")
_MARKS = 2  # characters before a title that is marked and opens an entry
_BESIDE = 4  # words before a title that say it is only compared with


@dataclass(frozen=True, slots=True)
class Title:
    """A title in `text[start:end]`: the item, None if nothing here is called so, and the year beside it.

    `compared`: it stands there for comparison, and is not recommended.
    """

    start: int
    end: int
    said: str
    id: ItemId | None = None
    year: int | None = None
    compared: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer, with its titles in order and what its names link to; years are blanked."""

    text: str
    links: Links
    titles: tuple[Title, ...]


def sentences(knowledge: Knowledge, text: str) -> Iterator[Sentence]:
    """Yield the sentences of an answer: lines, and in them what marks part, but no title ('Tora! Tora!')."""
    for line in filter(str.strip, with_rows(knowledge, text.splitlines())):
        rest, opens = _opened(line)
        whole = [(m.start, m.end) for m in link_entities(knowledge, _undated(rest)).mentions if _item(m)]
        start, is_entry = 0, opens
        for end in [*_ends(rest, whole), len(rest)]:
            if said := rest[start:end].strip():
                yield _sentence(knowledge, said, is_entry=is_entry)
                is_entry = False
            start = end


def _opened(line: str) -> tuple[str, bool]:
    """Return a line without its bullet, and whether it is an entry of a list: a heading is none."""
    bullet, is_entry = _BULLET.match(line), False
    while bullet:
        is_entry = "#" not in bullet.group()
        line = line[bullet.end() :]
        bullet = None if is_entry else _BULLET.match(line)
    return line[:MAX_CHARS], is_entry


def _undated(text: str) -> str:
    """Return a text of the same length without years in brackets: a false one hides no title."""
    return _BARE_YEAR.sub(lambda match: " " * len(match.group()), text)


def _ends(text: str, whole: Sequence[tuple[int, int]]) -> Iterator[int]:
    for match in _SENTENCE.finditer(text):
        inside = any(start < match.start() < end for start, end in whole)
        if not inside and not _SHORT.search(text[: match.start()]):
            yield match.end()


def _sentence(knowledge: Knowledge, text: str, *, is_entry: bool) -> Sentence:
    plain = _undated(text)
    links = link_entities(knowledge, plain)
    known = [
        _title(knowledge.graph, each, text, _next(links, each))
        for each in links.mentions
        if _is_title(knowledge.graph, each, text)
    ]
    spans = [(each.start, each.end) for each in known]
    linked = [(each.start, each.end) for each in links.mentions]
    named = [each for each in _recommended(plain) if not _overlaps(each.start, each.end, linked)]
    strange = [
        each
        for each in (*_strange(plain, text, is_entry), *named)
        if not _overlaps(each.start, each.end, spans)
    ]
    strange = [each for each in strange if each.year or not _says_no_title(knowledge.graph, links, each)]
    strange = list({each.start: each for each in reversed(strange)}.values())
    return Sentence(plain, links, tuple(sorted([*known, *strange], key=lambda each: each.start)))


def _says_no_title(graph: KnowledgeGraph, links: Links, said: Title) -> bool:
    """Tell whether what looks like a title only names people, kinds and the like: 'Films by Ada Quill'."""
    names = [each for each in links.mentions if each.candidates[0].score >= _SURE]
    inside = [each for each in names if said.start <= each.start and each.end <= said.end]
    rest = said.said
    for each in inside:
        rest = rest.replace(each.text, " ", 1)
    plain = {*tables("verify")["no title"], *_words_of_relations(graph)}
    left = re.findall(r"\w+", rest.casefold())
    return all(word in plain or singular(word) in plain for word in left)


def _words_of_relations(graph: KnowledgeGraph) -> frozenset[str]:
    return frozenset(word for each in graph.relations for word in each.name.casefold().split("_"))


def _item(mention: Mention) -> bool:
    best = mention.candidates[0].score
    if mention.text.isdecimal() and best < 1 and mention.text in mention.candidates[0].label:
        return False  # '3 sequels' names no '3:10 to Yuma'
    return best >= _SURE and any(c.kind == "item" and c.score >= _TIED * best for c in mention.candidates)


def _is_title(graph: KnowledgeGraph, mention: Mention, text: str) -> bool:
    """Tell whether a mention is a title: nothing else is meant as well, or a year stands behind it.

    What is called as one of its own facts is (*Jaws* of the series Jaws) is a title too, but for a word
    beside it that tells of the fact.
    """
    if not _item(mention):
        return False
    if mention.candidates[0].kind == "item":
        return True
    return _YEAR.match(text, mention.end) is not None or (
        not _told_as_a_fact(mention, text) and _is_own_fact(graph, mention)
    )


def _is_own_fact(graph: KnowledgeGraph, mention: Mention) -> bool:
    called = {each.id for each in mention.candidates if each.kind == "entity"}
    items = (ItemId(each.id) for each in mention.candidates if each.kind == "item")
    return any(str(e.id) in called for item in items for es in graph.facts(item).values() for e in es)


def _told_as_a_fact(mention: Mention, text: str) -> bool:
    before, after = (_WORDS.findall(part.casefold()) for part in (text[: mention.start], text[mention.end :]))
    if before[-1:] == ["the"]:
        before.pop()
    beside = tables("verify")
    led = before and before[-1] in beside["before a fact"]
    return bool(led or (after and after[0] in beside["after a fact"]))


def _next(links: Links, mention: Mention) -> int | None:
    """Return where the next title begins."""
    return next((each.start for each in links.mentions if each.start >= mention.end and _item(each)), None)


def _title(graph: KnowledgeGraph, mention: Mention, text: str, until: int | None) -> Title:
    """Return a title as named; of several items called so, the one nearest to the year beside it."""
    match = _YEAR.match(text, mention.end)
    year = int(match.group(1)) if match else told_year(text, mention.start, mention.end, until)
    best = max(each.score for each in mention.candidates if each.kind == "item")
    same = [ItemId(e.id) for e in mention.candidates if e.kind == "item" and e.score >= best]
    if year:
        same.sort(key=lambda key: abs((graph.item(key).year or 0) - year))
    before = " ".join(_WORDS.findall(text[: mention.start].casefold())[-_BESIDE:])
    compared = any(f" {each} " in f" {before} " for each in tables("verify")["compared with"])
    return Title(mention.start, mention.end, mention.text, same[0], year, compared)


def _strange(plain: str, text: str, is_entry: bool) -> Iterator[Title]:
    """Yield what looks like a title: the head of an entry, what is marked, what has a year behind it."""
    places = [(m.start(m.lastindex or 0), m.end(m.lastindex or 0)) for m in _MARKED.finditer(text)]
    if is_entry and not any(start <= _MARKS for start, _ in places):
        head = _HEAD.search(plain, 1)
        places.append((0, head.start() if head else len(plain)))
    places += [match.span(1) for match in _DATED.finditer(text)]
    seen: list[tuple[int, int]] = []
    for start, end in places:
        said = text[start:end].strip(" .,;:\"“”*_'")
        if said and re.search(r"[A-Z0-9]", said) and not _overlaps(start, end, seen):
            seen.append((start, end))
            year = _YEAR.match(text, end)
            if is_entry or year or len(said.split()) > 1:
                yield Title(start, end, said, None, int(year.group(1)) if year else None)


def _recommended(plain: str) -> Iterator[Title]:
    """Yield names in capitals right behind a word that recommends: 'I recommend the Copper Meridian'."""
    for match in _recommends().finditer(plain):
        said = match[1].strip(" .,;:")
        if len(said.split()) > 1:
            yield Title(match.start(1), match.start(1) + len(said), said)


@cache
def _recommends() -> re.Pattern[str]:
    verbs = "|".join(map(re.escape, tables("verify")["recommends"]))
    return re.compile(rf"\b(?i:{verbs}) (?:(?i:the|an?) )?({_WORD}(?: (?:{_WORD}|of|the|and|in|on))*)")


def _overlaps(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < stop and first < end for first, stop in spans)
