"""How long `link_entities` takes, how it grows with the catalogue, and brute-force rapidfuzz beside it.

Requests of some 200 characters name two or three things of a catalogue; about every second name has one
typo. The catalogues are MovieLens-1M and invented ones of three sizes. Brute force compares every window of
one to four words in a run of capitalised words with every name. Both shares of names found right and the
ratio are of the same requests, the first of those that linking is timed on.
"""

from __future__ import annotations

import random
import re
import statistics
import string
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from bench.growth import exponent
from bench.speed_names import invented
from kg import names, naming
from kg.graph import KnowledgeGraph
from kg.store import open_catalogue
from kg.text import Token, name_key, tokens
from kg.types import Kind
from kg.vectors import Retriever
from tools.knowledge import Knowledge
from tools.link import link_entities

SIZES = (15_000, 60_000, 200_000)
REQUESTS = 120
WARM_UP = 20
BRUTE_REQUESTS = 40
AIMS = {"ML-1M": "≤ 3 ms", f"{SIZES[-1]:,} invented": "≤ 10 ms"}
_SEED = 7
_CUTOFF = 80  # brute force: what is less alike is no match
_LETTERS = 6  # names shorter than this are not planted
_LETTERS_IN_A_ROW = re.compile(r"[^\W\d_]{2}")  # in which a typo can be
_SMALL = frozenset("of the and a at by from in on to for vs with de la von van".split())
_TEMPLATES = (
    "We watched {title} at my sister's last weekend and everybody was quiet for an hour afterwards. Is "
    "there something else with {person} that would be nice for a rainy evening, but please not too long?",
    "My father keeps telling me that {person} made the best films of all. I have only seen {title} so "
    "far, which I liked more than {title}, so could you tell me where to go on from there?",
    "could you find me three films with {person} and {person} in them, or at least one of the two? I am "
    "not in the mood for anything like {title}, we have seen that one far too often",
    "Years ago I saw a film on a night bus and I think {person} was behind the camera. It felt a little "
    "like {title}, only slower. What would you suggest to somebody who enjoys that sort of thing?",
    "For our little film club I need a double bill. One half should be {title} because people asked for "
    "it; the other half may be anything by {person} that is not as sad, and older if possible.",
    "Since {person} was so good in {title}, I would like to see more of the same kind, maybe from the "
    "eighties or before. Please leave out whatever {person} did, I never could get on with it.",
)


Found = list[tuple[int, int, str]]  # [start, end) and the name


@dataclass(frozen=True, slots=True)
class Planted:
    """A name that stands in a request at [start, end), perhaps misspelt."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Request:
    """A text and the names that were put into it."""

    text: str
    planted: tuple[Planted, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """For every request its seconds, and for each name in it whether it was found right."""

    seconds: list[float]
    right: list[list[bool]]

    @property
    def median_ms(self) -> float:
        """The median in milliseconds."""
        return 1000 * statistics.median(self.seconds)

    def first(self, count: int) -> Measured:
        """Return the same for the first requests only."""
        return Measured(self.seconds[:count], self.right[:count])

    @property
    def share_right(self) -> float:
        """The share of all names that were found right."""
        return statistics.mean(hit for hits in self.right for hit in hits)


def rows(data: Path) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table: what, measured, beside it in the same run, ratio, aim."""
    points = []
    if (data / "ml-1m").is_dir():
        yield _row("ML-1M", *measure(open_catalogue("ml-1m", data).graph))
    for size in SIZES:
        label = f"{size:,} invented"
        with tempfile.TemporaryDirectory() as folder:
            linking, brute, count = measure(_invented_graph(size, Path(folder)))
        points.append((count, linking.median_ms, brute.median_ms))
        yield _row(label, linking, brute, count)
    names, *times = zip(*points, strict=True)
    grown, brute_grown = (exponent(names, each) for each in times)
    what = f"growth of linking over {SIZES[0]:,} to {SIZES[-1]:,} names (names to the power of)"
    yield what, f"{grown:.2f}", f"{brute_grown:.2f} brute force", f"{grown / brute_grown:.2f}", ""


def measure(graph: KnowledgeGraph) -> tuple[Measured, Measured, int]:
    """Return linking, brute force on the first of the same requests, and the number of names."""
    drawn = drawn_requests(graph, WARM_UP + REQUESTS)
    knowledge = Knowledge(graph, _no_index)
    for request in drawn[:WARM_UP]:
        link_entities(knowledge, request.text)
    timed = drawn[WARM_UP:]
    linking = _measured(timed, lambda request: _linked(knowledge, request))
    every = sorted({name_key(name) for name in _every_name(graph)})
    brute = _measured(timed[:BRUTE_REQUESTS], lambda request: _brute_force(every, request))
    return linking, brute, len(every)


def drawn_requests(graph: KnowledgeGraph, count: int, typos: float = 0.5) -> list[Request]:
    """Return so many requests, always the same; of their names the share `typos` has one typo."""
    titles, people = _names_of(graph)
    rng = random.Random(_SEED)  # noqa: S311
    return [_request(graph, titles, people, rng, typos) for _ in range(count)]


def _row(label: str, linking: Measured, brute: Measured, count: int) -> tuple[str, ...]:
    p95 = 1000 * float(np.percentile(linking.seconds, 95))
    same = linking.first(len(brute.seconds))
    return (
        f"linking names in 200 characters, {label} ({count:,} names)",
        f"{linking.median_ms:.1f} ms, p95 {p95:.1f}; {same.share_right:.0%} right",
        f"{brute.median_ms:.0f} ms brute-force rapidfuzz; {brute.share_right:.0%} right",
        f"{same.median_ms / brute.median_ms:.3f}",
        AIMS.get(label, ""),
    )


def _measured(requests: Sequence[Request], found: Callable[[Request], Found]) -> Measured:
    seconds, right = [], []
    for request in requests:
        start = time.perf_counter()
        spans = found(request)
        seconds.append(time.perf_counter() - start)
        right.append([_is_found(planted, spans) for planted in request.planted])
    return Measured(seconds, right)


def _is_found(planted: Planted, found: Found) -> bool:
    over = [name for start, end, name in found if start < planted.end and planted.start < end]
    return any(name_key(name) == name_key(planted.name) for name in over)


def _linked(knowledge: Knowledge, request: Request) -> Found:
    mentions = link_entities(knowledge, request.text).mentions
    return [(mention.start, mention.end, mention.candidates[0].label) for mention in mentions]


def _brute_force(every: Sequence[str], request: Request) -> Found:
    """Compare every window with every name; of windows that overlap keep the longest, best matches."""
    matches = []
    for run in _capital_runs(request.text):
        for i in range(len(run)):
            for window in (run[i:j] for j in range(i + 1, min(i + 4, len(run)) + 1)):
                key = "".join(word.norm for word in window)
                if best := process.extractOne(key, every, scorer=fuzz.ratio, score_cutoff=_CUTOFF):
                    weight = best[1] ** 2 * len(key)
                    matches.append((weight, window[0].start, window[-1].end, best[0]))
    found: Found = []
    for _, start, end, name in sorted(matches, reverse=True):
        if all(end <= taken or done <= start for taken, done, _ in found):
            found.append((start, end, name))
    return found


def _capital_runs(text: str) -> Iterator[list[Token]]:
    """Yield the runs of capitalised words; small words may stand inside."""
    run: list[Token] = []
    for word in tokens(text):
        if not word.raw[0].islower() or word.norm == "s" or (run and word.norm in _SMALL):
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _request(
    graph: KnowledgeGraph, titles: list[str], people: list[str], rng: random.Random, typos: float
) -> Request:
    """Fill a template; the share `typos` of names gets one typo."""
    text, planted = "", []
    for before, slot, _, _ in string.Formatter().parse(rng.choice(_TEMPLATES)):
        text += before
        if slot is not None:
            name = rng.choice(titles if slot == "title" else people)
            typed = _misspelt(graph, name, rng) if rng.random() < typos else name
            planted.append(Planted(name, len(text), len(text) + len(typed)))
            text += typed
    return Request(text, tuple(planted))


def _misspelt(graph: KnowledgeGraph, name: str, rng: random.Random) -> str:
    """Swap, drop, double or replace one letter, capitals in their places, so that no other name comes out."""
    while True:
        at = rng.choice([k for k in range(len(name) - 1) if name[k : k + 2].isalpha()])
        here, after = name[at].lower(), name[at + 1]
        new = rng.choice(
            (after + here, after, here + here + after, rng.choice(string.ascii_lowercase) + after)
        )
        if name[at].isupper():
            new = new.capitalize()
        typed = name[:at] + new + name[at + 2 :]
        if typed != name and not graph.names.lookup([name_key(typed)])[0]:
            return typed


def _names_of(graph: KnowledgeGraph) -> tuple[list[str], list[str]]:
    """Return the titles and the people that are long enough to be planted and misspelt, in order."""
    kinds = {relation.name: relation.kind for relation in graph.relations}
    people = {
        entity.label
        for entity in graph.catalogue.entities
        if any(kinds[role] == Kind.PERSON for role in graph.roles(entity.id))
    }
    titles = {item.title for item in graph.offered}
    return _long(titles), _long(people)


def _long(found: set[str]) -> list[str]:
    return sorted(
        name for name in found if len(name_key(name)) >= _LETTERS and _LETTERS_IN_A_ROW.search(name)
    )


def _every_name(graph: KnowledgeGraph) -> Iterator[str]:
    for item in graph.offered:
        yield item.title
    for entity in graph.catalogue.entities:
        yield entity.label


def _invented_graph(size: int, folder: Path) -> KnowledgeGraph:
    catalogue = invented(size)
    naming.write(catalogue, folder)
    return KnowledgeGraph(catalogue, names.load(folder))


def _no_index() -> Retriever:
    raise AssertionError("linking needs no text index")
