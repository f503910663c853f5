"""Whether the cells of a column hold several values, and what stands between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kg.sources.profile import Column
from kg.types import Kind

SEPARATORS = ("|", "; ", ";", " / ", ", ", ",", "/", " & ", " + ", " · ", " • ", " and ")  # the surer first
_SURE = frozenset(("|", "; "))
_OFTEN, _MIXED = 0.1, 0.2  # shares of cells with several values, of values found in several places
_FEW, _SEVERAL = 0.2, 50  # different values in all, values of many lists
_AND = " and "
_PAIR = 2  # words of what is joined, at most
_MANY = 3  # values that a place or a name with its parts does not have


def separator_of(column: Column, kind: Kind) -> str:
    """Return what stands between the values of a cell, or nothing.

    A list has values in any order and number: "Drama, War" beside "War" and "Action, Drama". What has always
    as many parts, each with a vocabulary of its own, is one value: "Paris, France", "Tolkien, J. R. R.".
    """
    if column.of_lists or kind not in Kind or column.present < 2:
        return ""
    cells = [each for each in column.counts if isinstance(each, str)]
    for mark in SEPARATORS:
        parts = [_parts(cell, mark) for cell in cells]
        several = [each for each in parts if len(each) > 1]
        slashed = mark.strip() == "/" and several and _are_of_labels(parts, several)
        often = len(several) >= max(1, _OFTEN * len(cells))
        joined = often and _are_all_of_cells(parts, several) if mark == _AND else False
        if joined or (mark != _AND and (slashed or often) and _is_list(mark, parts, several, kind)):
            return mark
    return ""


def further_separators(column: Column, first: str) -> tuple[str, ...]:
    """Return other marks between the values of cells that hold lists: 'a, b' and 'a + b' beside 'a; b'."""
    cells = [each for each in column.counts if isinstance(each, str)]
    known = {part.casefold() for cell in cells for part in _parts(cell, first)}
    found = []
    for mark in SEPARATORS if first else ():
        parts = [_parts(cell, mark) for cell in cells if mark in cell and first not in cell]
        told = [part.casefold() for each in parts for part in each]
        several = mark not in (first, _AND) and mark.strip() not in first
        several = several and len(parts) >= max(2, _OFTEN * len(cells))
        if several and 2 * sum(told.count(part) > 1 or part in known for part in told) >= len(told):
            found.append(mark)
    return tuple(found)


def are_repeated(column: Column, kind: Kind) -> bool:
    """Tell whether the values of a column's lists occur again and again: 'heater; oven', 'oven; awning'."""
    mark = separator_of(column, kind)
    cells = (each for each in column.counts if isinstance(each, str)) if mark else ()
    parts = [part.casefold() for cell in cells for part in _parts(cell, mark)]
    return bool(parts) and 2 * len(set(parts)) <= len(parts)


def _parts(cell: str, mark: str) -> list[str]:
    return [part for each in cell.split(mark) if (part := " ".join(each.split()))]


def _are_of_labels(parts: Sequence[list[str]], several: Sequence[list[str]]) -> bool:
    """Tell whether what a slash joins occurs alone as well: 'white/red' beside 'red'."""
    alone = {each[0].casefold() for each in parts if len(each) == 1}
    joined = [{part.casefold() for part in each} for each in several]
    words = all(part.isalpha() for each in joined for part in each)
    return words and all(2 * len(each & alone) >= len(each) for each in joined)


def _are_of_cells(parts: Sequence[list[str]], several: Sequence[list[str]]) -> bool:
    """Tell whether of what is joined some always is a cell of its own: 'card, cash' beside 'card'."""
    alone = {each[0].casefold() for each in parts if len(each) == 1}
    joined = [{part.casefold() for part in each} for each in several]
    return all(each & alone for each in joined) and sum(map(len, joined)) > len(set().union(*joined))


def _are_all_of_cells(parts: Sequence[list[str]], several: Sequence[list[str]]) -> bool:
    """Tell whether some of what a word joins always is a cell of its own: 'separate and family'."""
    alone = {each[0].casefold() for each in parts if len(each) == 1}
    joined = [{part.casefold() for part in each} for each in several]
    short = all(part.count(" ") < _PAIR for each in several for part in each)
    return short and all(each & alone for each in joined)


def _is_list(mark: str, parts: Sequence[list[str]], several: Sequence[list[str]], kind: Kind) -> bool:
    if mark in _SURE:
        return True
    if mark in ("/", " & ", ",") and any(part[:1].isdecimal() for each in several for part in each):
        return False  # 5/8, 1,5
    if mark.strip() == "/" and _are_of_labels(parts, several):
        return True
    if mark in (", ", " & ", " + ") and _are_of_cells(parts, several):
        return True
    places: dict[str, set[int]] = defaultdict(set)
    times: dict[str, int] = defaultdict(int)
    for each in parts:
        for place, part in enumerate(each):
            places[part.casefold()].add(min(place, 1))
            times[part.casefold()] += 1
    repeated = [part for part, count in times.items() if count > 1]
    mixed = sum(len(places[part]) > 1 for part in repeated)
    if repeated and mixed >= max(1, _MIXED * len(repeated)):
        return len(repeated) >= _MIXED * len(times) or mixed > _MANY
    if mark in (", ", ",") and len({len(each) for each in parts}) >= _MANY and max(map(len, parts)) >= _MANY:
        total = sum(times.values())
        if len(times) <= _FEW * total and total > _SEVERAL:
            return True  # few values in many lists of any length
    widths = {len(each) for each in several}
    names = sum(1 <= part.count(" ") <= _MANY for each in several for part in each)
    total = sum(map(len, several))
    return kind is Kind.PERSON and (max(widths) >= _MANY or len(widths) > 1) and names >= 0.8 * total
