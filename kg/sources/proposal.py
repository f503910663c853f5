"""A guessed mapping as TOML, with what was seen of every column beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from kg.errors import DataError
from kg.sources.columns import sheet_of
from kg.sources.guess import Guess
from kg.sources.mapping import Wording
from kg.sources.report import seen
from kg.sources.tables import Table

_WORDS = ("agent", "verb", "work", "place", "preposition", "low", "high", "order", "separators")
_INSTEAD = {"id": ": made from the titles", "title": ": items are called by their rows"}
_ROLES = ("id", "title", "year", "text", "aliases", "domain")


def toml(table: Table, guessed: Guess) -> str:
    """Return a guessed mapping as the TOML that `Mapping.load` reads; comments say what was seen.

    Raises:
        DataError: the table has no rows to guess from.
    """
    if not table.rows:
        why = f": line {table.bad[0].line}: {table.bad[0].why}" if table.bad else ""
        remedy = "The first row holds the columns' names, every other one an item."
        raise DataError(f"no row could be read{why}", path=table.path, remedy=remedy)
    mapping = guessed.mapping
    sheet = sheet_of("items", table, mapping)
    rows = seen(guessed.columns, sheet, mapping, {}, guessed.left_out, {})
    by_header = {each["header"]: each for each in rows}
    held = mapping.columns.get("items", {})
    lines = [
        f"# Guessed from the headers and cells of {_plain(table.path.name)}; change what is not so.",
        "",
        "[catalogue]",
        f"domain = {_text(mapping.domain)}",
        *([f"nouns = {_list(mapping.nouns)}"] if mapping.nouns else []),
        "",
        "[columns.items]",
    ]
    if "id" not in held:
        lines.append("# no column has ids: they are made from the titles")
    for role in _ROLES:
        if header := held.get(role):
            lines.append(f"{role} = {_text(header)}  # {_seen(by_header[header])}")
        elif role in held:
            lines.append(f"{role} = false  # no column{_INSTEAD.get(role, '')}")
    for name, header in mapping.relations.items():
        if header:
            headers = [header, *mapping.more.get(name, ())]
            lines += ["", *_relation(name, headers, mapping.wording[name], by_header[header])]
    if guessed.left_out:
        lines += ["", "# Left out:"]
        lines += [
            f"#   {_text(h) if h else 'the column without a name'}: {why}"
            for h, why in guessed.left_out.items()
        ]
    return "\n".join(lines) + "\n"


def _relation(name: str, headers: list[str], wording: Wording, row: dict[str, Any]) -> Iterator[str]:
    yield f"[relations.{_key(name)}]  # {_seen(row)}"
    yield f"column = {_text(headers[0]) if len(headers) == 1 else _list(headers)}"
    yield f"kind = {_text(wording.kind.value)}"
    if unit := wording.unit:
        yield f"unit = {_text(unit)}"
    for key in _WORDS:
        if said := getattr(wording, key):
            yield f"{key} = {_list(said)}"


def _seen(row: dict[str, Any]) -> str:
    return _plain(f"{row['coverage']:.1%}: {', '.join(row['examples'])}")


def _key(name: str) -> str:
    return name if name.isascii() and name.replace("_", "").isalnum() else _text(name)


def _list(words: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, words))}]"


def _text(text: str) -> str:
    """Return a string of TOML; its escapes are those of JSON, but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _plain(text: str) -> str:
    return "".join(each if each.isprintable() else "\ufffd" for each in text)
