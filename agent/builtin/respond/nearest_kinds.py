"""Sentences on a kind that stands in for another."""

from __future__ import annotations


def nearest_kind(wanted: str, instead: str) -> str:
    """Return that nothing of a domain is listed under a kind, and which is nearest."""
    return f"Nothing of that sort is listed under {wanted} here; {instead} is the nearest kind."
