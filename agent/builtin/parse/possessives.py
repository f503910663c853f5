"""Possessives beside titles: 'his X', "Tolkien's X", 'Burroughs, whose X', 'X, hers as well', 'who did X'."""

from __future__ import annotations

from agent.builtin.parse.arguments import Predicate, antecedent, people_at, subject_of
from agent.builtin.parse.cursor import ChunkCursor
from agent.builtin.parse.titles import nearest_titles_left, praised_titles

ROLES_OF_MAKER = ("author", "director", "writer", "composer")
_HIS = ("his", "hers")
POSSESSING = frozenset(("did", "does", "her", "s", "whose", *_HIS))


def possession(cursor: ChunkCursor, i: int) -> Predicate | None:
    """Extract whose a title is said to be, from the possessive at `i`."""
    titles = cursor.list_at(i + 1, "title")
    after = max(titles, default=i) + 1
    if titles and cursor.kind(after) == "trigger" and cursor.trigger_class(after) == "work":
        return None  # "his Ghost soundtrack" says more than that Ghost is his
    if cursor.is_word(i, ("did", "does")):
        return _done_by(cursor, i, titles)
    names: tuple[int, ...] = ()
    if cursor.is_word(i, ("his", "her")) and titles:
        names = antecedent(cursor, i)
    elif cursor.is_word(i, ("s", "whose")):
        names, titles = _owner(cursor, i), _worked_on(cursor, i) or titles
    elif cursor.is_word(i, _HIS) and cursor.is_word(i + 1, ("too", "as", "also")):
        names, titles = antecedent(cursor, i), nearest_titles_left(cursor, i)
    elif cursor.is_word(i, _HIS) and cursor.is_word(i - 1, ("of",)):
        names, titles = antecedent(cursor, i), praised_titles(cursor, i)  # "Alien was a great one of his"
    return Predicate(i, "by", ROLES_OF_MAKER, names, titles, False) if names and titles else None


def _owner(cursor: ChunkCursor, i: int) -> tuple[int, ...]:
    j = i - 2 if cursor.kind(i - 1) == "mark" else i - 1
    return (j,) if cursor.kind(j) == "entity" else ()


def _worked_on(cursor: ChunkCursor, i: int) -> tuple[int, ...]:
    """Return the titles of 'whose work on X', 'whose job on X'."""
    work = cursor.is_word(i + 1, ("work", "job", "contribution"))
    on = cursor.is_word(i + 2, ("on", "in", "for", "to"))
    return cursor.list_at(i + 3, "title") if work and on else ()


def _done_by(cursor: ChunkCursor, i: int, titles: tuple[int, ...]) -> Predicate | None:
    """Extract 'Ridley Scott did X': in whatever role he has."""
    subject = subject_of(cursor, i) if titles else None
    names = people_at(cursor, subject) if subject is not None else ()
    roles = tuple(role for j in names for c in cursor.chunks[j].choices[:1] for role in c.roles)
    return Predicate(i, "by", roles, names, titles, False) if roles else None
