"""What became of the rows and columns of a person's own tables."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from kg.sources.columns import Sheet
from kg.sources.facts import splitter
from kg.sources.guess_lists import separator_of
from kg.sources.mapping import LITERALS, Mapping
from kg.sources.profile import Column
from kg.sources.tables import Skipped
from kg.types import Kind, Relation, RelationName

_SHOWN = 100
_EXAMPLES = 3
_LONGEST = 40  # characters of an example


@dataclass(slots=True)
class Report:
    """What became of the rows.

    `read`: rows that were used, by table; `skipped`: rows that were not; `dropped`: cells that were not, of
    rows that were; `formulas`: cells, kept as they are, that a spreadsheet would run; `unused`: headers of
    columns nobody named, by table; `without_facts`: relations that the mapping names and no row has;
    `columns`: those of the items, one by one; `guessed`: whether these were guessed.
    """

    read: dict[str, int] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    dropped: list[Skipped] = field(default_factory=list)
    formulas: int = 0
    unused: dict[str, list[str]] = field(default_factory=dict)
    without_facts: list[str] = field(default_factory=list)
    columns: list[dict[str, Any]] = field(default_factory=list)
    guessed: bool = False

    def notes(self) -> dict[str, Any]:
        """Return this as plain data for a manifest: counts, and the first rows and cells left out."""
        return {
            "read": dict(self.read),
            "skipped": len(self.skipped),
            "first_skipped": [list(each) for each in self.skipped[:_SHOWN]],
            "dropped_cells": len(self.dropped),
            "first_dropped_cells": [list(each) for each in self.dropped[:_SHOWN]],
            "formulas": self.formulas,
            "unused_columns": dict(self.unused),
            "without_facts": list(self.without_facts),
            "columns": list(self.columns),
            "guessed": self.guessed,
        }


def seen(
    columns: Sequence[Column],
    sheet: Sheet,
    mapping: Mapping,
    relations: Dict[str, Relation],
    left_out: Dict[str, str],
    unread: Dict[str, int],
) -> list[dict[str, Any]]:
    """Return what every column is read as: header, role or relation, kind, unit, coverage, examples, note.

    `coverage` is the share of rows that have a value, from 0 to 1; `unread` counts the cells by header that
    have one of which nothing could be read.
    """
    roles = {place: role for role, place in sheet.at.items()}
    found = []
    for column in columns:
        role, name = roles.get(column.place, ""), sheet.facts.get(column.place, "")
        relation = relations.get(name) or _told(name, mapping)
        found.append(
            {
                "header": column.header,
                "role": role,
                "relation": name,
                "kind": relation.kind.value if relation else "",
                "unit": relation.unit if relation else "",
                "coverage": _share(column, unread.get(column.header, 0)),
                "examples": _examples(column, name, mapping),
                "note": _note(column, name, relation, mapping)
                if role or name
                else left_out.get(column.header, ""),
            }
        )
    return found


def _share(column: Column, unread: int) -> float:
    return round(max(column.present - unread, 0) / column.rows, 4) if column.rows else 0.0


def _told(name: str, mapping: Mapping) -> Relation | None:
    """Return a relation that has no fact, or whose texts are none."""
    return Relation(RelationName(name), mapping.wording[name].kind) if name in mapping.wording else None


def _examples(column: Column, name: str, mapping: Mapping) -> list[str]:
    marks = (mapping.wording[name].separators if name in mapping.wording else ()) or mapping.separators
    split = splitter(marks if name else ())
    first = islice(column.counts, _EXAMPLES)
    found = dict.fromkeys(
        value for each in first for value in split(list(each) if isinstance(each, tuple) else each)
    )
    return [each if len(each) <= _LONGEST else f"{each[:_LONGEST]}…" for each in islice(found, _EXAMPLES)]


def _note(column: Column, name: str, relation: Relation | None, mapping: Mapping) -> str:
    """Return what else there is to say of a relation's column: its scale, how its cells are taken apart."""
    if relation is None or relation.kind in LITERALS or not name:
        return ""
    said = []
    if column.are_numbers:
        said.append('its values are numbers: kind = "number" would compare them')
    if relation.scale:
        said.append(f"from {relation.scale[0]} to {relation.scale[-1]}")
    marks = mapping.wording[name].separators if name in mapping.wording else ()
    mark = separator_of(column, relation.kind)
    if marks:
        said.append(f"several values in a cell, between {' and '.join(map(repr, marks))}")
    elif mark in mapping.separators or (column.of_lists and relation.kind is not Kind.WORK):
        said.append("several values in a cell")
    elif mark:
        said.append(
            f"cells look like several values between {mark!r}: separators = [{mark!r}] would split them"
        )
    return "; ".join(said)
