"""Labels that repeat their column's header: 'fin keel' under 'keel' is 'fin', where others write 'fin'.

So do those that say what any item is: 'bracket clock' is 'bracket' among clocks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from kg.sources.cells import Cell, as_text
from kg.sources.tables import Row, Table
from kg.sources.usual import header_words
from kg.stems import singular


def with_plain_labels(table: Table, named: Collection[str] = ()) -> Table:
    """Return a table whose labels leave out words of their header where the rest is a label of its own."""
    for place, header in enumerate(table.columns):
        plain = _plain_of(table, place) if header and header not in named else {}
        if plain:
            rows = [
                Row(row.line, [*row.cells[:place], _said(row.cells[place], plain), *row.cells[place + 1 :]])
                for row in table.rows
            ]
            table = replace(table, rows=rows)
    return table


def _plain_of(table: Table, place: int) -> dict[str, str]:
    """Return the labels of a column that repeat its header, folded, and the label that each is."""
    named = re.split(r"[\W_\d]+", table.path.stem.casefold())
    own = {*header_words(table.columns[place]).split(), *named, *map(singular, named)}
    counts = Counter(as_text(cell) for row in table.rows if isinstance(cell := row.cells[place], str))
    known: dict[str, str] = {}
    for said in sorted(counts, key=lambda each: (-counts[each], each)):
        known.setdefault(said.casefold(), said)
    found = {}
    for said in known:
        rest = " ".join(word for word in said.split() if word not in own)
        if rest != said and rest in known and rest.replace(" ", "").isalpha():
            found[said] = known[rest]
    return found


def _said(cell: Cell, plain: dict[str, str]) -> Cell:
    return plain.get(as_text(cell).casefold(), cell) if isinstance(cell, str) else cell
