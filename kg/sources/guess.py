"""What is what in a table as it comes: a mapping is proposed from headers and cells.

Nothing is taken for certain that a person has said: roles and relations of a given mapping stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Dict
from dataclasses import replace
from typing import NamedTuple

from kg.sources import guess_roles as roles
from kg.sources.entries import relation_name
from kg.sources.guess_kinds import kind_of, usual_of
from kg.sources.guess_words import domain_of, with_title_noun, worded
from kg.sources.mapping import LITERALS, ROLES, Mapping, Wording
from kg.sources.profile import Column, column_of, columns_of
from kg.sources.tables import Cell, Table
from kg.sources.usual import header_words
from kg.sources.wares import with_wares
from kg.types import Kind

_GUESSED = ("id", "title", "year", "text", "aliases")
_TOLD = frozenset("latin scientific botanical original english".split())
_NUMBERED = re.compile(r" ?\d+$")


class Guess(NamedTuple):
    """A proposed mapping, the columns it is from, and why those that nothing uses are left out, by header."""

    mapping: Mapping
    columns: Sequence[Column]
    left_out: Dict[str, str]


def guess(table: Table, given: Mapping = Mapping(), name: str = "") -> Guess:
    """Propose what the columns of a table of items are.

    Args:
        table: the items.
        given: what is known already; it is not overruled. Where it names relations, no others are proposed.
        name: what the catalogue is called; with the file's name it may say what an item is.
    """
    columns = columns_of(table)
    left_out = {each.header: "numbers of rows" for each in columns if roles.is_index(each)}
    free = [each for each in columns if each.header and each.header not in left_out]
    held = _roles(free, given)
    told = {
        header for role, header in held.items() if header and role != "year" and not _is_told(role, header)
    }
    telling = [each for each in roles.text_of(free) if each.header not in told]
    if telling and not held.get("text"):
        held["text"] = telling.pop(0).header
        told.add(held["text"])
    facts: list[tuple[Column, Kind]] = []
    for column in free:
        if column.header in told or _says_only_the_year(column, held):
            continue
        why = roles.why_left_out(column) if column.present else "nothing in it"
        kind = Kind.TEXT if column in telling else kind_of(column)
        if why and not _is_named(column, given):
            left_out[column.header] = why
        else:
            facts.append((column, kind))
    if given.relations:
        facts = [each for each in facts if _is_named(each[0], given)]
    facts, alike = _together(facts, given)
    wording, named = worded(facts, given)
    domain, nouns = domain_of([name, table.path.stem], columns, wording)
    nouns = with_title_noun(nouns, held["title"] or held.get("id", ""), first=domain == Mapping().domain)
    nouns = with_wares(nouns, [column for column, _ in facts], wording)
    return Guess(
        replace(
            given,
            columns={**given.columns, "items": held},
            relations=named,
            wording={**wording, **given.wording},
            more={name: alike[header] for name, header in named.items() if header in alike},
            domain=given.domain if given.domain != Mapping().domain else domain,
            nouns=given.nouns or nouns,
        ),
        columns,
        left_out,
    )


def guess_relation(name: str, header: str, cells: Iterable[Cell]) -> Wording:
    """Propose what a relation is whose values are these cells, under the name that it has already."""
    column = column_of(header, cells)
    wording, _ = worded([(column, kind_of(column))], Mapping(relations={name: header}))
    return wording[name]


def _together(
    facts: Sequence[tuple[Column, Kind]], given: Mapping
) -> tuple[list[tuple[Column, Kind]], dict[str | None, tuple[str, ...]]]:
    """Return columns that only a number tells apart (star1, star2) as one, and the headers of the others."""
    groups: dict[str, list[tuple[Column, Kind]]] = {}
    for column, kind in facts:
        stem = _NUMBERED.sub("", column.words)
        stem = "cast" if kind is Kind.PERSON and _plays(column, stem) else stem
        alone = kind in LITERALS or not stem or _is_named(column, given)
        groups.setdefault(column.header if alone else stem, []).append((column, kind))
    found: list[tuple[Column, Kind]] = []
    alike: dict[str | None, tuple[str, ...]] = {}
    for stem, ((first, kind), *others) in groups.items():
        if others:
            counts = sum((column.counts for column, _ in others), first.counts)
            first = replace(first, counts=counts, said=stem)
            kind = kind_of(first)
            alike[first.header] = tuple(column.header for column, _ in others)
        found.append((first, kind))
    return found, alike


def _plays(column: Column, stem: str) -> bool:
    """Tell whether a column names actors: star1, actress."""
    usual = usual_of(replace(column, said=stem), Kind.PERSON)
    return usual is not None and usual.name == "actor"


def _roles(columns: Sequence[Column], given: Mapping) -> dict[str, str]:
    """Return role -> header: as given, and as guessed for the rest."""
    held = dict(given.columns.get("items", {}))
    named = [each for each in columns if _is_named(each, given)]

    def free() -> list[Column]:
        taken = {relation_name(header) for header in held.values()}
        return [each for each in columns if each not in named and relation_name(each.header) not in taken]

    for role, found in (
        ("id", roles.id_of),
        ("title", roles.title_of),
        ("year", roles.year_of_items),
        ("aliases", roles.aliases_of),
    ):
        if role not in held and (column := found(free())):
            held[role] = column.header
    for column in columns:  # a header may be usual and its cells not
        for role, usual in ROLES["items"].items():
            if role in _GUESSED and relation_name(column.header) in usual:
                held.setdefault(role, "")
    if not held.setdefault("title", "") and "id" not in held and (column := roles.numbers_of(free())):
        held["id"] = column.header
    return held


def _says_only_the_year(column: Column, held: Dict[str, str]) -> bool:
    return column.header == held.get("year") and roles.are_only_years(column)


def _is_told(role: str, header: str) -> bool:
    """Tell whether another name is a fact that is asked for, too: 'Latin name', 'original title'."""
    return role == "aliases" and not _TOLD.isdisjoint(header_words(header).split())


def _is_named(column: Column, given: Mapping) -> bool:
    """Tell whether a given mapping makes a column a relation."""
    wanted: Iterable[str] = (relation_name(header or name) for name, header in given.relations.items())
    return relation_name(column.header) in wanted
