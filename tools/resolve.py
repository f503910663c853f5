"""resolve_reference: who or what is meant by 'the cinematographer of Taps and Absence of Malice'?"""

from __future__ import annotations

from collections import Counter

from kg.types import Condition
from tools import args
from tools.errors import ToolError
from tools.knowledge import Knowledge
from tools.types import Resolution, Shared


def resolve_reference(knowledge: Knowledge, items: list[str], relation: str) -> Resolution:
    """Find what items have in common on a relation, e.g. the cinematographer of two films.

    Values that all of them share come back, else those that most share.

    For a chain of references, use the result in find_items and resolve what that finds.
    """
    graph = knowledge.graph
    keys = list(dict.fromkeys(args.item_ids(graph, items)))
    name = args.relation_name(graph, relation)
    if not keys:
        raise ToolError("items is empty; give the ids of the items that were referred to.")
    counts = Counter(label for key in keys for label in {entity.label for entity in graph.values(key, name)})
    most = max(counts.values(), default=0)
    shared = tuple(Shared(label, count) for label, count in sorted(counts.items()) if count == most)
    proof = tuple(
        edge for value in shared for edge in args.evidence(graph, keys, [Condition(name, value.value)])
    )
    return Resolution(name, tuple(keys), shared, proof)
