"""Extract each predicate's arguments: people, titles, and whether it is anaphoric.

Distances are counted in chunks; a name between costs more than a word, another trigger more than a comma.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from agent.builtin.lexicon.load import words
from agent.builtin.lexicon.triggers import PREPOSITIONS
from agent.builtin.parse.arguments import Predicate, made_work, names_right
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.coordination import share_arguments
from agent.builtin.parse.cursor import ChunkCursor
from agent.builtin.parse.nouns import agent_noun, place_noun, work_noun
from agent.builtin.parse.prepositions import preposition_predicates
from agent.builtin.parse.surfeit import has_all_of
from agent.builtin.parse.verbs import active_verb, passive_verb

_WHO_LIKES = ("i", "we", "he", "she", "they")
_MAKE = ("make", "makes", "made")


_SUFFERING = words("arguments", "suffering")
_HARM = words("arguments", "harm")


def extract_predicates(chunks: list[Chunk], prepositions: Mapping[str, Collection[str]]) -> list[Predicate]:
    """Extract the predicates of a request, in the order of the text.

    `prepositions` are the small words that lead to the values of a relation.
    """
    cursor = ChunkCursor(chunks)
    triggers = [i for i, each in enumerate(chunks) if each.kind == "trigger" and _is_predicate(cursor, i)]
    found = [_of_trigger(cursor, i) for i in triggers]
    linking = {j for predicate in found for j in predicate.linked_by}
    found += preposition_predicates(cursor, prepositions, linking)
    return share_arguments(cursor, sorted(found, key=lambda predicate: predicate.place))


def _is_predicate(cursor: ChunkCursor, i: int) -> bool:
    """Tell whether a trigger says something by itself.

    Not the object of a verb ('whoever wrote that theme'), nor 'stars X', which is read as 'with X'.
    """
    if any(made_work(cursor, j) == i for j in range(i - 3, i + 3)):
        return False
    if cursor.chunks[i].text in _MAKE and cursor.is_word(i + 1, ("me", "us", "you", "my")):
        return False  # "still makes me happy"
    if has_all_of(cursor.chunks, i):
        return False  # "seen everything the man has made"
    if cursor.is_word(i - 1, _SUFFERING) and cursor.is_word(i + 1, _HARM):
        return False  # "people being shot at"
    if cursor.chunks[i].text.startswith("kind of ") and cursor.is_word(i + 1, _WHO_LIKES):
        return False  # "that's the kind of thing I like"
    led = cursor.chunks[i].text in PREPOSITIONS and bool(names_right(cursor, i))
    return not led or cursor.trigger_class(i) != "verb"


def _of_trigger(cursor: ChunkCursor, i: int) -> Predicate:
    match cursor.trigger_class(i):
        case "verb":
            by = cursor.next_word(i, "by", 2)
            return active_verb(cursor, i) if by is None else passive_verb(cursor, i, by)
        case "agent":
            return agent_noun(cursor, i)
        case "work":
            return work_noun(cursor, i)
        case "place":
            return place_noun(cursor, i)
