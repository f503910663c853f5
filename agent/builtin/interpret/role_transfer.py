"""Somebody found in one role and wanted in another: 'films written by the director of X'.

Also 'what did the guy who wrote X direct?', 'she is in X; which films did she write?'. And items found by
what is said of them: 'the director of the film that N edited'.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import COMPANIES, ITEM_NOUNS
from agent.builtin.parse.arguments import Predicate
from agent.builtin.parse.chunks import Chunk

Roles = tuple[str, ...]
_TO_SOMEBODY = words("arguments", "to somebody")
_NEAR = 6  # atoms between a role that is wanted and the cue that says who it is


@dataclass
class RoleTransfer:
    """Which references are wanted in other roles, by the place of their cue, and which are told by others.

    `told` maps the place of a cue to the one that describes its item. `used` are places of cues that say
    nothing else.
    """

    roles: dict[int, list[Roles]] = field(default_factory=dict)
    told: dict[int, Predicate] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)


def recast(chunks: list[Chunk], predicates: list[Predicate]) -> RoleTransfer:
    """Find the cues that only say in which role somebody is wanted, or which item is meant."""
    found = RoleTransfer()
    sources = [b for b in predicates if b.titles and not b.names and (b.same or b.kind == "agent")]
    for cue in predicates:
        if cue.kind != "verb" or cue.names or cue.titles or not set(cue.roles) - COMPANIES:
            continue
        source = _right_after(chunks, cue, sources) or _only_one_before(cue, sources)
        if source is not None and "composer" in source.roles and {"writer", "author"} & set(cue.roles):
            found.used.add(cue.place)  # a composer writes music
        elif source is not None and not set(cue.roles) & set(source.roles):
            found.roles.setdefault(source.place, []).append(cue.roles)
            found.used.add(cue.place)
    for source in sources:
        again = [
            b
            for b in predicates
            if b.place > source.place and b.roles == source.roles and b.same and not b.titles
        ]
        if source.place in found.roles and again:
            found.roles[source.place].append(source.roles)
            found.used |= {b.place for b in again}
    for cue, after in pairwise(predicates):
        if _tells(chunks, cue, after):
            found.told[cue.place] = after
            found.used.add(after.place)
    return found


def _right_after(chunks: list[Chunk], cue: Predicate, sources: list[Predicate]) -> Predicate | None:
    """'written by the director of X': the cue is followed by 'by' and the words for somebody."""
    for source in sources:
        between = chunks[cue.place + 1 : source.place]
        if (
            0 < len(between) <= _NEAR
            and between[0].text == "by"
            and all(a.text in _TO_SOMEBODY for a in between)
        ):
            return source
    return None


def _only_one_before(cue: Predicate, sources: list[Predicate]) -> Predicate | None:
    """'the guy who wrote X … what did he direct': there is only one whom the cue can speak of."""
    before = [source for source in sources if source.place < cue.place]
    return before[0] if cue.same and len(before) == 1 else None


def _tells(chunks: list[Chunk], cue: Predicate, after: Predicate) -> bool:
    """'the director of the film that N edited'."""
    if cue.kind != "agent" or cue.titles or not after.names or after.titles:
        return False
    between = [a for a in chunks[cue.place + 1 : after.place] if a.kind != "entity"]
    texts = [a.text for a in between]
    noun = any(text in ITEM_NOUNS or text == "one" for text in texts[1:4])
    return (
        len(between) <= _NEAR
        and texts[:1] == ["of"]
        and noun
        and {"that", "which", "where"} & set(texts) != set()
    )
