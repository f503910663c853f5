"""`make bench-scale`: how building, opening, answering and linking grow with the catalogue.

Every size is built in one fresh process and opened in another, so that peak memory is of that step alone.
Requests are made of facts of the catalogue, always the same for a size; "found" is the share of them whose
answer has the title they were made of (of references: another title of the same director; of a
genre: one of its ten most popular titles). Growth is the slope of log measure over log items: 1 is linear.
What stands in brackets was not measured: it goes on from the last two sizes as they grew.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple, TypeVar

import numpy as np
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from agent.assistant import Assistant
from agent.terminal import run_app
from bench.generated import generated
from bench.growth import exponent, extrapolated
from kg import catalogue as catalogues
from kg import names, naming
from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.policy import Policy
from kg.store import Opened
from kg.types import Condition, ItemId, RelationName
from kg.vectors import Retriever
from tools.knowledge import Knowledge
from tools.link import link_entities
from tools.toolsets import OF_DIALOGUES, toolset

app = typer.Typer(add_completion=False, rich_markup_mode=None)
SIZES = "10000,100000,1000000"
EACH = 25  # requests of a kind
_WARM_UP = 3  # of a kind: Python's caches, and pages of the files
_SEED = 5
_LEAST = 100  # a smaller catalogue has too little to ask for
_SHOWN = 10  # of a long answer a person sees these
_MIB = 2**20
_LINKED = (
    "We watched {title} at my sister's last weekend and everybody was quiet for an hour. Is there something "
    "else with {actor} that would be nice for a rainy evening, or by {typo}, but please not too long?",
    "My father keeps telling me that {director} made the best films of all. I have only seen {title} so far, "
    "so could you tell me where to go on from there? Nothing with {typo} please, he does not like that.",
)
KINDS = {
    "one condition": "films directed by {director}",
    "two conditions": "{genre} films with {actor}",
    "a reference": "films by the director of {name}",
    "a misspelt name": "films directed by {typo}",
    "a genre alone": "{genre} films",
}
EXACT = ("one condition", "two conditions", "a reference")
AIMS = {"load": "≤ 15 s", "memory at the end": "≤ 8192 MiB", "exact answers, median": "≤ 50 ms"}

Measures = dict[str, float]
T = TypeVar("T")


class Request(NamedTuple):
    """A text of some kind; its answer has one of `items`."""

    kind: str
    text: str
    items: frozenset[ItemId]


@app.command()
def main(
    sizes: Annotated[str, typer.Option(help="numbers of items, with commas between")] = SIZES,
    folder: Annotated[
        Path | None, typer.Option(help="where to build; default: a temporary folder, removed at the end")
    ] = None,
) -> None:
    """Build generated catalogues and print what each costs, and how that grows.

    10^6 items take two minutes, 2 GiB of memory and half a GiB of disk; nothing is refused for want of them.

    Example:

      python -m bench.speed_scale --sizes 10000,100000
    """
    wanted = sizes_of(sizes)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        found = [measured(size, Path(place) / str(size)) for size in wanted]
    Console(width=None if sys.stdout.isatty() else 130).print(table(wanted, found))


def sizes_of(text: str) -> list[int]:
    """Return the sizes, smallest first.

    Raises:
        UsageError: they are not numbers, or too small.
    """
    try:
        found = sorted({int(part) for part in text.split(",")})
    except ValueError:
        found = []
    if not found or found[0] < _LEAST:
        raise UsageError(f"--sizes is {text!r}; expected numbers from {_LEAST}, e.g. 10000,100000.")
    return found


def table(sizes: Sequence[int], found: Sequence[Measures], aims: Mapping[str, str] = AIMS) -> Table:
    """Return a table with a column a size, the growth of every measure, and ten times the last size."""
    grid = Table(box=None, pad_edge=False, title="One run on this machine", title_justify="left")
    ahead = f"[{10 * sizes[-1]:,}]"
    for name in ("items", *(f"{size:,}" for size in sizes), "growth", escape(ahead), "aim at 10^6"):
        grid.add_column(name, overflow="fold", justify="left" if name == "items" else "right")
    for name in found[0]:
        values = [each[name] for each in found]
        grows = len(sizes) > 1 and min(values) > 0 and not name.endswith("found")
        grown = f"{exponent(sizes, values):.2f}" if grows else ""
        further = f"[{_shown(extrapolated(sizes, values))}]" if grows else ""
        aim = next((said for start, said in aims.items() if name.startswith(start)), "")
        grid.add_row(name, *map(_shown, values), grown, escape(further), aim)
    return grid


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def measured(size: int, folder: Path) -> Measures:
    """Return every measure of one size; each step is a process of its own."""
    folder.mkdir()
    found: Measures = {}
    for step in ("build", "use"):
        code = f"from bench import speed_scale; speed_scale.{step}({size}, {str(folder)!r})"
        done = subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
        found |= json.loads(done.stdout)
    return found


def build(size: int, folder: str) -> None:
    """Build a catalogue and print what that took as JSON."""
    place = Path(folder)
    made, generating = _timed(lambda: generated(size))
    _, indexing = _timed(lambda: naming.write(made, place))
    _, saving = _timed(lambda: catalogues.save(made, place))
    _say(
        {
            "facts": len(made.edges),
            "build: read and pack, s": generating,
            "build: name index, s": indexing,
            "build: write, s": saving,
            "build: peak memory, MiB": _peak(),
            "disk: names, MiB": _bytes(place, "names-*") / _MIB,
            "disk: all, MiB": _bytes(place, "*") / _MIB,
        }
    )


def use(size: int, folder: str) -> None:
    """Open a catalogue, ask, link, and print what that took as JSON."""
    before = _peak()
    opened, loading = _timed(lambda: _open(Path(folder)))
    measures = {
        "load, s": loading,
        "memory before loading, MiB": before,
        "memory after loading, MiB": _peak(),
    }
    drawing = _open(Path(folder)).graph  # another one, so that drawing requests warms nothing
    measures |= _answers(Usher(opened), list(requests(drawing, size)))
    measures |= _links(opened.graph, list(_linked(drawing, size)))
    _say(measures | {"memory at the end, peak, MiB": _peak()})


def _open(folder: Path) -> Opened:
    return Opened(KnowledgeGraph(catalogues.load(folder), names.load(folder)), folder)


class Usher(Assistant):
    """The assistant on a catalogue that is not one of the store's."""

    def __init__(self, opened: Opened):
        self.policy = Policy()
        self.tools = {name: tool for name, tool in toolset("full").items() if name not in OF_DIALOGUES}
        self.opened = opened
        self.knowledge = Knowledge(opened.graph, _no_index)
        self._model, self._ranker = "builtin", None


def _no_index() -> Retriever:
    raise AssertionError("none of these requests is answered by similarity")


def _answers(usher: Usher, drawn: Sequence[Request]) -> Measures:
    spent: dict[str, list[float]] = {kind: [] for kind in KINDS}
    found = []
    for index, request in enumerate(drawn):
        turn, seconds = _timed(lambda text=request.text: usher.ask(text))  # type: ignore[misc]
        if index >= _WARM_UP * len(KINDS):
            spent[request.kind].append(1000 * seconds)
            found.append(any(line["id"] in request.items for line in turn.answer["items"]))
    exact = [each for kind in EXACT for each in spent[kind]]
    measures = _latency("exact answers", exact)
    for kind, each in spent.items():
        measures |= _latency(kind, each)
    return measures | {"answers: found": sum(found) / len(found)}


def _links(graph: KnowledgeGraph, texts: Sequence[str]) -> Measures:
    knowledge = Knowledge(graph, _no_index)
    spent = [1000 * _timed(lambda text=text: link_entities(knowledge, text))[1] for text in texts]  # type: ignore[misc]
    return _latency("linking 200 characters", spent[_WARM_UP:])


def _linked(graph: KnowledgeGraph, seed: int) -> Iterator[str]:
    rng = random.Random(f"{_SEED} links {seed}")  # noqa: S311
    for _ in range(_WARM_UP + 2 * EACH):
        yield rng.choice(_LINKED).format(**_slots(graph, rng)[0])


def _latency(what: str, milliseconds: Sequence[float]) -> Measures:
    p50, p95 = np.percentile(milliseconds, (50, 95))
    return {f"{what}, median ms": float(p50), f"{what}, p95 ms": float(p95)}


def requests(graph: KnowledgeGraph, seed: int) -> Iterator[Request]:
    """Yield requests of every kind in turn, first those that warm up; equal seeds give equal requests."""
    rng = random.Random(f"{_SEED} answers {seed}")  # noqa: S311
    for _ in range(_WARM_UP + EACH):
        for kind, template in KINDS.items():
            slots, item = _slots(graph, rng)
            wanted = {item}
            if kind == "a reference":
                directors = graph.values(item, "director")
                wanted = {other for each in directors for other in _titles(graph, "director", each.label)}
                wanted.remove(item)
            elif kind == "a genre alone":  # the item may be one of very many
                wanted = set(_titles(graph, "genre", slots["genre"], first=_SHOWN))
            yield Request(kind, template.format(**slots), frozenset(wanted))


def _titles(graph: KnowledgeGraph, relation: str, value: str, first: int | None = None) -> list[ItemId]:
    found = graph.items_with(Condition(RelationName(relation), value))
    return graph.ids(graph.by_popularity(found, first).tolist())


def _slots(graph: KnowledgeGraph, rng: random.Random) -> tuple[dict[str, str], ItemId]:
    """Return what a template may speak of, from one item that has all of it."""
    while True:
        item = graph.catalogue.items[rng.randrange(len(graph.catalogue.items))]
        known = {str(relation): [e.label for e in held] for relation, held in graph.facts(item.id).items()}
        if {"director", "actor", "genre"} <= known.keys():
            slots = {relation: rng.choice(labels) for relation, labels in known.items()}
            if len(_titles(graph, "director", slots["director"], first=2)) == 1:
                continue  # a reference to the director would lead to nothing else
            slots |= {"title": item.title, "name": item.name, "typo": _misspelt(slots["director"], rng)}
            return slots, item.id


def _misspelt(name: str, rng: random.Random) -> str:
    """Swap two letters inside the surname."""
    first, _, last = name.rpartition(" ")
    at = rng.choice([k for k in range(1, len(last) - 1) if last[k] != last[k + 1]])
    return f"{first} {last[:at]}{last[at + 1]}{last[at]}{last[at + 2 :]}"


def _timed(action: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    result = action()
    return result, time.perf_counter() - start


def _peak() -> float:
    """Return the most memory that this process had at once, mapped files included, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _bytes(folder: Path, pattern: str) -> int:
    return sum(path.stat().st_size for path in folder.glob(pattern))


def _say(measures: Measures) -> None:
    json.dump(measures, sys.stdout)


if __name__ == "__main__":
    run_app(app)
