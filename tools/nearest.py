"""What an unknown name may be a slip for: names of its own kind, close by, or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.forms import Form
from kg.graph import KnowledgeGraph
from kg.names import Ref
from kg.text import key
from kg.types import Condition, EntityId, Kind, RelationName
from tools.english import lead
from tools.places import Run
from tools.shape import Shape
from tools.spans import is_near_by_word

_SURE_LETTERS = 10  # so many letters may have two wrong ones
_MOST = 3


def nearest_names(graph: KnowledgeGraph, shape: Shape, run: Run) -> tuple[str, ...]:
    """Return labels nearly as a run is written: people where a person is meant, else titles; best first."""
    words = [word.norm for word in shape.words[run.first : run.end]]
    if shape.dated(run.end - 1):
        del words[-1]
    said = key(words)
    keys = [
        near.key
        for near in graph.names.near(said, 1 + (len(said) >= _SURE_LETTERS))
        if is_near_by_word(words, near.key)
    ]
    domains = _domains(graph, shape.norms)
    found = (
        _label(graph, ref)
        for refs in graph.names.lookup(keys)
        for ref in refs
        if ref.form <= Form.ALIAS and _fits(graph, ref, shape, run, domains)
    )
    return tuple(dict.fromkeys(found))[:_MOST]


def _label(graph: KnowledgeGraph, ref: Ref) -> str:
    catalogue = graph.catalogue
    return catalogue.items[ref.code].title if ref.is_item else catalogue.entities[-1 - ref.code].label


def _domains(graph: KnowledgeGraph, norms: Sequence[str]) -> set[str]:
    """Return the domains whose nouns a text uses; all where it uses none."""
    said = {domain for domain in graph.domains if lead(f"{domain} kind") & set(norms)}
    return said or set(graph.domains)


def _fits(graph: KnowledgeGraph, ref: Ref, shape: Shape, run: Run, domains: set[str]) -> bool:
    if ref.is_item:
        return run.place != "person" and graph.catalogue.items[ref.code].domain in domains
    if run.place == "title":
        return False
    entity = graph.catalogue.entities[-1 - ref.code].id
    roles = [role for role in graph.roles(entity) if graph.relation(role).kind == Kind.PERSON]
    led = shape.norms[run.first - 1] if run.first else ""
    acting = led in lead("acting")
    if run.place == "person" and not any(
        (role == "actor") == acting or led in ("with", "w") for role in roles
    ):
        return False
    return any(domain in domains for domain in _domains_of(graph, entity, roles))


def _domains_of(graph: KnowledgeGraph, entity: EntityId, roles: Sequence[RelationName]) -> Iterator[str]:
    label = graph.entity(entity).label
    for role in roles:
        found = graph.items_with(Condition(role, label))
        yield from {graph.catalogue.items[int(place)].domain for place in found[:1]}
