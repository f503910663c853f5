"""search_items: items near a text, under hard filters."""

from __future__ import annotations

from kg.graph import Years
from kg.types import Condition
from tools import args
from tools.errors import ToolError
from tools.types import Found, Knowledge, hit

MAX_K = 200


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
    if not 1 <= k <= MAX_K:
        raise ToolError(f"k is {k}, expected 1 to {MAX_K}.")
    if domain is not None and domain not in graph.domains:
        raise ToolError(f"no items of domain {domain[:40]!r}; this catalogue has {', '.join(graph.domains)}.")
    wanted = args.conditions(graph, conditions or [])
    excluded = set(args.item_ids(graph, exclude_items or []))
    filtered = bool(wanted) or year_from is not None or year_to is not None or domain is not None
    allowed = (
        set(graph.ids(graph.find(wanted, years=Years(year_from, year_to), domain=domain)))
        if filtered
        else None
    )
    near = knowledge.index.search(text, k, allowed=allowed, excluded=excluded)
    hits = tuple(hit(graph.item(item), round(score, 4)) for item, score in near)
    return Found(hits, len(hits), args.evidence(graph, [each.id for each in hits], wanted))
