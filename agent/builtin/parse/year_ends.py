"""What stands after a date and bounds it: 'or later', 'and before', 'to now'."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.phrases import Phrases, said_after

Operator = Literal["from", "to", "after", "before", "around", "in", ""]

_AFTER: Mapping[str, Phrases] = {name: Phrases(tables("years")[name]) for name in ("onward", "backward")}
_CLOSE = frozenset("now today present later up plus on".split())  # an end only right beside the year

_DATE = re.compile(r"\d{4}|(\d\d)?\d0s|the")


def ending_of(chunks: Sequence[Chunk], end: int) -> tuple[Operator, int]:
    """Return what stands after a date and where that ends: 'or later' -> 'from'."""
    dash = end < len(chunks) and chunks[end].kind == "mark" and chunks[end].text == "-"
    for name, operator in (("onward", "from"), ("backward", "to")):
        length = said_after(chunks, end + dash, _AFTER[name])
        if length == 1 and chunks[end + dash].text == "on" and _leads_to_service(chunks, end + dash + 1):
            continue
        if length > 1 and _DATE.fullmatch("".join(a.text for a in chunks[end + length : end + length + 1])):
            continue  # "after 1990 AND BEFORE 2005"
        if length == 1 and chunks[end + dash].text == "plus" and _goes_on(chunks, end + dash + 1):
            continue  # "a western from the 60s plus a thriller"
        alone = length == 1 and chunks[end + dash].text in _CLOSE - {"on", "up", "later", "plus"}
        touching = dash or (end < len(chunks) and end and chunks[end].start - chunks[end - 1].end <= 1)
        if length and (not dash or alone) and (not alone or (touching and _is_glued(chunks, end, dash))):
            return operator, end + dash + length  # type: ignore[return-value]
    glued = end < len(chunks) and chunks[end].text == "and" and chunks[end].start == chunks[end - 1].end
    return ("from", end + 1) if glued else ("", end)  # "1990+"


def _goes_on(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a noun phrase follows."""
    return i < len(chunks) and (chunks[i].text in words("lists", "articles") or chunks[i].kind == "category")


def _leads_to_service(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether 'on' leads to where items are: 'from the 90s on NETFLIX', 'on DVD'."""
    if i >= len(chunks):
        return False
    named = chunks[i].kind == "entity" and bool(chunks[i].choices)
    return named or chunks[i].text in words("unknowable", "services") | words("stories", "carriers")


def _is_glued(chunks: Sequence[Chunk], end: int, dash: bool) -> bool:
    """Tell whether '2010-present' is one range: 'from 2010 now, please' is not."""
    return dash or (chunks[end].start == chunks[end - 1].end + 1 and chunks[end].text == "present")
