"""Parts of labels as names: 'Windows' for 'Windows 11', 'android' for each of its versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from agent.builtin.parse.chunks import REGION, Candidate, Chunk
from kg.graph import KnowledgeGraph
from kg.text import fold, tokens
from kg.types import Kind
from tools.english import common_words
from tools.title_parts import titles_of

_KINDS = (Kind.CATEGORY, Kind.ORGANISATION, Kind.PLACE, Kind.OTHER)
_MOST = 2_000  # labels of a relation that are looked through


def label_parts_of(graph: KnowledgeGraph) -> Mapping[str, tuple[Candidate, ...]]:
    """Return first words of labels of several words with what they may mean, where items are no works."""
    if titles_of(graph) is None:
        return {}
    found: dict[str, list[Candidate]] = {}
    for relation in graph.relations:
        if relation.kind not in _KINDS or relation.scale:
            continue
        for entity in graph.entities_of(relation.name)[:_MOST]:
            said = [fold(token.raw) for token in tokens(entity.label)]
            if len(said) > 1 and len(said[0]) > 1 and said[0] not in common_words():
                roles = {str(name): count for name, count in graph.roles(entity.id).items()}
                meant = Candidate(entity.id, entity.label, roles, "short", 1.0, None)
                found.setdefault(said[0], []).append(meant)
    several = {word: len(meant) > 1 for word, meant in found.items()}
    return {
        word: tuple(replace(each, match=REGION) if several[word] else each for each in meant)
        for word, meant in found.items()
    }


def with_label_parts(chunks: Sequence[Chunk], parts: Mapping[str, tuple[Candidate, ...]]) -> list[Chunk]:
    """Replace words that nothing else is called by what labels begin with them."""
    return [_named(chunk, parts) for chunk in chunks]


def _named(chunk: Chunk, parts: Mapping[str, tuple[Candidate, ...]]) -> Chunk:
    unknown = chunk.kind == "word" or (chunk.kind == "entity" and not chunk.choices)
    meant = parts.get(fold(chunk.text), ()) if unknown else ()
    return replace(chunk, kind="entity", choices=meant, entries=()) if meant else chunk
