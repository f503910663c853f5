"""Prepositions with a role of their own: 'by', 'with', 'in', 'behind'; names of places before items."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import (
    ANONYMOUS,
    ITEM_NOUNS,
    OBJECT_WORDS,
    PERSON_NOUNS,
    PREPOSITIONS,
    PRONOUNS,
)
from agent.builtin.parse.arguments import Predicate, antecedent, names_right, people_at
from agent.builtin.parse.cursor import ChunkCursor
from agent.builtin.parse.origins import origin
from agent.builtin.parse.possessives import POSSESSING, ROLES_OF_MAKER, possession
from agent.builtin.parse.titles import (
    nearest_titles_left,
    passive_titles,
    tells_whose,
    titles_after,
    titles_before_by,
)

_LIKING = words("arguments", "liking")
_TALKS = words("arguments", "talks")
_WHO = ("who", "that")
_APART = frozenset("apart aside away far different".split())
_TELLING = ("featuring", "starring")
_WISHED = frozenset(("like", "similar", "than", "more", "another", "something", "anything"))
_EDITIONS = words("arguments", "editions")
_BRAINS = ANONYMOUS | PERSON_NOUNS | words("arguments", "brains")
_SAYING = PREPOSITIONS | POSSESSING | {"in", "from", "by", "of", "same", "behind", "did"}
_ROLES_OF_IN = ("actor", "author")  # who is "in" a film acts in it, who is good "in" a book wrote it


def preposition_predicates(
    cursor: ChunkCursor, leads: Mapping[str, Collection[str]], linking: Collection[int]
) -> list[Predicate]:
    """Extract the predicates of prepositions and possessives, in the order of the text.

    `leads` are the prepositions that lead to the values of a relation; those at `linking` only lead to the
    names of a trigger.
    """
    small = _SAYING.union(*leads.values())
    places = (i for i, a in enumerate(cursor.chunks) if a.kind == "entity" or a.text in small)
    found = (_predicate_at(cursor, i, leads, linking) for i in places)
    return [predicate for predicate in found if predicate is not None]


def _predicate_at(
    cursor: ChunkCursor, i: int, leads: Mapping[str, Collection[str]], linking: Collection[int]
) -> Predicate | None:
    if (found := origin(cursor, i)) is not None:
        return found
    chunk = cursor.chunks[i]
    if chunk.kind != "word" and not (chunk.kind == "trigger" and chunk.text in PREPOSITIONS):
        return None
    return (
        _edition(cursor, i)
        or _value_of_relation(cursor, i, leads)
        or _with(cursor, i)
        or (None if i in linking else _by(cursor, i))
        or _same_person(cursor, i)
        or _behind(cursor, i)
        or _did(cursor, i)
        or _in_title(cursor, i)
        or possession(cursor, i)
    )


def _edition(cursor: ChunkCursor, i: int) -> Predicate | None:
    """Extract 'X in the Mills & Boon printing'."""
    j = i + 1 + cursor.is_word(i + 1, ("the", "a", "an"))
    edition = cursor.kind(j) == "entity" and cursor.is_word(j + 1, _EDITIONS)
    if not edition or not cursor.is_word(i, ("in",)):
        return None
    return Predicate(i, "with", ("publisher",), (j,), nearest_titles_left(cursor, i), False)


def _value_of_relation(cursor: ChunkCursor, i: int, leads: Mapping[str, Collection[str]]) -> Predicate | None:
    """Extract 'from Spain', 'in Spanish', 'T, which was written in Danish', 'as a mass market paperback'."""
    j = i + 1 + cursor.is_word(i + 1, ("a", "an", "the", "both", "either"))
    if cursor.kind(j) != "entity":
        return None
    value, said = cursor.chunks[j], cursor.chunks[i].text
    roles = tuple(role for role, led in leads.items() if said in led and value.has_role((role,)))
    if not roles:
        return None
    country = any("country" in choice.roles and choice.match == "full" for choice in value.choices)
    if "language" in roles and not country:
        titles = passive_titles(cursor, i - (cursor.kind(i - 1) == "trigger"))
        names = (j,) if titles else cursor.list_right(j, "entity")
        return Predicate(i, "place", ("language",), names, titles, False)
    return Predicate(i, "place", roles, cursor.list_right(j, "entity"), (), False)


def _with(cursor: ChunkCursor, i: int) -> Predicate | None:
    """Extract 'with X', 'T with X', 'I enjoyed T, with X in the cast'."""
    names = names_right(cursor, i) if cursor.chunks[i].text in PREPOSITIONS else ()
    if not names or _is_titled(cursor, names) or cursor.is_word(i - 1, _TALKS):
        return None
    if cursor.is_word(i, ("with",)) and _does_otherwise(cursor, max(names) + 1):
        return None
    titles = _liked_before(cursor, i) or _told_before(cursor, i)
    if not titles:
        beside = cursor.kind(i - 1) == "title" and not cursor.is_word(i - 2, ("like", "to", "than"))
        item = cursor.is_word(i - 1, ("one", "film", "movie", "book"))
        beside = beside and not (names and tells_whose(cursor, i - 1))
        run = nearest_titles_left(cursor, i) if beside or item else ()
        titles = run if run and cursor.same_sentence(run[-1], i) else ()
    roles = _roles_made_with(cursor, i)
    return Predicate(i, "with", roles or ("actor",), names, titles, False)


def _roles_made_with(cursor: ChunkCursor, i: int) -> tuple[str, ...]:
    """Return the roles of 'the one he wrote with X', 'co-directed with X'."""
    j = i - 1 - cursor.is_word(i - 1, ("together", "along", "jointly"))
    verb = cursor.kind(j) == "trigger" and cursor.trigger_class(j) == "verb"
    made = verb and (cursor.is_word(j - 1, PRONOUNS | {"they"}) or cursor.is_word(j - 1, ("co",)))
    return cursor.chunks[j].roles if made else ()


def _is_titled(cursor: ChunkCursor, names: tuple[int, ...]) -> bool:
    """Tell whether a role is said after the name: 'with N as director', 'with N as the one who shot them'."""
    after = max(names) + 1
    if not cursor.is_word(after, ("as",)):
        return False
    said = next((j for j in cursor.rightward(after, 4) if cursor.kind(j) != "word"), None)
    return (
        said is not None
        and cursor.kind(said) == "trigger"
        and (said <= after + 2 or cursor.is_word(said - 1, _WHO))
    )


def _does_otherwise(cursor: ChunkCursor, j: int) -> bool:
    """Tell whether a name is said to do something else than to act: 'with N directing, behind the camera'."""
    doing = cursor.kind(j) == "trigger" and cursor.trigger_class(j) in ("verb", "place")
    return doing and "actor" not in cursor.chunks[j].roles


def _liked_before(cursor: ChunkCursor, i: int) -> tuple[int, ...]:
    """Return the titles of 'I enjoyed X and Y, with Z in the cast'."""
    if not cursor.is_mark(i - 1, ",(") or cursor.kind(i - 2) != "title":
        return ()
    run = cursor.list_left(i - 2, "title")
    return run if cursor.near(run[0] - 4, run[0], _LIKING) else ()


def _told_before(cursor: ChunkCursor, i: int) -> tuple[int, ...]:
    """Return the titles of 'X, featuring Z, was terrific'; 'another film like X, featuring Z' wants Z."""
    told = cursor.chunks[i].text in _TELLING or _ends_aside(cursor, i)
    if not told or not cursor.is_mark(i - 1, ",(") or cursor.kind(i - 2) != "title":
        return ()
    run = cursor.list_left(i - 2, "title")
    before = [j for j in range(run[0]) if cursor.same_sentence(j, i)]
    wished = any(cursor.is_word(j, ITEM_NOUNS | _WISHED) or cursor.kind(j) == "category" for j in before)
    return () if wished else run


def _ends_aside(cursor: ChunkCursor, i: int) -> bool:
    """Tell whether 'with Z in the cast' is said by the way of a title: in brackets or between commas."""
    after = max(names_right(cursor, i), default=i) + 1
    after += cursor.kind(after) == "trigger"
    return cursor.kind(after) in (None, "mark")


def _by(cursor: ChunkCursor, i: int) -> Predicate | None:
    """Extract 'by X', 'T by X', 'the works of X', 'by that same bloke'."""
    work = cursor.is_word(i, ("of",)) and cursor.is_word(i - 1, ("work", "works", "handiwork"))
    if not work and not cursor.is_word(i, ("by",)):
        return None
    if names := names_right(cursor, i):
        return Predicate(i, "by", ROLES_OF_MAKER, names, titles_before_by(cursor, i - work), False)
    anonymous = _is_somebody(cursor, i + 1) and not cursor.is_word(i + 2, ("same",))
    return Predicate(i, "by", ROLES_OF_MAKER, (), (), True) if anonymous else None


def _same_person(cursor: ChunkCursor, i: int) -> Predicate | None:
    """Extract 'the same hand', unless another trigger says what somebody did: 'the same man who shot X'."""
    if not (cursor.is_word(i, ("same",)) and _is_somebody(cursor, i)):
        return None
    near = (*range(i - 3, i), *range(i + 2, i + 6))
    done = any(cursor.kind(j) in ("trigger", "title") for j in near)
    return None if done else Predicate(i, "by", ROLES_OF_MAKER, (), (), True)


def _is_somebody(cursor: ChunkCursor, i: int) -> bool:
    """Tell whether a word for a person stands here: 'that same bloke', 'the same hand'."""
    j = i + cursor.is_word(i, ("the", "that", "this"))
    if j > i and cursor.is_word(j, PERSON_NOUNS):
        return cursor.chunks[i].text != "the"
    return cursor.is_word(j, ("same",)) and cursor.is_word(j + 1, PERSON_NOUNS)


def _behind(cursor: ChunkCursor, i: int) -> Predicate | None:
    """Extract 'the man behind X', 'whoever is behind it', 'Joe Dante, the fellow behind X'."""
    if not cursor.is_word(i, ("behind",)):
        return None
    someone = next((j for j in cursor.leftward(i, 4) if cursor.is_word(j, _BRAINS)), None)
    titles = titles_after(cursor, i)
    pointed = bool(titles) or cursor.is_word(i + 1, OBJECT_WORDS | {"that"})
    if someone is None or not pointed:
        return None
    if any(cursor.kind(j) == "trigger" and cursor.trigger_class(j) == "agent" for j in cursor.leftward(i, 4)):
        return None  # "the producer who was behind X"
    name = _name_before(cursor, someone)
    names = () if name is None else people_at(cursor, name)
    return Predicate(i, "by", ROLES_OF_MAKER, names, titles, not names)


def _did(cursor: ChunkCursor, i: int) -> Predicate | None:
    """Extract 'the guy who did X', 'by the woman that did X', not who is named in that role."""
    led = cursor.is_word(i, ("did",)) and cursor.is_word(i - 1, _WHO) and cursor.is_word(i - 2, _BRAINS)
    titles = titles_after(cursor, i) if led else ()
    return Predicate(i, "by", ROLES_OF_MAKER, (), titles, True) if titles else None


def _name_before(cursor: ChunkCursor, j: int) -> int | None:
    """Return the name that a word for a person only adds to: 'Ben Affleck, the guy from X'."""
    k = j - 1
    while cursor.is_word(k, ("the", "a", "that")) or cursor.is_mark(k, ","):
        k -= 1
    return k if cursor.kind(k) == "entity" else None


def _in_title(cursor: ChunkCursor, i: int) -> Predicate | None:
    """Extract 'Kevin Spacey in X', 'she was good in X', 'the guy who is in X'; not 'the music in X'."""
    titles = titles_after(cursor, i) if cursor.is_word(i, ("in", "from")) else ()
    if not titles or (cursor.is_word(i, ("from",)) and cursor.is_word(i - 1, _APART)):
        return None
    if earlier := _seen_before(cursor, i):
        return Predicate(i, "in", _ROLES_OF_IN, (), (*earlier, *titles), True)
    if "trigger" in (cursor.kind(i - 2), cursor.kind(i - 1)) or cursor.kind(i - 1) == "title":
        return None
    for j in cursor.leftward(i, i):
        chunk = cursor.chunks[j]
        if not cursor.same_sentence(j, i) or (chunk.kind == "trigger" and "actor" not in chunk.roles):
            return None
        if cursor.is_word(i, ("from",)) and cursor.is_word(j, ITEM_NOUNS):
            return None  # "people laugh at a film from X"
        if chunk.kind == "entity":
            close = cursor.is_word(i, ("in",)) or cursor.near(j, i, PERSON_NOUNS)
            return Predicate(i, "in", _ROLES_OF_IN, people_at(cursor, j), titles, False) if close else None
        if cursor.is_word(j, PRONOUNS - {"his", "hers"}):
            names = antecedent(cursor, j)
            return Predicate(i, "in", _ROLES_OF_IN, names, titles, not names)
        if cursor.is_word(j, ("one",)) and cursor.is_word(j + 1, ("of", "thing")):
            continue  # "as one of the crooks in X", "the one thing I love in X"
        if cursor.is_word(j, ANONYMOUS | PERSON_NOUNS) and _name_before(cursor, j) is None:
            return Predicate(i, "in", _ROLES_OF_IN, (), titles, True)
    return None


def _seen_before(cursor: ChunkCursor, i: int) -> tuple[int, ...]:
    """Return the title that 'somebody of X is also in Y' names first."""
    also = any(a.text in ("also", "again", "too") for a in cursor.before(i, 6))
    if not also or not cursor.is_word(i, ("in",)):
        return ()
    for j in cursor.leftward(i, 15):
        if cursor.kind(j) == "title":
            return cursor.list_left(j, "title")
        if cursor.kind(j) == "entity":
            return ()
    return ()
