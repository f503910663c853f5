"""What nothing is all of together: some of each, where one item hardly has several of that relation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.plan.alternatives import Disjunction
from agent.builtin.plan.search import SearchFilters, find_each
from agent.builtin.plan.tool_session import ToolSession

_OF_ONE = frozenset(
    "author director series publisher country writer actor composer cinematographer editor".split()
)


def some_of_each(
    terms: Sequence[Disjunction], filters: SearchFilters, session: ToolSession
) -> tuple[list[Disjunction], SearchFilters] | None:
    """Return terms that nothing satisfies with those of one relation as alternatives; None if it has one.

    'Tolkien for him, Chandler for me': no book is by both. A kind and who acts are wanted together.
    """
    if filters.any_of or not session.has("find_items"):
        return None
    alike = [term for term in terms if term and _may_be_of_one(term)]
    values = {term[0].value for term in alike}
    if len(values) < 2:
        return None
    each = find_each([[term] for term in alike], filters, session)
    stated = [found.conditions[0] for found in each if found.items and len(found.conditions) == 1]
    if len({each["value"] for each in stated}) < 2:
        return None
    rest = [term for term in terms if term not in alike]
    return rest, replace(filters, any_of=tuple(c for i, c in enumerate(stated) if c not in stated[:i]))


def _may_be_of_one(term: Disjunction) -> bool:
    """Tell whether an item has one of what a term names: who wrote or directed it, its series."""
    likeliest = [alternative.relation for alternative in term if alternative.rank == term[0].rank]
    return _OF_ONE.issuperset(likeliest)
