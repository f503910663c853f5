"""`usher data`: what there is to add, adding it, checking and removing it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.data_said import (
    SHOWN,
    as_size,
    as_time,
    built_again,
    progress,
    say,
    say_raw,
    say_report,
    say_table,
    say_waiting,
    status,
)
from kg.errors import DataError, UsageError

if TYPE_CHECKING:
    from kg.sources.mapping import Mapping as Columns

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Catalogues: public ones and your own tables.",
)

Separator = Annotated[
    str | None, typer.Option(help="what stands between cells: one character, or tab; found if not given")
]
Name = Annotated[str, typer.Argument(help="a name that `usher data list` shows")]


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
            as_size(each.size) if each.size else "",
            "" if each.when is None else as_time(each.when),
        )
        for each in listed()
    ]
    say_table(("name", "what", "licence", "items", "on disk", "added"), rows, numbers=(3, 4))


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="a source of `usher data list`, or a name for your own tables")],
    given: Annotated[
        Path | None, typer.Option("--from", help="the folder with the files, instead of fetching them")
    ] = None,
    source: Annotated[
        str | None, typer.Option(help="my.module:Class that reads the files of --from DIR (docs/library.md)")
    ] = None,
    wikidata: Annotated[
        bool, typer.Option("--wikidata", help="ask Wikidata too: ml-latest-small and ml-32m")
    ] = False,
    items: Annotated[Path | None, typer.Option(help="your items: CSV, TSV, JSON or Parquet")] = None,
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
    separator: Separator = None,
    references: Annotated[
        list[str] | None,
        typer.Option(help="a catalogue whose items are known here and never recommended; or none"),
    ] = None,
) -> None:
    """Add a public catalogue, or your own tables under a name of yours.

    Without a mapping it is guessed what the columns of your items are, and said.

    Examples:

      usher data add ml-1m

      usher data add ml-1m --from DIR

      usher data add ml-1m --references none

      usher data add wines --items wines.csv

      usher data add wines --items wines.csv --mapping usher.toml

      usher data add wines --items wines.csv --id sku --title label --relation grape

      usher data add games --source my.module:Class --from DIR
    """
    from kg import adding

    named = {"id": id_, "title": title, "year": year, "text": text}
    flags = {role: header for role, header in named.items() if header is not None}
    own = (relations, interactions, users, mapping, column, relation, domain, separator, *flags.values())
    if source is not None:
        if given is None or items is not None or wikidata or any(each is not None for each in own):
            raise UsageError("--source MODULE:CLASS needs --from DIR, and takes --references beside it only.")
        from kg.own_source import add_source

        with status(f"Reading {given}"):
            others = _references(references or [])
            report = add_source(name, source, given, references=others, on_wait=lambda: say_waiting(name))
    elif items is None:
        if any(each is not None for each in own):
            raise UsageError("your own tables need --items FILE; the other options only say more about it.")
        endpoint = adding.wikidata_endpoint() if wikidata else None
        with progress() as on_file:
            report = adding.add(
                name,
                given,
                wikidata=endpoint,
                references=_references(references) if references else None,
                on_file=on_file,
                on_wait=lambda: say_waiting(name),
            )
    else:
        if given is not None or wikidata:
            raise UsageError("--from and --wikidata are for public sources; --items names your own table.")
        from kg.sources.formats import separator_of
        from kg.sources.table import Tables

        columns = _mapping(mapping, flags, column or [], relation or [], domain)
        mark = "" if separator is None else separator_of(separator)
        tables = Tables(items, relations, interactions, users, mark)
        with status(f"Reading {items.name}"):
            others = _references(references or [])
            report = adding.add_tables(
                name, tables, columns, references=others, on_wait=lambda: say_waiting(name)
            )
    say_report(name, report)
    say(f"Ask it: usher --catalogue {name}")


def _references(given: list[str]) -> list[str]:
    """Return the catalogues of --references; `none` is none of them, and stands alone."""
    if "none" in given and len(given) > 1:
        raise UsageError("--references none is given beside others; give it alone, or leave it out.")
    return list(dict.fromkeys(each for each in given if each != "none"))


def _mapping(
    path: Path | None, flags: dict[str, str], more: list[str], relations: list[str], domain: str | None
) -> Columns:
    """Return the mapping of a TOML, overruled by the flags; without one, what they do not say is guessed."""
    from dataclasses import replace

    from kg.sources.mapping import Mapping as Columns

    for each in more:
        role, sign, header = each.partition("=")
        if not sign:
            raise UsageError(f"--column {each!r}: expected ROLE=HEADER, e.g. users.id=member.")
        flags[role] = header
    if path is None:
        given = Columns.of(flags, relations=relations, **({"domain": domain} if domain else {}))
        return replace(given, guess=True)
    told, given = Columns.load(path), Columns.of(flags, relations=relations, domain=domain or "item")
    tables = {*told.columns, *given.columns}
    return replace(
        told,
        columns={t: {**told.columns.get(t, {}), **given.columns.get(t, {})} for t in sorted(tables)},
        relations={**told.relations, **given.relations},
        domain=domain or told.domain,
    )


@app.command()
def guess(
    file: Annotated[Path, typer.Argument(help="a table of items: CSV, TSV, JSON or Parquet")],
    separator: Separator = None,
) -> None:
    """Propose a mapping for your table: which column is what, its kind and unit, and words for it.

    Example:

      usher data guess wines.csv > usher.toml
    """
    from kg.sources.formats import read_rows, separator_of
    from kg.sources.guess import guess as guessed
    from kg.sources.proposal import toml
    from kg.sources.reading import as_meant

    table = as_meant(read_rows(file, "" if separator is None else separator_of(separator)))
    for line in toml(table, guessed(table)).splitlines():
        say(line)


@app.command()
def prepare(
    name: Name,
    workers: Annotated[int, typer.Option(min=1, help="so many processes that count who chose what")] = 1,
    engine: Annotated[str, typer.Option(help="what runs them: processes, or ray (an extra)")] = "processes",
) -> None:
    """Build what first questions of a catalogue wait for: taste, words and vectors of descriptions.

    It is the same whoever counts. What is there already is left as it is.

    Examples:

      usher data prepare ml-32m

      usher data prepare ml-32m --workers 2 --engine ray
    """
    from agent.opening import prepare as prepared
    from kg import engines
    from kg.store import open_catalogue

    by = engines.engine(engine, workers)
    with status(f"Opening {name} …"):
        prepared(open_catalogue(name), by)
    say(f"{name} is ready. Ask it: usher --catalogue {name}")


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

    with status(f"Checking {name}"):
        checked = adding.check(name)
    say_table(
        ("file", "state"),
        [*checked.files.items(), *((f"raw: {path}", state) for path, state in checked.raw.items())],
    )
    if checked.report is None:
        bad = [file for file, state in checked.files.items() if state != "whole"]
        raise DataError(f"{name!r} is damaged: {', '.join(bad)}", remedy=built_again(name))
    say_report(name, checked.report, None if every else SHOWN)
    say_raw(name, checked)


@app.command()
def remove(name: Name) -> None:
    """Remove a catalogue and the raw files kept for it. Your own tables stay where they are.

    Example:

      usher data remove ml-1m
    """
    from kg import adding

    say(f"Removed {name}: {as_size(adding.remove(name))} freed.")
