"""Words of origin that say where items are from: 'French films', 'something Swedish'."""

from __future__ import annotations

from agent.builtin.lexicon.load import tables, words
from agent.builtin.lexicon.triggers import ITEM_NOUNS, PERSON_NOUNS
from agent.builtin.parse.arguments import Predicate
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.cursor import ChunkCursor

_BEING = words("arguments", "being")
_MODAL = words("arguments", "modal")
_PREFERRING = words("arguments", "preferring")
_DEGREE = words("kinds", "degree")
_LEADS = words("uses", "leads to theme") | words("uses", "leads to place")
_SOMETHING = frozenset("something anything nothing stuff".split())
_ITEMS = ITEM_NOUNS | {"one", "ones", "classic", "classics", "cinema", "literature", "fiction"}
_OPENING = frozenset("a an some any more good great classic the".split())
_SMALL = frozenset(word for section in tables("function").values() for word in section)
_PERSONS = PERSON_NOUNS | frozenset(word for section in tables("occasion").values() for word in section)
_ASKING = words("asking", "verbs") | {"me", "for", "or"}
_PEOPLE = frozenset("women woman men man people voices female male".split())
_MUST = frozenset("has have needs need got".split())
_ADJECTIVES = 3  # words between a word of origin and the noun it describes


def is_place(chunk: Chunk) -> bool:
    """Tell whether a name means a country or a language and nothing else."""
    roles = set(chunk.choices[0].roles) if chunk.choices else set()
    return chunk.kind == "entity" and bool(roles) and roles <= {"country", "language"}


def origin(cursor: ChunkCursor, i: int) -> Predicate | None:
    """Extract 'French films', 'an Italian one', 'Greek novelists', 'crime, Swedish please'."""
    if [chunk.text for chunk in cursor.chunks[i + 1 : i + 2]] == ["language"]:
        return None  # 'Spanish-language' says nothing of where items are from
    if not _is_place(cursor, i) or not (
        _precedes_items(cursor, i)
        or _follows_something(cursor, i)
        or _is_said_of_items(cursor, i)
        or _is_demanded(cursor, i)
        or (cursor.is_word(i + 1, ("s",)) and cursor.is_word(i + 2, ("turn",)))  # "it's Argentina's turn"
        or _of_makers(cursor, i)
        or _is_afterthought(cursor, i)
        or _opens_phrase(cursor, i)
    ):
        return None
    places = tuple(j for j in cursor.list_left(i, "entity") if _is_place(cursor, j))
    return Predicate(i, "place", ("country", "language"), places, (), False)


def _is_place(cursor: ChunkCursor, i: int) -> bool:
    return cursor.kind(i) == "entity" and cursor.chunks[i].has_role(("country", "language"))


def _precedes_items(cursor: ChunkCursor, i: int) -> bool:
    """Tell whether a noun for items follows, past adjectives: 'Korean revenge films', 'a Russian classic'."""
    one = cursor.is_word(i + 1, ("one",)) and not cursor.is_word(i - 1, ("a", "an"))
    for j in cursor.rightward(i, _ADJECTIVES + 1):
        if cursor.is_word(j, ("one",)) and cursor.is_word(j - 1, ("and",)):
            return False  # "one is French and one is Polish"
        if cursor.is_word(j, _ITEMS) or cursor.kind(j) == "category":
            return not (one or _is_told_of(cursor, i))
        if cursor.kind(j) != "word" or cursor.is_word(j, _SMALL - {"and"}):
            return False
    return False


def _follows_something(cursor: ChunkCursor, i: int) -> bool:
    """Tell whether it says what something is like: 'something French', 'anything really Italian'."""
    j = i - 1
    while cursor.is_word(j, _DEGREE | {"else"}):
        j -= 1
    return cursor.is_word(j, _SOMETHING)


def _is_said_of_items(cursor: ChunkCursor, i: int) -> bool:
    """Tell whether it ends 'it should be Swedish', 'preferably Japanese'."""
    ends = cursor.kind(i + 1) in (None, "mark") or cursor.is_word(i + 1, _MODAL)
    if cursor.is_word(i - 2, _PERSONS | {"one", "he", "she", "who", "other"}):
        return False  # "one of us is Polish"
    return ends and cursor.is_word(i - 1, _BEING | _PREFERRING | {"so", "else"})


def _is_demanded(cursor: ChunkCursor, i: int) -> bool:
    """Tell whether items are told to have to be so: 'it has to be Korean or JAPANESE and no horror'."""
    j = i
    while (
        cursor.is_word(j - 1, ("or", "and")) and cursor.kind(j - 2) == "entity" and _is_place(cursor, j - 2)
    ):
        j -= 2
    must = cursor.is_word(j - 2, ("to",)) and cursor.is_word(j - 3, _MUST)
    return cursor.is_word(j - 1, ("be",)) and (must or cursor.is_word(j - 2, ("must", "should")))


def _of_makers(cursor: ChunkCursor, i: int) -> bool:
    """Tell whether a word of origin says whose items: 'Greek novelists', 'a Danish director'."""
    if cursor.is_word(i - 1, ("by",)) and cursor.is_word(i + 1, _PEOPLE):
        return True  # "by African women"
    j = i + 1 + cursor.is_word(i + 1, _PEOPLE)
    if cursor.kind(j) != "trigger" or cursor.trigger_class(j) != "agent" or cursor.is_word(j + 1, ("of",)):
        return False
    return cursor.chunks[j].text.endswith("s") or cursor.near(i - 2, i, ("a", "an", "another", "any", "some"))


def _is_afterthought(cursor: ChunkCursor, i: int) -> bool:
    """Tell whether a word of origin is added to a kind: 'crime, Swedish if possible', 'westerns, Italian'."""
    added = cursor.is_mark(i - 1, ",") and (
        cursor.kind(i - 2) == "category" or cursor.is_word(i - 2, ITEM_NOUNS)
    )
    return added and (cursor.kind(i + 1) in (None, "mark") or cursor.is_word(i + 1, _MODAL))


def _opens_phrase(cursor: ChunkCursor, i: int) -> bool:
    """Tell whether it opens a noun phrase that says nothing of people or of a story: 'Italian neorealism'."""
    noun = cursor.kind(i + 1) == "word" and not cursor.is_word(i + 1, _SMALL | _PERSONS)
    j = i - 1
    while cursor.is_word(j, _OPENING | words("asking", "quality")):
        j -= 1
    opens = cursor.kind(j) in (None, "mark") or cursor.is_word(j, _ASKING)
    return noun and opens and not _is_told_of(cursor, i)


def _is_told_of(cursor: ChunkCursor, i: int) -> bool:
    """Tell whether it belongs to a story or to somebody: 'about an Italian family', 'my French teacher'."""
    j = i - 1
    while cursor.is_word(j, _OPENING):
        j -= 1
    return cursor.is_word(j, _LEADS - {"with"} | {"my", "i"})
