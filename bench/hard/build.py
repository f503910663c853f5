"""Hard requests in words: as many of every kind as are wanted, each with its truth by the graph."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from bench.hard import kinds
from bench.hard.facts import Facts
from bench.hard.kinds import Hard, Kind
from bench.types import Query
from bench.wording.grammar import Expander, alternatives
from kg.errors import UsageError
from kg.graph import KnowledgeGraph
from kg.text import name_key

VERSION = 1  # raised whenever the same seed gives other requests
WORDS = Path(__file__).parent / "words"
KINDS: Mapping[Kind, Callable[[Facts], Iterator[Hard]]] = {
    "hops": kinds.hops,
    "two-claims": kinds.two_claims,
    "negation": kinds.negation,
    "outside": kinds.outside,
    "quantity": kinds.quantity,
    "theme": lambda facts: kinds.theme(facts, paraphrased),
}
PAPER = 50  # of every kind, where the counts are the paper's: it has no such split


def build(graph: KnowledgeGraph, counts: str | int = "paper", seed: int = 0) -> list[Query]:
    """Return hard requests over a graph: for every domain the kinds in their order.

    A kind that the graph has nothing for is left out; no two requests have one text.

    Raises:
        UsageError: counts that are none.
    """
    if counts != "paper" and not str(counts).isdecimal():
        raise UsageError(f"counts are {counts!r}\n  Expected `paper`, or a number of queries a kind.")
    wanted = PAPER if counts == "paper" else int(counts)
    return [
        query
        for domain in ("movie", "book")
        if domain in graph.domains
        for kind in KINDS
        for query in _of_kind(graph, domain, kind, wanted, seed)
    ]


def paraphrased(genre: str) -> bool:
    """Tell whether a genre has words that do not name it."""
    return bool(alternatives(f"hard.{genre.casefold()}", WORDS))


def write(hard: Hard, domain: str, rng: random.Random) -> str:
    """Return the words of a request."""
    words = Expander(domain, rng, folder=WORDS)
    slots = {**hard.slots, "thing": "book" if domain == "book" else "film"}
    for role, suffix in (("role", ""), ("other", "2")):
        if role in slots:
            name = slots.pop(role)
            slots |= {form + suffix: words.say(f"hard.{name}.{form}") for form in ("did", "noun")}
    if hard.kind == "theme":
        slots["theme"] = words.say(f"hard.{slots['genre'].casefold()}")
    return words.say(f"hard.{hard.section}", **slots)


def _of_kind(graph: KnowledgeGraph, domain: str, kind: Kind, wanted: int, seed: int) -> Iterator[Query]:
    rng = random.Random(f"hard/{seed}/{domain}/{kind}")  # noqa: S311
    facts = Facts(graph, domain, rng)
    made: set[str] = set()
    for hard in KINDS[kind](facts) if facts.roles else ():
        if len(made) == wanted:
            return
        text = write(hard, domain, rng)
        if text not in made and not _gives_away(text, hard):
            made.add(text)
            yield _query(hard, domain, f"{domain}-hard-{kind}-{len(made):04d}", text)


def _gives_away(text: str, hard: Hard) -> bool:
    """Tell whether a text says what it was only to hint at, outside the titles and names it has to say."""
    folded = text.casefold()
    for said in sorted(hard.slots.values(), key=len, reverse=True):
        folded = folded.replace(said.casefold(), " ") if said not in hard.hidden else folded
    return any(f" {name_key(each)} " in f" {name_key(folded)} " for each in hard.hidden)


def _query(hard: Hard, domain: str, key: str, text: str) -> Query:
    first, *more = hard.claims or (None,)
    return Query(
        id=key,
        domain="book" if domain == "book" else "movie",
        type=hard.type,
        kind=hard.kind,
        query=text,
        n_conditions=len(hard.conditions) or None,
        conditions=hard.stated,
        references=list(hard.references),
        claim=first,
        also_claimed=[claim for claim in more if claim is not None],
        ground_truth=sorted(item.id for item in hard.truth),
        ignore=sorted(item.id for item in hard.mentioned),
    )
