"""How much time there is: 'I HAVE LIKE an hour and a half'."""

from __future__ import annotations

from collections.abc import Sequence

from agent.builtin.lexicon.load import tables, words
from agent.builtin.parse.lexemes import Lexeme
from agent.builtin.parse.numbers import Amount


def time_there_is(said: Sequence[Lexeme], amount: Amount) -> int | None:
    """Return where the words begin that say how much time there is: 'I HAVE LIKE an hour and a half'."""
    if amount.unit is None or amount.unit.dimension != "duration":
        return None
    end = amount.first
    while end and said[end - 1].text in words("comparators", "before so much time"):
        end -= 1
    phrases = [tuple(phrase.split()) for phrase in tables("comparators")["time there is"]]
    fits = (len(p) for p in phrases if tuple(each.text for each in said[max(0, end - len(p)) : end]) == p)
    length = max(fits, default=0)
    return end - length if length else None
