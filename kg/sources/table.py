"""A person's own catalogue: tables of items, and perhaps of relations, interactions and users.

Rows that are wrong are left out and reported; a table that is mostly wrong is refused. The manifest keeps the
report (`notes["report"]`) and what the relations are called in speech (`notes["wording"]`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.builder import Builder
from kg.catalogue import Catalogue, Histories
from kg.errors import DataError
from kg.folders import file_hash
from kg.sources import logs
from kg.sources.cells import told
from kg.sources.columns import Sheet, sheet_of
from kg.sources.dates import moment
from kg.sources.entries import relation_name
from kg.sources.facts import Facts, Told
from kg.sources.formats import read_lazily, read_rows
from kg.sources.guess import guess, guess_relation
from kg.sources.identity import by_title, is_code, made_ids, named, once
from kg.sources.mapping import Mapping, Wording
from kg.sources.policies import check
from kg.sources.profile import columns_of
from kg.sources.reading import as_meant
from kg.sources.report import Report, seen
from kg.sources.tables import Row, Skipped, Table, formulas_of
from kg.types import Item, ItemId, User

__all__ = ["Mapping", "Report", "Skipped", "Tables", "Wording", "read"]

MAX_BAD = 0.2  # more bad rows than this: the table is not what the mapping says
MAX_DOMAINS = 100
_AGE = re.compile(r"(\d{1,3})(?:\.0*)?")


@dataclass(frozen=True, slots=True)
class Tables:
    """Where the tables lie: separated cells, JSON or Parquet, each by its ending.

    `separator` is the mark between cells, found where it is empty.
    """

    items: Path
    relations: Path | None = None
    interactions: Path | None = None
    users: Path | None = None
    separator: str = ""

    def given(self) -> dict[str, Path]:
        """Return the tables there are, by what they hold."""
        named = {
            "items": self.items,
            "relations": self.relations,
            "interactions": self.interactions,
            "users": self.users,
        }
        return {what: path for what, path in named.items() if path is not None}


def read(tables: Tables, mapping: Mapping, name: str) -> Catalogue:
    """Read a person's own tables; items are in file order, histories as `kg.sources.logs` says.

    A relation's values are one entity where they differ only in case and spaces; people are one entity
    whatever they did. Users of the log who are not in the users' table come after those who are.

    Raises:
        DataError: a table that cannot be read, lacks a needed column, or has more than a fifth bad rows.
        UsageError: a format that is unknown or needs what is not installed; a policy on what is not there.
    """
    own = _Reader(mapping, tables.separator)
    own.items(tables.items, name)
    if tables.relations is not None:
        own.relations(own.open("relations", tables.relations))
    users = own.users(own.open("users", tables.users)) if tables.users is not None else {}
    histories: Histories | None = None
    told: dict[str, Any] = {}
    if tables.interactions is not None:
        histories, told = own.histories(tables.interactions, users)
    held = {*own.builder.relations, *own.facts.texts}
    own.report.without_facts = [each for each in own.mapping.relations if each not in held]
    policy = own.mapping.policy
    check(policy, own.builder.relations, years=any(each.year for each in own.builder.items.values()))
    told |= {"policy": policy.notes()} if policy else {}
    given = tables.given()
    return own.builder.finish(
        name,
        ", ".join(path.name for path in given.values()),
        hashlib.sha256("".join(map(file_hash, given.values())).encode()).hexdigest()[:12],
        users=list(users.values()),
        histories=histories,
        notes={"report": own.report.notes(), "wording": own.mapping.notes(), **told},
    )


class _Reader:
    """Collects tables, the items' first."""

    def __init__(self, mapping: Mapping, separator: str):
        self.mapping, self.separator = mapping, separator
        self.builder = Builder()
        self.report = Report(guessed=mapping.guess)
        self.facts = Facts(self.builder, mapping)
        self.titled: dict[str, ItemId] = {}  # items by title, where they have no ids of their own

    # Tables

    def open(self, what: str, path: Path) -> Sheet:
        """Read a table and find its columns."""
        return self._sheet(what, read_rows(path, self.separator))

    def _sheet(self, what: str, table: Table) -> Sheet:
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
        if what == "items" and not kept:
            why = f"line {strangers[0].line}: {strangers[0].why}"
            remedy = "The first row holds the columns' names, every other one an item."
            raise DataError(f"no row is an item ({why})", path=table.path, remedy=remedy)
        if strangers and not kept:
            raise DataError(
                f"no row is about an item of the catalogue ({strangers[0].why})",
                path=table.path,
                line=strangers[0].line,
                remedy="Its items must have the ids of the items' table; is it the right column?",
            )
        self.report.read[what] = kept
        self.report.skipped += sorted([*bad, *strangers], key=lambda each: each.line)

    def _drop(self, sheet: Sheet, row: Row, why: str) -> None:
        self.report.dropped.append(Skipped(sheet.table.path.name, row.line, why))

    # Items and relations

    def items(self, path: Path, name: str) -> None:
        """Add every item, then its facts, which may name items further down."""
        table = as_meant(read_rows(path, self.separator), self.mapping.headers, guess=self.mapping.guess)
        if self.mapping.guess:
            self.mapping, columns, left_out = guess(table, self.mapping, name)
            self.facts = Facts(self.builder, self.mapping)
        else:
            columns, left_out = columns_of(table), {}
        sheet = self._sheet("items", table)
        rows, again = self._add_items(sheet)
        self._close("items", sheet, len(rows), [*table.no_items, *again])
        if len({item.domain for item in self.builder.items.values()}) > MAX_DOMAINS:
            remedy = "Domains are a few, like movie and book; name what tells items apart as a relation."
            problem = f"column {sheet.header('domain')!r} has more than {MAX_DOMAINS} domains"
            raise DataError(problem, path=sheet.table.path, remedy=remedy)
        self._add_columns(sheet, list(zip(self.builder.items, rows, strict=True)))
        self.report.columns = seen(
            columns, sheet, self.mapping, self.builder.relations, left_out, self.facts.unread
        )

    def _add_items(self, sheet: Sheet) -> tuple[list[Row], list[Skipped]]:
        """Add the items and return their rows, and the rows that say the same as an earlier one."""
        rows, again = (sheet.table.rows, []) if "id" in sheet.at else once(sheet)
        titles, years, wrong = named(sheet, rows, self.mapping.domain)
        self.report.dropped += wrong
        keys = made_ids(list(zip(titles, years, strict=True))) if "id" not in sheet.at else None
        kept = []
        for place, (row, title, year) in enumerate(zip(rows, titles, years, strict=True)):
            key = ItemId(sheet.cell(row, "id")) if keys is None else keys[place]
            if not key or not title:
                sheet.skip(row, "no title" if key else "no id")
            elif key in self.builder.items:
                sheet.skip(row, f"item id {key[:40]!r} occurred before")
            else:
                self._add_item(sheet, row, Item(key, title, year or None))
                kept.append(row)
        if keys is not None:
            self.titled = by_title(self.builder.items.values())
        return kept, again

    def _add_item(self, sheet: Sheet, row: Row, item: Item) -> None:
        aliases = self.facts.many(row.cells[sheet.at["aliases"]]) if "aliases" in sheet.at else ()
        codes = (item.id,) if "id" in sheet.at and is_code(item.id) else ()  # people name what they see
        others = tuple(dict.fromkeys(each for each in (*aliases, *codes) if each != item.title))
        domain = sheet.cell(row, "domain") or self.mapping.domain
        text = told(row.cells[sheet.at["text"]]) if "text" in sheet.at else ""
        self.builder.add_item(replace(item, domain=domain, aliases=others), text)

    def _item(self, cell: str) -> ItemId:
        """Return the id that a cell of another table means."""
        return self.titled.get(cell.casefold()) or ItemId(cell)

    def relations(self, sheet: Sheet) -> None:
        """Add facts from a table in long form (item, relation, value) or in wide form."""
        long = "relation" in sheet.at
        kept: list[tuple[ItemId, Row]] = []
        strangers: list[Skipped] = []
        named = {header: each for each, header in self.mapping.relations.items() if header}
        facts: dict[str, list[Told]] = {}
        for row in sheet.table.rows:
            said = sheet.cell(row, "item")
            key = self._item(said)
            if not said:
                sheet.skip(row, "no item")
            elif key not in self.builder.items:
                strangers.append(Skipped(sheet.table.path.name, row.line, f"unknown item {said[:40]!r}"))
            elif not long:
                kept.append((key, row))
            else:
                header = sheet.cell(row, "relation")
                name, cell = named.get(header) or relation_name(header), row.cells[sheet.at["value"]]
                if name and self.facts.says(name, cell):
                    kept.append((key, row))
                    facts.setdefault(name, []).append(Told(key, row, cell))
                else:
                    sheet.skip(row, "no value" if name else "no relation")
        self._close("relations", sheet, len(kept), strangers)
        for name in sorted(facts):
            self._add(sheet, name, "", facts[name])
        self._add_columns(sheet, kept)

    def _add_columns(self, sheet: Sheet, kept: Sequence[tuple[ItemId, Row]]) -> None:
        for place, name in sheet.facts.items():
            told = [Told(item, row, row.cells[place]) for item, row in kept]
            self._add(sheet, name, sheet.table.columns[place], told)

    def _add(self, sheet: Sheet, name: str, header: str, told: Sequence[Told]) -> None:
        if self.mapping.guess and name not in self.mapping.wording:
            said = guess_relation(name, header or name, [each.cell for each in told])
            self.mapping = replace(self.mapping, wording={**self.mapping.wording, name: said})
            self.facts.wording = self.mapping.wording
        for row, why in self.facts.add(name, header, told):
            self._drop(sheet, row, why)

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
            found[key] = User(key, gender, self._age(sheet, row), job)
        self._close("users", sheet, len(found))
        return found

    def histories(self, path: Path, users: dict[str, User]) -> tuple[Histories, dict[str, Any]]:
        """Return what every user chose, and notes; users who are only in the log are added to `users`."""
        with read_lazily(path, self.separator) as (table, rows):
            chosen = self._choices(self._sheet("interactions", table), rows)
        for user in sorted(chosen.numbers.keys() - users.keys(), key=logs.by_id):
            users[user] = User(user)
        return chosen.histories(list(users), list(self.builder.items))

    def _choices(self, sheet: Sheet, rows: Iterable[Row]) -> logs.Choices:
        chosen, formulas = logs.Choices(), 0
        at_item = {key: place for place, key in enumerate(self.builder.items)}
        strangers: list[Skipped] = []
        for row in rows:  # which are forgotten at once: a log may be longer than memory holds as cells
            formulas += formulas_of(row)
            user, said = sheet.cell(row, "user"), sheet.cell(row, "item")
            item = self._item(said)
            when = moment(sheet.cell(row, "time")) if "time" in sheet.at else 0
            if not user or not said:
                sheet.skip(row, "no item" if user else "no user")
            elif when is None:
                sheet.skip(row, f"the time {sheet.cell(row, 'time')[:40]!r} is no number or date")
            elif item not in at_item:
                strangers.append(Skipped(sheet.table.path.name, row.line, f"unknown item {said[:40]!r}"))
            else:
                chosen.add(user, at_item[item], when)
        self._close("interactions", sheet, len(chosen), strangers)
        self.report.formulas += 0 if sheet.table.rows else formulas  # of whole tables they are counted
        return chosen

    def _age(self, sheet: Sheet, row: Row) -> int | None:
        cell = sheet.cell(row, "age")
        if match := _AGE.fullmatch(cell):
            return int(match[1])
        if cell:
            self._drop(sheet, row, f"age {cell[:40]!r} is not a whole number")
        return None
