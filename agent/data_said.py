"""What `usher data` says: reports of catalogues, tables, sizes, and how far the work is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.adding import Checked, Report

SHOWN = 10
_UNITS = ("B", "kB", "MB", "GB", "TB")


def say_report(name: str, report: Report, shown: int | None = SHOWN) -> None:
    """Say what a catalogue holds, what became of its links and rows; at most `shown` of these, or all."""
    counts, notes = report.manifest["counts"], report.manifest["notes"]
    counted = ("items", "references", "entities", "users", "choices")
    said = [f"{counts[what]:,} {what}" for what in counted if counts.get(what)]
    say(f"{name}: {', '.join(said)}")
    told = notes.get("report", {})
    _say_columns(told, shown, mapped="policy" in notes)
    items = max(counts["items"], 1)
    rows = [
        (r, f"{c.facts:,}", f"{c.items:,}", f"{c.items / items:.1%}") for r, c in report.relations.items()
    ]
    if rows:
        say_table(("relation", "facts", "items with one", "share of items"), rows, numbers=(1, 2, 3))
    elif "columns" in told:
        say("No fact was read of any item: beside titles there is nothing to ask by.")
    if notes.get("links"):
        _say_links(notes, shown)
    if "wikidata" in notes:
        say(
            f"Wikidata knew {notes['wikidata']['found']:,} of {notes['wikidata']['asked']:,} films asked for."
        )
    _say_rows(told, shown)
    _say_policy(notes)
    ties = notes.get("ties", {})
    if last := ties.get("last_by_id"):
        share = f"{last:,} of {ties['users']:,} users ({last / ties['users']:.1%})"
        say(f"Last choice decided by the id of the item, since several fell at one moment: {share}")


def _say_columns(told: Mapping[str, Any], shown: int | None, *, mapped: bool) -> None:
    """Say what the columns of a person's own items were read as."""
    if told.get("guessed"):
        why = "The mapping names no columns" if mapped else "No mapping was given"
        say(f"{why}: what the columns are was guessed.")
    if columns := told.get("columns"):
        rows = [
            (
                each["header"] or "(no name)",
                each["role"] or each["relation"] or "left out",
                " ".join(filter(None, (each["kind"], each["unit"]))),
                f"{each['coverage']:.1%}",
                ", ".join(each["examples"]),
            )
            for each in columns
        ]
        say_table(("column", "read as", "kind", "rows with one", "examples"), rows, numbers=(3,))
        _some([f"{each['header'] or '(no name)'}: {each['note']}" for each in columns if each["note"]], shown)
    if told.get("guessed"):
        say("To say it otherwise: usher data guess FILE > usher.toml, change it, and add with --mapping.")


def _say_policy(notes: Mapping[str, Any]) -> None:
    from agent.policy_text import rules
    from kg.policy import Policy

    if told := list(rules(Policy.of(notes.get("policy") or {}))):
        say("Policy:")
        _some(told, None)


def _say_links(notes: Mapping[str, Any], shown: int | None) -> None:
    links, dropped = notes["links"], notes["dropped_links"]
    reasons = ", ".join(f"{reason} {count:,}" for reason, count in links.items())
    say(f"Links: {sum(links.values()):,} judged, {len(dropped):,} dropped ({reasons})")
    _some([str(each) for each in dropped], shown)


def _say_rows(told: Mapping[str, Any], shown: int | None) -> None:
    """Say which rows were not read; a reader tells it by file and reason, or by table and line."""
    if "read" not in told:
        for file, each in told.items():
            skipped = each["skipped"]
            say(f"{file}: {each['read']:,} rows read, {sum(r['rows'] for r in skipped.values()):,} skipped")
            lines = (f"{r}: {s['rows']:,}, first in line {s['first_lines'][0]}" for r, s in skipped.items())
            _some(list(lines), shown)
        return
    read = ", ".join(f"{count:,} {what}" for what, count in told["read"].items())
    say(f"Rows read: {read}; skipped: {told['skipped']:,}")
    _some([f"{file}:{line}: {why}" for file, line, why in told["first_skipped"]], shown, told["skipped"])
    if told["dropped_cells"]:
        say(f"Cells left out: {told['dropped_cells']:,}")
        cells = [f"{file}:{line}: {why}" for file, line, why in told["first_dropped_cells"]]
        _some(cells, shown, told["dropped_cells"])
    if told["formulas"]:
        say(f"Cells that a spreadsheet would run as a formula, kept as text: {told['formulas']:,}")
    for what, headers in told["unused_columns"].items():
        if what == "items" and "columns" in told:
            continue  # the table of columns says it
        say(f"Columns of {what} that nothing uses: {', '.join(headers)}")
    if told["without_facts"]:
        say(f"Relations without a fact: {', '.join(told['without_facts'])}")


def say_raw(name: str, checked: Checked) -> None:
    """Say which raw files are not what the catalogue was read from any more."""
    differing = [path for path, state in checked.raw.items() if state != "whole"]
    if differing:
        say(f"Not what it was read from any more: {', '.join(differing)}. {built_again(name)}")


def _some(lines: Sequence[str], shown: int | None, total: int | None = None) -> None:
    for line in lines[:shown]:
        say(f"  {line}")
    left = (total if total is not None else len(lines)) - len(lines[:shown])
    if left > 0:
        say(f"  … and {left:,} more")


def say(text: str) -> None:
    """Print a line, without what a terminal would take for a command."""
    sys.stdout.write(_plain(text) + "\n")


def built_again(name: str) -> str:
    """Return what to do to have a catalogue built again."""
    return f"Build it again: usher data add {name} …" if name != "builtin" else "It is built again when used."


def say_waiting(name: str) -> None:
    """Say on stderr that another process has the catalogue."""
    sys.stderr.write(f"Another process is adding or removing {name}; waiting for it.\n")


def _plain(text: str) -> str:
    """Return text from files without what a terminal would take for a command."""
    return "".join(each if each.isprintable() else "\ufffd" for each in text)


def as_size(size: float) -> str:
    """Return a number of bytes with the largest unit it fills, in powers of 1000."""
    for unit in _UNITS:
        if size < 1000 or unit == _UNITS[-1]:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    raise AssertionError


def as_time(seconds: float) -> str:
    """Return seconds since the epoch as a date and time of this machine's zone."""
    from datetime import datetime

    return datetime.fromtimestamp(seconds).astimezone().strftime("%Y-%m-%d %H:%M")


def say_table(headers: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> None:
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
def status(text: str) -> Iterator[None]:
    """Show what is done until it is, and how far it is if that takes its time."""
    from rich.console import Console

    from agent.status_line import status_line

    with status_line(Console(stderr=True)) as line:
        line.say(text)
        yield


@contextmanager
def progress() -> Iterator[Callable[[str], Callable[[int, int | None], None]]]:
    """Show how far fetching, reading and building are; where nobody looks a fetched file is named first."""
    from rich.console import Console

    from agent.status_line import status_line
    from kg.progress import BYTES, Stage

    with status_line(Console(stderr=True)) as line:
        line.say("reading and building …")
        bar = line.progress()

        def on_file(name: str) -> Callable[[int, int | None], None]:
            fetching: list[Stage] = []
            name_it = _line(name)

            def tell(done: int, total: int | None) -> None:
                if not fetching:
                    fetching.append(Stage(f"fetching {name}", total or 0, BYTES))
                if not line.is_seen:
                    name_it(done, total)
                bar.at(fetching[0], done)
                if done == total:
                    bar.over(fetching[0])

            return tell

        yield on_file


def _line(name: str) -> Callable[[int, int | None], None]:
    begun = False

    def tell(_done: int, total: int | None) -> None:
        nonlocal begun
        if not begun:
            begun = True
            sys.stderr.write(f"fetching {name}" + (f" ({as_size(total)})" if total else "") + "\n")

    return tell
