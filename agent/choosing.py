"""Which of two choices a reply means."""

from __future__ import annotations

from collections.abc import Sequence

from kg.text import fold, tokens

_ORDINALS = (
    frozenset("1 1st first former".split()),
    frozenset("2 2nd second two latter other".split()),
)
_FILLING = frozenset("the a one as i mean meant please number of him her it".split())


def choice_of(reply: str, choices: Sequence[str]) -> int | None:
    """Return which of two choices a reply means: its number, or a word that only it has; None if neither.

    What says anything more is a request of its own: 'films by Wes Craven', 'not Wes'.
    """
    said = {fold(token.raw) for token in tokens(reply)}
    if said == {"one"}:
        return 0
    said -= _FILLING
    words = [{fold(token.raw) for token in tokens(choice)} - _FILLING for choice in choices]
    for place, (mine, others, ordinals) in enumerate(zip(words, reversed(words), _ORDINALS, strict=True)):
        if said and (said <= ordinals or (said <= mine and said - others)):
            return place
    return None
