"""Sentences about what is asked of films or of books."""

from __future__ import annotations

from collections.abc import Sequence

from agent.phrasing import listed

_NOUNS = {"movie": "films", "book": "books"}


def nothing_of_domain(domain: str, names: Sequence[str]) -> str:
    """Return that nothing of another domain has what was asked of one: that of the first is not denied."""
    having = f" with {listed(names)}" if names else ""
    return f"I found none{having} among the {_NOUNS.get(domain, 'others')} here."
