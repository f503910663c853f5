"""What the built-in catalogue covers: `python -m bench.builtin [--data DIR]`.

How much is in it, how complete its records are, how many of the everyday themes that well-known items are
about it tells, and, beside the raw files of MovieLens-1M and LibraryThing,
how many of the facts that both tell agree and how many of the best-known people of film it knows by three
films or more. Exit code 1: fewer agree than should.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from agent.terminal import run_app
from bench.builtin_agreement import PEOPLE, Comparison, compare
from bench.builtin_themes import told
from kg.catalogue import Catalogue
from kg.sources import builtin, librarything, movielens
from kg.text import name_key

app = typer.Typer(add_completion=False, rich_markup_mode=None)

LEAST = 0.99  # of the facts that both tell
BEST_KNOWN = 250
ENOUGH = 3  # films by which a person is known
_ACTORS, _THEMES = 4, range(5, 17)
_ON_SCREEN = ("director", "actor")


@app.command()
def main(
    data: Annotated[Path | None, typer.Option(help="the folder with ml-1m and librarything")] = None,
) -> None:
    """Print what the built-in catalogue covers and, with `--data`, how far it agrees with public data.

    Example:

      python -m bench.builtin --data DIR
    """
    console = Console(highlight=False)
    ours = builtin.read()
    console.print(_as_table(("", "films", "books"), coverage(ours)))
    if data is None:
        return
    theirs = movielens.read_1m(data / "ml-1m")
    films = compare(ours, theirs, "movie", PEOPLE)
    books = compare(ours, librarything.read(data / "librarything"), "book", ("author",))
    for name, done in (("MovieLens-1M", films), ("LibraryThing", books)):
        console.print(f"\n{done.shared} items are also in {name}", _agreement(done))
        for line in done.disagreements:
            console.print(f"  {line}", soft_wrap=True, markup=False)
        console.print(
            f"  another work there: {', '.join(done.others) or 'none'}", soft_wrap=True, markup=False
        )
    lacking = less_known(ours, best_known(theirs, BEST_KNOWN))
    console.print(
        f"\n{BEST_KNOWN - len(lacking)} of the {BEST_KNOWN} best-known people of film have {ENOUGH} films"
    )
    console.print("fewer: " + ", ".join(lacking), soft_wrap=True)
    raise typer.Exit(min(films.agreement, books.agreement) < LEAST)


def coverage(catalogue: Catalogue) -> list[tuple[str, str, str]]:
    """Return rows of what, of films, of books: counts, and shares of complete records."""
    films, books = (
        [record for _, record in builtin.records(path)] for path in builtin.files(builtin.HERE)[:2]
    )
    people = sum(count >= ENOUGH for count in _films_of(catalogue, PEOPLE).values())

    def share(has: Iterator[bool]) -> str:
        held = list(has)
        return f"{sum(held) / len(held):.3f}"

    return [
        ("items", str(len(films)), str(len(books))),
        ("people with three or more", str(people), ""),
        (
            "share with four actors or more",
            share(len(each.get("actor", ())) >= _ACTORS for each in films),
            "",
        ),
        *(
            (f"share with {what}", share(map(has, films)), share(map(has, books)))
            for what, has in (
                ("a sentence", lambda each: bool(each.get("about"))),
                ("5 to 16 themes", lambda each: len(each.get("theme", ())) in _THEMES),
            )
        ),
        ("share of known themes that are told", *_told()),
    ]


def _told() -> tuple[str, str]:
    """Return how much of what is known of everyday themes the films and the books tell."""
    items = {
        (path.stem, record["title"][0], record["year"][0]): record["theme"]
        for path in builtin.files(builtin.HERE)[:2]
        for _, record in builtin.records(path)
    }
    done = told(items)
    films, books = ([held for each, held in done if each.kind == kind] for kind in ("films", "books"))
    return f"{sum(films) / len(films):.3f} of {len(films)}", f"{sum(books) / len(books):.3f} of {len(books)}"


def best_known(catalogue: Catalogue, count: int) -> list[str]:
    """Return the names of those who directed or acted in films that most people chose, best known first.

    A person is as known as the choosers of all their films together; ties go by name.
    """
    choices = catalogue.histories.items if catalogue.histories else np.zeros(0, dtype=np.int32)
    chosen = np.bincount(choices, minlength=len(catalogue.items))
    known: Counter[str] = Counter()
    for item, entity in _credits(catalogue, _ON_SCREEN):
        known[catalogue.entities[entity].label] += int(chosen[item])
    return sorted(known, key=lambda name: (-known[name], name))[:count]


def less_known(catalogue: Catalogue, names: list[str]) -> list[str]:
    """Return those of some people who worked on fewer than three films of a catalogue, with how many."""
    films: defaultdict[str, int] = defaultdict(int)
    for entity, count in _films_of(catalogue, PEOPLE).items():
        for name in (catalogue.entities[entity].label, *catalogue.entities[entity].aliases):
            films[name_key(name)] = max(films[name_key(name)], count)
    return [f"{name} ({count})" for name in names if (count := films.get(name_key(name), 0)) < ENOUGH]


def _films_of(catalogue: Catalogue, relations: tuple[str, ...]) -> Counter[int]:
    """Count the films of every person, by the position of the entity."""
    return Counter(entity for _, entity in set(_credits(catalogue, relations)))


def _credits(catalogue: Catalogue, relations: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield film and person of a catalogue's facts of some relations; one film may yield a person twice."""
    codes = [code for code, each in enumerate(catalogue.relations) if each.name in relations]
    credits = {(item, entity) for item, code, entity in catalogue.edges.tolist() if code in codes}
    yield from ((item, entity) for item, entity in sorted(credits) if catalogue.items[item].domain == "movie")


def _agreement(done: Comparison) -> Table:
    rows = [
        (name, *map(str, (each.items, each.agreeing, each.values, each.found)))
        for name, each in done.tallies.items()
    ]
    total = (
        f"all, {done.agreement:.4f} agree",
        str(done.told),
        str(round(done.agreement * done.told)),
        "",
        "",
    )
    return _as_table(("relation", "facts both tell", "agree", "our values", "found there"), [*rows, total])


def _as_table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    table = Table(*head)
    for row in rows:
        table.add_row(*row)
    return table


if __name__ == "__main__":
    run_app(app)
