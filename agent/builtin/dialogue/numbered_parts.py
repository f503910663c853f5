"""A part of a series by its number behind the name: 'harry potter 3' is the third part of it."""

from __future__ import annotations

import re
from typing import Any

from agent.builtin.interpret.message import understood
from agent.builtin.lexicon.load import words
from agent.builtin.parse.vocabulary import Vocabulary
from agent.builtin.plan.tool_session import ToolSession

_NUMBERED = re.compile(r"[^\W\d_] (?:[2-9]|ii|iii|iv|vi{0,3})(?!\w)", re.IGNORECASE)
_PLACE = re.compile(r"(?P<name>.*\w)\s+(?P<place>[2-9]|ii|iii|iv|vi{0,3})", re.IGNORECASE)
_ROMAN = {"ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth".split()


def part_of_series(
    text: str, links: dict[str, Any], session: ToolSession, vocabulary: Vocabulary
) -> tuple[str, dict[str, Any]] | None:
    """Return a request for a numbered item of a series by its place: 'harry potter 3'."""
    if not _NUMBERED.search(text):
        return None
    said = understood(text, links, vocabulary)
    unknown = (chunk for chunk in said.chunks if chunk.kind == "entity" and not chunk.choices)
    named = next(((chunk, told) for chunk in unknown if (told := _PLACE.fullmatch(chunk.text))), None)
    known = words("surfeit", "done") | words("clauses", "liking")
    if named is None or said.questions or any(each.text in known for each in said.chunks):
        return None
    chunk, told = named
    place = told["place"].casefold()
    number = int(place) if place.isdecimal() else _ROMAN[place]
    meant = f"{text[: chunk.start]}the {_ORDINALS[number - 1]} part of {told['name']}{text[chunk.end :]}"
    again = session.call("link_entities", text=meant)
    if again is None:
        return None
    found = understood(meant, again, vocabulary).chunks
    return (meant, again) if any("series" in each.held_roles for each in found) else None
