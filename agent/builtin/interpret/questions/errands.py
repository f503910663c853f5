"""What is asked of Usher and is nothing to watch or read: 'set a timer', 'book a table for two'."""

from __future__ import annotations

from agent.builtin.interpret.questions.clauses import Clause
from agent.builtin.interpret.questions.subject import ITEM_NOUNS, MANY_NOUNS, left_over
from agent.builtin.interpret.questions.types import FactQuestion
from agent.builtin.lexicon.load import words

_NOUNS = (ITEM_NOUNS | MANY_NOUNS) - {"one", "title", "show", "things", "ones", "book"}
_THINGS = words("questions", "other things")
_TOLD = words("themes", "leads to subject") | {"set"}
_SURE = frozenset(("a", "an", "the", "my", "our", "me", "us", "this", "that", "some", "it"))


def errand(clause: Clause) -> FactQuestion | None:
    """'set a timer', 'could you book a table for two?', 'recommend me a restaurant in Rome'."""
    if clause.remark or clause.names("title") or not _NOUNS.isdisjoint(clause.words):
        return None
    if any(piece.chunk.text == "items" for piece in clause.pieces):
        return None  # what this catalogue has
    told = clause.names("entity", "category") or _TOLD & set(clause.words)
    if {"something", "anything"} & set(clause.words) and told:
        return None  # 'play me something with X', 'something SET on a train'
    rest = clause.since(clause.at("asking a favour"))
    rest = rest.since(1) if rest.words[:1] in (("i",), ("we",)) else rest
    if not len(rest) or _tells_a_value(clause, rest.words[0]):
        return None
    orders = rest.at("errands") and rest.words[1:2] and (rest.words[1] in _SURE or not rest.words[1])
    thing = rest.at("asking") and _object(rest) in _THINGS
    plain = rest.at("plain errands") or clause.has("notes")
    if not plain and (clause.names("category") or not (orders or thing)):
        return None
    unused = left_over(rest.since(1)) or rest.said()
    return FactQuestion("unknowable", topic="unknowable doing", unused=(unused,))


def _tells_a_value(clause: Clause, word: str) -> bool:
    """Tell whether a word names the relation of a value of its clause: 'OPEN every day' of open days."""
    return any(word in role.split("_") for piece in clause.pieces for role in piece.chunk.held_roles)


def _object(rest: Clause) -> str:
    """Return what is asked for: the first word behind an article that is a thing, '' for none."""
    return next((word for word in rest.words[1:] if word in _THINGS), "")
