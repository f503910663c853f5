"""Questions how large an item is, by a third of what there is: 'is X LONG?', 'is it a CHEAP one?'."""

from __future__ import annotations

from agent.builtin.interpret.compared import Asked, Draft
from agent.builtin.lexicon.load import words
from agent.builtin.parse.measures import End
from kg.types import Kind, Op

_BEFORE = frozenset("an that the all such of one film movie book novel".split())
_ENDS: tuple[tuple[End, Op], ...] = (("low", "<="), ("high", ">="))
_ASKING = frozenset("how what whats when where who which is was are does do did".split())


def judged(draft: Draft, subject: int, titles: tuple[str, ...]) -> Asked | None:
    """Return how an item is that is asked of: 'is X LONG?', 'is it a CHEAP one?', 'isn't it TOO HEAVY?'."""
    for phrase in draft.phrases:
        between = {e.text for e in draft.said[subject + 1 : phrase.first] if not e.named and e.text.isalpha()}
        joined = {"and"} if len(titles) > 1 else set()
        if phrase.first <= subject or between - words("comparators", "degree") - _BEFORE - joined:
            continue
        for end, op in _ENDS:
            measure = next((each for each in phrase.measures(end) if each.kind == Kind.NUMBER), None)
            bound = measure.third(end) if measure is not None else None
            if measure is None or bound is None:
                continue
            if len(titles) > 1 or any(each.text in ("too", "enough") for each in draft.said):
                return Asked("value", measure.name, titles)  # too long for whom is not told
            text = draft.text(phrase.first, phrase.end)
            return Asked("yes_no", measure.name, titles, op, bound, third=text)
    return None


def beside(draft: Draft, word: str) -> range:
    """Return the lexemes that say how else an item is: 'is it long AND VIOLENT?'."""
    end = next(e.end for e in draft.phrases if draft.text(e.first, e.end) == word)
    joined = draft.words(end, end + 1) in (["and"], ["or"], ["but"])
    asks_more = not _ASKING.isdisjoint(draft.words(end + 1, end + 2))
    ends = {i for each in draft.phrases for i in range(each.first, each.end) if each.measures("low", "high")}
    more = joined and not asks_more and end + 1 not in ends  # 'is it long OR SHORT?'
    return range(end + 1, len(draft.said)) if more else range(0)
