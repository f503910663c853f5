"""Nouns for somebody, for a work and for a place in a team, and their arguments: 'the director of X'."""

from __future__ import annotations

from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import ANONYMOUS, OBJECT_WORDS, PREPOSITIONS, PRONOUNS, SAME
from agent.builtin.parse.arguments import (
    Predicate,
    antecedent,
    apposed_names,
    last_of_role,
    names_after_colon,
    names_right,
    nearest_names,
    owner_of_work,
    people_at,
    predicate_at,
    subject_of,
)
from agent.builtin.parse.cursor import ChunkCursor
from agent.builtin.parse.titles import (
    having_titles,
    instalment_title,
    is_part,
    nearest_titles_left,
    owning_titles,
    praised_titles,
    sharing_titles,
    titles_right,
)

_ASIDE = frozenset(("country", "language", "media_type"))  # "this country" is where the person is
_WAS = words("arguments", "was")
_LIKED = words("arguments", "liked in")
_DEMANDED = words("arguments", "demanded")


def agent_noun(cursor: ChunkCursor, i: int) -> Predicate:
    """Extract 'the director of X', "X's director", 'director Y', 'that same director'."""
    if _has_kind(cursor, i):
        return predicate_at(cursor, i, ())
    pointing = _refers_to_item(cursor, i)
    titles = titles_right(cursor, i) or owning_titles(cursor, i)
    if not titles and not pointing and not cursor.near(i - 2, i, ("same",)):
        titles = sharing_titles(cursor, i)
    another = cursor.near(i - 5, i, ("another",))
    if another and (names := last_of_role(cursor, i)) and (run := nearest_titles_left(cursor, i)):
        return predicate_at(cursor, i, names, run)
    names, explained = apposed_names(cursor, i, titles)
    if names and max(names) < i and (run := titles or _titles_told_of(cursor, min(names))):
        return predicate_at(cursor, i, names, run)
    if names and cursor.is_word(i - 1, ("its", "their")) and (run := cursor.titles_before(i)):
        return predicate_at(cursor, i, names, run, same=True)  # "thanks to their producer, N"
    before = [a.text for a in cursor.before(i, 3) if a.kind in ("word", "mark")]
    refers = pointing or (not SAME.isdisjoint(before) and not _ASIDE.issuperset(cursor.chunks[i].roles))
    if not names and not titles and not refers:
        names = nearest_names(cursor, i)
        refers = not names and before[-1:] == ["the"]
    same = pointing or "same" in before or before[-1:] == ["its"]
    return predicate_at(cursor, i, names, titles, same=same or (explained if names else refers))


def _titles_told_of(cursor: ChunkCursor, name: int) -> tuple[int, ...]:
    return instalment_title(cursor, name) or having_titles(cursor, name)


def _has_kind(cursor: ChunkCursor, i: int) -> bool:
    """Tell whether a noun is said to be a kind, which stands for itself: 'the genre has to be Drama'."""
    j = i + 1
    while cursor.is_word(j, _DEMANDED) or cursor.is_mark(j, ":"):
        j += 1
    return j > i + 1 and cursor.kind(j) == "category"


def _refers_to_item(cursor: ChunkCursor, i: int) -> bool:
    """Tell whether an agent noun is that of an item referred to.

    'the author of it', 'the novelist who produced it', 'the series to which it belongs'.
    """
    if cursor.is_word(i + 1, ("of",)):
        return cursor.is_word(i + 2, OBJECT_WORDS | {"that", "this"})
    if cursor.is_word(i + 1, ("it", "its", "they", "common")) or is_part(cursor, i):
        return True
    if cursor.is_word(i + 1, ("that", "this")) and cursor.is_word(i + 2, ("one",)):
        return True
    relative = cursor.is_word(i + 1, ("who", "that", "which")) or cursor.is_word(i + 2, ("which",))
    if cursor.is_word(i + 2, ANONYMOUS):
        return False  # "with N as composer that whoever scored it scored"
    return relative and cursor.near(i + 2, i + 5, OBJECT_WORDS | {"that"})


def work_noun(cursor: ChunkCursor, i: int) -> Predicate:
    """Extract "Y's score for X", 'music by Y', 'the editing of X by Y'."""
    by = _by_of_work(cursor, i)
    linked_by: tuple[int, ...] = () if by is None else (by,)
    names, same = _makers_of_work(cursor, i, by)
    titles = titles_right(cursor, i) or owning_titles(cursor, i)
    after = max(titles, default=-1) + 1
    if after > i and cursor.is_word(after, ("by",)):
        names = names or names_right(cursor, after)  # "the editing of X by Y"
        linked_by += (after,)
    if names and not titles and (by is not None or owner_of_work(cursor, i)):
        titles = praised_titles(cursor, min(i, *names))
    unnamed = not names and cursor.near(i - 6, i, ("whoever", "person"))  # "whoever did the photography"
    return predicate_at(cursor, i, names, titles, same=same or unnamed, linked_by=linked_by)


def _by_of_work(cursor: ChunkCursor, i: int) -> int | None:
    """Return where 'by' leads to who did a work: 'music by Y', 'the music has to be by Y', 'music from Y'."""
    demanded = i + 1
    while cursor.is_word(demanded, _DEMANDED):
        demanded += 1
    if cursor.is_word(demanded, ("by",)):
        return demanded
    by = cursor.next_word(i, "by", 2) or cursor.next_word(i, "from", 1)
    return by if by is None or cursor.is_word(by, ("by",)) or names_right(cursor, by) else None


def _makers_of_work(cursor: ChunkCursor, i: int, by: int | None) -> tuple[tuple[int, ...], bool]:
    """Return the names of who did a work, and whether it only refers to somebody."""
    if by is not None:
        pronoun = cursor.is_word(by + 1, PRONOUNS)
        names = names_right(cursor, by) or (antecedent(cursor, i) if pronoun else ())
        return names, not names and cursor.is_word(by + 1, SAME)
    if cursor.is_word(i - 1, ("their",)):
        return (), True
    return owner_of_work(cursor, i) or (() if titles_right(cursor, i) else nearest_names(cursor, i)), False


def place_noun(cursor: ChunkCursor, i: int) -> Predicate:
    """Extract 'Y in the cast', 'the person in the cast of both X and Y', 'X was great with Y in it'."""
    if cursor.is_word(i + 1, ("of",)) and (titles := titles_right(cursor, i)):
        named = subject_of(cursor, i)
        people = people_at(cursor, named, cursor.chunks[i].roles) if named is not None else ()
        return predicate_at(cursor, i, people, titles, same=not people)
    names = names_after_colon(cursor, i) or nearest_names(cursor, i)
    if names and cursor.is_word(i + 1, ("in",)) and (titles := titles_right(cursor, i)):
        return predicate_at(cursor, i, names, titles)  # "N had a part in X"
    if names and (titles := having_titles(cursor, min(names))):
        return predicate_at(cursor, i, names, titles)
    if names and cursor.chunks[i].text in ("in it", "in both", "in them"):
        before = min(names) - 1
        verb = cursor.near(max(names) + 1, i, _WAS) or cursor.is_word(before, _LIKED)
        if verb and not cursor.is_word(before, PREPOSITIONS):
            return predicate_at(cursor, i, names, cursor.titles_before(min(names)))
    return predicate_at(cursor, i, names)
