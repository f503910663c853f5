"""Sentences about what is asked of films or of books."""

from __future__ import annotations

from collections.abc import Sequence

from agent.phrasing import listed

_NOUNS = {"movie": "films", "book": "books"}


def nouns_of(domain: str | None) -> str:
    """Return what items of a domain are called; '' where that is not said."""
    return _NOUNS.get(domain or "", "")


def nothing_of_domain(domain: str, names: Sequence[str]) -> str:
    """Return that nothing of another domain has what was asked of one: that of the first is not denied."""
    having = f" with {listed(names)}" if names else ""
    return f"I found none{having} among the {_NOUNS.get(domain, 'others')} here."
