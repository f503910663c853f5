"""A predicate and its arguments; the names a trigger may have, each by its own pattern of words.

Functions take the trigger's position and return positions, () if there are none.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import ANONYMOUS, ITEM_NOUNS, PERSON_NOUNS, PRONOUNS, SAME
from agent.builtin.parse.cursor import ChunkCursor

_CASTING = ("starring", "featuring", "star", "stars", "with", "feature", "features")
_MAX_COST = 14.0
_BY = frozenset(("by", "from", "of", "with"))
_DID = ("did", "does")  # "films shot by X: did the composer of Y …" asks of another
_APPOSED = 4  # words between a name and the 'who' of 'X, the great man who'
_COPULAS = words("arguments", "copulas")
_MAKING = words("arguments", "making")
_DEMANDED = words("arguments", "demanded")
_WAS = words("arguments", "was")
_ENDS_OWNER = PRONOUNS | {"of", "and", "the", "with", "a"}
_SOMEBODY_OR_ITEMS = ANONYMOUS | SAME | PERSON_NOUNS | ITEM_NOUNS


class Predicate(NamedTuple):
    """A trigger with its arguments, by positions of chunks.

    `same` says that it refers ("that director", "whoever shot it"). `linked_by` are prepositions that lead to
    its names and so have no role of their own.
    """

    place: int
    kind: str
    roles: tuple[str, ...]
    names: tuple[int, ...]
    titles: tuple[int, ...]
    same: bool
    linked_by: tuple[int, ...] = ()


def subject_of(cursor: ChunkCursor, i: int) -> int | None:
    """Return the subject of an active verb: a name, a pronoun, or a word for somebody unnamed."""
    for j in cursor.leftward(i, 13):
        chunk = cursor.chunks[j]
        if chunk.sentence != cursor.chunks[i].sentence:
            return None
        if chunk.kind == "entity" or cursor.is_word(j, PRONOUNS):
            return j
        if cursor.is_word(j, ANONYMOUS):
            return _named_by_relative(cursor, j)
        if cursor.is_word(j, PERSON_NOUNS) and i - j <= 4:
            return j
        if chunk.kind == "trigger" and _has_own_subject(cursor, j, i):
            return None
    return None


def _named_by_relative(cursor: ChunkCursor, j: int) -> int:
    """Return the name that a 'who' follows: 'X, who', 'X who', 'X is the one who', or `j` itself."""
    if cursor.kind(j - 1) == "mark" and cursor.kind(j - 2) == "entity":
        return j - 2
    return j - 1 if cursor.kind(j - 1) == "entity" else _equated(cursor, j)


def _has_own_subject(cursor: ChunkCursor, j: int, i: int) -> bool:
    """Tell whether the trigger at `j` takes any subject before it, so that the one at `i` has none there."""
    trigger = cursor.chunks[j].entries[0]
    if trigger.kind == "agent" and (i - j <= 3 or not set(trigger.roles).isdisjoint(cursor.chunks[i].roles)):
        return True
    if trigger.kind != "verb" or cursor.kind(i - 1) == "title":  # "the guy who wrote X direct"
        return False
    return not (cursor.is_word(j + 1, ("and", "as", "or")) or cursor.near(j, i, ("and", "or", "also")))


def _equated(cursor: ChunkCursor, j: int) -> int:
    """Return who 'she is the one who', 'X, the genius who' are said of, or `j`, the 'who' itself."""
    k = j - 1
    while cursor.kind(k) == "word" and j - k <= _APPOSED and cursor.chunks[k].text not in _WAS | _BY:
        k -= 1
    if k == j - 1:
        return j
    named = cursor.kind(k - 1) == "entity"
    was = cursor.is_word(k, _WAS) and (named or cursor.is_word(k - 1, PRONOUNS))
    return k - 1 if was or (named and cursor.is_mark(k, ",")) else j


def people_at(cursor: ChunkCursor, j: int, roles: Collection[str] = ()) -> tuple[int, ...]:
    """Return the names at `j`.

    Of a pronoun, the person last named, or the last one who has one of `roles`; of a name, also those it
    is listed with.
    """
    if cursor.chunks[j].kind == "word":
        return antecedent(cursor, j, roles) if cursor.chunks[j].text in PRONOUNS else ()
    return cursor.list_left(j, "entity")


def antecedent(cursor: ChunkCursor, j: int, roles: Collection[str] = ()) -> tuple[int, ...]:
    """Return the person last named before `j`, if possible one who has one of `roles` somewhere."""
    named = [k for k in range(j) if cursor.chunks[k].kind == "entity"]
    people = [k for k in named if cursor.chunks[k].held_roles - {"publisher", "distributor", "series"}]
    fitting = [k for k in people if cursor.chunks[k].has_role(roles)]
    return tuple((fitting or people or named)[-1:])


def last_of_role(cursor: ChunkCursor, i: int) -> tuple[int, ...]:
    """Return the name last mentioned that can stand in the trigger's role."""
    named = [j for j in range(i) if may_fill_role(cursor, j, i)]
    return tuple(j for j in named[-1:] if cursor.chunks[j].kind == "entity")


def apposed_names(cursor: ChunkCursor, i: int, titles: tuple[int, ...]) -> tuple[tuple[int, ...], bool]:
    """Return names in apposition to an agent noun, and whether they only explain it.

    'director X', 'X, the director' name somebody; 'the director of T, who is X' asks for the director of
    T and explains who that is believed to be.
    """
    names = _explanation(cursor, i, max(titles)) if titles else _names_after_noun(cursor, i)
    return (names, bool(titles)) if names else (_apposed_before(cursor, i), False)


def _names_after_noun(cursor: ChunkCursor, i: int) -> tuple[int, ...]:
    """Return the names of 'director X', 'the director was X'."""
    for j in cursor.rightward(i, 7):
        if not cursor.same_sentence(j, i):
            break
        if cursor.chunks[j].kind == "entity":
            if cursor.chunks[j].choices and not may_fill_role(cursor, j, i):
                break  # "that novel's author, the Pan Macmillan editions"
            return cursor.list_right(j, "entity")
        if not cursor.is_word(j, _COPULAS | _DEMANDED) and not cursor.is_mark(j, ",:("):
            break
    return ()


def _explanation(cursor: ChunkCursor, i: int, last: int) -> tuple[int, ...]:
    """Return the names of 'the director of T, who is X'; `last` is where the titles end."""
    names = (j for j in cursor.rightward(last, 17) if cursor.kind(j) == "entity")
    j = next(names, None)
    if j is None or not cursor.same_sentence(j, i):
        return ()
    between = [a.text for a in cursor.chunks[last + 1 : j]]
    said = bool(between) and between[-1] in ("is", "was", ":", "(", "s")
    beside = between == [","] and (not cursor.chunks[j].choices or may_fill_role(cursor, j, i))
    return cursor.list_right(j, "entity") if said or beside else ()


def _apposed_before(cursor: ChunkCursor, i: int) -> tuple[int, ...]:
    """Return names that an agent noun follows: 'X, the director', 'she was the director'."""
    for j in cursor.leftward(i, 6):
        if cursor.chunks[j].kind == "entity":
            return cursor.list_left(j, "entity")
        if cursor.is_word(j, PRONOUNS):
            return antecedent(cursor, j)
        asks = cursor.is_word(j, _DID) and not cursor.is_word(j + 1, ("as",))
        if asks or (not cursor.is_word(j, _COPULAS) and not cursor.is_mark(j, ",")):
            break
    return ()


def may_fill_role(cursor: ChunkCursor, j: int, i: int) -> bool:
    """Tell whether a name can stand in the role of a trigger, going by the roles it has anywhere."""
    return cursor.chunks[j].has_role(cursor.chunks[i].roles)


def owner_of_work(cursor: ChunkCursor, i: int) -> tuple[int, ...]:
    """Return who owns a work: 'X's score', 'a John Williams score', 'his music'."""
    j = i - 1
    while i - j <= 4 and cursor.kind(j) == "word" and not cursor.is_word(j, _ENDS_OWNER):
        j -= 1
    if cursor.kind(j) == "entity":
        return cursor.list_left(j, "entity")
    return antecedent(cursor, j) if cursor.is_word(j, ("his", "her", "hers")) else ()


def person_meant_by_them(cursor: ChunkCursor, j: int) -> tuple[int, ...]:
    """Return the person whom 'them' at `j` means, if no title may be: 'films starring them'."""
    last = next((k for k in range(j - 1, -1, -1) if cursor.kind(k) in ("entity", "title")), None)
    idle = cursor.is_word(j - 2, ("out", "away", "on"))  # "so out with them"
    person = cursor.is_word(j, ("them",)) and last is not None and cursor.kind(last) == "entity" and not idle
    return antecedent(cursor, j) if person else ()


def nearest_names(cursor: ChunkCursor, i: int) -> tuple[int, ...]:
    """Return the names nearest to a trigger in its sentence, at a bearable cost."""
    if names := person_meant_by_them(cursor, i - 1):
        return names  # "films that have them in the cast"
    here = [j for j in range(len(cursor)) if cursor.same_sentence(j, i)]
    people = [j for j in here if cursor.kind(j) == "entity" or (cursor.is_word(j, PRONOUNS) and j < i)]
    cost, j = min(((_cost_of_name(cursor, j, i), j) for j in people), default=(_MAX_COST + 1, 0))
    if cost > _MAX_COST:
        return ()
    return people_at(cursor, j) if j < i else cursor.list_right(j, "entity")


def _cost_of_name(cursor: ChunkCursor, j: int, i: int) -> float:
    """Return how far a name is from a trigger; one after it, or of no such role, is further."""
    fits = cursor.kind(j) != "entity" or may_fill_role(cursor, j, i)
    after = 1.5 if j > i else 0
    return cursor.cost(min(i, j) + 1, max(i, j)) + after + (0 if fits else 6)


def names_right(cursor: ChunkCursor, i: int) -> tuple[int, ...]:
    """Return the names right after a preposition, past at most three plain words ('by the great X')."""
    for j in cursor.rightward(i, 4):
        if cursor.chunks[j].kind == "entity":
            return cursor.list_right(j, "entity")
        if j == i + 1 and cursor.is_word(
            j, ("him", "her", "them") if cursor.is_word(i, ("by",)) else ("him", "her")
        ):
            return antecedent(cursor, j)
        if j == i + 1 and cursor.chunks[i].text in _CASTING and (names := person_meant_by_them(cursor, j)):
            return names
        if cursor.kind(j) != "word" or cursor.is_word(j, _SOMEBODY_OR_ITEMS):
            return ()
    return ()


def names_after_colon(cursor: ChunkCursor, i: int) -> tuple[int, ...]:
    """Return the names of 'director: X'."""
    named = cursor.is_mark(i + 1, ":-") and cursor.kind(i + 2) == "entity"
    return cursor.list_right(i + 2, "entity") if named else ()


def predicate_at(
    cursor: ChunkCursor,
    i: int,
    names: tuple[int, ...],
    titles: tuple[int, ...] = (),
    *,
    same: bool = False,
    linked_by: tuple[int, ...] = (),
) -> Predicate:
    """Return the predicate of a trigger; a verb for making has the roles of the work that it makes."""
    roles = cursor.chunks[made_work(cursor, i) or i].roles
    return Predicate(i, cursor.trigger_class(i), roles, names, titles, same, linked_by)


def made_work(cursor: ChunkCursor, i: int) -> int | None:
    """Return the work noun that is the object of a verb for making: 'wrote that theme' -> theme."""
    if cursor.kind(i) != "trigger" or cursor.chunks[i].text not in _MAKING:
        return None
    if cursor.kind(i - 1) == "entity" and cursor.kind(i - 2) == "trigger":
        return i - 2 if _is_work(cursor, i - 2) else None  # "the score Y wrote"
    j = i + 1
    while cursor.kind(j) == "title" or cursor.is_word(j, ("the", "that", "this", "its", "whole", "for", "a")):
        j += 1
    return j if j > i + 1 and _is_work(cursor, j) else None


def _is_work(cursor: ChunkCursor, j: int) -> bool:
    return cursor.kind(j) == "trigger" and cursor.chunks[j].entries[0].kind == "work"
