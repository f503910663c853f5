"""Labels by other names: 'Windows' for 'Windows 11', 'android' for its versions, 'January' for 'Jan'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from agent.builtin.lexicon.load import groups, tables
from agent.builtin.parse.chunks import REGION, Candidate, Chunk
from kg.graph import KnowledgeGraph
from kg.text import fold, tokens
from kg.types import Entity, Kind
from tools.english import common_words
from tools.title_parts import titles_of

_KINDS = (Kind.CATEGORY, Kind.ORGANISATION, Kind.PLACE, Kind.OTHER)
_SHORT = 2  # letters of a label that is no word
_MOST = 2_000  # labels of a relation that are looked through
_AMBIGUOUS = frozenset(("may", "march"))  # words beside names of months
_LEADS_TO_MONTH = frozenset("in or and from to until by for since during through till of early late".split())
_SEVERAL = 4  # labels that are months, where the relation is of months


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
    for word, entity, role, count in _made_of(graph):
        meant = Candidate(entity.id, entity.label, {role: count}, "full", 1.0, None)
        found.setdefault(word, []).append(meant)
    for short, entity, role, count in _initials_of(graph):
        meant = Candidate(entity.id, entity.label, {role: count}, "full", 1.0, None)
        found.setdefault(short, []).append(meant)
    found |= {word: [meant] for word, meant in _months_of(graph).items() if word not in found}
    several = {word: len(meant) > 1 for word, meant in found.items()}
    return {
        word: tuple(replace(each, match=REGION) if several[word] else each for each in meant)
        for word, meant in found.items()
    }


def codes_of(graph: KnowledgeGraph, relations: Iterable[str]) -> Mapping[str, Mapping[str, Candidate]]:
    """Return the labels of relations too short to be linked, by relation and folded label: 'zone B'."""
    found: dict[str, dict[str, Candidate]] = {}
    for relation in graph.relations:
        if relation.name not in relations or relation.kind not in _KINDS:
            continue
        for entity in graph.entities_of(relation.name)[:_MOST]:
            if len(said := fold(entity.label)) <= _SHORT:
                roles = {str(relation.name): graph.roles(entity.id)[relation.name]}
                meant = Candidate(entity.id, entity.label, roles, "full", 1.0, None)
                found.setdefault(str(relation.name), {})[said] = meant
    return found


def _made_of(graph: KnowledgeGraph) -> Iterator[tuple[str, Entity, str, int]]:
    """Yield the adjectives of labels, and whose they are: 'wooden' of 'wood'."""
    for label, said in groups("measures", "made of").items():
        for relation in graph.relations:
            for entity in graph.entities_named(label, relation.name) if relation.kind in _KINDS else ():
                yield from (
                    (word, entity, str(relation.name), graph.roles(entity.id)[relation.name]) for word in said
                )


def _initials_of(graph: KnowledgeGraph) -> Iterator[tuple[str, Entity, str, int]]:
    """Yield the initials of labels with a number, and whose they are: 'ps5' of 'PlayStation 5'."""
    for relation in graph.relations:
        for entity in graph.entities_of(relation.name)[:_MOST] if relation.kind in _KINDS else ():
            short = "".join(a for a in entity.label if a.isupper() or a.isdecimal())
            if len(short) > len("A1") and any(a.isdecimal() for a in short) and short != entity.label:
                yield fold(short), entity, str(relation.name), graph.roles(entity.id)[relation.name]


def _months_of(graph: KnowledgeGraph) -> Mapping[str, Candidate]:
    """Return the other spelling of months that are labels of a relation: 'january' of 'Jan'."""
    found: dict[str, Candidate] = {}
    for relation in graph.relations:
        labels = graph.entities_of(relation.name)[:_MOST] if relation.kind in _KINDS else ()
        called = {fold(entity.label): entity for entity in labels}
        pairs = [pair for pair in _month_names() if called.keys() & set(pair)]
        for one, other in pairs if len(pairs) >= _SEVERAL else ():
            known, missing = (one, other) if one in called else (other, one)
            if missing not in called or missing in _AMBIGUOUS:
                roles = {str(relation.name): graph.roles(called[known].id)[relation.name]}
                meant = Candidate(called[known].id, called[known].label, roles, "full", 1.0, None)
                found.setdefault(missing, meant)
    return found


def _month_names() -> list[tuple[str, str]]:
    said = tables("years")["months"]
    return list(zip(said[::2], said[1::2], strict=True))


def with_label_parts(chunks: Sequence[Chunk], parts: Mapping[str, tuple[Candidate, ...]]) -> list[Chunk]:
    """Replace words that nothing else is called by what labels begin with them."""
    named = [_named(chunk, parts) for chunk in chunks]
    return [
        chunk if chunk.text in _AMBIGUOUS and not _is_dated(chunks, i) else named[i]
        for i, chunk in enumerate(chunks)
    ]


def _is_dated(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether 'may' is the name of a month: 'in MAY', 'April or MAY'; not 'you MAY'."""
    return i > 0 and (chunks[i - 1].text in _LEADS_TO_MONTH or chunks[i - 1].kind == "mark")


def _named(chunk: Chunk, parts: Mapping[str, tuple[Candidate, ...]]) -> Chunk:
    unknown = chunk.kind == "word" or (chunk.kind == "entity" and not chunk.choices)
    meant = parts.get(fold(chunk.text), ()) if unknown else ()
    return replace(chunk, kind="entity", choices=meant, entries=()) if meant else chunk
