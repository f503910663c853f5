"""What nothing is all of together: some of each, where one item hardly has several of that relation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from agent.builtin.plan.alternatives import Disjunction
from agent.builtin.plan.search import SearchFilters, find_each
from agent.builtin.plan.tool_session import ToolSession
from kg.text import fold, tokens

_OF_ONE = frozenset(("author", "director", "series", "publisher", "country", "writer"))
_ACTING = "actor"
_AGAIN = frozenset(("one", "another", "by", "with", "from"))


def some_of_each(
    terms: Sequence[Disjunction], filters: SearchFilters, session: ToolSession
) -> tuple[list[Disjunction], SearchFilters] | None:
    """Return terms that nothing satisfies with those of one relation as alternatives; None if it has one.

    'Tolkien for him, Chandler for me': no book is by both. A kind and who acts are wanted together.
    """
    if filters.any_of or not session.has("find_items"):
        return None
    actors = [term for term in terms if term and term[0].relation == _ACTING]
    named = [term for term in terms if term and term[0].relation != "genre"]
    apart = actors == named and _are_apart(filters.text)
    alike = actors if apart else [term for term in terms if term and _may_be_of_one(term)]
    values = {term[0].value for term in alike}
    if len(values) < 2:
        return None
    each = find_each([[term] for term in alike], filters, session)
    stated = [found.conditions[0] for found in each if found.items and len(found.conditions) == 1]
    if len({each["value"] for each in stated}) < 2:
        return None
    rest = [term for term in terms if term not in alike]
    return rest, replace(filters, any_of=tuple(c for i, c in enumerate(stated) if c not in stated[:i]))


def _are_apart(text: str) -> bool:
    """Tell whether several people are asked for apart: 'from EACH', 'with EITHER', 'AND ONE WITH'."""
    said = [fold(token.raw) for token in tokens(text)]
    again = any(a in ("and", "or") and b in _AGAIN for a, b in pairwise(said))
    return again or not {"each", "either", "respectively"}.isdisjoint(said)


def _may_be_of_one(term: Disjunction) -> bool:
    """Tell whether an item has one of what a term names: who wrote or directed it, its series."""
    likeliest = [alternative.relation for alternative in term if alternative.rank == term[0].rank]
    return _OF_ONE.issuperset(likeliest)
