"""Words of titles: which items have some words, in a row, in what they are called."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

import numpy as np

from kg.entities import NOTHING, Positions
from kg.text import fold, tokens
from kg.types import Item

_DENYING = frozenset(
    "no not non without except never nor excl excluding kein keine ohne nicht sans pas".split()
)
_DENIED_BEHIND = 2  # words of a label from what denies to what is denied: 'no own lunch'
_PARTS = re.compile(r"\d+|[^\W\d]+|_")  # 'folk25' is 'folk 25'
_MOST = 200_000  # items whose titles are looked through; of more nothing is said


class TitleWords:
    """The words of the titles of some items, read when first asked for; `items` in their positions' order.

    A title has a text if its words stand there in a row, folded: 'Land Rover' and 'rover', not 'over'.
    """

    def __init__(self, items: Callable[[], Sequence[Item]]):
        self._items = items

    @cached_property
    def _places(self) -> Mapping[str, Positions]:
        found: dict[str, list[int]] = {}
        items = self._items()
        for position, item in enumerate(items if len(items) <= _MOST else ()):
            for word in dict.fromkeys(_words(item.title)):
                found.setdefault(word, []).append(position)
        return {word: np.asarray(places, dtype=np.int32) for word, places in found.items()}

    def having(self, text: str) -> Positions:
        """Return the items whose title has a text: sorted positions."""
        said = _words(text)
        if not said:
            return NOTHING
        rarest = min((self._places.get(word, NOTHING) for word in said), key=len)
        if len(said) == 1:
            return rarest
        items = self._items()
        held = [place for place in rarest.tolist() if contains(items[place].title, text)]
        return np.asarray(held, dtype=np.int32)

    def only_one(self, text: str) -> Item | None:
        """Return the one item whose title has a text; None if none has, or several have."""
        places = self.having(text)
        return self._items()[int(places[0])] if len(places) == 1 else None

    def spelling(self, text: str) -> str:
        """Return a text as the first title that has it spells it; as it is if none has."""
        places, length = self.having(text), len(_words(text))
        for place in places[:1].tolist():
            said = tokens(title := self._items()[place].title)
            for i in range(len(said) - length + 1):
                if [fold(token.raw) for token in said[i : i + length]] == _words(text):
                    return str(title[said[i].start : said[i + length - 1].end])
        return text

    def leading(self, text: str) -> int:
        """Return how many titles begin with a text."""
        items, said = self._items(), _words(text)
        firsts = (_words(items[place].title)[: len(said)] for place in self.having(text).tolist())
        return sum(first == said for first in firsts)

    def ending(self, text: str) -> int:
        """Return how many titles end in a text."""
        items, said = self._items(), _words(text)
        lasts = (_words(items[place].title)[-len(said) :] for place in self.having(text).tolist())
        return sum(last == said for last in lasts)


def contains(title: str, text: str) -> bool:
    """Tell whether the words of a text stand in a row in a title."""
    held, said = _words(title), _words(text)
    return any(held[i : i + len(said)] == said for i in range(len(held) - len(said) + 1)) if said else False


def says(label: str, text: str) -> bool:
    """Tell whether the words of a text stand in a row in a label, which does not deny them: 'no garden'."""
    held, said = _words(label), _words(text)
    starts = (i for i in range(len(held) - len(said) + 1) if said and held[i : i + len(said)] == said)
    return any(_DENYING.isdisjoint(held[max(0, i - _DENIED_BEHIND) : i]) for i in starts)


def _words(text: str) -> list[str]:
    return [part for token in tokens(text) for part in _PARTS.findall(fold(token.raw))]
