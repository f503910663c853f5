"""Verbs that say what somebody did, and their arguments: 'Y directed X', 'X was directed by Y'."""

from __future__ import annotations

from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import ANONYMOUS, COMPANIES, PERSON_NOUNS, PRONOUNS, SAME
from agent.builtin.parse.arguments import (
    Predicate,
    antecedent,
    last_of_role,
    may_fill_role,
    names_after_colon,
    names_right,
    people_at,
    predicate_at,
    subject_of,
)
from agent.builtin.parse.cursor import ChunkCursor
from agent.builtin.parse.titles import compared_titles, passive_titles, titles_left, titles_right

_AT = ("at", "with", "through", "under")
_SOMEBODY = ANONYMOUS | PERSON_NOUNS | SAME
_STANDING = words("arguments", "standing")
_OWNING = words("arguments", "owning")


def passive_verb(cursor: ChunkCursor, i: int, by: int) -> Predicate:
    """Extract 'X was directed by Y', 'directed by whoever'."""
    names, titles = names_right(cursor, by), passive_titles(cursor, i)
    if cursor.is_word(by + 1, PRONOUNS):
        names = tuple(j for j in names if may_fill_role(cursor, j, i))  # "what X put out by him"
        if not titles and cursor.is_word(by + 2, ("too", "also")):
            titles = cursor.title_run(i)  # "and edited by him too"
    from_place = cursor.is_word(by + 1, ("people", "folks", "those")) and cursor.is_word(by + 2, ("from",))
    somebody = cursor.near(by + 1, by + 4, _SOMEBODY) and not from_place
    if somebody and not names:
        titles = titles or compared_titles(cursor, by)
    return predicate_at(cursor, i, names, titles, same=not names and somebody, linked_by=(by,))


def active_verb(cursor: ChunkCursor, i: int) -> Predicate:
    """Extract 'Y directed X', 'whoever directed X', 'X, which she directed'."""
    if _leads_to_agent(cursor, i):
        return predicate_at(cursor, i, ())
    subject = subject_of(cursor, i)
    if subject is None:
        return _verb_without_subject(cursor, i)
    if cursor.chunks[i].text.split()[0] in _STANDING and _has_mark(cursor, subject, i):
        return predicate_at(cursor, i, ())  # "X directing, and behind the camera whoever shot Y"
    roles = cursor.chunks[i].roles
    demanded = cursor.near(subject + 1, i, ("should", "must"))  # "N should have shot them"
    titles = titles_right(cursor, i) or (() if demanded else titles_left(cursor, i, subject))
    if cursor.is_word(i + 1, _AT) and not set(roles) - COMPANIES:
        return predicate_at(cursor, i, names_right(cursor, i + 1), titles)  # "what he published at X"
    if cursor.is_word(subject, ("they",)) and (names := last_of_role(cursor, i)):
        return predicate_at(cursor, i, names, titles)
    if cursor.is_word(subject, _SOMEBODY):
        if names := _introduced(cursor, subject):
            return predicate_at(cursor, i, names)
        return predicate_at(cursor, i, (), titles, same=True)
    names = people_at(cursor, subject, roles)
    return predicate_at(cursor, i, names, titles, same=not names and cursor.is_word(subject, ("he", "she")))


def _leads_to_agent(cursor: ChunkCursor, i: int) -> bool:
    """Tell whether the object of a verb is a noun for who has its role: 'films starring the actor of X'."""
    j = i + 1
    while cursor.is_word(j, _OWNING | SAME):
        j += 1
    agent = cursor.kind(j) == "trigger" and cursor.trigger_class(j) == "agent"
    return j > i + 1 and agent and not set(cursor.chunks[i].roles).isdisjoint(cursor.chunks[j].roles)


def _introduced(cursor: ChunkCursor, j: int) -> tuple[int, ...]:
    """Return the names that 'as the one who' is said of: 'with N as the person who edited them'."""
    j -= cursor.is_word(j, ("who", "that"))
    j -= cursor.is_word(j, PERSON_NOUNS)
    j -= cursor.is_word(j, ("the", "a"))
    return (
        cursor.list_left(j - 1, "entity")
        if cursor.is_word(j, ("as",)) and cursor.kind(j - 1) == "entity"
        else ()
    )


def _verb_without_subject(cursor: ChunkCursor, i: int) -> Predicate:
    if names := names_after_colon(cursor, i):
        return predicate_at(cursor, i, names)
    titles = titles_right(cursor, i)
    opens = i == 0 or cursor.kind(i - 1) == "mark"
    return predicate_at(cursor, i, antecedent(cursor, i) if titles and opens else (), titles)


def _has_mark(cursor: ChunkCursor, first: int, last: int) -> bool:
    return any(cursor.kind(j) == "mark" for j in range(first, last))
