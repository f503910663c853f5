"""Is a name written as its bearer writes it, or misspelt?"""

from __future__ import annotations

import re

from agent.builtin.parse.chunks import Candidate
from kg.text import fold, tokens

_STRAY_POINT = re.compile(r"\s\.\w")


def is_respelled(said: str, choice: Candidate) -> bool:
    """Tell whether `said` misspells the label: other letters, or spaces inside words.

    Case, accents, points and the spacing of initials are style, not spelling; a shorter form is no
    misspelling.
    """
    if choice.match == "spelling":
        return True
    if choice.match not in ("full", "alias"):
        return False
    if _STRAY_POINT.search(said):
        return True
    ours, theirs = _blocks(said), _blocks(choice.label)
    return "".join(ours) == "".join(theirs) and ours != theirs


def _blocks(name: str) -> list[str]:
    """Return the words of a name, neighbouring single letters joined: 'C. S. Lewis' -> ['cs', 'lewis']."""
    blocks: list[str] = []
    initials = False
    for token in tokens(name.replace("-", " ")):
        word = fold(token.raw)
        if len(word) == 1 and blocks and initials:
            blocks[-1] += word
        else:
            blocks.append(word)
        initials = len(word) == 1
    return blocks
