"""A message as it was meant in the end: what it corrects in itself is read once, as it was put last."""

from __future__ import annotations

from typing import Any

from agent.builtin.interpret.message import understood
from agent.builtin.parse.corrected import corrected, may_correct
from agent.builtin.parse.vocabulary import Vocabulary
from agent.builtin.plan.tool_session import ToolSession


def as_meant(
    text: str, links: dict[str, Any], session: ToolSession, vocabulary: Vocabulary
) -> tuple[str, dict[str, Any]]:
    """Return a text in which what it corrects stands as it was meant, and what it names then."""
    meant = corrected(text, understood(text, links, vocabulary).chunks) if may_correct(text) else text
    again = session.call("link_entities", text=meant) if meant != text else None
    return (text, links) if again is None else (meant, again)
