"""The arguments of `recommend`, and the answer by similarity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agent.builtin import wording
from agent.builtin.desk import Arguments, Desk
from agent.builtin.finding import Frame
from agent.builtin.moods import theme_of
from agent.builtin.request import Reading
from agent.builtin.terms import category_term

_SIMILAR = 10


def say(
    items: Sequence[str] = (),
    conditions: Sequence[dict[str, str]] = (),
    corrections: Sequence[dict[str, Any]] = (),
    note: str = "",
    also: dict[str, Any] | None = None,
    frame: Frame | None = None,
) -> Arguments:
    """Return the arguments of `recommend`; what a frame rules in or out is stated with the items it found."""
    arguments: Arguments = {
        "items": list(items),
        "conditions": list(conditions),
        "corrections": list(corrections),
        "note": note,
        "also": also,
    }
    if frame is not None and items:
        arguments |= {"any_of": list(frame.any_of), "none_of": list(frame.none_of)}
    return arguments


def by_similarity(
    text: str, desk: Desk, reading: Reading, note: str, corrections: Sequence[dict[str, Any]] = ()
) -> Arguments:
    """Answer by nearness of descriptions; nothing is claimed to be proved."""
    if note and not reading.examples:
        return say(corrections=corrections, note=note)
    if not desk.has("search_items") or not any(c.isalpha() for c in text):
        return say(corrections=corrections, note=note or wording.NOT_UNDERSTOOD)
    arguments: Arguments = {"text": theme_of(text) or text, "k": _SIMILAR}
    excluded = [title.choices[0].id for title in reading.mentioned if title.choices]
    if excluded:
        arguments["exclude_items"] = list(dict.fromkeys(excluded))
    if reading.domain:
        arguments["domain"] = reading.domain
    arguments["conditions"] = [category_term(name)[0].condition for name in reading.categories]
    found = desk.ask("search_items", **arguments)
    if found and not found["items"] and arguments.pop("conditions"):
        found = desk.ask("search_items", **arguments)
    items = [hit["id"] for hit in found["items"]][: reading.limit] if found else []
    return say(
        items, corrections=corrections, note=wording.BY_SIMILARITY if items else wording.NOT_UNDERSTOOD
    )
