"""The facts of a person's own tables: what the cells of relations say."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from kg.builder import Builder
from kg.relations import relation
from kg.sources import cells
from kg.sources.mapping import Mapping, Wording
from kg.sources.tables import Cell, Row
from kg.sources.usual import header_unit
from kg.types import Entity, EntityId, ItemId, Kind, Relation, RelationName

_FORM = 4000  # cells that tell how a column writes its numbers
_BEHIND = re.compile(r"(?P<last>[^,]{2,40}), (?P<first>(?!(?:[JS]r|I{2,3}|IV)\b)[^\W\d_][^,]{0,40})")
Literal = Callable[[str], float | None]


class Told(NamedTuple):
    """A cell about an item, and its row."""

    item: ItemId
    row: Row
    cell: Cell


class Facts:
    """Adds facts to a builder that has all items already."""

    def __init__(self, builder: Builder, mapping: Mapping):
        self.builder = builder
        self.wording = mapping.wording
        self.separators = mapping.separators
        self.texts: set[str] = set()  # relations that are texts
        self.unread: Counter[str] = Counter()  # cells by header of which nothing could be read

    def add(self, name: str, header: str, told: Iterable[Told]) -> list[tuple[Row, str]]:
        """Add what the cells of a column say, and return those that are not of its kind, with why."""
        usual = relation(name)
        wording = self.wording.get(name) or Wording(usual.kind, unit=usual.unit)
        kind = wording.kind
        filled = [each for each in told if each.cell]
        if kind is Kind.TEXT:
            self._add_texts(name, filled)
            return []
        split = self._split(wording)
        if kind in (Kind.NUMBER, Kind.DATE, Kind.FLAG):
            return self._add_literals(name, wording, header, filled, split)
        self._add_entities(name, wording, filled, split)
        return []

    def many(self, cell: Cell) -> list[str]:
        """Return the values of a cell, each once, in order."""
        return list(dict.fromkeys(self._split(None)(cell)))

    def says(self, name: str, cell: Cell) -> bool:
        """Tell whether a cell holds any value of a relation."""
        return bool(self._split(self.wording.get(name))(cell))

    def _split(self, wording: Wording | None) -> Callable[[Cell], list[str]]:
        """Return what takes a cell apart: at the relation's separators, or else at the table's."""
        return splitter((wording.separators if wording else ()) or self.separators)

    def _add_texts(self, name: str, told: Sequence[Told]) -> None:
        for each in told:
            if said := cells.told(each.cell):
                self.texts.add(name)
                before = self.builder.texts.get(each.item)
                self.builder.texts[each.item] = f"{before}\n{said}" if before else said

    def _add_entities(
        self, name: str, wording: Wording, told: Sequence[Told], split: Callable[[Cell], list[str]]
    ) -> None:
        known: dict[str, list[Entity]] = {}  # most cells occur many times
        turn = _turner(split, told) if wording.kind is Kind.PERSON else _flags_alike(wording.order)
        for each in told:
            text = each.cell if isinstance(each.cell, str) else ""
            found = known.get(text) if text else None
            if found is None:
                none = wording.kind in (Kind.CATEGORY, Kind.OTHER) and text.strip() == cells.NONE
                found = self._entities(name, wording.kind, [cells.NONE] if none else turn(split(each.cell)))
                if text:
                    known[text] = found
            if found:
                scale = wording.order
                self.builder.relations.setdefault(
                    name, Relation(RelationName(name), wording.kind, scale=scale)
                )
            for entity in found:
                self.builder.add_fact(each.item, name, entity)

    def _entities(self, name: str, kind: Kind, labels: Iterable[str]) -> list[Entity]:
        if kind is Kind.WORK:  # a work that is in the catalogue may be named by its id
            items = self.builder.items
            labels = [items[ItemId(each)].title if each in items else each for each in labels]
        space = "person" if kind is Kind.PERSON else name
        return [Entity(EntityId(f"{space}/{_same(label)}"), label) for label in dict.fromkeys(labels)]

    def _add_literals(
        self,
        name: str,
        wording: Wording,
        header: str,
        told: Sequence[Told],
        split: Callable[[Cell], list[str]],
    ) -> list[tuple[Row, str]]:
        different = dict.fromkeys(_hashed(each.cell) for each in told)  # most occur many times
        values = {cell: split(list(cell) if isinstance(cell, tuple) else cell) for cell in different}
        every = [value for said in values.values() for value in said]
        read, unit = _reader(wording, _unit_of(header), every[:: max(1, len(every) // _FORM)])
        known = {value: read(value) for value in dict.fromkeys(every)}
        made = Relation(RelationName(name), wording.kind, unit)
        wrong: list[tuple[Row, str]] = []
        for each in told:
            said = values[_hashed(each.cell)]
            self.unread[header] += bool(said) and all(known[value] is None for value in said)
            for value in said:
                if cells.is_unknown(value):
                    continue
                if (literal := known[value]) is None:
                    wrong.append((each.row, f"{name} {value[:40]!r} is {_EXPECTED[wording.kind]}"))
                    continue
                self.builder.relations.setdefault(name, made)
                self.builder.add_value(each.item, name, literal)
        return wrong


def _turner(split: Callable[[Cell], list[str]], told: Sequence[Told]) -> Callable[[Iterable[str]], list[str]]:
    """Return what puts first names in front where most names of a column have them behind: 'Quill, Ada'."""
    some = [name for each in told[:: max(1, len(told) // _FORM)] for name in split(each.cell)]
    if 2 * sum(_BEHIND.fullmatch(name) is not None for name in some) <= len(some):
        return list
    return lambda names: [_BEHIND.sub(r"\g<first> \g<last>", name) for name in names]


def _flags_alike(scale: Sequence[str]) -> Callable[[Iterable[str]], list[str]]:
    """Return what spells yes and no as a scale does that has both: 'y' as 'yes'."""
    ends = {said: each for each in scale if each in ("no", "yes") and (said := cells.flag(each)) is not None}
    if len(ends) < len(("no", "yes")):
        return list
    plain = cells.PLAIN_FLAGS
    return lambda labels: [ends[cells.flag(e) or 0] if e.casefold() in plain else e for e in labels]


def _hashed(cell: Cell) -> str | tuple[str, ...]:
    return cell if isinstance(cell, str) else tuple(cell)


def splitter(marks: Iterable[str]) -> Callable[[Cell], list[str]]:
    """Return what takes a cell apart at any of these marks, unless it holds a list in a form of its own."""
    pattern = re.compile("|".join(map(re.escape, marks)) or r"(?!)")

    def split(cell: Cell) -> list[str]:
        if not isinstance(cell, str) or not pattern.search(cell) or cells.listed(cell) is not None:
            return cells.values(cell)
        parts = (" ".join(part.split()) for part in pattern.split(cell))
        return [part for part in parts if not cells.is_missing(part)]

    return split


_EXPECTED = {Kind.NUMBER: "no number", Kind.DATE: "no date", Kind.FLAG: "neither yes nor no"}


def _reader(wording: Wording, given: str, some: Sequence[str]) -> tuple[Literal, str]:
    """Return what reads the literals of a column, and the unit of its numbers."""
    if wording.kind is Kind.FLAG:
        return cells.flag, ""
    if wording.kind is Kind.DATE:
        dates = cells.date_form(some, wording.format)
        return lambda value: cells.date(value, dates), ""
    numbers = cells.number_form(some, given, wording.unit)

    def read(value: str) -> float | None:
        found = cells.number(value, numbers)
        return None if found is None else cells.in_unit(found, numbers)

    return read, numbers.unit


def _unit_of(header: str) -> str:
    return header_unit(header) if header else ""


def _same(label: str) -> str:
    """Return what labels that differ only in case have in common."""
    return unicodedata.normalize("NFC", label).casefold()
