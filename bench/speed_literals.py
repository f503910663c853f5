"""`make bench-scale`, its second table: ranges and orders of a catalogue's numbers beside SQLite and DuckDB.

All three hold the same items with three numbers each, and answer the same questions in one run: how many
items are in a range, and the 20 best of them. SQLite has an index on every number and on the rank; DuckDB
has what it makes by itself, and is asked only if it is installed (extra `engines`).
"""

from __future__ import annotations

import importlib
import resource
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import typer
from rich.console import Console
from rich.table import Table

from agent.terminal import run_app
from kg import catalogue as catalogues
from kg import names, naming
from kg.builder import Builder
from kg.catalogue import Catalogue
from kg.graph import KnowledgeGraph
from kg.literals import Literals
from kg.types import Condition, Item, ItemId, Kind, Op, Relation, RelationName

app = typer.Typer(add_completion=False, rich_markup_mode=None)
SHOWN = 20
_SEED = 23
_REPEATS = 15
_MIB = 2**20
_COLUMNS = ("price", "minutes", "votes")
_AIMS = "aim: a median of ≤ 10 ms, and not slower than the faster of the others"

Columns = dict[str, npt.NDArray[np.float64]]


class Question(NamedTuple):
    """Ranges, `(column, op, value)`, and what to sort by: a column with "-" in front is descending."""

    name: str
    ranges: tuple[tuple[str, Op, float], ...]
    by: str = ""


QUESTIONS = (
    Question("a narrow range, best known first", (("price", ">=", 20), ("price", "<=", 21))),
    Question("a wide range, best known first", (("price", ">=", 20),)),
    Question("two ranges, best known first", (("price", "<", 30), ("minutes", ">", 100))),
    Question("everything, cheapest first", (), "price"),
    Question("a range, most voted first", (("minutes", "<=", 90),), "-votes"),
    Question("two ranges, cheapest first", (("minutes", "<=", 110), ("votes", ">=", 1000)), "price"),
)


@app.command()
def main(
    items: Annotated[int, typer.Option(min=1000, help="how many items")] = 1_000_000,
) -> None:
    """Time ranges and orders beside SQLite and DuckDB; medians in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        columns, ranks = drawn(items)
        graph = graph_of(columns, ranks, Path(folder))
        engines: dict[str, Callable[[Question], object]] = {"Usher": partial(ours, graph)}
        engines["SQLite"] = sqlite(columns, ranks)
        if duck := _duckdb(columns, ranks):
            engines["DuckDB"] = duck
        table = Table(title=f"{items:,} items, three numbers each; {_AIMS}", title_justify="left")
        for heading in ("question", *(f"{name}, ms" for name in engines), "ratio to the faster"):
            table.add_column(heading)
        for asked in QUESTIONS:
            answers = [answer(asked) for answer in engines.values()]
            if any(each != answers[0] for each in answers):
                raise SystemExit(
                    f"{asked.name}: the engines disagree: {[str(each)[:80] for each in answers]}"
                )
            taken = _alternating([partial(each, asked) for each in engines.values()])
            ratio = taken[0] / min(taken[1:])
            table.add_row(asked.name, *(f"{each:.2f}" for each in taken), f"{ratio:.2f}")
        Console(width=110).print(table, *_memory(graph), sep="\n")


def drawn(items: int) -> tuple[Columns, npt.NDArray[np.int32]]:
    """Return three numbers of each item, always the same, and a rank: (n,) each."""
    rng = np.random.default_rng(_SEED)
    columns = {
        "price": rng.gamma(3, 9, items).round(2),
        "minutes": rng.normal(105, 22, items).clip(40, 400).round(),
        "votes": rng.pareto(1.2, items).clip(0, 10_000).round(2) * 100,
    }
    return columns, rng.permutation(items).astype(np.int32)


def ours(graph: KnowledgeGraph, asked: Question) -> tuple[int, list[int]]:
    """Return how many items the knowledge graph finds, and the first of them by position."""
    found = graph.find([Condition(RelationName(c), repr(float(v)), op) for c, op, v in asked.ranges])
    column = asked.by.removeprefix("-")
    if not column:
        return len(found), graph.by_popularity(found, SHOWN).tolist()
    best = graph.ordered(found, column, descending=asked.by != column, first=SHOWN)
    return len(found), best.tolist()


def graph_of(columns: Columns, ranks: npt.NDArray[np.int32], folder: Path) -> KnowledgeGraph:
    """Write the items as a catalogue and open it as `usher` does."""
    builder = Builder()
    for place in range(len(ranks)):
        builder.add_item(Item(ItemId(f"{place:08}"), f"Item {place}"))
    everything = np.arange(len(ranks))
    relations = [Relation(RelationName(name), Kind.NUMBER) for name in sorted(columns)]
    made: Catalogue = builder.finish("numbers", "generated", "1")
    literals: dict[str, Literals] = {
        each.name: Literals.of(Kind.NUMBER, everything, columns[each.name]) for each in relations
    }
    index = made.index
    made = Catalogue(
        *(made.name, made.source, made.version, made.items, made.entities, relations, made.edges),
        literals=literals,
    )
    made.__dict__["index"] = type(index)(**{**vars(index), "ranks": ranks})
    catalogues.save(made, folder)
    (folder / "none").mkdir()
    naming.write(Builder().finish("none", "generated", "1"), folder / "none")
    return KnowledgeGraph(catalogues.load(folder), names.load(folder / "none"))


def _sql(asked: Question) -> tuple[str, str, list[float]]:
    """Return the same question in SQL: the count, the first items, and the parameters of both."""
    where = " AND ".join(f"{column} {op} ?" for column, op, _ in asked.ranges)
    where = f" WHERE {where}" if where else ""
    column = asked.by.removeprefix("-")
    by = f"{column} {'DESC' if asked.by != column else 'ASC'}, known" if column else "known"
    first = f"SELECT id FROM item{where} ORDER BY {by} LIMIT {SHOWN}"  # noqa: S608
    return f"SELECT count(*) FROM item{where}", first, [value for _, _, value in asked.ranges]  # noqa: S608


def sqlite(columns: Columns, ranks: npt.NDArray[np.int32]) -> Callable[[Question], object]:
    """Return what asks SQLite, in memory, with an index on the rank and on every number."""
    base = sqlite3.connect(":memory:")
    base.execute(
        "CREATE TABLE item (id INTEGER PRIMARY KEY, known INTEGER, price REAL, minutes REAL, votes REAL)"
    )
    rows = zip(range(len(ranks)), ranks.tolist(), *(columns[c].tolist() for c in _COLUMNS), strict=True)
    base.executemany("INSERT INTO item VALUES (?, ?, ?, ?, ?)", rows)
    for column in ("known", *_COLUMNS):
        base.execute(f"CREATE INDEX by_{column} ON item ({column})")
    base.execute("ANALYZE")
    return _asking(base)


def _duckdb(columns: Columns, ranks: npt.NDArray[np.int32]) -> Callable[[Question], object] | None:
    try:
        duckdb: Any = importlib.import_module("duckdb")
    except ImportError:
        return None
    base = duckdb.connect()
    base.execute("CREATE TABLE item (id INTEGER, known INTEGER, price DOUBLE, minutes DOUBLE, votes DOUBLE)")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "items.csv"
        arrays: list[Any] = [np.arange(len(ranks)), ranks, *(columns[column] for column in _COLUMNS)]
        np.savetxt(path, np.column_stack(arrays), delimiter=",", fmt="%.17g")
        base.execute(f"COPY item FROM '{path}' (HEADER false)")
    return _asking(base)


def _asking(base: Any) -> Callable[[Question], object]:
    def answer(asked: Question) -> tuple[int, list[int]]:
        count, first, values = _sql(asked)
        (total,) = base.execute(count, values).fetchone()
        return total, [row[0] for row in base.execute(first, values).fetchall()]

    return answer


def _alternating(answers: Sequence[Callable[[], object]]) -> list[float]:
    """Return the median of each, in milliseconds, asked in turns."""
    taken: list[list[float]] = [[] for _ in answers]
    for _ in range(_REPEATS):
        for mine, answer in zip(taken, answers, strict=True):
            start = time.perf_counter()
            answer()
            mine.append(1000 * (time.perf_counter() - start))
    return [statistics.median(each) for each in taken]


def _memory(graph: KnowledgeGraph) -> list[str]:
    """Say how large the numbers' arrays are, on disk and as they are held."""
    held = graph.catalogue.literals.values()
    size = sum(part.nbytes for each in held for part in (each.items, each.values, each.order))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        f"arrays of the three numbers: {size / _MIB:.1f} MiB, mapped; peak of this process {peak:,.0f} MiB"
    ]


if __name__ == "__main__":
    run_app(app)
