"""Data as HTML that shows it."""

from __future__ import annotations

import html

from agent.phrasing import flat


def escape(text: str) -> str:
    """Return data as HTML: no markup begins, and what no reader sees is written out."""
    return html.escape(flat(text))
