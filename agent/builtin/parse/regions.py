"""Parts of the world as places: 'something Scandinavian' means each of its countries that a catalogue has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.lexicon.regions import regions, regions_called
from agent.builtin.parse.chunks import REGION, Candidate, Chunk
from agent.builtin.parse.vocabulary import Vocabulary
from kg.text import fold

_LONGEST = max(len(phrase) for phrase in regions())
_FIRST_WORDS = frozenset(phrase[0] for phrase in regions())


def is_region(chunk: Chunk) -> bool:
    """Tell whether a name stands for several countries."""
    return bool(chunk.choices) and chunk.choices[0].match == REGION


def with_regions(chunks: Sequence[Chunk], vocabulary: Vocabulary) -> list[Chunk]:
    """Replace the names of regions by names that may mean each of their countries."""
    out: list[Chunk] = []
    i = 0
    while i < len(chunks):
        length, choices = _region_at(chunks, i, vocabulary)
        run = chunks[i : i + max(length, 1)]
        out.append(_named(run, choices) if choices else run[0])
        i += length if choices else 1
    return out


def _region_at(chunks: Sequence[Chunk], i: int, vocabulary: Vocabulary) -> tuple[int, tuple[Candidate, ...]]:
    if chunks[i].text.casefold().partition(" ")[0] not in _FIRST_WORDS or chunks[i].kind == "title":
        return 0, ()
    if chunks[i].kind == "entity" and any(
        c.match == "full" and "country" in c.roles for c in chunks[i].choices
    ):
        return 0, ()  # what this catalogue itself calls so
    for length in range(min(_LONGEST, len(chunks) - i), 0, -1):
        said = " ".join(chunk.text.casefold() for chunk in chunks[i : i + length])
        labels = regions().get(tuple(said.split()), ())
        own = next((fold(n) for n in regions_called(labels) if fold(n) in vocabulary.own_places), None)
        if own is not None:
            return length, (vocabulary.own_places[own],)
        known = tuple(vocabulary.places[label] for label in labels if label in vocabulary.places)
        if known:
            return length, known
    return 0, ()


def _named(run: Sequence[Chunk], choices: tuple[Candidate, ...]) -> Chunk:
    said = " ".join(chunk.text for chunk in run)
    return replace(run[0], kind="entity", text=said, end=run[-1].end, choices=choices, entries=())
