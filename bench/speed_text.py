"""`python -m bench.speed_text`: the text side of large catalogues, beside Chroma's own `where` filter.

Generated catalogues get descriptions of drawn words. Building (words, vectors, Chroma), filtered nearest-text
queries and themes are measured in one fresh process a size. The same vectors lie in the collection that is
asked with `where`, under flags that as many items have; recall is of the exact ten. Trust ratios.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, NamedTuple, TypeVar, cast

import numpy as np
import typer
from rich.console import Console

from agent.terminal import run_app
from bench.generated import SEED, generated
from bench.speed_scale import sizes_of, table
from bench.syllables import MIDDLES, ONSETS, VOWELS
from kg import catalogue as catalogues
from kg import chroma, embedder_roster, names, naming, text_index
from kg.catalogue import Catalogue
from kg.documents import documents
from kg.graph import KnowledgeGraph
from kg.taste.model import Taste
from kg.types import ItemId
from kg.vectors import ItemIndex
from tools.knowledge import Knowledge
from tools.search import search_items

SHARES = {"1 %": 0.01, "12 %": 0.12}
_WORDS = 30_000  # of descriptions; the k-th about as often as 1 / k
_LENGTH = 14  # words of a description
_QUERIES = 20
_WARM_UP = 3
_K = 10
_BATCH = 5000
AIMS = {"all building": "≤ 600 s", "peak memory": "≤ 4096 MiB", "a theme": "≤ 150 ms"}

app = typer.Typer(add_completion=False, rich_markup_mode=None)
T = TypeVar("T")


@app.command()
def main(
    sizes: Annotated[str, typer.Option(help="numbers of items, with commas between")] = "10000,100000",
) -> None:
    """Build texts of generated catalogues and print what building and asking costs.

    Example:

      python -m bench.speed_text --sizes 10000,100000,1000000
    """
    wanted, found = sizes_of(sizes), []
    for size in wanted:
        with tempfile.TemporaryDirectory() as place:
            _in_process(f"speed_text.make({size}, {place!r})")
            done = _in_process(f"speed_text.measure({size}, {place!r})")
            found.append(json.loads(done))
    Console(width=None if sys.stdout.isatty() else 130).print(table(wanted, found, AIMS))


def _in_process(call: str) -> str:
    """Return what a call prints in a fresh process, so that memory is its own."""
    code = f"from bench import speed_text; {call}"
    return subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603


def make(size: int, folder: str) -> None:
    """Generate a catalogue of one size."""
    described = with_texts(generated(size), size)
    naming.write(described, Path(folder))
    catalogues.save(described, Path(folder))


def measure(size: int, folder: str) -> None:
    """Build everything of one size and print what that and asking took as JSON."""
    place = Path(folder)
    graph = KnowledgeGraph(catalogues.load(place), names.load(place))
    texts, counting = _timed(lambda: text_index.opened(place, lambda: documents(graph)))
    embedder = embedder_roster.embedder(None, place, lambda: documents(graph))
    vectors, embedding = _timed(lambda: embedder.embed(documents(graph)))
    np.save(place / "vectors.npy", vectors)
    del vectors
    flags = flagged(size)
    mapped = np.load(place / "vectors.npy", mmap_mode="r")
    keys = [item.id for item in graph.offered]
    collection = chroma.created(place / "chroma")
    _, filling = _timed(lambda: chroma.fill(collection, keys, mapped))
    built = {
        "build: words, s": counting.wall,
        "build: vectors, s": embedding.wall,
        "build: Chroma, s": filling.wall,
        "all building, s": counting.wall + embedding.wall + filling.wall,
        "processors: all building, s": counting.cpu + embedding.cpu + filling.cpu,
        "peak memory, MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    _flag(collection, keys, flags)
    index = ItemIndex(graph, lambda: chroma.opened(place / "chroma"), embedder, lambda: mapped)
    knowledge = Knowledge(
        graph, lambda: index, lambda: Taste(graph.catalogue, place), open_texts=lambda: texts
    )
    asked = [
        graph.catalogue.texts[graph.catalogue.items[at * (size // 97) % size].id] for at in range(_QUERIES)
    ]
    measures = built | _nearest(index, asked, flags) | _themes(knowledge, asked)
    json.dump(measures, sys.stdout)


def with_texts(catalogue: Catalogue, size: int) -> Catalogue:
    """Return a catalogue whose items are described in drawn words."""
    rng = np.random.default_rng((SEED, size, 1))
    words = [f"{a}{v}{m}{w}".lower() for a in ONSETS for v in VOWELS for m in MIDDLES for w in VOWELS]
    words = [words[i] for i in rng.permutation(len(words))[:_WORDS].tolist()]
    drawn = (len(words) ** rng.random((size, _LENGTH))).astype(np.int64) - 1
    texts = {
        item.id: " ".join(words[i] for i in row)
        for item, row in zip(catalogue.items, drawn.tolist(), strict=True)
    }
    return replace(catalogue, texts=texts)


def flagged(size: int) -> Mapping[str, Any]:
    """Return which items have the flag of every share, (size,) bool."""
    rng = np.random.default_rng((SEED, size, 2))
    return {name: rng.random(size) < share for name, share in SHARES.items()}


def _flag(collection: Any, keys: Sequence[str], flags: Mapping[str, Any]) -> None:
    """Store the flags beside the vectors, for Chroma's own filter."""
    for start in range(0, len(keys), _BATCH):
        span = range(start, min(start + _BATCH, len(keys)))
        told = [{f"f{n}": bool(each[at]) for n, each in enumerate(flags.values())} for at in span]
        collection.update(ids=[keys[at] for at in span], metadatas=told)


def rows(knowledge: Knowledge) -> Iterator[tuple[str, ...]]:
    """Yield rows for `bench.speed`: filtered search and themes on an opened catalogue."""
    graph, index = knowledge.graph, cast(ItemIndex, knowledge.index)
    name, keys = graph.catalogue.name, [item.id for item in graph.offered]
    flags = flagged(len(keys))
    texts = [graph.catalogue.texts.get(key, "") for key in keys[:: max(1, len(keys) // _QUERIES)]]
    with tempfile.TemporaryDirectory() as folder:
        collection = chroma.created(Path(folder) / "chroma")
        chroma.fill(collection, keys, index.vectors)
        _flag(collection, keys, flags)
        opened = chroma.opened(Path(folder) / "chroma")
        beside = ItemIndex(graph, lambda: opened, index.embedder, lambda: index.vectors)
        found = _nearest(beside, texts, flags)
    for share in SHARES:
        ours, theirs = found[f"{share}: median ms"], found[f"{share}: Chroma's own, median ms"]
        what = f"nearest text among {share} of {name}"
        yield what, f"{ours:.2f} ms", f"{theirs:.2f} ms Chroma's `where`", f"{ours / theirs:.2f}", "≤ 0.3"
    spent = _themes(knowledge, texts)["a theme, median ms"]
    yield f"a theme on {name}, median", f"{spent:.1f} ms", "", "", "≤ 40 ms"


def _nearest(index: ItemIndex, asked: Sequence[str], flags: Mapping[str, Any]) -> dict[str, float]:
    """Return times of nearest-text queries, plain and filtered, and their recall of the exact ten."""
    found: dict[str, float] = {}
    whole = np.asarray(index.vectors)
    for name, flag in (("plain", None), *flags.items()):
        allowed = None if flag is None else np.flatnonzero(flag).astype(np.int32)
        where: Any = None if flag is None else {f"f{list(flags).index(name)}": True}
        ours, theirs, right, right_theirs = list[Spent](), list[Spent](), list[float](), list[float]()
        for text in asked:
            vector = index.embedder.embed([text])
            got, seconds = _timed(lambda text=text, allowed=allowed: index.search(text, _K, allowed=allowed))  # type: ignore[misc]
            ours.append(seconds)
            query = lambda vector=vector, where=where: index.collection.query(  # noqa: E731
                query_embeddings=vector, n_results=_K, where=where, include=[]
            )
            answer, seconds = _timed(query)
            theirs.append(seconds)
            cosines = whole @ vector[0] if allowed is None else np.where(flag, whole @ vector[0], -2)
            least = float(np.partition(cosines, len(cosines) - _K)[len(cosines) - _K]) - 1e-5
            right.append(_reaching(index.graph, [key for key, _ in got], cosines, least))
            right_theirs.append(_reaching(index.graph, answer["ids"][0], cosines, least))
        (median, own_cpu), (beside, other_cpu) = _medians(ours), _medians(theirs)
        found |= {
            f"{name}: median ms": median,
            f"{name}: Chroma's own, median ms": beside,
            f"{name}: times faster": beside / median,
            f"{name}: processor ms": own_cpu,
            f"{name}: Chroma's own, processor ms": other_cpu,
            f"{name}: times less of processors": other_cpu / own_cpu,
            f"{name}: recall@{_K}": float(np.mean(right)),
            f"{name}: Chroma's own, recall@{_K}": float(np.mean(right_theirs)),
        }
    return found


def _reaching(graph: KnowledgeGraph, keys: Sequence[str], cosines: Any, least: float) -> float:
    """Return the share of `_K` items that are as near as the exact ones; equal items count as one another."""
    return float((cosines[graph.positions([ItemId(key) for key in keys])] >= least).sum()) / _K


def _themes(knowledge: Knowledge, asked: Sequence[str]) -> dict[str, float]:
    said = [" ".join(text.split()[:3]) for text in asked]
    median, cpu = _medians([_timed(lambda text=text: search_items(knowledge, text))[1] for text in said])  # type: ignore[misc]
    return {"a theme, median ms": median, "a theme, processor ms": cpu}


class Spent(NamedTuple):
    """Seconds by the clock, and of processors: on a machine that other work shares the second tell more."""

    wall: float
    cpu: float


def _medians(each: Sequence[Spent]) -> tuple[float, float]:
    """Return the medians in milliseconds, by the clock and of processors, after warming up."""
    wall, cpu = np.median(each[_WARM_UP:], axis=0).tolist()
    return 1000 * wall, 1000 * cpu


def _timed(action: Callable[[], T]) -> tuple[T, Spent]:
    start, used = time.perf_counter(), time.process_time()
    result = action()
    return result, Spent(time.perf_counter() - start, time.process_time() - used)


if __name__ == "__main__":
    run_app(app)
