"""What is like a series that is named: what is like its best known item, and none of it.

So is what is like somebody but for something: 'like Agatha Christie but funnier'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.interpret.likeness import turns_at
from agent.builtin.interpret.request import EntityMention, ItemMention, ParsedRequest
from agent.builtin.parse.chunks import Candidate, Chunk
from agent.builtin.plan.tool_session import Arguments, Call, ToolSession

_SERIES = "series"
_MAKERS = ("author", "director")
_OF_SOMEBODY = 3  # best known items that stand for whoever made them
_REACH = 3  # chunks before a name
_LIKING = frozenset("i we you id wed youd would do dont did might also really".split())  # 'I would LIKE'


def with_series_liked(
    reading: ParsedRequest, chunks: Sequence[Chunk], session: ToolSession
) -> tuple[ParsedRequest, list[str]]:
    """Return a request in which a series stands for its best known item, and all items of the series."""
    if reading.examples or len(reading.wanted) != 1 or not session.has("find_items"):
        return reading, []
    name = reading.wanted[0].name
    relation = _SERIES if _is_series(name) else _made_by(name) if _is_turned(name, chunks) else ""
    if not (relation and _is_compared_with(name, chunks)):
        return reading, []
    asked: Arguments = {"conditions": [{"relation": relation, "value": name.choices[0].label}]}
    within = {"domain": reading.domain} if reading.domain else {}
    first, whole = session.call_all([Call("find_items", asked | within), Call("find_items", asked)])
    if not (first and first["items"] and whole):
        return reading, []
    best = first["items"][: 1 if relation == _SERIES else _OF_SOMEBODY]
    items = [Candidate(e["id"], e["title"], {}, "full", 1.0, e["year"], reading.domain) for e in best]
    liked = tuple(ItemMention(name.text, (item,)) for item in items)
    like = replace(reading, wanted=(), examples=liked, mentioned=(*reading.mentioned, *liked))
    return like, [hit["id"] for hit in whole["items"]]


def _made_by(name: EntityMention) -> str:
    """Return the role in which somebody made items, the likeliest; '' if none."""
    held = set(name.choices[0].roles) if name.choices else set[str]()
    return next((role for role in _MAKERS if role in held), "")


def _is_turned(name: EntityMention, chunks: Sequence[Chunk]) -> bool:
    """Tell whether something should be other than what a name stands for: 'like Agatha Christie BUT'."""
    place = next((p for p, c in enumerate(chunks) if c.kind == "entity" and c.text == name.text), None)
    return place is not None and turns_at(chunks, place) is not None


def _is_series(name: EntityMention) -> bool:
    return bool(name.choices) and set(name.choices[0].roles) == {_SERIES}


def _is_compared_with(name: EntityMention, chunks: Sequence[Chunk]) -> bool:
    """Tell whether what is wanted should be like what a name says: 'books LIKE Narnia', not 'I'd like it'."""
    place = next((p for p, c in enumerate(chunks) if c.kind == "entity" and c.text == name.text), 0)
    before = [chunk.text for chunk in chunks[max(0, place - _REACH) : place] if chunk.text != "the"]
    if before[-2:] == ["similar", "to"]:
        return True
    return before[-1:] == ["like"] and not _LIKING.issuperset(before[-2:-1] or ["like"])
