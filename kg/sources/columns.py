"""Which column of a table is what: as a mapping says, or by usual headers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import DataError
from kg.relations import KINDS
from kg.sources.cells import as_text, is_missing, is_nameless
from kg.sources.entries import near, relation_name
from kg.sources.guess_roles import title_of
from kg.sources.mapping import NEEDED, ROLES, Mapping
from kg.sources.profile import columns_of
from kg.sources.tables import Row, Skipped, Table

_NAMES = frozenset(("id", "title", "item", "user", "relation", "value"))  # what may be called Nan or NA


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table whose columns are known: `at` has role -> position, `facts` position -> relation."""

    table: Table
    at: dict[str, int]
    facts: dict[int, str]

    def cell(self, row: Row, role: str) -> str:
        """Return a cell as one line of text, empty where there is no such column or no value."""
        position = self.at.get(role)
        said = "" if position is None else as_text(row.cells[position])
        missing = is_nameless if role in _NAMES else is_missing
        return "" if missing(said) else said

    def header(self, role: str) -> str:
        """Return the header of a role's column, empty where there is none."""
        return self.table.columns[self.at[role]] if role in self.at else ""

    @property
    def unused(self) -> list[str]:
        """Return the headers of the columns that hold nothing anybody named."""
        used = {*self.at.values(), *self.facts}
        return [h for place, h in enumerate(self.table.columns) if h and place not in used]

    def skip(self, row: Row, why: str) -> None:
        """Leave a row out because it is wrong in itself."""
        self.table.bad.append(Skipped(self.table.path.name, row.line, why))


def sheet_of(what: str, table: Table, mapping: Mapping) -> Sheet:
    """Find the columns of a table of items, relations, interactions or users (`what`).

    Raises:
        DataError: a needed column, or one that the mapping names, is not there.
    """
    at = _find_roles(what, table, mapping)
    return Sheet(table, at, _find_facts(what, table, mapping, at))


def _find_roles(what: str, table: Table, mapping: Mapping) -> dict[str, int]:
    """Return the position of every role's column, as named by the mapping or by a usual header."""
    given = mapping.columns.get(what, {})
    at = {role: _column(table, header) for role, header in given.items() if header}
    facts = {relation_name(h or name) for name, h in mapping.relations.items() if what == "items"}
    free = {
        relation_name(h): place
        for place, h in reversed(list(enumerate(table.columns)))
        if place not in at.values() and relation_name(h) not in facts
    }
    for role, headers in ROLES[what].items():
        usual = [free[header] for header in headers if header in free and free[header] not in at.values()]
        if role not in given and usual:
            at[role] = usual[0]
    for role in NEEDED[what]:
        if role not in at and role not in given and not (what == "items" and _names_nothing(table)):
            raise _unsaid(what, table, role, mapping)
    if what == "relations" and ("relation" in at) != ("value" in at):
        if lone := [role for role in ("relation", "value") if role in given]:
            other = "value" if lone == ["relation"] else "relation"
            raise _unsaid(what, table, other, mapping)
        at = {"item": at["item"]}
    return at


def _names_nothing(table: Table) -> bool:
    """Tell whether no column could hold the titles of items."""
    return title_of(columns_of(table)) is None


def _find_facts(what: str, table: Table, mapping: Mapping, at: dict[str, int]) -> dict[int, str]:
    """Return position -> relation of the columns that hold relations.

    Of the items these are the columns that the mapping names, and where it names none those whose header is
    a relation known to Usher; of relations in wide form every further column.
    """
    free = {place: h for place, h in enumerate(table.columns) if h and place not in at.values()}
    named = {header: name for name, header in mapping.relations.items() if header}
    if what == "items":
        named |= {header: name for name, headers in mapping.more.items() for header in headers}
        facts = {_column(table, header): name for header, name in named.items()}
        for place, header in free.items():
            name = relation_name(header)
            if mapping.relations.get(name, "") is None:
                facts.setdefault(place, name)
            elif not mapping.relations and (usual := _usual(name)):
                facts[place] = usual
        return facts
    if what == "relations" and "relation" not in at:
        return {place: named.get(h) or relation_name(h) for place, h in free.items() if relation_name(h)}
    return {}


def _usual(name: str) -> str:
    return next((each for each in (name, name.removesuffix("s")) if each in KINDS), "")


def _column(table: Table, header: str) -> int:
    if header in table.columns:
        return table.columns.index(header)
    alike = [place for place, h in enumerate(table.columns) if relation_name(h) == relation_name(header)]
    if not alike:
        raise _lacking(table, header, (header,), "Name one of them.")
    return alike[0]


def _unsaid(what: str, table: Table, role: str, mapping: Mapping) -> DataError:
    """Return the error for a needed column that has no usual header and that nobody named."""
    flag = "--title HEADER" if (what, role) == ("items", "title") else f"--column {what}.{role}=HEADER"
    remedy = f'Say which one it is: {flag}, or {role} = "HEADER" below [columns.{what}] in a mapping.'
    headers = {relation_name(header) for header in table.columns}
    bare = [name for name, header in mapping.relations.items() if header is None and name not in headers]
    if what == "items" and bare:
        remedy += f"\n  Nor is there a column for [relations.{bare[0]}]: name its `column` there."
    return _lacking(table, role, ROLES[what][role], remedy)


def _lacking(table: Table, what: str, headers: Iterable[str], remedy: str) -> DataError:
    there = [header for header in table.written or table.columns if header]
    close = next((hint for header in headers if (hint := near(header, there)) != "."), ".")
    return DataError(
        f"there is no column {what!r}{close}",
        path=table.path,
        remedy=f"Columns: {', '.join(there)}. {remedy}",
    )
