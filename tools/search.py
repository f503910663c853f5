"""search_items: items near a text, under hard filters."""

from __future__ import annotations

from kg.graph import Years
from kg.types import Condition
from tools import args
from tools.candidates import Allowed, check_k
from tools.errors import ToolError
from tools.types import Found, Knowledge, hit


def search_items(
    knowledge: Knowledge,
    text: str,
    conditions: list[Condition] | None = None,
    exclude_items: list[str] | None = None,
    year_from: int | None = None,
    year_to: int | None = None,
    domain: str | None = None,
    k: int = 10,
) -> Found:
    """Find the `k` items whose description is nearest to a text, best first. Similarity is not proof.

    With conditions, years or a domain, only items that satisfy them are returned, with the proving edges.
    """
    graph = knowledge.graph
    if not text.strip():
        raise ToolError("text is empty; describe what is wanted.")
    check_k(k)
    asked = Allowed(conditions or [], Years(year_from, year_to), domain)
    excluded = set(args.item_ids(graph, exclude_items or []))
    allowed = set(graph.ids(asked.positions(graph).tolist())) if asked.filters else None
    near = knowledge.index.search(text, k, allowed=allowed, excluded=excluded)
    hits = tuple(hit(graph.item(item), round(score, 4)) for item, score in near)
    return Found(hits, len(hits), args.evidence(graph, [each.id for each in hits], asked.conditions))
