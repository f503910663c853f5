"""Coreference: a person named twice, a name with and without a role, one fact said again."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.interpret.partial import (
    ExplicitRole,
    PartialRequest,
    RoleClaim,
    RoleConstraint,
    RoleReference,
    Roles,
    overlap,
)
from agent.builtin.lexicon.triggers import COMPANIES
from agent.builtin.parse.arguments import Predicate
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.cursor import ChunkCursor
from agent.builtin.parse.possessives import ROLES_OF_MAKER
from kg.relations import KINDS
from kg.types import Kind

_MADE = frozenset("made make makes making did do done".split())
_SEVERAL = frozenset(("actor", "genre", "country", "language", "distributor"))


def names_without_predicate(chunks: Sequence[Chunk], predicates: Sequence[Predicate]) -> list[int]:
    """Return where names stand that no predicate has, and that mean nobody whom one has."""
    taken = {i for predicate in predicates for i in predicate.names}
    known = {choice.id for i in taken for choice in chunks[i].choices}
    free = [i for i, chunk in enumerate(chunks) if chunk.kind == "entity" and i not in taken]
    return [i for i in free if not any(choice.id in known for choice in chunks[i].choices)]


def claim_what_is_referred_to(cursor: ChunkCursor, partial: PartialRequest) -> None:
    """'X was shot by Y. What else has X's cinematographer shot?' asks for what X has; Y is only claimed."""
    for reference in list(partial.references):
        items = cursor.items_of(reference.titles)
        for index, claim in enumerate(partial.claims):
            common = overlap(reference.roles, claim.roles)
            if common and items & cursor.items_of(claim.titles):
                partial.claims[index] = claim._replace(roles=common, of_item=True)
                partial.drop_reference(reference)


def claim_names_of_references(cursor: ChunkCursor, partial: PartialRequest) -> None:
    """'N sure knows teenagers. More by the director of T?' names the director twice: N is only claimed.

    So too 'the director of T (N, wasn't it?)'. Where there may be several of a role (actors), or where one
    clause joins both, both are wanted.
    """
    for reference in list(partial.references):
        single = tuple(role for role in reference.roles if role not in _SEVERAL)
        place = partial.places.get(reference, reference.titles[0])
        for constraint in [each for each in partial.wanted if overlap(each.roles, single)]:
            if not _is_joined(cursor.chunks, constraint.name, place):
                partial.claims.append(RoleClaim(single, constraint.name, reference.titles, of_item=True))
                partial.wanted.remove(constraint)
                partial.drop_reference(reference)
        for name in [i for i in partial.unattached_names if _may_be(cursor.chunks, i, single)]:
            if not _is_joined(cursor.chunks, name, place):
                partial.claims.append(RoleClaim(single, name, reference.titles, of_item=True))
                partial.unattached_names.remove(name)
                partial.drop_reference(reference)


def _may_be(chunks: Sequence[Chunk], i: int, roles: Roles) -> bool:
    return chunks[i].has_role(roles) and not opens_sentence(chunks, i)


def opens_sentence(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a name is one word at the start of a sentence: 'Witches, custody battles, yes please!'."""
    series = chunks[i].held_roles == {"series"}
    return series and " " not in chunks[i].text and (i == 0 or chunks[i - 1].text == ".")


def _is_joined(chunks: Sequence[Chunk], i: int, place: int) -> bool:
    return not any(a.kind == "mark" and a.text in ".:;-(" for a in chunks[min(i, place) : max(i, place)])


def drop_repeats(chunks: Sequence[Chunk], partial: PartialRequest) -> None:
    """Keep one condition a name and role; a name without a role adds nothing where it has one."""
    partial.wanted = [each._replace(name=_fullest(chunks, each.name)) for each in partial.wanted]
    partial.explicit_roles = [
        ExplicitRole(each.roles, _who(chunks, each)) for each in partial.wanted if each.roles
    ]
    partial.claims = [
        claim._replace(of_item=claim.of_item and not _is_wanted_too(chunks, partial, claim))
        for claim in dict.fromkeys(partial.claims)
    ]
    partial.wanted = _distinct_constraints(chunks, partial)
    partial.references = [
        each for each in dict.fromkeys(partial.references) if not _is_part(each, partial.references)
    ]


def _is_wanted_too(chunks: Sequence[Chunk], partial: PartialRequest, claim: RoleClaim) -> bool:
    """Tell whether the name itself is wanted: 'films produced by N; after all, the producer of X was N'."""
    who = _who(chunks, claim)
    others = [each for each in partial.wanted if each.name != claim.name]
    return any(_who(chunks, each) == who and overlap(each.roles, claim.roles) for each in others)


def _distinct_constraints(chunks: Sequence[Chunk], partial: PartialRequest) -> list[RoleConstraint]:
    claimed = {_who(chunks, claim): claim.roles for claim in partial.claims}
    seen: set[tuple[Roles, str]] = set()
    kept = []
    vague = ((), ROLES_OF_MAKER)
    for each in sorted(partial.wanted, key=lambda each: (each.roles in vague, not each.roles, each.name)):
        who = _who(chunks, each)
        known = any(w == who and (r == each.roles or each.roles in vague) for r, w in seen)
        about = claimed.get(who)
        if not known and not (about is not None and _is_vague(each.roles, about)):
            seen.add((each.roles, who))
            kept.append(each)
    return sorted(kept, key=lambda constraint: constraint.name)


def _is_vague(roles: Roles, claimed: Roles) -> bool:
    """Tell whether a name is wanted in no other role than the claimed one: 'the work of N, who shot X'."""
    return not roles or roles == ROLES_OF_MAKER or bool(overlap(roles, claimed))


def _who(chunks: Sequence[Chunk], each: RoleConstraint | RoleClaim) -> str:
    return chunks[each.name].best_id or chunks[each.name].text


def _is_part(reference: RoleReference, references: Sequence[RoleReference]) -> bool:
    """Tell whether another reference asks the same of more titles."""
    titles = set(reference.titles)
    return any(titles < set(each.titles) and overlap(reference.roles, each.roles) for each in references)


def _fullest(chunks: Sequence[Chunk], i: int) -> int:
    """Return where the bearer of a surname is named in full: that is where a name may be misspelt."""
    if not chunks[i].choices or chunks[i].choices[0].match != "surname":
        return i
    same = [j for j, a in enumerate(chunks) if a.kind == "entity" and a.best_id == chunks[i].best_id]
    return next((j for j in same if chunks[j].choices[0].match != "surname"), i)


def made_together(chunks: Sequence[Chunk], predicate: Predicate) -> Predicate:
    """Return a predicate in the role that several have in common: actors who "made" a film directed none."""
    if len(predicate.names) < 2 or chunks[predicate.place].text not in _MADE:
        return predicate
    held = [chunks[i].choices[0].roles if chunks[i].choices else {} for i in predicate.names]
    common = set.intersection(*map(set, held)) - COMPANIES
    often = {role: min(roles[role] for roles in held) for role in common}
    mainly = max(often, key=lambda role: (often[role], role), default="")
    stated = max((often.get(role, 0) for role in predicate.roles), default=0)
    return predicate._replace(roles=(mainly,)) if 2 * stated < often.get(mainly, 0) else predicate


def is_only_named(chunks: Sequence[Chunk], predicate: Predicate) -> bool:
    """Tell whether what items have, and no person, is one of a list: 'with the aliens AND THE LANGUAGE'."""
    person = any(KINDS.get(role) == Kind.PERSON for role in predicate.roles)
    before = [chunk.text for chunk in chunks[max(0, predicate.place - 2) : predicate.place]]
    return not person and before[-1:] == ["the"] and before[0] in ("and", "with", ",")
