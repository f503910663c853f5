"""Sentences on what is left out, or comes last, for the sake of whom it is for."""

from __future__ import annotations

from collections.abc import Sequence

from agent.phrasing import listed


def left_out_for_them(kinds: Sequence[str]) -> str:
    """Return which kinds are left out, though nobody said so."""
    return f"For them I left out {_listed_under(kinds)}, and what is rated for adults; name any to have it."


def milder_first(kinds: Sequence[str]) -> str:
    """Return which kinds come last, though nobody said so."""
    return f"For them what is also listed under {_listed_under(kinds)}, or rated for adults, comes last."


def _listed_under(kinds: Sequence[str]) -> str:
    return listed([kind.lower() for kind in kinds])
