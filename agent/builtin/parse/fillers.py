"""Sounds of hesitation in what was spoken: 'about chess or UH poker' says no more than without them."""

from __future__ import annotations

import re

_SOUNDS = re.compile(r"(?<![\w'’-])(?:um+|uh+|uhm+|erm+|hmm+|mhm)(?![\w'’-]),?")
_TYPED = re.compile(r"\b(?:sth|smth|smthg|sumthin|sumthing|somethin)\b", re.IGNORECASE)
_BEGUN_ANEW = re.compile(
    r"^.*\b(?:no sorry|sorry no|no wait|wait no|scratch that|no hang on)\b,?"
    r"(?= (?:suggest|show|give|find|recommend|i want|i need)\b)",
    re.DOTALL,
)


def without_hesitation(text: str) -> str:
    """Return a text with spaces for sounds of hesitation, and for a wish that was begun anew.

    All else stays at its place, but behind what is typed short: 'sth' is 'something'.
    """
    plain = _SOUNDS.sub(_blank, text)
    plain = _TYPED.sub("something", _BEGUN_ANEW.sub(_blank, plain))
    return plain if plain.strip() else text


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())
