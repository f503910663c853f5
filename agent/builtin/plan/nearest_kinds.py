"""A kind in place of one that nothing of a domain is listed under: 'crime novels' are mysteries here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.interpret.request import EntityMention, ParsedRequest
from agent.builtin.lexicon.kinds import nearest_kinds
from agent.builtin.parse.chunks import Candidate
from agent.builtin.plan.tool_session import ToolSession
from agent.builtin.respond.nearest_kinds import nearest_kind


def with_nearest_kinds(
    reading: ParsedRequest, here: Sequence[bool], session: ToolSession
) -> tuple[ParsedRequest, str] | None:
    """Return a request for the nearest kind that its domain has, and a sentence that says so.

    `here` tells which of its kinds the domain has. None where one that it lacks has no nearest.
    """
    kinds: list[EntityMention] = []
    said: list[str] = []
    for name, known in zip(reading.categories, here, strict=True):
        instead = None if known else _nearest(name, reading.domain, session)
        if not known and instead is None:
            return None
        kinds.append(name if instead is None else instead)
        said += [] if instead is None else [nearest_kind(name.choices[0].label, instead.choices[0].label)]
    return replace(reading, categories=tuple(kinds)), " ".join(said)


def _nearest(name: EntityMention, domain: str | None, session: ToolSession) -> EntityMention | None:
    for label in nearest_kinds().get(name.choices[0].label, ()):
        stated = [{"relation": "genre", "value": label}]
        found = session.call("find_items", conditions=stated, domain=domain, limit=1)
        if found and found["items"]:
            choice = Candidate(name.choices[0].id, label, {"genre": found["total"]}, "full", 1.0, None)
            return EntityMention(name.text, (choice,))
    return None
