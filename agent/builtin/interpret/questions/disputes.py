"""Claims that somebody wants settled: 'my boss says A directed X, I say B. WHO IS RIGHT?'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from agent.builtin.interpret.questions.clauses import Clause, Piece
from agent.builtin.interpret.questions.wishes import wants_items
from agent.builtin.lexicon.load import words

_IT_WAS = (("that", "was"), ("it", "was"), ("that", "is"), ("that", "s"))
_JOINTS = frozenset(("and", "but", "while"))
_WHO = frozenset("i he she they we".split())
_SAYING = frozenset("say says think thinks believe reckon insist claim am m dont".split())
_THAT = words("questions", "claiming")


def settled(said: Sequence[Clause]) -> list[Clause]:
    """Return clauses with the claims among them asked, where it is to be told who is right.

    What else is told around a claim is a remark; the words that ask to settle it are gone.
    """
    said = [_without_objection(each) if each.tagged else each for each in said]
    said = list(_put_right(said))
    verdicts = [each for each in said if each.has("settling")]
    if not verdicts:
        return list(said)
    claims = [each for each in said if each not in verdicts and _claims(each)]
    if not claims or any(wants_items(each, asks_fact=True) for each in said):
        return list(said)
    return [replace(_stated(each), tagged=True, remark=False) for each in claims]


def _put_right(said: Sequence[Clause]) -> Iterator[Clause]:
    """Yield clauses with a denial and what is put in its place asked: "X WASN'T IN Y, THAT WAS Z, RIGHT?"."""
    for i, clause in enumerate(said):
        after = said[i + 1] if i + 1 < len(said) else None
        if after is not None and _replaces(after) and _denies(clause):
            yield replace(clause, tagged=True, remark=False)
        elif i and _replaces(clause) and _denies(before := said[i - 1]):
            for name in clause.names("entity"):
                pieces = [replace(each, chunk=name) if _is_name(each) else each for each in before.pieces]
                yield replace(before, pieces=tuple(pieces), tagged=True, remark=False)
        else:
            yield clause


def _replaces(clause: Clause) -> bool:
    """Tell whether it is asked whether it was somebody else: 'THAT WAS Z, RIGHT?'."""
    asks = clause.asked or clause.tagged or any(clause.at("tags", i) for i in range(3, len(clause)))
    return asks and clause.words[:2] in _IT_WAS and not clause.names("title")


def _denies(clause: Clause) -> bool:
    return _claims(clause) and not words("negation", "denying").isdisjoint(clause.words)


def _is_name(piece: Piece) -> bool:
    return not piece.word and piece.chunk.kind == "entity"


def _claims(clause: Clause) -> bool:
    """Tell whether a clause says who did something on a title, or when it is from."""
    if len(clause.names("entity")) > 1 and "together" in clause.words:
        return False  # "X and Y only made Z together": what else they made is wanted
    named = clause.names("title") and clause.names("entity")
    if named and (clause.roles() or clause.has("makers", "making") or "in" in clause.words):
        return True
    return bool(clause.names("title")) and any(word.isdecimal() and len(word) == 4 for word in clause.words)


def _stated(clause: Clause) -> Clause:
    """Return a claim without who makes it: 'STEFAN CLAIMS THAT Kubrick directed Spartacus'."""
    last = next((i for i in range(len(clause) - 1, -1, -1) if clause.words[i] in _THAT), None)
    after = clause.since(last + 1) if last is not None else clause
    stated = after if _claims(after) else clause
    stated = _without_objection(stated)
    both = stated.words.index("both") if "both" in stated.words else -1
    return stated.without(both, both + 1) if both > 0 and len(stated.names("title")) > 1 else stated


def _without_objection(clause: Clause) -> Clause:
    """Return a claim without what somebody says against it: 'X made Heat AND I SAY IT WASN'T'."""
    told = zip(clause.words, clause.words[1:], clause.words[2:], strict=False)
    end = next(
        (i for i, (one, who, says) in enumerate(told) if one in _JOINTS and who in _WHO and says in _SAYING),
        len(clause),
    )
    before = clause.since(0, end)
    return before if end and _claims(before) else clause
