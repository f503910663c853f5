"""Answers with planted errors: how many of each kind `usher verify` finds, how many clean ones it flags.

An answer recommends items of a query's truth in words, each with its year and some stored facts. One in five
is clean; the others hold one error: a title that does not exist ("strange"), an item that breaks a condition
("condition"), a false fact ("claim") or a false year ("year").
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from agent.assistant import Assistant
from agent.terminal import run_app
from agent.verify.checking import verify
from agent.verify.types import Verification
from agent.verify.wording import lines
from bench import dataset
from bench.types import Query
from kg.graph import KnowledgeGraph
from kg.relations import OPEN
from kg.types import Condition, ItemId, RelationName

Kind = Literal["clean", "strange", "condition", "claim", "year"]
KINDS: tuple[Kind, ...] = ("clean", "strange", "condition", "claim", "year")
_SAID = {
    "director": "directed by {}",
    "actor": "starring {}",
    "composer": "with music by {}",
    "cinematographer": "shot by {}",
    "writer": "written by {}",
    "author": "by {}",
    "publisher": "published by {}",
}
_FORMS = (
    "{place}. {title} ({year}), {facts}",
    "- **{title}** ({year}): {facts}.",
    "You could try {title} ({year}), {facts}.",
    '{place}) "{title}" ({year}) - {facts}',
)
_FIRST = ("Copper", "Hollow", "Seventh", "Marigold", "Quiet", "Borrowed", "Glass", "Northern")
_SECOND = ("Meridian", "Orchard", "Ledger", "Lanterns", "Regiment", "Cartographer", "Parallel", "Tollgate")
_MOST = 5  # items of an answer

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@dataclass(frozen=True, slots=True)
class Planted:
    """An answer with what is wrong in it: `item` and, of a claim, what is `claimed`."""

    kind: Kind
    text: str
    item: str = ""
    claimed: str = ""

    def is_found(self, found: Verification) -> bool:
        """Tell whether a verification names the error; of a clean answer, whether it names any."""
        false = {(each.item, each.claimed) for each in found.claims if each.verdict == "contradicted"}
        bad = {each.id for each in found.items if each.verdict != "proved"}
        if self.kind == "strange":
            return self.item in found.unknown
        if self.kind == "condition":
            return self.item in bad
        return (
            bool(false or bad or found.unknown)
            if self.kind == "clean"
            else (self.item, self.claimed) in false
        )


def plant(graph: KnowledgeGraph, query: Query, kind: Kind, rng: random.Random) -> Planted | None:
    """Return an answer to a query with an error of a kind; None if the query has no room for it."""
    truth = [ItemId(key) for key in query.ground_truth if graph.item(ItemId(key)).year]
    if not truth:
        return None
    items = rng.sample(truth, min(len(truth), rng.randint(1, _MOST)))
    form, entries, wrong = rng.choice(_FORMS), [], rng.randrange(len(items))
    told = Planted(kind, "")
    for place, key in enumerate(items):
        facts, year = _facts(graph, key, rng), graph.item(key).year or 0
        if place == wrong and kind == "condition":
            other = _breaking(graph, query, rng)
            if other is None:
                return None
            key, facts, year = other, _facts(graph, other, rng), graph.item(other).year or 0
            told = Planted(kind, "", key)
        if place == wrong and kind == "claim":
            false = _false(graph, key, rng)
            if false is None:
                return None
            facts, told = [*facts[:1], false], Planted(kind, "", key, false[1])
        if place == wrong and kind == "year":
            false_year = _false_year(graph, key, rng)
            if false_year is None:
                return None
            year = false_year
            told = Planted(kind, "", key, str(year))
        entries.append(_entry(form, place + 1, graph.item(key).title, year, facts))
    if kind == "strange":
        title = f"The {rng.choice(_FIRST)} {rng.choice(_SECOND)}"
        entries.insert(wrong, _entry(form, wrong + 1, title, 1987, [("director", "Orla Vantreese")]))
        told = Planted(kind, "", title)
    return Planted(kind, "\n".join(entries), told.item, told.claimed)


def _entry(form: str, place: int, title: str, year: int, facts: Sequence[tuple[str, str]]) -> str:
    said = ", ".join(_SAID[relation].format(label) for relation, label in facts) or "well worth it"
    return form.format(place=place, title=title, year=year, facts=said)


def _facts(graph: KnowledgeGraph, key: ItemId, rng: random.Random) -> list[tuple[str, str]]:
    held = [(name, labels) for name in _SAID if (labels := graph.labels(key, name))]
    return [(name, rng.choice(labels)) for name, labels in rng.sample(held, min(2, len(held)))]


def _false(graph: KnowledgeGraph, key: ItemId, rng: random.Random) -> tuple[str, str] | None:
    """Return a fact that another item has and this one has not, though it has others of its kind.

    None of a cast: that somebody is not among the stored actors proves nothing.
    """
    names = [name for name in _SAID if name not in OPEN and graph.labels(key, name)]
    for _ in range(20 if names else 0):
        name = rng.choice(names)
        label = rng.choice(graph.entities_of(name)).label
        if not graph.proved(key, Condition(RelationName(name), label)):
            return name, label
    return None


def _false_year(graph: KnowledgeGraph, key: ItemId, rng: random.Random) -> int | None:
    """Return a false year that is nearer to this item's than to that of any other with its title."""
    item = graph.item(key)
    others = [each.year or 0 for each in graph.offered if each.title == item.title and each.id != key]
    years = [(item.year or 0) + shift for shift in (-9, -6, -3, 3, 4, 7)]
    near = [
        year for year in years if all(abs(other - year) > abs((item.year or 0) - year) for other in others)
    ]
    return rng.choice(near) if near else None


def _breaking(graph: KnowledgeGraph, query: Query, rng: random.Random) -> ItemId | None:
    """Return an item that does not satisfy a query, and of which its relations are known."""
    kept = {*query.ground_truth, *query.ignore, *query.history}
    for _ in range(200):
        item = graph.offered[rng.randrange(len(graph.offered))]
        apart = item.id not in kept and item.year and item.domain == query.domain
        if apart and all(graph.labels(item.id, each.relation) for each in query.conditions):
            return item.id
    return None


@app.command()
def main(
    queries: Annotated[list[Path], typer.Option(help="queries of explicit conditions with their truth")],
    catalogue: Annotated[str, typer.Option(help="the catalogue of the queries")] = "builtin",
    data: Annotated[Path | None, typer.Option(help="the folder that holds raw sources; needed once")] = None,
    answers: Annotated[int, typer.Option(min=1, help="how many answers")] = 400,
    seed: Annotated[int, typer.Option(help="of what is planted")] = 0,
    failures: Annotated[bool, typer.Option("--failures", help="print what was missed or flagged")] = False,
) -> None:
    """Plant errors of known kinds in answers, and count which of them are found.

    Example:

      python -m bench.verify --queries build/explicit.jsonl --catalogue ml-1m --data DIR
    """
    assistant = Assistant(catalogue, data=data)
    graph, rng = assistant.graph, random.Random(seed)  # noqa: S311 -- a draw that must repeat
    asked = [each for each in dataset.read(queries, graph) if each.type == "explicit" and each.conditions]
    rng.shuffle(asked)
    counts: dict[str, list[bool]] = defaultdict(list)
    for place, query in enumerate(asked):
        if sum(map(len, counts.values())) >= answers:
            break
        planted = plant(graph, query, KINDS[place % len(KINDS)], rng)
        if planted is None:
            continue
        found = planted.is_found(verify(assistant, query.query, planted.text))
        counts[planted.kind].append(found)
        if failures and found == (planted.kind == "clean"):
            typer.echo(f"{planted.kind}: {query.query}\n{planted.text}\n({planted.item} {planted.claimed})")
            typer.echo("\n".join(lines(verify(assistant, query.query, planted.text))) + "\n")
    table = Table("answers", "number", "flagged")
    for kind in KINDS:
        found_ones = counts[kind]
        share = sum(found_ones) / len(found_ones) if found_ones else 0.0
        table.add_row(kind, str(len(found_ones)), f"{share:.3f}")
    Console().print(table)


if __name__ == "__main__":
    run_app(app)
