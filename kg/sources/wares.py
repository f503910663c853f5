"""Nouns for anything that is sold: 'models', 'products', and what it is sold in: 'packets', 'bottles'."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.sources.mapping import Wording
from kg.sources.profile import Column
from kg.stems import plural
from kg.units import dimension

_WARES = ("model", "product")
_CONTAINERS = frozenset(
    "packet pack bottle box bag jar tin tube can carton pot roll ball reel sachet".split()
)
_PER = re.compile(r"\b(?:per|in a|/) ?(?:the )?(?P<one>[a-z]+)\b")


def with_wares(
    nouns: tuple[str, ...], columns: Sequence[Column], wording: Mapping[str, Wording]
) -> tuple[str, ...]:
    """Return the nouns for an item of a table of goods with what all goods may be called.

    Goods have a price. A word that names a column or stands in one is left to that column.
    """
    if not nouns or not any(dimension(each.unit).startswith("money") for each in wording.values()):
        return nouns
    found = list(_WARES)
    for column in columns:
        found += [match["one"] for match in _PER.finditer(column.words) if match["one"] in _CONTAINERS]
    sold = {dimension(each.unit) for name, each in wording.items() if name in ("size", "volume", "content")}
    found += ["bottle"] if "volume" in sold else []
    taken = {word for column in columns for word in column.words.split() if " per " not in column.words}
    taken |= {text.casefold() for column in columns for text in column.texts if " " not in text}
    free = (each for each in dict.fromkeys(found) if {each, plural(each)}.isdisjoint(taken))
    return tuple(dict.fromkeys((*nouns, *(form for each in free for form in (each, plural(each))))))
