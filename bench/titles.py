"""Titles as others write them, found in the catalogue: repaired, normalised, told apart by year.

Benchmark files name items by title: with the article behind, with another title in brackets, with accents
that a wrong encoding destroyed, without what follows the colon. Nothing is guessed: a title that could be two
items, or that is only near one, is not found, and the reason names what there is.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from kg import text
from kg.forms import Form
from kg.graph import KnowledgeGraph
from kg.types import Item, ItemId

_MOST_GAPS = 4  # lost letters in one title; the ways to fill them grow as a power
_LOST = "\N{REPLACEMENT CHARACTER}"
_SQUARE = re.compile(r"\s*\[[^\]]*\]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_YEAR_NOTE = re.compile(r"\((\d{4})(?:[/–-][^()]*)\)\s*$")  # "(1994/I)", "(1994-1996)"
_UNREADABLE = re.compile(rf"[?{_LOST}]")
_SUBTITLE = re.compile(r": | [-–—] ")
_FIRM = 3  # readable letters that a destroyed title must have


class Match(NamedTuple):
    """What a title led to: an item and how it was found, or None and why not."""

    item: ItemId | None
    how: str


class Titles:
    """Finds items of a catalogue's domain by title."""

    def __init__(self, graph: KnowledgeGraph, domain: str) -> None:
        self._graph = graph
        self._domain = domain
        self._kept: dict[str, Match] = {}

    def find(self, raw: str) -> Match:
        """Return the item that `raw` names: 'Boat, The (Das Boot) (1981)', 'AmÃ©lie', 'Am?lie (2001)'.

        The title and its bracketed other titles are tried whole, then where the year agrees without what
        follows a colon, then with destroyed letters left open. Of several candidates the year decides,
        then whose own title it is; a year that is one off will do where no candidate has the very year.
        """
        if raw not in self._kept:
            self._kept[raw] = self._find(raw)
        return self._kept[raw]

    def agrees(self, item: ItemId, raw: str) -> bool:
        """Tell whether an item has the title `raw` or one of its other titles, whatever the years."""
        known, said = self._graph.item(item), text.split_title(repair(raw))
        return bool(_keys((known.title, *known.aliases)) & _keys((said.title, *said.aliases)))

    def _find(self, raw: str) -> Match:
        whole = repair(raw)
        said = text.split_title(whole)
        if not any(_keys((said.title, *said.aliases))):
            return Match(None, "there is no title in it")
        problem = ""
        for how, found in self._candidates(said, whole):
            exact = how != "title"  # what was bent to fit must have the very year
            match = _decide(found, said, how, exact=exact)
            if match.item is not None:
                return match
            problem = problem or (match.how if found else "")
        return Match(None, problem or self._nearest(said.title))

    def _candidates(self, said: text.Titled, whole: str) -> Iterator[tuple[str, list[Item]]]:
        names = (said.title, *said.aliases)
        for name in (*names, whole):  # whole: brackets may be part of a title
            yield "title", self._called([name], Form.ALIAS)
        if said.year is not None:
            yield "short title", self._called(names, Form.SHORT)
            yield "short title", self._called((_SUBTITLE.split(name)[0] for name in names), Form.ALIAS)
        yield "accents", self._readable(said)

    def _called(self, names: Iterable[str], worst: Form) -> list[Item]:
        """Return the items that have one of the names, in a form that says as much as `worst`."""
        refs = [ref for each in self._graph.names.lookup(sorted(_keys(names))) for ref in each]
        places = sorted({ref.code for ref in refs if ref.is_item and ref.form <= worst})
        items = (self._graph.catalogue.items[place] for place in places)
        return [item for item in items if self._fits(item)]

    def _fits(self, item: Item) -> bool:
        return item.domain == self._domain and self._graph.offers(item.id)

    def _readable(self, said: text.Titled) -> list[Item]:
        """Return the items whose title agrees in every letter that was not destroyed."""
        # A question mark at the end is punctuation, unless a year can show that it was a letter.
        title = said.title if said.year is not None else said.title.rstrip("?")
        parts = _UNREADABLE.split(title)
        if sum(map(len, parts)) < _FIRM:
            return []
        if len(parts) == 1:
            return self._skeletons.get(text.name_key(title), [])
        if len(parts) > _MOST_GAPS:
            return []
        pattern = re.compile(r"[^\W\d_]{0,2}".join(re.escape(text.name_key(part)) for part in parts))
        matching = [items for key, items in self._titles.items() if pattern.fullmatch(key)]
        found = {item.id: item for items in matching for item in items}
        own = [item for item in found.values() if pattern.fullmatch(text.name_key(item.title))]
        return own or list(found.values())

    @cached_property
    def _titles(self) -> dict[str, list[Item]]:
        """Every item by the keys of its titles."""
        return _by_key((key, item) for item in self._items() for key in _keys((item.title, *item.aliases)))

    @cached_property
    def _skeletons(self) -> dict[str, list[Item]]:
        """The items with accents by what is left of their titles without these letters."""
        return _by_key(
            (text.name_key(_NOT_ASCII.sub("", name)), item)
            for item in self._items()
            for name in dict.fromkeys((item.title, *item.aliases))
            if not name.isascii()
        )

    def _items(self) -> Iterator[Item]:
        return (item for item in self._graph.offered if item.domain == self._domain)

    def _nearest(self, title: str) -> str:
        keys = [near.key for near in self._graph.names.near(text.name_key(title), max_distance=3)]
        refs = [ref for each in self._graph.names.lookup(keys) for ref in each if ref.is_item]
        items = (self._graph.catalogue.items[ref.code] for ref in refs if ref.form <= Form.ALIAS)
        near = list(dict.fromkeys(item.name for item in items if self._fits(item)))[:3]
        return "no such title" + (f"; near it: {', '.join(near)}" if near else "")


def repair(raw: str) -> str:
    """Undo what happened to a title on its way: entities, UTF-8 read as Latin-1, notes in square brackets.

    'Am&eacute;lie' and 'AmÃ©lie' -> 'Amélie'; 'Dune [Hardcover]' -> 'Dune'; 'Heat (1995/I)' -> 'Heat (1995)'.
    """
    mended = html.unescape(raw)
    for _ in range(2):  # some were mangled twice
        mended = _NOT_ASCII.sub(lambda run: _decoded(run.group()), mended)
    whole = " ".join(_YEAR_NOTE.sub(r"(\1)", mended).split())
    return _SQUARE.sub("", whole).strip() or whole


def _decoded(run: str) -> str:
    try:
        return b"".join(map(_byte, run)).decode("utf-8")
    except UnicodeError:
        return run


def _byte(letter: str) -> bytes:
    """Return the byte that was read as this letter; Windows' code page leaves holes that Latin-1 fills."""
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


def _decide(found: list[Item], said: text.Titled, how: str, *, exact: bool) -> Match:
    """Choose among candidates by year, then the one that has the title as its own."""
    year = said.year
    if year is not None:
        same = [item for item in found if item.year == year]
        near = [item for item in found if item.year is None or abs(item.year - year) <= 1]
        if found and not (same or (near and not exact)):
            return Match(None, f"the year differs: the catalogue has {_names(found)}")
        how = how if same else "near year"
        found = same or near
    if len(found) > 1:
        key = text.name_key(said.title)
        found = [item for item in found if text.name_key(item.title) == key] or found
    if len(found) > 1:
        return Match(None, f"it could be {_names(found)}")
    return Match(found[0].id, how) if found else Match(None, "no such title")


def _keys(names: Iterable[str]) -> set[str]:
    """Return the lookup keys of some names, with and without a leading article."""
    parts = [text.words(name) for name in names]
    return {text.key(each) for part in parts for each in (part, text.strip_article(part)) if part}


def _by_key(pairs: Iterable[tuple[str, Item]]) -> dict[str, list[Item]]:
    found: defaultdict[str, list[Item]] = defaultdict(list)
    for key, item in pairs:
        found[key].append(item)
    return dict(found)


def _names(items: list[Item]) -> str:
    shown = ", ".join(f"{item.name} [{item.id}]" for item in items[:3])
    return shown + (f" and {len(items) - 3} more" if len(items) > 3 else "")
