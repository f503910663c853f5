"""Claims that somebody wants settled: 'my boss says A directed X, I say B. WHO IS RIGHT?'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.builtin.interpret.questions.clauses import Clause
from agent.builtin.interpret.questions.wishes import wants_items
from agent.builtin.lexicon.load import words

_JOINTS = frozenset(("and", "but", "while"))
_WHO = frozenset("i he she they we".split())
_SAYING = frozenset("say says think thinks believe reckon insist claim am m dont".split())
_THAT = words("questions", "claiming")


def settled(said: Sequence[Clause]) -> list[Clause]:
    """Return clauses with the claims among them asked, where it is to be told who is right.

    What else is told around a claim is a remark; the words that ask to settle it are gone.
    """
    said = [_without_objection(each) if each.tagged else each for each in said]
    verdicts = [each for each in said if each.has("settling")]
    if not verdicts:
        return list(said)
    claims = [each for each in said if each not in verdicts and _claims(each)]
    if not claims or any(wants_items(each, asks_fact=True) for each in said):
        return list(said)
    return [replace(_stated(each), tagged=True, remark=False) for each in claims]


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
