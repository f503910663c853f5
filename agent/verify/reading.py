"""What an answer recommends and claims: items with the years given, and what is said of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from agent.builtin.interpret.compared import Comparison
from agent.builtin.interpret.message import understood
from agent.builtin.interpret.request import EntityMention, ParsedRequest
from agent.builtin.lexicon.load import tables
from agent.builtin.parse.vocabulary import Vocabulary
from agent.verify.segments import Sentence, Title, sentences
from agent.verify.years import told_year
from kg.graph import KnowledgeGraph
from kg.relations import OPEN
from kg.types import YEAR, ItemId, Kind, Op
from kg.values import interval, shown
from tools.knowledge import Knowledge
from tools.toolsets import as_json

_ARTICLE = re.compile(r"\b(?:the|an?)\W*$", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Said:
    """A claim of an answer: of `item`, `claimed` is one of `relations` (none: of any), compared by `op`."""

    item: ItemId
    relations: tuple[str, ...]
    claimed: str
    op: Op = "is"


@dataclass(slots=True)
class AnswerRead:
    """The titles of an answer in the order of their first mention, and what it claims of them."""

    titles: list[Title] = field(default_factory=list)
    claims: list[Said] = field(default_factory=list)

    def recommended(self, named: Sequence[ItemId]) -> list[Title]:
        """Return what is recommended: not what is compared with, nor what the request `named` itself."""
        return [each for each in self.titles if not each.compared and each.id not in named]


def read_answer(knowledge: Knowledge, text: str, about: Sequence[ItemId] = ()) -> AnswerRead:
    """Read an answer: plain words or Markdown, a list of titles or ids, or JSON with `items`.

    What is said of several items at once is claimed of each. Before the first title it is said of the items
    it is `about`.
    """
    found = AnswerRead()
    given = _listed(text)
    if given is not None:
        for entry in given:
            _read_entry(knowledge, entry, found)
    else:
        _read_words(knowledge, text, found, about)
    first = {each.id or each.said: each for each in reversed(found.titles)}
    return AnswerRead(list(first.values())[::-1], list(dict.fromkeys(found.claims)))


def _listed(text: str) -> list[Any] | None:
    """Return the entries of an answer that is JSON: a list, or an object with `items`."""
    if text.lstrip()[:1] not in ("[", "{"):
        return None
    try:
        data = json.loads(text)
    except ValueError:
        return None
    items = data.get("items") if isinstance(data, dict) else data
    return items if isinstance(items, list) else None


def _read_entry(knowledge: Knowledge, entry: Any, found: AnswerRead) -> None:
    """Add an entry: an id, a title, or an object with either."""
    told = entry if isinstance(entry, dict) else {"id": entry}
    key, title, year = str(told.get("id", "")), str(told.get("title", "")), told.get("year")
    if key in knowledge.graph:
        found.titles.append(Title(0, 0, title or key, ItemId(key)))
        if isinstance(year, int):
            found.claims.append(Said(ItemId(key), (YEAR,), str(year)))
    else:
        _read_words(knowledge, f"- {title or key}", found)


def _read_words(
    knowledge: Knowledge, text: str, found: AnswerRead, about_before: Sequence[ItemId] = ()
) -> None:
    graph, last = knowledge.graph, list(about_before)
    for sentence in sentences(knowledge, text):
        if sentence.text in graph:  # an id a line
            found.titles.append(Title(0, 0, sentence.text, ItemId(sentence.text)))
            continue
        found.titles += sentence.titles
        known = {each.id: each for each in sentence.titles if each.id is not None and not each.compared}
        about = list(known) or ([] if sentence.titles else last)
        found.claims += _claims(graph, sentence, known, about)
        dated = ((key, each.year) for key, each in known.items() if each.year)
        found.claims += [Said(key, (YEAR,), str(year)) for key, year in dated]
        if not sentence.titles and len(about) == 1 and (told := told_year(sentence.text, 0, 0)):
            found.claims.append(Said(about[0], (YEAR,), str(told)))
        last = about


def _claims(
    graph: KnowledgeGraph, sentence: Sentence, known: dict[ItemId, Title], about: Sequence[ItemId]
) -> Iterator[Said]:
    """Yield what a sentence says of items; a name of no item of its own is said of the title before it."""
    if not about:
        return
    links = json.loads(as_json(sentence.links))
    reading = understood(sentence.text, links, Vocabulary.of_graph(graph)).reading

    def of(said: str) -> list[ItemId]:
        at = reading.text.casefold().find(said.casefold())
        return [key for key, title in known.items() if title.start <= at][-1:] or list(about)

    titles = {title.said for title in known.values()}
    for claim in reading.claims:
        meant = {ItemId(each.id) for title in claim.titles for each in title.choices}
        roles = _roles(reading.text, claim.name, claim.roles)
        yield from (Said(key, roles, _label(claim.name)) for key in about if key in meant)
    done = {claim.name.text for claim in reading.claims} | titles
    for wanted in (*reading.wanted, *reading.any_of):
        if wanted.name.text not in done:
            roles = _roles(reading.text, wanted.name, wanted.roles)
            yield from (Said(key, roles, _label(wanted.name)) for key in of(wanted.name.text))
    yield from _kinds_and_numbers(graph, reading, of)
    if not (reading.comparisons or reading.measured_claims):
        yield from _numbers_without_titles(graph, sentence, about)


def _held(graph: KnowledgeGraph, key: ItemId, name: EntityMention) -> str:
    """Return what a kind means of an item: what it has of the kinds that are called so, else the first."""
    meant = (
        each.label for each in name.choices for role in each.roles if each.label in graph.labels(key, role)
    )
    return next(meant, _label(name))


def _kinds_and_numbers(
    graph: KnowledgeGraph, reading: ParsedRequest, of: Callable[[str], list[ItemId]]
) -> Iterator[Said]:
    for category in reading.categories:
        roles = tuple(category.choices[0].roles) if category.choices else ()
        yield from (Said(key, roles, _held(graph, key, category)) for key in of(category.text))
    own = [(of(each.text)[-1], each) for each in reading.comparisons]
    titled = [(of(title)[-1], each) for title, each in reading.measured_claims]
    yield from _numbers([*own, *titled])


def _numbers_without_titles(
    graph: KnowledgeGraph, sentence: Sentence, about: Sequence[ItemId]
) -> Iterator[Said]:
    """Yield what is claimed in numbers of one item, or of all of them at once, as if no title stood there."""
    text = sentence.text
    for title in sentence.titles:
        led = _ARTICLE.search(text[: title.start])
        start = led.start() if led else title.start
        text = text[:start] + " " * (title.end - start) + text[title.end :]
    every = rf"(?i)\b(?:{'|'.join(tables('verify')['at once'])})\b"
    at_once = re.search(every, text)
    text = re.sub(every, lambda said: " " * len(said[0]), text)
    if _NUMBER.search(text) and (len(about) == 1 or at_once):
        links = {**json.loads(as_json(sentence.links)), "mentions": []}
        told = understood(text, links, Vocabulary.of_graph(graph)).reading.comparisons
        for key in about:
            yield from _numbers([(key, each) for each in told])


def _numbers(told: Sequence[tuple[ItemId, Comparison]]) -> Iterator[Said]:
    """Yield what is claimed of items in numbers; a bare number is read as two bounds, one after the other."""
    for key, said in told:
        if said.by == "said" and said.op != "~":
            yield Said(key, (said.relation,), said.value, said.op)
    for (key, low), (other, high) in pairwise(told):
        is_one = (key, low.relation, low.text) == (other, high.relation, high.text)
        numbers = interval(Kind.NUMBER, low.value) and interval(Kind.NUMBER, high.value)
        if low.by == high.by == "around" and is_one and numbers:
            yield from (Said(key, (low.relation,), value, op) for value, op in _value(low, high))


def _value(low: Comparison, high: Comparison) -> list[tuple[str, Op]]:
    """Return what a number claims: the value itself, or, told roughly or in another unit, a value near it."""
    middle = shown(Kind.NUMBER, round((float(low.value) + float(high.value)) / 2, 6))
    text = f" {low.text.casefold().replace(',', '')} "
    roughly = (*tables("comparators")["~ before"], *tables("comparators")["~ after"])
    if middle in _NUMBER.findall(text) and not any(f" {each} " in text for each in roughly):
        return [(middle, "is")]
    return [(low.value, ">="), (high.value, "<=")]


def _roles(text: str, name: EntityMention, roles: tuple[str, ...]) -> tuple[str, ...]:
    """Return in what roles somebody is claimed; "by" leads to those they are known in, but for playing."""
    if not text[: text.find(name.text)].casefold().rstrip().endswith(" by"):
        return roles
    roles = roles or (tuple(name.choices[0].roles) if name.choices else ())
    return tuple(role for role in roles if role not in OPEN) or roles


def _label(name: EntityMention) -> str:
    return name.choices[0].label if name.choices else name.text
