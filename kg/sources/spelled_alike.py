"""Labels of one column that are the same: 'off white' and 'Off-white', 'Quads' and 'Quad', 'v. good'.

They are spelled as most often, or in full where some are short. What is `Both` of two labels is either: a
gearbox for 'Manual' and 'Automatic'. Where a label has a detail behind it, 'free, 120 spaces' beside 'free',
a cell is both.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence

from kg.categories import one_of_same
from kg.places import county_of
from kg.sources.cells import PLAIN_FLAGS, Cell, as_text, is_missing, number
from kg.sources.guess_roles import title_of
from kg.sources.profile import columns_of
from kg.sources.tables import Table, with_columns_read
from kg.stems import singular
from kg.text import name_key

_BETWEEN = re.compile(r"(?<!\d)[\s'’-]+|[\s'’-]+(?!\d)")  # '1-2 people' is not '12 people'
_DETAIL = re.compile(r"(?P<label>[^\d,(]*[^\W\d_])(?:, ?(?P<behind>[^,()]+)| \((?P<inside>[^()]+)\))")
_BOTH = "both"
_TWO = 2  # labels beside 'both'; times that a label occurs without a detail
_MOST = 0.5  # share of different labels in a column that has labels at all
_DETAILED = 0.6  # share of cells with a detail at most

Known = Callable[[list[str]], dict[str, Cell]]


def with_one_spelling(table: Table, named: Collection[str] = ()) -> Table:
    """Return a table whose labels that are the same are spelled the same; those `named` stay, and titles."""
    title = title_of(columns_of(table))
    named = (*named, title.header) if title is not None else named
    return _read_apart(_read_apart(table, named, _detailed), named, _spellings)


def with_both(table: Table, named: Collection[str] = ()) -> Table:
    """Return a table in which 'Both' is a list of the two other labels of its column."""
    return _read_apart(table, named, _of_both)


def _read_apart(table: Table, named: Collection[str], known: Known) -> Table:
    for place in range(len(table.columns)):
        if meant := known(_labels(table, place)):
            table = with_columns_read(table, named, _is_at(place), _reading(meant))
    return table


def _is_at(place: int) -> Callable[[Table, int], bool]:
    return lambda _, other: other == place


def _reading(meant: dict[str, Cell]) -> Callable[[Cell], Cell]:
    def read(cell: Cell) -> Cell:
        if isinstance(cell, str):
            return meant.get(as_text(cell), cell)
        said = [meant.get(each, each) for each in cell]
        return [part for each in said for part in (each if isinstance(each, list) else [each])]

    return read


def _labels(table: Table, place: int) -> list[str]:
    cells = (row.cells[place] for row in table.rows)
    said = (as_text(part) for cell in cells for part in (cell if isinstance(cell, list) else [cell]))
    return [each for each in said if not is_missing(each)]


def _spellings(said: list[str]) -> dict[str, Cell]:
    """Return the usual spelling of every label that is spelled otherwise as well."""
    counts = Counter(said)
    if len(set(map(_key, counts))) > _MOST * len(said):
        return {}
    alike: dict[str, list[str]] = {}
    for label in sorted(counts, key=lambda each: (_is_short(each), -counts[each], each)):
        if any(map(str.isalpha, label)):
            alike.setdefault(_key(label), []).append(label)
    known = {key: each[0] for key, each in alike.items()}
    found: dict[str, Cell] = {other: first for first, *others in alike.values() for other in others}
    for label in counts:
        if "." in label and label not in found and (full := _in_full(label, list(known.values()))):
            found[label] = full
    return found


def _key(label: str) -> str:
    """Return what all spellings of a label share: no capitals, hyphens, plurals and short names."""
    words = [county_of(each) for each in label.casefold().split()]
    words = [*words[:-1], singular(words[-1])] if words else words
    said = one_of_same(name_key(" ".join(words))) or " ".join(words)
    return _BETWEEN.sub("", said.casefold())


def _is_short(label: str) -> bool:
    return any(county_of(word) != word.casefold() for word in label.split())


def _in_full(label: str, others: Sequence[str]) -> str:
    """Return the one label that another is short for: 'very good' of 'v. good'; nothing of several."""
    words = label.casefold().split()
    fit = []
    for other in others:
        whole = other.casefold().split()
        pairs = list(zip(words, whole, strict=False)) if len(words) == len(whole) and other != label else []
        if pairs and all(_is_for(*pair) for pair in pairs):
            fit.append(other)
    return fit[0] if len(fit) == 1 else ""


def _is_for(short: str, whole: str) -> bool:
    dotted = short.endswith(".") and len(short) > 1 and whole.startswith(short[:-1])
    return short == whole or dotted or county_of(short) == whole


def _detailed(said: list[str]) -> dict[str, Cell]:
    """Return a list of the label and its detail for every label that stands without one as well."""
    counts = Counter(each.casefold() for each in said)
    found: dict[str, Cell] = {}
    if 2 * sum(number(each) is not None for each in said) > len(said):
        return found
    for each in dict.fromkeys(said):
        match = _DETAIL.fullmatch(each)
        label = match["label"].casefold() if match is not None else ""
        if match is not None and counts[label] >= _TWO and label not in PLAIN_FLAGS:
            found[each] = [match["label"], (match["behind"] or match["inside"]).strip()]
    further = {each[1].casefold() for each in found.values()}
    listed = any(each.count(",") > 1 for each in said) or not further.isdisjoint(counts)  # 'soya, sesame'
    return found if not listed and sum(each in found for each in said) <= _DETAILED * len(said) else {}


def _of_both(said: list[str]) -> dict[str, Cell]:
    labels = sorted({each for each in said if each.casefold() != _BOTH})
    both = next((each for each in said if each.casefold() == _BOTH), "")
    plain = len(labels) == _TWO and all(each.replace("-", "").isalpha() for each in labels)
    return {both: labels} if both and plain else {}
