"""Word data of linking: words of requests, words of everyday English, what leads to a name."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from rapidfuzz.distance import OSA

_LONG = 6  # letters of a word that may be a slip
_FOLDER = Path(__file__).parent
_ENDINGS = (
    ("s", ("",)),
    ("es", ("",)),
    ("ies", ("y",)),
    ("ied", ("y",)),
    ("ily", ("y",)),
    ("ed", ("", "e")),
    ("ing", ("", "e")),
    ("er", ("", "e")),
    ("est", ("", "e")),
    ("ly", ("",)),
    ("ness", ("",)),
    ("less", ("",)),
    ("ful", ("",)),
)
_DOUBLED = re.compile(r"(.*)([bdgklmnprt])\2(?:ed|ing|er|est)$")


@cache
def common_words() -> frozenset[str]:
    """Return frequent words of requests: a match made of these alone is weak evidence of a name."""
    return frozenset((_FOLDER / "common_words.txt").read_text(encoding="utf-8").split())


@cache
def _everyday_words() -> frozenset[str]:
    return common_words() | frozenset((_FOLDER / "everyday_words.txt").read_text(encoding="utf-8").split())


@cache
def is_everyday(word: str) -> bool:
    """Tell whether a folded word is one of everyday English: 'zombies', 'brightest'; not 'wick'."""
    known = _everyday_words()
    if word in known or word.isdigit():
        return True
    stems = [word[: -len(end)] + put for end, puts in _ENDINGS if word.endswith(end) for put in puts]
    if (doubled := _DOUBLED.match(word)) is not None:
        stems.append(doubled[1] + doubled[2])
    return any(len(stem) > 2 and stem in known for stem in stems)


def _is_swapped(word: str, other: str) -> bool:
    """Tell whether two letters are swapped, or a double one is single: 'freind', 'beautifull'.

    Any other letter may make another word: 'accordion' is not 'according'.
    """
    if OSA.distance(word, other, score_cutoff=1) != 1:
        return False
    longer, shorter = sorted((word, other), key=len, reverse=True)
    doubled = any(
        longer[i] == longer[i + 1] and longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer) - 1)
    )
    return doubled or sorted(word) == sorted(other)


@cache
def slip_of(word: str) -> str:
    """Return the everyday word that a folded word is a slip for: 'freindly' -> 'friendly'; '' if none."""
    if len(word) < _LONG or is_everyday(word) or not word.isalpha():
        return ""
    known = (each for each in _everyday_words() if each[0] == word[0] and abs(len(each) - len(word)) < 2)
    near = sorted(each for each in known if _is_swapped(word, each))
    if near:
        return near[0]
    ends = (end for end in ("ly", "ing", "ed", "s") if word.endswith(end))
    formed = ((slip_of(word[: -len(end)]), end) for end in ends)
    return next((stem + end for stem, end in formed if stem), "")


@cache
def _leads() -> dict[str, frozenset[str]]:
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (_FOLDER / "leads.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            current = sections.setdefault(line[3:].strip(), [])
        elif not line.startswith("#"):
            current += line.split()
    return {name: frozenset(words) for name, words in sections.items()}


@cache
def lead(section: str) -> frozenset[str]:
    """Return one section of `leads.txt`; nothing where it has none of that name."""
    return _leads().get(section, frozenset())
