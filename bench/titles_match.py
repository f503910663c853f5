"""What a free text names in the catalogue: its titles, read by `bench.titles_parse`, as item ids."""

from __future__ import annotations

import re
from typing import NamedTuple

from bench.titles import Titles, repair
from bench.titles_parse import parse
from bench.titles_readings import Reading, Said, entry
from bench.titles_shape import may_be_title
from kg import text
from kg.forms import Form
from kg.graph import KnowledgeGraph
from kg.types import Item, ItemId, Kind

_LOST = re.compile(r"[?\N{REPLACEMENT CHARACTER}]")
_FEW = 3  # letters that a wrong encoding may have destroyed; more of them is not a title
_JOINED = 4  # pieces between commas that one title may have
_OTHERS = re.compile(r",|;|&|\band\b|\bwith\b", re.IGNORECASE)


class Named(NamedTuple):
    """What a text names: items, each once, and the titles that name none, both in its order.

    `titles` is all of it as it was said, each once.
    """

    items: list[str]
    titles: list[str]
    unmatched: list[str]


class Matcher:
    """Finds the titles of free texts in a catalogue. It may be asked from several threads."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._graph = graph
        self._titles = {domain: Titles(graph, domain) for domain in graph.domains}
        self._people = [each.name for each in graph.relations if each.kind is Kind.PERSON]

    def read(
        self, said: str, domain: str, k: int | None = None, *, asked: str = "", cut: bool = False
    ) -> Named:
        """Return what a text names: the first `k` of its titles, those of another domain unmatched.

        A title that comes again is one. `asked` and `cut` are those of `titles_parse.parse`.
        """
        told = (pair for each in parse(said, asked, cut=cut) for pair in self._entry(each, domain))
        once: dict[str, tuple[str, ItemId | None]] = {}
        for title, item in told:
            once.setdefault(f"id {item}" if item else text.name_key(title), (title, item))
        found = list(once.values())[:k]
        items = [str(item) for _, item in found if item is not None]
        missing = [title for title, item in found if item is None]
        return Named(items, [title for title, _ in found], missing)

    def _entry(self, said: Said, domain: str) -> list[tuple[str, ItemId | None]]:
        item = self._first(said.readings, domain)
        if item is None and said.pieces:
            return [pair for pair in self._pieces(said, domain) if self._counts(pair, said)]
        return [(said.text, item)] if item is not None or said.titled else []

    def _counts(self, pair: tuple[str, ItemId | None], said: Said) -> bool:
        """Tell whether a piece is a title: found, or one by its form where the line may be of titles."""
        return pair[1] is not None or (said.titled and may_be_title(pair[0], listed=True))

    def _pieces(self, said: Said, domain: str) -> list[tuple[str, ItemId | None]]:
        """Return the titles of a list on one line; a comma or 'and' may be part of one, the longest wins."""
        found: list[tuple[str, ItemId | None]] = []
        start, count = 0, len(said.pieces)
        while start < count:
            for end in range(min(start + 2 * _JOINED - 1, count), start, -2):
                part = entry("".join(said.pieces[start:end]))
                item = self._first(part.readings, domain)
                if item is not None or end == start + 1:
                    found.append((part.text, item))
                    start = end + 1
                    break
        listed = any(not between.strip().isalpha() for between in said.pieces[1::2])
        if not listed and any(item is None for _, item in found):
            return [(said.text, None)]  # 'Thelma and Louise' is one title
        return [pair for pair in found if pair[0]]

    def _first(self, readings: tuple[Reading, ...], domain: str) -> ItemId | None:
        return next((item for each in readings if (item := self._find(each, domain)) is not None), None)

    def _find(self, reading: Reading, domain: str) -> ItemId | None:
        """Return the item of a reading; of several the one by whom it says, then the best known."""
        titles = self._titles.get(domain)
        if titles is None:
            return None
        title = reading.title if len(_LOST.findall(reading.title)) <= _FEW else _LOST.sub(" ", reading.title)
        found = titles.find(title).item
        items = self._same_title(title, domain) or ([self._graph.item(found)] if found is not None else [])
        if not items:
            return None
        theirs = [item for item in items if self._is_by(item, reading.by)] if reading.by else []
        if reading.makers == "prove":
            items = theirs
        elif reading.makers == "allow":
            items = theirs or [item for item in items if not self._makers(item)]
        else:
            items = theirs or items
        spelt = text.words(text.split_title(title).title)
        items = [item for item in items if text.words(item.title) == spelt] or items  # 'Blood Lines'
        known = self._graph.by_popularity(self._graph.positions([item.id for item in items]), 1)
        return next(iter(self._graph.ids(known.tolist())), None)

    def _same_title(self, raw: str, domain: str) -> list[Item]:
        """Return the items between which a title does not decide: all that have it, of its year."""
        said = text.split_title(repair(raw))
        refs = self._graph.names.lookup([text.name_key(said.title)])[0]
        places = sorted({ref.code for ref in refs if ref.is_item and ref.form <= Form.ALIAS})
        items = [self._graph.catalogue.items[place] for place in places]
        fit = [item for item in items if item.domain == domain and self._graph.offers(item.id)]
        return [item for item in fit if said.year is None or item.year is None or item.year == said.year]

    def _is_by(self, item: Item, who: str) -> bool:
        """Tell whether one of the people named, by their last name, made the item."""
        makers = self._makers(item)
        named = [words for part in _OTHERS.split(who) if (words := text.words(part))]
        return any(words[-1] in maker for words in named for maker in makers)

    def _makers(self, item: Item) -> list[frozenset[str]]:
        """Return the words of the names of everybody the catalogue connects with an item."""
        people = (entity for name in self._people for entity in self._graph.values(item.id, name))
        return [frozenset(text.words(entity.label)) for entity in people]
