"""What is like a series that is named: what is like its best known item, and none of it.

So is what is like somebody but for something: 'like Agatha Christie but funnier'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.interpret.likeness import turns_at
from agent.builtin.interpret.request import EntityMention, ItemMention, ParsedRequest
from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Candidate, Chunk
from agent.builtin.plan.same_title import domain_of_id
from agent.builtin.plan.tool_session import Arguments, Call, ToolSession

_SERIES = "series"
_MAKERS = ("author", "director")
_OF_SOMEBODY = 3  # best known items that stand for whoever made them
_REACH = 3  # chunks before a name
_WHO_MAKE = frozenset("author authors writer writers director directors filmmaker filmmakers".split())
_DONE = words("surfeit", "done")
_ALL = frozenset("all every everything".split())
_STYLES = frozenset("style vein manner spirit tradition mould mold".split())
_IT = frozenset("it that this them those these".split())
_LIKING = frozenset("i we you id wed youd would do dont did might also really".split())  # 'I would LIKE'


def with_series_liked(
    reading: ParsedRequest, chunks: Sequence[Chunk], session: ToolSession
) -> tuple[ParsedRequest, list[str]]:
    """Return a request in which a series stands for its best known item, and all items of the series."""
    if (
        reading.done_with
        and not reading.examples
        and any(_points_alike(chunks, i) for i in range(len(chunks)))
    ):
        return replace(reading, examples=reading.done_with), []  # 'I've seen all Xs. What else is LIKE THAT?'
    name = None if reading.examples or not session.has("find_items") else _compared(reading, chunks)
    relation = (_SERIES if _is_series(name) else _made_by(name)) if name is not None else ""
    if name is None or not relation:
        return reading, []
    asked: Arguments = {"conditions": [{"relation": relation, "value": name.choices[0].label}]}
    within = {"domain": reading.domain} if reading.domain else {}
    first, whole = session.call_all([Call("find_items", asked | within), Call("find_items", asked)])
    if not (first and first["items"] and whole):
        return reading, []
    best = first["items"][: 1 if relation == _SERIES else _OF_SOMEBODY]
    domain = reading.domain or (None if relation == _SERIES else domain_of_id(best[0]["id"]))
    items = [Candidate(e["id"], e["title"], {}, "full", 1.0, e["year"], domain) for e in best]
    liked = tuple(ItemMention(name.text, (item,)) for item in items)
    like = replace(reading, wanted=(), examples=liked, domain=domain, mentioned=(*reading.mentioned, *liked))
    return like, [hit["id"] for hit in whole["items"]]


def _compared(reading: ParsedRequest, chunks: Sequence[Chunk]) -> EntityMention | None:
    """Return the name that what is wanted should be like, be it ruled out: 'like Narnia'."""
    if len(reading.wanted) == 1:
        name = reading.wanted[0].name
        told = _is_series(name) or _is_turned(name, chunks) or _is_style_of(name, chunks)
        return name if told and (_is_compared_with(name, chunks) or _is_style_of(name, chunks)) else None
    if reading.wanted or reading.references or reading.claims:
        return None
    ruled_out = [each.name for each in reading.none_of]
    alike = any(_points_alike(chunks, i) for i in range(len(chunks)))
    whole = not _DONE.isdisjoint(a.text for a in chunks) and not _ALL.isdisjoint(a.text for a in chunks)
    fits = (n for n in ruled_out if _is_compared_with(n, chunks) or (alike and (_is_series(n) or whole)))
    return next(fits, None)


def _is_style_of(name: EntityMention, chunks: Sequence[Chunk]) -> bool:
    """Tell whether others are wanted who are like somebody: 'AUTHORS LIKE X', 'the STYLE OF X'."""
    place = next((p for p, c in enumerate(chunks) if c.kind == "entity" and c.text == name.text), 0)
    before = [chunk.text for chunk in chunks[max(0, place - _REACH) : place]]
    makers = bool(_WHO_MAKE & set(before)) and before[-1:] == ["like"]
    return (
        makers
        or before[-2:] == ["similar", "to"]
        or (before[-1:] == ["of"] and not _STYLES.isdisjoint(before[-2:-1]))
    )


def _points_alike(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether what is like what was named is asked for: 'what else is LIKE THAT', 'anything SIMILAR'."""
    after = chunks[i + 1].text if i + 1 < len(chunks) else ""
    if chunks[i].text == "what" and after in ("now", "next"):
        return True
    return chunks[i].text == "similar" or (chunks[i].text == "like" and after in _IT)


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
