"""Questions of a whole series: 'who wrote the NARNIA BOOKS?', 'did Lucas direct all the STAR WARS films?'."""

from __future__ import annotations

from dataclasses import replace

from agent.builtin.interpret.questions.clauses import Clause
from agent.builtin.interpret.questions.subject import MANY_NOUNS
from agent.builtin.lexicon.load import words
from agent.builtin.parse.chunks import Chunk

ALL_OF_IT = "itself"  # in place of a series; it points at an item, and is hardly said of one
_NOUNS = MANY_NOUNS | {"series", "saga", "trilogy", "franchise"}
_CAST = frozenset(("actor",))
_BEFORE = frozenset("the a of all those these".split())


def of_all(clause: Clause) -> Clause:
    """Return a clause in which the items of a series that is asked of are pointed at."""
    place = next((i for i, each in enumerate(clause.pieces) if not each.word and is_series(each.chunk)), None)
    if place is None or not _asks(clause):
        return clause
    end = place + 1
    while clause.words[end : end + 1] and clause.words[end] in _NOUNS:
        end += 1
    played = all(set(roles) <= _CAST for roles in clause.roles())
    if end == place + 1 and (played or clause.pieces[place].chunk.kind == "title"):
        return clause  # 'who wrote Dune' is of the book, 'who played Hannibal Lecter' of a part
    start = place
    while start and clause.words[start - 1] in _BEFORE:
        start -= 1
    last = clause.pieces[end - 1].end
    pointing = replace(clause.pieces[place], word=ALL_OF_IT, start=last - 1, end=last)
    return replace(clause, pieces=(*clause.pieces[:start], pointing, *clause.pieces[end:]))


def is_series(chunk: Chunk) -> bool:
    """Tell whether a name may be that of a series."""
    return any("series" in choice.roles for choice in chunk.choices)


def _asks(clause: Clause) -> bool:
    """Tell whether a clause asks who did something, or whether somebody did."""
    if clause.has("lists") or clause.names("category") or not clause.roles():
        return False
    if clause.at("who"):
        return True
    if all(set(roles) <= _CAST for roles in clause.roles()):
        return False  # in which of them somebody is says more
    told = clause.tagged or clause.led or clause.words[-1] in words("questions", "tags")
    return bool(clause.at("yes or no") or told)
