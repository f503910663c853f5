"""A span that was chosen, as a mention with its candidates."""

from __future__ import annotations

from collections.abc import Sequence

from kg.forms import Form
from kg.graph import KnowledgeGraph
from kg.names import Ref
from kg.text import Token
from kg.types import ItemId
from tools.spans import Span, is_written
from tools.types import Candidate, Mention

MAX_CANDIDATES = 24
SCORES = {
    Form.FULL: 1.0,
    Form.ALIAS: 0.95,
    Form.INITIALS: 0.9,
    Form.SHORT: 0.75,
    Form.PREFIX: 0.6,
    Form.SURNAME: 0.55,
}


def mention_of(graph: KnowledgeGraph, text: str, words: Sequence[Token], span: Span) -> Mention:
    """Return a span as a mention.

    Its candidates are ordered: better form first, then more popular, ties by id; items that are only known
    behind those that are called so in full and can be recommended.
    """
    start, end = words[span.first].start, words[span.end - 1].end
    best = span.refs[0].form
    candidates = [_candidate(graph, ref, span, best) for ref in span.refs]
    said = text[start:end]
    if len(candidates) == 1:
        return Mention(start, end, said, tuple(candidates))
    chosen = graph.popularity
    popularity = {graph.catalogue.items[r.code].id: int(chosen[r.code]) for r in span.refs if r.is_item}
    items = [r for r in span.refs if r.is_item]
    offered = any(r.code < graph.catalogue.offered and r.form <= Form.ALIAS for r in items)
    candidates.sort(
        key=lambda c: (
            offered and c.kind == "item" and not graph.offers(c.id),
            -c.score,
            c.kind == "entity" and not is_written(c.label, said),
            -sum(c.roles.values()),
            -popularity.get(ItemId(c.id), 0),
            c.id,
        )
    )
    return Mention(start, end, said, tuple(candidates[:MAX_CANDIDATES]))


def only_known(graph: KnowledgeGraph, mentions: Sequence[Mention]) -> tuple[ItemId, ...]:
    """Return the items among the candidates that cannot be recommended, each once."""
    named = (ItemId(c.id) for each in mentions for c in each.candidates if c.kind == "item")
    return tuple(dict.fromkeys(key for key in named if not graph.offers(key)))


def _candidate(graph: KnowledgeGraph, ref: Ref, span: Span, best: Form) -> Candidate:
    score = round(span.score * SCORES[ref.form] / SCORES[best], 4)
    match = span.match if span.match == "spelling" else ref.form.name.lower()
    if ref.is_item:
        item = graph.catalogue.items[ref.code]
        domain = item.domain if len(graph.domains) > 1 else None
        return Candidate(item.id, item.title, "item", match, score, item.year, domain=domain)
    entity = graph.catalogue.entities[-1 - ref.code]
    roles = {str(name): count for name, count in graph.roles(entity.id).items()}
    return Candidate(entity.id, entity.label, "entity", match, score, None, roles)
