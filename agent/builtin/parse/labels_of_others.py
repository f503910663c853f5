"""Labels that are said of another thing than their relation tells: 'a pump-out ON SITE', 'on SUNDAYS'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.lexicon.load import groups, words
from agent.builtin.parse.chunks import Chunk
from agent.builtin.parse.vocabulary import Vocabulary
from kg.stems import singular
from kg.text import fold

_WITHHELD = frozenset("closed closing charges charged chargeable".split())
_NOTE = "_note"  # the end of the name of what cells of numbers say besides
_BACK = 3  # chunks of the name of a thing that a label stands behind


def is_of_unsaid(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a day is one of what is denied or charged then, of which nothing is said: 'on SUNDAYS'."""
    roles = chunks[i].held_roles
    names = [{word for word in role.split("_") if word in _WITHHELD} for role in roles]
    if not roles or not all(names):
        return False
    known = groups("measures", "opposed")
    opposites = {each for said in names for name in said for each in known.get(name, ())}
    told = {word for chunk in chunks for word in fold(chunk.text).split()}
    return (opposites | words("measures", "withheld")).isdisjoint(told)


def is_note_of_other(chunks: Sequence[Chunk], i: int, vocabulary: Vocabulary) -> bool:
    """Tell whether what cells say beside a number is said of another thing here: 'a pump-out ON SITE'."""
    roles = chunks[i].held_roles
    if not roles or not all(role.endswith(_NOTE) for role in roles) or not i:
        return False
    own = {word for role in roles for word in words_of(role.removesuffix(_NOTE), vocabulary)}
    if own & {singular(word) for chunk in chunks for word in fold(chunk.text).split()}:
        return False
    said = [word for chunk in chunks[max(0, i - _BACK) : i] for word in fold(chunk.text).split()]
    spoken = [(vocabulary.measures.said_at(said, j), j) for j in range(len(said))]
    named = (forms for (length, forms), j in spoken if j + length == len(said))
    other = any(each.form == "name" for forms in named for each in forms)
    return other or bool(chunks[i - 1].kind == "trigger" and chunks[i - 1].roles)


def words_of(relation: str, vocabulary: Vocabulary) -> set[str]:
    """Return the words that a relation is called by, in the singular."""
    names = (relation.replace("_", " "), *vocabulary.agents.get(relation, ()))
    return {singular(word) for name in names for word in name.casefold().split()}
