"""Predicates joined to the one before: 'he wrote and directed X', 'X, directed by Y and scored by Z'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.lexicon.load import words
from agent.builtin.parse.arguments import Predicate
from agent.builtin.parse.cursor import ChunkCursor

_BETWEEN_VERBS = words("arguments", "between verbs")
_BETWEEN_CLAIMS = words("arguments", "between claims")
_CLAIM_GAP = 7  # chunks between two things said of one title
_VERB_GAP = 4


def share_arguments(cursor: ChunkCursor, predicates: Sequence[Predicate]) -> list[Predicate]:
    """Give predicates the subject, titles or roles that they share with the one before."""
    shared = list(predicates[:1])
    for predicate in predicates[1:]:
        shared[-1:] = _share(cursor, shared[-1], predicate)
    return shared


def _share(cursor: ChunkCursor, left: Predicate, right: Predicate) -> tuple[Predicate, Predicate]:
    joined = _are_joined_verbs(cursor, left, right)
    if not right.titles and _continues_claim(cursor, left, right):
        right = right._replace(titles=left.titles)
    if _repeats_verb(cursor, left, right) or _is_whose(cursor, left, right):
        right = right._replace(roles=left.roles)
    if joined and not right.names and not right.same:
        right = right._replace(names=left.names, same=left.same)
    elif joined and not left.names and not left.same:
        left = left._replace(names=right.names, same=right.same, titles=left.titles or right.titles)
    return left, right


def _are_joined_verbs(cursor: ChunkCursor, left: Predicate, right: Predicate) -> bool:
    """Tell whether two verbs have one subject: 'he wrote and directed'."""
    between = range(left.place + 1, right.place)
    small = all(cursor.is_word(j, _BETWEEN_VERBS) for j in between)
    return left.kind == right.kind == "verb" and 0 < right.place - left.place <= _VERB_GAP and small


def _continues_claim(cursor: ChunkCursor, left: Predicate, right: Predicate) -> bool:
    """Tell whether a predicate says one more thing of a title: 'X, directed by Y and scored by Z'."""
    if not (left.names and left.titles and right.names) or max(left.titles) > left.place:
        return False
    between = cursor.chunks[left.place + 1 : right.place]
    small = all(a.kind == "entity" or a.text in _BETWEEN_CLAIMS for a in between)
    return small and right.place - left.place <= _CLAIM_GAP and right.kind in ("verb", "with", "work")


def _repeats_verb(cursor: ChunkCursor, left: Predicate, right: Predicate) -> bool:
    """'X was shot by Y, Z by W': the second 'by' means what the first verb says."""
    said = left.kind == "verb" and bool(left.names and left.titles)
    between = cursor.chunks[max(left.names, default=0) + 1 : min(right.titles, default=0)]
    joints = all(a.text in (",", "and", ";") for a in between) and bool(between)
    return said and right.kind == "by" and bool(right.names) and joints


def _is_whose(cursor: ChunkCursor, left: Predicate, right: Predicate) -> bool:
    """'scored by X, whose Y I adored': Y is said to be scored by X too."""
    return right.kind == "by" and cursor.is_word(right.place, ("whose",)) and right.names == left.names != ()
