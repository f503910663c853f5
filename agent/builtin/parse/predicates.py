"""Extract each predicate's arguments: people, titles, and whether it is anaphoric.

Distances are counted in chunks; a name between costs more than a word, another trigger more than a comma.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import (
    ANONYMOUS,
    COMPANIES,
    OBJECT_WORDS,
    PERSON_NOUNS,
    PREPOSITIONS,
    PRONOUNS,
    SAME,
)
from agent.builtin.parse.arguments import (
    Predicate,
    antecedent,
    apposed_names,
    last_of_role,
    may_fill_role,
    names_after_colon,
    names_right,
    nearest_names,
    owner_of_work,
    people_at,
    subject_of,
)
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.coordination import share_arguments
from agent.builtin.parse.cursor import ChunkCursor
from agent.builtin.parse.prepositions import preposition_predicates
from agent.builtin.parse.titles import (
    compared_titles,
    having_titles,
    instalment_title,
    is_part,
    nearest_titles_left,
    owning_titles,
    passive_titles,
    praised_titles,
    sharing_titles,
    titles_left,
    titles_right,
)

_AT = ("at", "with", "through", "under")
_ASIDE = frozenset(("country", "language", "media_type"))  # "this country" is where the person is
_MAKING = words("arguments", "making")
_SOMEBODY = ANONYMOUS | PERSON_NOUNS | SAME
_WAS = words("arguments", "was")
_STANDING = words("arguments", "standing")
_LIKED = words("arguments", "liked in")
_OWNING = words("arguments", "owning")
_DEMANDED = words("arguments", "demanded")


def extract_predicates(chunks: list[Chunk], prepositions: Mapping[str, Collection[str]]) -> list[Predicate]:
    """Extract the predicates of a request, in the order of the text.

    `prepositions` are the small words that lead to the values of a relation.
    """
    cursor = ChunkCursor(chunks)
    triggers = [i for i in range(len(cursor)) if _is_predicate(cursor, i)]
    found = [_of_trigger(cursor, i) for i in triggers]
    linking = {j for predicate in found for j in predicate.linked_by}
    found += preposition_predicates(cursor, prepositions, linking)
    return share_arguments(cursor, sorted(found, key=lambda predicate: predicate.place))


def _is_predicate(cursor: ChunkCursor, i: int) -> bool:
    """Tell whether a trigger says something by itself.

    Not the object of a verb ('whoever wrote that theme'), nor 'stars X', which is read as 'with X'.
    """
    if cursor.kind(i) != "trigger":
        return False
    if any(_object(cursor, j) == i for j in range(i - 3, i + 3)):
        return False
    if cursor.chunks[i].text in ("make", "makes", "made") and cursor.is_word(
        i + 1, ("me", "us", "you", "my")
    ):
        return False  # "still makes me happy"
    led = cursor.chunks[i].text in PREPOSITIONS and bool(names_right(cursor, i))
    return not led or cursor.trigger_class(i) != "verb"


def _object(cursor: ChunkCursor, i: int) -> int | None:
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


def _of_trigger(cursor: ChunkCursor, i: int) -> Predicate:
    match cursor.trigger_class(i):
        case "verb":
            by = cursor.next_word(i, "by", 2)
            return _active_verb(cursor, i) if by is None else _passive_verb(cursor, i, by)
        case "agent":
            return _agent(cursor, i)
        case "work":
            return _work(cursor, i)
        case "place":
            return _place(cursor, i)


def _predicate(
    cursor: ChunkCursor,
    i: int,
    names: tuple[int, ...],
    titles: tuple[int, ...] = (),
    *,
    same: bool = False,
    linked_by: tuple[int, ...] = (),
) -> Predicate:
    roles = cursor.chunks[_object(cursor, i) or i].roles
    return Predicate(i, cursor.trigger_class(i), roles, names, titles, same, linked_by)


def _passive_verb(cursor: ChunkCursor, i: int, by: int) -> Predicate:
    """Extract 'X was directed by Y', 'directed by whoever'."""
    names, titles = names_right(cursor, by), passive_titles(cursor, i)
    if cursor.is_word(by + 1, PRONOUNS):
        names = tuple(j for j in names if may_fill_role(cursor, j, i))  # "what X put out by him"
        if not titles and cursor.is_word(by + 2, ("too", "also")):
            titles = cursor.title_run(i)  # "and edited by him too"
    somebody = cursor.near(by + 1, by + 4, _SOMEBODY)
    if somebody and not names:
        titles = titles or compared_titles(cursor, by)
    return _predicate(cursor, i, names, titles, same=not names and somebody, linked_by=(by,))


def _active_verb(cursor: ChunkCursor, i: int) -> Predicate:
    """Extract 'Y directed X', 'whoever directed X', 'X, which she directed'."""
    if _leads_to_agent(cursor, i):
        return _predicate(cursor, i, ())
    subject = subject_of(cursor, i)
    if subject is None:
        return _verb_without_subject(cursor, i)
    if cursor.chunks[i].text.split()[0] in _STANDING and _has_mark(cursor, subject, i):
        return _predicate(cursor, i, ())  # "X directing, and behind the camera whoever shot Y"
    roles = cursor.chunks[i].roles
    demanded = cursor.near(subject + 1, i, ("should", "must"))  # "N should have shot them"
    titles = titles_right(cursor, i) or (() if demanded else titles_left(cursor, i, subject))
    if cursor.is_word(i + 1, _AT) and not set(roles) - COMPANIES:
        return _predicate(cursor, i, names_right(cursor, i + 1), titles)  # "what he published at X"
    if cursor.is_word(subject, ("they",)) and (names := last_of_role(cursor, i)):
        return _predicate(cursor, i, names, titles)
    if cursor.is_word(subject, _SOMEBODY):
        if names := _introduced(cursor, subject):
            return _predicate(cursor, i, names)
        return _predicate(cursor, i, (), titles, same=True)
    names = people_at(cursor, subject, roles)
    return _predicate(cursor, i, names, titles, same=not names and cursor.is_word(subject, ("he", "she")))


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
        return _predicate(cursor, i, names)
    titles = titles_right(cursor, i)
    opens = i == 0 or cursor.kind(i - 1) == "mark"
    return _predicate(cursor, i, antecedent(cursor, i) if titles and opens else (), titles)


def _has_mark(cursor: ChunkCursor, first: int, last: int) -> bool:
    return any(cursor.kind(j) == "mark" for j in range(first, last))


def _agent(cursor: ChunkCursor, i: int) -> Predicate:
    """Extract 'the director of X', "X's director", 'director Y', 'that same director'."""
    if _has_kind(cursor, i):
        return _predicate(cursor, i, ())
    titles = titles_right(cursor, i) or owning_titles(cursor, i) or sharing_titles(cursor, i)
    another = cursor.near(i - 5, i, ("another",))
    if another and (names := last_of_role(cursor, i)) and (run := nearest_titles_left(cursor, i)):
        return _predicate(cursor, i, names, run)
    names, explained = apposed_names(cursor, i, titles)
    if names and max(names) < i and (run := titles or _titles_told_of(cursor, min(names))):
        return _predicate(cursor, i, names, run)
    if names and cursor.is_word(i - 1, ("its", "their")) and (run := cursor.titles_before(i)):
        return _predicate(cursor, i, names, run, same=True)  # "thanks to their producer, N"
    before = [a.text for a in cursor.before(i, 3) if a.kind in ("word", "mark")]
    pointing = _refers_to_item(cursor, i)
    refers = pointing or (not SAME.isdisjoint(before) and not _ASIDE.issuperset(cursor.chunks[i].roles))
    if not names and not titles and not refers:
        names = nearest_names(cursor, i)
        refers = not names and before[-1:] == ["the"]
    same = pointing or "same" in before or before[-1:] == ["its"]
    return _predicate(cursor, i, names, titles, same=same or (explained if names else refers))


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
    return relative and cursor.near(i + 2, i + 5, OBJECT_WORDS | {"that"})


def _work(cursor: ChunkCursor, i: int) -> Predicate:
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
    return _predicate(cursor, i, names, titles, same=same or unnamed, linked_by=linked_by)


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


def _place(cursor: ChunkCursor, i: int) -> Predicate:
    """Extract 'Y in the cast', 'the person in the cast of both X and Y', 'X was great with Y in it'."""
    if cursor.is_word(i + 1, ("of",)) and (titles := titles_right(cursor, i)):
        named = subject_of(cursor, i)
        people = people_at(cursor, named, cursor.chunks[i].roles) if named is not None else ()
        return _predicate(cursor, i, people, titles, same=not people)
    names = names_after_colon(cursor, i) or nearest_names(cursor, i)
    if names and cursor.is_word(i + 1, ("in",)) and (titles := titles_right(cursor, i)):
        return _predicate(cursor, i, names, titles)  # "N had a part in X"
    if names and (titles := having_titles(cursor, min(names))):
        return _predicate(cursor, i, names, titles)
    if names and cursor.chunks[i].text in ("in it", "in both", "in them"):
        before = min(names) - 1
        verb = cursor.near(max(names) + 1, i, _WAS) or cursor.is_word(before, _LIKED)
        if verb and not cursor.is_word(before, PREPOSITIONS):
            return _predicate(cursor, i, names, cursor.titles_before(min(names)))
    return _predicate(cursor, i, names)
