"""References whose person is wanted in another role, and references to items that are only described.

'films written by the director of X', 'what did the guy who wrote X direct?', 'she is in X; which films did
she write?'; 'the director of the film that N edited'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from agent.builtin.interpret.partial import DescribedReference, PartialRequest, RoleReference, Roles
from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import COMPANIES, ITEM_NOUNS
from agent.builtin.parse.arguments import Predicate
from agent.builtin.parse.chunks import Chunk

_TO_SOMEBODY = words("arguments", "to somebody")
_NEAR = 6  # chunks between a role that is wanted and the predicate that says who it is


@dataclass
class RoleTransfer:
    """Roles in which the person of a predicate is wanted, and predicates that describe its items, by place.

    `used` are the places of predicates that say nothing else.
    """

    roles: dict[int, list[Roles]] = field(default_factory=dict)
    described_by: dict[int, Predicate] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)


def transfer_roles(
    chunks: Sequence[Chunk], predicates: Sequence[Predicate], partial: PartialRequest
) -> list[Predicate]:
    """Note wanted roles and described items; return the predicates that say something else."""
    transfer = _transfer(chunks, predicates)
    for predicate in predicates:
        if predicate.place in transfer.described_by:
            description = transfer.described_by[predicate.place]
            partial.described.append(DescribedReference(predicate.roles, description))
        if predicate.place in transfer.roles:
            reference = RoleReference(predicate.roles, predicate.titles)
            partial.wanted_as[reference] = transfer.roles[predicate.place]
    spent = transfer.used | transfer.described_by.keys()
    return [predicate for predicate in predicates if predicate.place not in spent]


def _transfer(chunks: Sequence[Chunk], predicates: Sequence[Predicate]) -> RoleTransfer:
    found = RoleTransfer()
    sources = [p for p in predicates if p.titles and not p.names and (p.same or p.kind == "agent")]
    for predicate in predicates:
        _transfer_verb(chunks, predicate, sources, found)
    for source in sources:
        again = [p for p in predicates if p.place > source.place and _repeats_role(p, source)]
        if source.place in found.roles and again:
            found.roles[source.place].append(source.roles)
            found.used |= {predicate.place for predicate in again}
    for predicate, after in pairwise(predicates):
        if _is_described(chunks, predicate, after):
            found.described_by[predicate.place] = after
            found.used.add(after.place)
    return found


def _transfer_verb(
    chunks: Sequence[Chunk], verb: Predicate, sources: Sequence[Predicate], found: RoleTransfer
) -> None:
    """Note the role that a verb without arguments asks for: 'written by the director of X'."""
    if verb.kind != "verb" or verb.names or verb.titles or not set(verb.roles) - COMPANIES:
        return
    source = _right_after(chunks, verb, sources) or _only_one_before(verb, sources)
    if source is None:
        return
    if "composer" in source.roles and {"writer", "author"} & set(verb.roles):
        found.used.add(verb.place)  # a composer writes music
    elif not set(verb.roles) & set(source.roles):
        found.roles.setdefault(source.place, []).append(verb.roles)
        found.used.add(verb.place)


def _repeats_role(predicate: Predicate, source: Predicate) -> bool:
    return predicate.roles == source.roles and predicate.same and not predicate.titles


def _right_after(chunks: Sequence[Chunk], verb: Predicate, sources: Sequence[Predicate]) -> Predicate | None:
    """'written by the director of X': the verb is followed by 'by' and the words for somebody."""
    for source in sources:
        between = [chunk.text for chunk in chunks[verb.place + 1 : source.place]]
        if 0 < len(between) <= _NEAR and between[0] == "by" and _TO_SOMEBODY.issuperset(between):
            return source
    return None


def _only_one_before(verb: Predicate, sources: Sequence[Predicate]) -> Predicate | None:
    """'the guy who wrote X … what did he direct': there is only one whom the verb can speak of."""
    before = [source for source in sources if source.place < verb.place]
    return before[0] if verb.same and len(before) == 1 else None


def _is_described(chunks: Sequence[Chunk], predicate: Predicate, after: Predicate) -> bool:
    """Tell whether the next predicate describes the item of an agent noun.

    'the director of the film that N edited'.
    """
    if predicate.kind != "agent" or predicate.titles or not after.names or after.titles:
        return False
    between = [a.text for a in chunks[predicate.place + 1 : after.place] if a.kind != "entity"]
    noun = any(text in ITEM_NOUNS or text == "one" for text in between[1:4])
    relative = not {"that", "which", "where"}.isdisjoint(between)
    return len(between) <= _NEAR and between[:1] == ["of"] and noun and relative
