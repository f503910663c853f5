"""Claims: what a request asserts in passing, in which role, and whether more is wanted of the name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from agent.builtin.interpret.mentions import entity_at, titles_at
from agent.builtin.interpret.partial import PartialRequest, RoleClaim, Roles
from agent.builtin.interpret.presupposition import presuppositions
from agent.builtin.interpret.request import Claim
from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.cursor import ChunkCursor
from agent.builtin.parse.origins import is_place

_LIKE_THAT = {(like, that) for like in ("like", "to") for that in ("that", "this", "it", "those", "these")}
_RELATIVE = words("presuppositions", "relative")
_ANOTHER = words("presuppositions", "another")
_DESCRIBED = words("presuppositions", "described")
_OF_THE_NAME = words("presuppositions", "of the name")


def stated_claims(chunks: list[Chunk], partial: PartialRequest) -> Iterator[Claim]:
    """Yield the claims of the partial request."""
    cursor = ChunkCursor(chunks)
    for claim in partial.claims:
        yield Claim(
            _narrowed_roles(chunks, partial, claim),
            entity_at(chunks, claim.name),
            titles_at(chunks, claim.titles),
            claim.of_item,
            claim.of_item or _is_asked(cursor, partial, claim),
            not claim.of_item and not partial.references and _is_aside(chunks, claim),
        )


def presupposed_claims(
    chunks: Sequence[Chunk], partial: PartialRequest, negated: Collection[int]
) -> Iterator[Claim]:
    """Yield what a wanted name is presupposed to have made, of the titles that nothing is said of."""
    wanted = [each for each in partial.wanted if each.name not in negated]
    titles = [i for i, a in enumerate(chunks) if a.kind == "title" and i not in partial.used_titles]
    for roles, name, title in presuppositions(chunks, wanted, titles):
        made = _roles_of_maker(chunks[name], roles)
        yield Claim(made, entity_at(chunks, name), titles_at(chunks, (title,)), of_item=False, asked=False)


def _narrowed_roles(chunks: Sequence[Chunk], partial: PartialRequest, claim: RoleClaim) -> Roles:
    """Return the roles of a claim, or those of them in which its name is wanted too.

    'N, whose work on X is superb; more dramas written by N' claims that N wrote X.
    """
    wanted = {role for roles in _explicit_roles(chunks, partial, claim) for role in roles}
    return tuple(role for role in claim.roles if role in wanted) or claim.roles


def _explicit_roles(chunks: Sequence[Chunk], partial: PartialRequest, claim: RoleClaim) -> list[Roles]:
    who = chunks[claim.name].best_id
    return [each.roles for each in partial.explicit_roles if each.who == who]


def _is_asked(cursor: ChunkCursor, partial: PartialRequest, claim: RoleClaim) -> bool:
    """Tell whether more is wanted of a claimed name, or whether it is one of several things said of a title.

    Among several, the name that comes up again is the one that is asked for, in the role it has there.
    """
    chunks, items = cursor.chunks, cursor.items_of(claim.titles)
    if explicit := _explicit_roles(chunks, partial, claim):
        return any(set(roles) & set(claim.roles) for roles in explicit)
    again = _comes_again(chunks, claim.name)
    same_titles = [other for other in partial.claims if cursor.items_of(other.titles) & items]
    referred = any(cursor.items_of(reference.titles) & items for reference in partial.references)
    others = [other for other in partial.claims if _comes_again(chunks, other.name)]
    if len(same_titles) < 2 and not referred:
        return again or not others
    decided = referred or any(other.of_item for other in same_titles)
    return again or not (decided or any(other.name != claim.name for other in others))


def _is_aside(chunks: Sequence[Chunk], claim: RoleClaim) -> bool:
    """Tell whether a claim is said by the way, and something else is wanted: 'X, WHICH N SHOT, …'."""
    between = chunks[max(claim.titles) + 1 : claim.name] if claim.titles else []
    by = [a.text for a in between] == ["by"]
    if by and (_asks_for_its_like(chunks, claim.name) or _asks_for_another(chunks, claim.name)):
        return True
    relative = bool(between) and all(a.text in _RELATIVE for a in between)
    after = [a.text for a in chunks[claim.name + 1 :]]
    other = any(word in _ANOTHER and then in _DESCRIBED for word, then in pairwise(after))
    return relative and other and not _OF_THE_NAME & set(after)


def _asks_for_its_like(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether what is like an item is asked for later: 'X BY N. More novels LIKE THAT'."""
    later = [a.text for a in chunks[i + 1 :] if a.sentence > chunks[i].sentence]
    alike = any(pair in _LIKE_THAT for pair in pairwise(later))
    return alike and not _OF_THE_NAME - {"more", "else", "also", "them"} & set(later)


def _asks_for_another(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether somebody else's is asked for later: 'I read X BY N. Something BY A NIGERIAN AUTHOR?'."""
    later = [j for j in range(i + 1, len(chunks)) if chunks[j].sentence > chunks[i].sentence]
    said = [chunks[j].text for j in later]
    others = any(is_place(chunks[j]) and chunks[j - 1].text in ("a", "an", "by") for j in later)
    return others and "by" in said and not _OF_THE_NAME - {"more", "by", "also"} & set(said)


def _comes_again(chunks: Sequence[Chunk], i: int) -> bool:
    ids = {choice.id for choice in chunks[i].choices}
    return sum(a.kind == "entity" and bool(ids & {c.id for c in a.choices}) for a in chunks) > 1


def _roles_of_maker(name: Chunk, roles: Roles) -> Roles:
    held = [role for role in name.choices[0].roles if role != "genre"]
    return tuple(role for role in roles if role in held) or tuple(held[:3])
