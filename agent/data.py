"""`usher data`: what there is to add, adding it, checking and removing it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.errors import DataError, UsageError

if TYPE_CHECKING:
    from kg.adding import Checked, Report
    from kg.sources.mapping import Mapping as Columns

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Catalogues: public ones and your own tables.",
)

Name = Annotated[str, typer.Argument(help="a name that `usher data list` shows")]
_SHOWN = 10
_UNITS = ("B", "kB", "MB", "GB", "TB")


@app.command("list")
def list_() -> None:
    """List what there is to add and what is added.

    Example:

      usher data list
    """
    from kg.adding import listed

    rows = [
        (
            each.name,
            each.what,
            each.licence,
            "" if each.items is None else f"{each.items:,}",
            _bytes(each.size) if each.size else "",
            "" if each.when is None else _when(each.when),
        )
        for each in listed()
    ]
    _table(("name", "what", "licence", "items", "on disk", "added"), rows, numbers=(3, 4))


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="a source of `usher data list`, or a name for your own tables")],
    given: Annotated[
        Path | None, typer.Option("--from", help="the folder with the files, instead of fetching them")
    ] = None,
    wikidata: Annotated[
        bool, typer.Option("--wikidata", help="ask Wikidata too: ml-latest-small and ml-32m")
    ] = False,
    items: Annotated[Path | None, typer.Option(help="your items: CSV, TSV, JSON lines or Parquet")] = None,
    relations: Annotated[Path | None, typer.Option(help="facts about them: item, relation, value")] = None,
    interactions: Annotated[Path | None, typer.Option(help="who chose what, when")] = None,
    users: Annotated[Path | None, typer.Option(help="people: id, gender, age, occupation")] = None,
    mapping: Annotated[Path | None, typer.Option(help="a TOML: which column is what, and wording")] = None,
    id_: Annotated[str | None, typer.Option("--id", help="the column of items with their id")] = None,
    title: Annotated[str | None, typer.Option(help="the column of items with their title")] = None,
    year: Annotated[str | None, typer.Option(help="the column of items with their year")] = None,
    text: Annotated[str | None, typer.Option(help="the column of items that describes them")] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="any other column: ROLE=HEADER, e.g. users.id=member")
    ] = None,
    relation: Annotated[
        list[str] | None, typer.Option(help="a column of items that is a relation: HEADER or NAME=HEADER")
    ] = None,
    domain: Annotated[str | None, typer.Option(help="what an item is, in a word: wine")] = None,
) -> None:
    """Add a public catalogue, or your own tables under a name of yours.

    Examples:

      usher data add ml-1m

      usher data add ml-1m --from DIR

      usher data add wines --items wines.csv --mapping usher.toml

      usher data add wines --items wines.csv --id sku --title label --relation grape
    """
    from kg import adding

    named = {"id": id_, "title": title, "year": year, "text": text}
    flags = {role: header for role, header in named.items() if header is not None}
    own = (relations, interactions, users, mapping, column, relation, domain, *flags.values())
    if items is None:
        if any(each is not None for each in own):
            raise UsageError("your own tables need --items FILE; the other options only say more about it.")
        endpoint = adding.wikidata_endpoint() if wikidata else None
        with _progress() as on_file:
            report = adding.add(
                name, given, wikidata=endpoint, on_file=on_file, on_wait=lambda: _waiting(name)
            )
    else:
        if given is not None or wikidata:
            raise UsageError("--from and --wikidata are for public sources; --items names your own table.")
        from kg.sources.table import Tables

        columns = _mapping(mapping, flags, column or [], relation or [], domain)
        tables = Tables(items, relations, interactions, users)
        with _status(f"Reading {items.name}"):
            report = adding.add_tables(name, tables, columns, on_wait=lambda: _waiting(name))
    _print_report(name, report)
    _say(f"Ask it: usher --catalogue {name}")


def _mapping(
    path: Path | None, flags: dict[str, str], more: list[str], relations: list[str], domain: str | None
) -> Columns:
    """Return the mapping of a TOML, where there is one, overruled by the flags."""
    from dataclasses import replace

    from kg.sources.mapping import Mapping as Columns

    for each in more:
        role, sign, header = each.partition("=")
        if not sign:
            raise UsageError(f"--column {each!r}: expected ROLE=HEADER, e.g. users.id=member.")
        flags[role] = header
    if path is None:
        return Columns.of(flags, relations=relations, **({"domain": domain} if domain else {}))
    told, given = Columns.load(path), Columns.of(flags, relations=relations, domain=domain or "item")
    tables = {*told.columns, *given.columns}
    return replace(
        told,
        columns={t: {**told.columns.get(t, {}), **given.columns.get(t, {})} for t in sorted(tables)},
        relations={**told.relations, **given.relations},
        domain=domain or told.domain,
    )


@app.command()
def check(
    name: Name,
    every: Annotated[bool, typer.Option("--all", help="show every dropped link and skipped row")] = False,
) -> None:
    """Compare every file of a catalogue with its manifest; show its links and how far its relations reach.

    Example:

      usher data check ml-1m
    """
    from kg import adding

    with _status(f"Checking {name}"):
        checked = adding.check(name)
    _table(
        ("file", "state"),
        [*checked.files.items(), *((f"raw: {path}", state) for path, state in checked.raw.items())],
    )
    if checked.report is None:
        bad = [file for file, state in checked.files.items() if state != "whole"]
        raise DataError(f"{name!r} is damaged: {', '.join(bad)}", remedy=_again(name))
    _print_report(name, checked.report, None if every else _SHOWN)
    _print_raw(name, checked)


def _print_raw(name: str, checked: Checked) -> None:
    differing = [path for path, state in checked.raw.items() if state != "whole"]
    if differing:
        _say(f"Not what it was read from any more: {', '.join(differing)}. {_again(name)}")


def _again(name: str) -> str:
    return f"Build it again: usher data add {name} …" if name != "builtin" else "It is built again when used."


@app.command()
def remove(name: Name) -> None:
    """Remove a catalogue and the raw files kept for it. Your own tables stay where they are.

    Example:

      usher data remove ml-1m
    """
    from kg import adding

    _say(f"Removed {name}: {_bytes(adding.remove(name))} freed.")


# What is said


def _print_report(name: str, report: Report, shown: int | None = _SHOWN) -> None:
    counts, notes = report.manifest["counts"], report.manifest["notes"]
    said = [f"{counts[what]:,} {what}" for what in ("items", "entities", "users", "choices") if counts[what]]
    _say(f"{name}: {', '.join(said)}")
    items = max(counts["items"], 1)
    rows = [
        (r, f"{c.facts:,}", f"{c.items:,}", f"{c.items / items:.1%}") for r, c in report.relations.items()
    ]
    if rows:
        _table(("relation", "facts", "items with one", "share of items"), rows, numbers=(1, 2, 3))
    if notes.get("links"):
        _print_links(notes, shown)
    if "wikidata" in notes:
        _say(
            f"Wikidata knew {notes['wikidata']['found']:,} of {notes['wikidata']['asked']:,} films asked for."
        )
    _print_rows(notes.get("report", {}), shown)


def _print_links(notes: Mapping[str, Any], shown: int | None) -> None:
    links, dropped = notes["links"], notes["dropped_links"]
    reasons = ", ".join(f"{reason} {count:,}" for reason, count in links.items())
    _say(f"Links: {sum(links.values()):,} judged, {len(dropped):,} dropped ({reasons})")
    _some([str(each) for each in dropped], shown)


def _print_rows(told: Mapping[str, Any], shown: int | None) -> None:
    """Say which rows were not read; a reader tells it by file and reason, or by table and line."""
    if "read" not in told:
        for file, each in told.items():
            skipped = each["skipped"]
            _say(f"{file}: {each['read']:,} rows read, {sum(r['rows'] for r in skipped.values()):,} skipped")
            lines = (f"{r}: {s['rows']:,}, first in line {s['first_lines'][0]}" for r, s in skipped.items())
            _some(list(lines), shown)
        return
    read = ", ".join(f"{count:,} {what}" for what, count in told["read"].items())
    _say(f"Rows read: {read}; skipped: {told['skipped']:,}")
    _some([f"{file}:{line}: {why}" for file, line, why in told["first_skipped"]], shown, told["skipped"])
    if told["dropped_cells"]:
        _say(f"Cells left out: {told['dropped_cells']:,}")
        cells = [f"{file}:{line}: {why}" for file, line, why in told["first_dropped_cells"]]
        _some(cells, shown, told["dropped_cells"])
    if told["formulas"]:
        _say(f"Cells that a spreadsheet would run as a formula, kept as text: {told['formulas']:,}")
    for what, headers in told["unused_columns"].items():
        _say(f"Columns of {what} that nothing uses: {', '.join(headers)}")
    if told["without_facts"]:
        _say(f"Relations without a fact: {', '.join(told['without_facts'])}")


def _some(lines: Sequence[str], shown: int | None, total: int | None = None) -> None:
    for line in lines[:shown]:
        _say(f"  {line}")
    left = (total if total is not None else len(lines)) - len(lines[:shown])
    if left > 0:
        _say(f"  … and {left:,} more")


def _say(text: str) -> None:
    sys.stdout.write(_plain(text) + "\n")


def _waiting(name: str) -> None:
    sys.stderr.write(f"Another process is adding or removing {name}; waiting for it.\n")


def _plain(text: str) -> str:
    """Return text from files without what a terminal would take for a command."""
    return "".join(each if each.isprintable() else "\ufffd" for each in text)


def _bytes(size: float) -> str:
    for unit in _UNITS:
        if size < 1000 or unit == _UNITS[-1]:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    raise AssertionError


def _when(seconds: float) -> str:
    from datetime import datetime

    return datetime.fromtimestamp(seconds).astimezone().strftime("%Y-%m-%d %H:%M")


def _table(headers: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> None:
    """Print a table; where nobody looks, as lines of tab-separated cells."""
    if not sys.stdout.isatty():
        for row in (headers, *rows):
            sys.stdout.write("\t".join(map(_plain, row)) + "\n")
        return
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE)
    for place, header in enumerate(headers):
        table.add_column(header, justify="right" if place in numbers else "left", no_wrap=place != 1)
    for row in rows:
        table.add_row(*(Text(_plain(cell)) for cell in row))
    Console(highlight=False).print(table)


@contextmanager
def _status(text: str) -> Iterator[None]:
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.markup import escape

    with Console(stderr=True).status(escape(_plain(text))):
        yield


@contextmanager
def _progress() -> Iterator[Callable[[str], Callable[[int, int | None], None]]]:
    """Show a bar a file on a terminal; else a line a file as it begins."""
    if not sys.stderr.isatty():
        yield _line
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        bars.add_task("reading and building", total=None)

        def on_file(name: str) -> Callable[[int, int | None], None]:
            task = bars.add_task(name, total=None)
            return lambda done, total: bars.update(task, completed=done, total=total)

        yield on_file


def _line(name: str) -> Callable[[int, int | None], None]:
    begun = False

    def tell(_done: int, total: int | None) -> None:
        nonlocal begun
        if not begun:
            begun = True
            sys.stderr.write(
                f"fetching {name}" + (f" ({_bytes(total)})" if total and total > 9999 else "") + "\n"
            )

    return tell
