"""A person's own catalogue: tables of items, and perhaps of relations, interactions and users.

Rows that are wrong are left out and reported; a table that is mostly wrong is refused. The manifest keeps the
report (`notes["report"]`) and what the relations are called in speech (`notes["wording"]`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kg.builder import Builder
from kg.catalogue import Catalogue, Histories
from kg.errors import DataError
from kg.folders import file_hash
from kg.sources import logs
from kg.sources.columns import Sheet, joined, sheet_of
from kg.sources.facts import Facts
from kg.sources.formats import Row, Skipped, read_rows
from kg.sources.mapping import Mapping, Wording, relation_name
from kg.types import Item, ItemId, User

__all__ = ["Mapping", "Report", "Skipped", "Tables", "Wording", "read"]

MAX_BAD = 0.2  # more bad rows than this: the table is not what the mapping says
MAX_DOMAINS = 100
_SHOWN = 100
_YEAR = re.compile(r"(\d{1,4})(?:\.0*)?")  # a spreadsheet with gaps writes 1990.0
_AGE = re.compile(r"(\d{1,3})(?:\.0*)?")
_NUMBER = re.compile(r"[-+]?\d{1,40}")


@dataclass(frozen=True, slots=True)
class Tables:
    """Where the tables lie: CSV, TSV, JSON lines or Parquet, each by its ending."""

    items: Path
    relations: Path | None = None
    interactions: Path | None = None
    users: Path | None = None

    def given(self) -> dict[str, Path]:
        """Return the tables there are, by what they hold."""
        named = {
            "items": self.items,
            "relations": self.relations,
            "interactions": self.interactions,
            "users": self.users,
        }
        return {what: path for what, path in named.items() if path is not None}


@dataclass(slots=True)
class Report:
    """What became of the rows.

    `read`: rows that were used, by table; `skipped`: rows that were not; `dropped`: cells that were not, of
    rows that were; `formulas`: cells, kept as they are, that a spreadsheet would run; `unused`: headers of
    columns nobody named, by table; `without_facts`: relations that the mapping names and no row has.
    """

    read: dict[str, int] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    dropped: list[Skipped] = field(default_factory=list)
    formulas: int = 0
    unused: dict[str, list[str]] = field(default_factory=dict)
    without_facts: list[str] = field(default_factory=list)

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
        }


def read(tables: Tables, mapping: Mapping, name: str) -> Catalogue:
    """Read a person's own tables; items are in file order, histories as `kg.sources.logs` says.

    A relation's values are one entity where they differ only in case and spaces; people are one entity
    whatever they did. Users of the log who are not in the users' table come after those who are.

    Raises:
        DataError: a table that cannot be read, lacks a needed column, or has more than a fifth bad rows.
        UsageError: a format that is unknown or needs what is not installed.
    """
    own = _Reader(mapping)
    own.items(own.open("items", tables.items))
    if tables.relations is not None:
        own.relations(own.open("relations", tables.relations))
    users = own.users(own.open("users", tables.users)) if tables.users is not None else {}
    histories: Histories | None = None
    told: dict[str, Any] = {}
    if tables.interactions is not None:
        histories, told = own.histories(own.open("interactions", tables.interactions), users)
    own.report.without_facts = [each for each in mapping.relations if each not in own.builder.relations]
    given = tables.given()
    return own.builder.finish(
        name,
        ", ".join(path.name for path in given.values()),
        _version(given.values()),
        users=list(users.values()),
        histories=histories,
        notes={"report": own.report.notes(), "wording": mapping.notes(), **told},
    )


class _Reader:
    """Collects tables, the items' first."""

    def __init__(self, mapping: Mapping):
        self.mapping = mapping
        self.builder = Builder()
        self.report = Report()
        self.facts = Facts(self.builder, mapping)

    # Tables

    def open(self, what: str, path: Path) -> Sheet:
        """Read a table and find its columns."""
        table = read_rows(path)
        sheet = sheet_of(what, table, self.mapping)
        if sheet.unused:
            self.report.unused[what] = sheet.unused
        self.report.formulas += table.formulas
        return sheet

    def _close(self, what: str, sheet: Sheet, kept: int, strangers: Sequence[Skipped] = ()) -> None:
        """Count a table's rows; rows about items that are not there are left out but are not bad."""
        table = sheet.table
        bad = sorted(table.bad, key=lambda each: each.line)
        rows = len(bad) + len(strangers) + kept
        if not rows or len(bad) > MAX_BAD * rows:
            why = f"; the first is line {bad[0].line}: {bad[0].why}" if bad else ""
            said = f"{len(bad):,} of {rows:,} rows are bad{why}" if rows else "there are no rows in it"
            raise DataError(said, path=table.path, remedy="Check that it is the right file and mapping.")
        if strangers and not kept:
            raise DataError(
                f"no row is about an item of the catalogue ({strangers[0].why})",
                path=table.path,
                line=strangers[0].line,
                remedy="Its items must have the ids of the items' table; is it the right column?",
            )
        self.report.read[what] = kept
        self.report.skipped += sorted([*bad, *strangers], key=lambda each: each.line)

    # Items and relations

    def items(self, sheet: Sheet) -> None:
        """Add every item, then its facts, which may name items further down."""
        rows = [row for row in sheet.table.rows if self._add_item(sheet, row)]
        self._close("items", sheet, len(rows))
        if len({item.domain for item in self.builder.items.values()}) > MAX_DOMAINS:
            column = sheet.table.columns[sheet.at["domain"]]
            remedy = "Domains are a few, like movie and book; name what tells items apart as a relation."
            problem = f"column {column!r} has more than {MAX_DOMAINS} domains"
            raise DataError(problem, path=sheet.table.path, remedy=remedy)
        self._add_columns(sheet, list(zip(self.builder.items, rows, strict=True)))

    def _add_item(self, sheet: Sheet, row: Row) -> bool:
        key, title = ItemId(sheet.cell(row, "id")), sheet.cell(row, "title")
        if not key or not title:
            sheet.skip(row, "no title" if key else "no id")
            return False
        if key in self.builder.items:
            sheet.skip(row, f"item id {key[:40]!r} occurred before")
            return False
        year = self._number(sheet, row, "year", _YEAR)
        aliases = self.facts.many(row.cells[sheet.at["aliases"]]) if "aliases" in sheet.at else ()
        others = tuple(each for each in aliases if each != title)
        domain = sheet.cell(row, "domain") or self.mapping.domain
        text = joined(row.cells[sheet.at["text"]]).strip() if "text" in sheet.at else ""
        self.builder.add_item(Item(key, title, year or None, domain, others), text)
        return True

    def relations(self, sheet: Sheet) -> None:
        """Add facts from a table in long form (item, relation, value) or in wide form."""
        long = "relation" in sheet.at
        kept: list[tuple[ItemId, Row]] = []
        strangers: list[Skipped] = []
        named = {header: each for each, header in self.mapping.relations.items() if header}
        for row in sheet.table.rows:
            key = ItemId(sheet.cell(row, "item"))
            if not key:
                sheet.skip(row, "no item")
            elif key not in self.builder.items:
                strangers.append(Skipped(sheet.table.path.name, row.line, f"unknown item {key[:40]!r}"))
            elif not long:
                kept.append((key, row))
            else:
                header = sheet.cell(row, "relation")
                name, cell = named.get(header) or relation_name(header), row.cells[sheet.at["value"]]
                if name and self.facts.add(key, name, cell):
                    kept.append((key, row))
                else:
                    sheet.skip(row, "no value" if name else "no relation")
        self._close("relations", sheet, len(kept), strangers)
        self._add_columns(sheet, kept)

    def _add_columns(self, sheet: Sheet, kept: list[tuple[ItemId, Row]]) -> None:
        for place, name in sheet.facts.items():
            for item, row in kept:
                if cell := row.cells[place]:
                    self.facts.add(item, name, cell)

    # People

    def users(self, sheet: Sheet) -> dict[str, User]:
        """Return the users of the table by id."""
        found: dict[str, User] = {}
        for row in sheet.table.rows:
            key = sheet.cell(row, "id")
            if not key or key in found:
                sheet.skip(row, f"user id {key[:40]!r} occurred before" if key else "no id")
                continue
            gender, job = sheet.cell(row, "gender") or None, sheet.cell(row, "occupation") or None
            found[key] = User(key, gender, self._number(sheet, row, "age", _AGE), job)
        self._close("users", sheet, len(found))
        return found

    def histories(self, sheet: Sheet, users: dict[str, User]) -> tuple[Histories, dict[str, Any]]:
        """Return what every user chose, and notes; users who are only in the log are added to `users`."""
        chosen: list[tuple[str, int, float]] = []
        at_item = {key: place for place, key in enumerate(self.builder.items)}
        strangers: list[Skipped] = []
        kept = 0
        for row in sheet.table.rows:
            user, item = sheet.cell(row, "user"), sheet.cell(row, "item")
            when = _moment(sheet.cell(row, "time")) if "time" in sheet.at else 0
            if not user or not item:
                sheet.skip(row, "no item" if user else "no user")
            elif when is None:
                sheet.skip(row, f"the time {sheet.cell(row, 'time')[:40]!r} is no number or date")
            elif ItemId(item) not in at_item:
                strangers.append(Skipped(sheet.table.path.name, row.line, f"unknown item {item[:40]!r}"))
            else:
                kept += 1
                chosen.append((user, at_item[ItemId(item)], when))
        self._close("interactions", sheet, kept, strangers)
        for user in sorted({user for user, *_ in chosen} - users.keys(), key=logs.by_id):
            users[user] = User(user)
        log = logs.Log()
        times = logs.moments([when for *_, when in chosen])
        for (user, place, _), when in zip(chosen, times.tolist(), strict=True):
            log.add(user, place, when, 0)
        return log.histories(list(users), list(at_item))

    # Cells

    def _number(self, sheet: Sheet, row: Row, role: str, form: re.Pattern[str]) -> int | None:
        cell = sheet.cell(row, role)
        if match := form.fullmatch(cell):
            return int(match[1])
        if cell:
            problem = f"{role} {cell[:40]!r} is not a whole number"
            self.report.dropped.append(Skipped(sheet.table.path.name, row.line, problem))
        return None


def _moment(cell: str) -> float | None:
    """Return a number, or a date as seconds since 1970, in UTC where it names no zone; else None."""
    if _NUMBER.fullmatch(cell):
        return int(cell)
    try:
        moment = float(cell)
        return moment if moment - moment == 0 else None
    except ValueError:
        pass
    try:
        date = datetime.fromisoformat(cell)
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def _version(paths: Iterable[Path]) -> str:
    """Return a hash of the tables' content."""
    return hashlib.sha256("".join(map(file_hash, paths)).encode()).hexdigest()[:12]
